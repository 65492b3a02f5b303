# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafting a resolution with its values, and approving what somebody else drafted."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.norms.choices import For, State
from binhyen.norms.models import NormValue, Resolution
from binhyen.norms.permissions import APPROVE_NORM, DRAFT_NORM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


class NoValues(Refused):
    """A resolution that sets nothing."""

    field = "values"
    why = _("A resolution sets at least one value.")
    remedy = _("Add what it sets.")


class OtherCommune(Refused):
    """A value for a commune that the resolution's province does not hold."""

    field = "communes"
    why = _("%(commune)s does not lie in %(place)s.")
    remedy = _("Name communes of %(place)s only.")


class NoPlaceForNorms(Refused):
    """A resolution of a commune or a village."""

    field = "territory"
    why = _("Levels are set by the province or the nation (Law 30/2023 Art. 23, 26).")
    remedy = _("Choose the province.")


class OwnDraft(Refused):
    """Approving oneself."""

    what = _("The resolution was not approved.")
    why = _("Nobody approves their own draft.")
    remedy = _("Ask somebody else who may approve here.")


class AlreadyApproved(Refused):
    """A second approval."""

    what = _("Nothing was changed.")
    why = _("The resolution %(number)s is approved already.")
    remedy = _("A change is a new resolution with its own first day.")


@dataclass(frozen=True)
class NewValue:
    """A value as a draft brings it."""

    item: str
    amount: int
    unit: str
    role: str = For.ALL
    communes: Sequence[Territory] = field(default=())
    is_unverified: bool = False
    source: str = ""


@transaction.atomic
def draft_resolution(
    *,
    by: Actor,
    territory: Territory,
    number: str,
    valid_from: date,
    values: Sequence[NewValue],
    adopted_on: date | None = None,
    valid_to: date | None = None,
    digest: str = "",
    op_id: UUID | None = None,
) -> Resolution:
    """Record a resolution with what it sets; it counts when a second person has approved it.

    `valid_to` is excluded. Source: Law 30/2023 Art. 23, 26.
    Raises NoPlaceForNorms, NoValues, OtherCommune, Invalid.
    """
    by.require(DRAFT_NORM, territory)
    if done := done_before(
        op_id, Resolution, "resolution.drafted", by=by, territory=territory, number=clean(number)
    ):
        return done
    if territory.level not in {Level.NATION, Level.PROVINCE}:
        raise NoPlaceForNorms
    if not values:
        raise NoValues
    drafted = Resolution(
        territory=territory,
        number=clean(number),
        adopted_on=adopted_on,
        valid_from=valid_from,
        valid_to=valid_to,
        digest=digest,
        drafted_by_id=by.id,
        drafted_by_name=by.name,
    )
    save(drafted)
    for one in values:
        _set(drafted, one)
    record("resolution.drafted", drafted, by=by, where=territory, on=valid_from, op_id=op_id,
           number=drafted.number, values=len(values))  # fmt: skip
    return drafted


@transaction.atomic
def approve_resolution(
    *, by: Actor, resolution: Resolution, op_id: UUID | None = None
) -> Resolution:
    """Let a drafted resolution count, as somebody else than whoever drafted it.

    A program with a key never approves. Raises OwnDraft, AlreadyApproved.
    """
    by.require(APPROVE_NORM, resolution.territory)
    if by.limits is not None:
        raise Forbidden
    if done := done_before(op_id, Resolution, "resolution.approved", by=by, pk=resolution.pk):
        return done
    rows = Resolution.everything.select_related("territory").select_for_update(of=("self",))
    locked = rows.get(pk=resolution.pk)
    if locked.state == State.APPROVED:
        raise AlreadyApproved(number=locked.number)
    if locked.drafted_by_id == by.id:
        raise OwnDraft
    locked.state, locked.approved_at = State.APPROVED, clock.now()
    locked.approved_by_id, locked.approved_by_name = by.id, by.name
    save(locked, only=["state", "approved_at", "approved_by_id", "approved_by_name"])
    record("resolution.approved", locked, by=by, where=locked.territory, on=by.on, op_id=op_id,
           number=locked.number)  # fmt: skip
    return locked


def _set(drafted: Resolution, new: NewValue) -> None:
    """Write one value of a draft with the communes in which it holds."""
    for commune in new.communes:
        inside = commune.path.startswith(drafted.territory.path)
        if commune.level != Level.COMMUNE or not inside:
            raise OtherCommune(commune=commune.full_name, place=drafted.territory.full_name)
    row = NormValue(
        resolution=drafted,
        item=new.item,
        role=new.role,
        amount=new.amount,
        unit=clean(new.unit),
        is_unverified=new.is_unverified,
        source=clean(new.source),
    )
    save(row)
    row.communes.set(new.communes)
