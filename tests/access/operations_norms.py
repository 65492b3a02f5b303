# SPDX-License-Identifier: AGPL-3.0-or-later
"""A request that would succeed for each operation about norms."""

from binhyen.norms.tests.making import a_draft, cap, in_force
from binhyen.territory.models import Territory
from tests.access.requests import Call, get, post


def resolutions(commune: Territory) -> dict[str, Call]:
    """A resolution in force with its document, and drafts to revise, complete and withdraw."""
    held = in_force(cap(10, commune), document=b"%PDF-1.7 x")
    revised, scanned, gone = (
        f"norms/resolutions/{a_draft(cap(7, commune), number=f'{number}/NQ').id}"
        for number in range(2, 5)
    )
    body = {
        "number": "9/NQ-HĐND",
        "valid_from": "2027-01-01",
        "areas": [{"name": "Phường", "communes": ["22918"]}],
        "values": [{"item": "NIGHT_CAP", "amount": 8}],
    }
    days = {"first_day": "2026-03-01", "last_day": "2026-03-31"}
    return {
        "list_resolutions": get("norms/resolutions"),
        "get_resolution": get(f"norms/resolutions/{held.id}"),
        "get_resolution_document": get(f"norms/resolutions/{held.id}/document"),
        "list_norms_in_force": get("norms/in-force", under="22918", **days),
        "list_norm_gaps": get("norms/gaps", under="22918"),
        "draft_resolution": post("norms/resolutions", territory="68", **body),
        "revise_resolution": post(f"{revised}/revise", **body),
        "keep_resolution_document": post(f"{scanned}/document", name="a.pdf", content="JVBERi0x"),
        "withdraw_resolution": post(f"{gone}/withdraw"),
    }  # fmt: skip
