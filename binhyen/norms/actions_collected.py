# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loading the resolutions that ship with the product (`data/norms`): one file, one resolution.

What the nation set counts at once, with its marks: it is published law. What provinces set becomes
drafts: a person of the province completes them, a second one approves, and until then nobody is
paid by them.
"""

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.models import Event
from binhyen.norms.actions import draft_resolution
from binhyen.norms.choices import Origin
from binhyen.norms.files import parsed, read_resolution
from binhyen.norms.holding import put_approved
from binhyen.territory.choices import Level
from binhyen.territory.models import NATION_CODE
from binhyen.territory.queries import UnknownTerritory

FOLDER = Path(__file__).resolve().parents[2] / "data" / "norms"
_NAMES = UUID("0190699a-2c00-7000-8000-6e6f726d7300")


@dataclass
class Loaded:
    """What a load did."""

    in_force: int = 0
    drafts: int = 0
    values: int = 0
    known: int = 0
    """Files that were loaded before."""
    elsewhere: int = 0
    """Files of provinces that this database does not hold."""


@transaction.atomic
def load_collected(*, by: Actor) -> Loaded:
    """Load every shipped resolution that was not loaded before; a second time does nothing.

    Raises Forbidden.
    """
    loaded = Loaded()
    paths = sorted(FOLDER.glob("*.yaml"), key=_first_the_nation)
    for path in paths:
        op_id = uuid5(_NAMES, path.stem)
        if Event.everything.filter(op_id=op_id).exists():
            loaded.known += 1
            continue
        try:
            given = read_resolution(path.read_bytes(), on=by.on)
        except UnknownTerritory:
            loaded.elsewhere += 1
            continue
        drafted = draft_resolution(by=by, origin=Origin.SHIPPED, op_id=op_id, **given)
        loaded.values += len(given["values"])
        if drafted.territory.level == Level.NATION:
            put_approved(drafted, by=by)
            loaded.in_force += 1
        else:
            loaded.drafts += 1
    return loaded


def _first_the_nation(path: Path) -> tuple[bool, str]:
    return parsed(path.read_bytes()).territory != NATION_CODE, path.stem
