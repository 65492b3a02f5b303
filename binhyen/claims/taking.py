# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files of a claim that leave: which there are in which state, and who took them."""

from collections.abc import Mapping

from django.utils.translation import pgettext_lazy

from binhyen.claims import queries
from binhyen.claims.choices import State
from binhyen.claims.models import Claim
from binhyen.claims.papers import decision_paper, request_paper
from binhyen.claims.refusals import NoPaperYet
from binhyen.claims.rules import DECIDED
from binhyen.claims.steps import said
from binhyen.core.actors import Actor, Purpose
from binhyen.core.errors import Text
from binhyen.core.events import record_reading
from binhyen.entitlements.taking import UnknownFile
from binhyen.papers.files import PaperFile, paper_file

FILES: Mapping[str, Text] = {
    "decision.docx": pgettext_lazy("file", "Decision (Word)"),
    "decision.pdf": pgettext_lazy("file", "Decision (PDF)"),
    "request.docx": pgettext_lazy("file", "Request for missing papers (Word)"),
    "request.pdf": pgettext_lazy("file", "Request for missing papers (PDF)"),
}
"""Files by what stands in their address."""


def files_of(claim: Claim, *, purpose: Purpose) -> list[str]:
    """The files that there are now; the draft of a decision is for the office alone."""
    decided = DECIDED if purpose == Purpose.OWN_FILE else (State.APPRAISED, *DECIDED)
    states = {"decision": decided, "request": (State.MISSING,)}
    return [name for name in FILES if claim.state in states[name.partition(".")[0]]]


def claim_file(*, by: Actor, claim: Claim, name: str, purpose: Purpose) -> PaperFile:
    """A file of a claim that came through the reader's scope. Raises UnknownFile, NoPaperYet."""
    if name not in FILES:
        raise UnknownFile(name=name[:40], known=", ".join(FILES))
    if name not in files_of(claim, purpose=purpose):
        raise NoPaperYet(**said(claim))
    paper, _dot, kind = name.partition(".")
    record_reading(claim, by=by, where=claim.territory, purpose=purpose, what=f"{paper}_taken")
    made = (
        decision_paper(claim)
        if paper == "decision"
        else request_paper(claim, queries.papers_of(claim))
    )
    named = f"{paper}-{claim.territory.code}-{claim.on_day:%Y-%m-%d}"
    return paper_file(made, "docx" if kind == "docx" else "pdf", name=named)
