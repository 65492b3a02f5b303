# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening files: the reading is written first, with its purpose; then the file is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.actors import Actor, Purpose
from binhyen.core.errors import Refused
from binhyen.core.events import record_many, record_reading
from binhyen.core.models import Event
from binhyen.personnel import queries
from binhyen.personnel.models import Member, Membership
from binhyen.personnel.permissions import VIEW_MEMBER


class PurposeNeeded(Refused):
    """A reader whose roles open the file for several purposes, and who named none of them."""

    field = "purpose"
    what = _("The file was not opened.")
    why = _("Your roles open this file for several purposes.")
    remedy = _("Choose why you open it now.")

    def __init__(self, purposes: tuple[Purpose, ...]) -> None:
        super().__init__()
        self.purposes = purposes


@dataclass(frozen=True)
class OpenFile:
    """A file as one reader may see it; None for `fields` means every field."""

    member: Member
    fields: frozenset[str] | None
    purpose: Purpose

    def shows(self, field: str) -> bool:
        """Whether a field may be shown; nothing else was selected."""
        return self.fields is None or field in self.fields


@transaction.atomic
def open_file(*, by: Actor, member_id: UUID, purpose: str = "") -> OpenFile:
    """The file of a member with the fields that the reader may see; the reading is recorded.

    Raises Forbidden, PurposeNeeded.
    """
    scope = by.scope(VIEW_MEMBER)
    found = queries.member(scope=scope, member_id=member_id, fields=())
    decision = by.require(VIEW_MEMBER, found.territory, team=found.team_id, member=found.id)
    chosen = _purpose(by, member_id, decision.purposes, purpose)
    shown = queries.member(scope=scope, member_id=member_id, fields=decision.fields)
    record_reading(shown, by=by, where=shown.territory, purpose=chosen)
    return OpenFile(shown, decision.fields, chosen)


def _purpose(by: Actor, member_id: UUID, purposes: tuple[Purpose, ...], asked: str) -> Purpose:
    if member_id == by.member_id and Purpose.OWN_FILE in purposes:
        return Purpose.OWN_FILE
    if len(purposes) == 1:
        return purposes[0]
    if asked not in purposes:
        raise PurposeNeeded(purposes)
    return Purpose(asked)


def note_listing(*, by: Actor, rows: Iterable[Membership], purpose: Purpose) -> None:
    """Note that a page of a list was shown: one line for each commune on it."""
    communes = {row.territory_id: row for row in rows}
    record_many([_reading(by, row, None, "member.listed", purpose) for row in communes.values()])


def note_export(*, by: Actor, rows: Iterable[Membership], purpose: Purpose) -> None:
    """Note that rows left in a file: one line for each member, who can see it."""
    record_many([_reading(by, row, row.member_id, "member.exported", purpose) for row in rows])


def _reading(
    by: Actor, row: Membership, member_id: UUID | None, kind: str, purpose: Purpose
) -> Event:
    return Event(
        kind=kind,
        object_type=Member._meta.label_lower,
        object_id=member_id,
        place_id=row.territory_id,
        path=row.territory.path,
        on_day=clock.today(),
        at=clock.now(),
        actor_id=by.id,
        actor_name=by.name,
        purpose=purpose,
    )
