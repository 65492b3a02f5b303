# SPDX-License-Identifier: AGPL-3.0-or-later
"""The system looks for the owner: what nobody has claimed, and what is nearly too late.

Findings are computed when somebody looks and are stored nowhere. A finding drafts nothing by
itself: it names the step, and a person takes it and signs.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from binhyen.claims import queries
from binhyen.claims.choices import Harm, Kind, State
from binhyen.claims.models import Accident, Claim
from binhyen.claims.rules import missing_kinds
from binhyen.core.actors import Scope
from binhyen.core.holidays import calendar
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.explaining import value_said
from binhyen.entitlements.models import Insurance
from binhyen.norms.choices import For, Item
from binhyen.norms.in_force import NormRow, values_between
from binhyen.personnel import queries as people
from binhyen.personnel.models import Membership
from binhyen.teams.queries import in_force

NEAR = 1
"""Working days before the last day from which a step is near its end [own]."""
_ITEMS = {InsuranceKind.HI: Item.HI, InsuranceKind.VSI: Item.VSI}


@dataclass(frozen=True)
class Unclaimed:
    """An accident on duty, and what may still be claimed for it."""

    accident: Accident
    kinds: tuple[Kind, ...]


@dataclass(frozen=True)
class Unused:
    """A support for an insurance that the province gives and a member has not recorded."""

    member_id: UUID
    full_name: str
    kind: InsuranceKind
    value: str
    instrument: str
    is_unverified: bool


def unclaimed(*, scope: Scope) -> list[Unclaimed]:
    """Accidents within a scope after which something may still be claimed."""
    rows = queries.unclaimed(scope=scope)
    return [Unclaimed(one, tuple(missing_of(one))) for one in rows]


def missing_of(accident: Accident) -> list[Kind]:
    """What may still be claimed after an accident; a withdrawn claim is none."""
    made = {row.kind for row in queries.claims_of(accident) if row.state != State.WITHDRAWN}
    return missing_kinds(Harm(accident.harm), made)


def due(*, scope: Scope, on: date) -> QuerySet[Claim]:
    """Claims whose step is over its last day, or has at most one working day left."""
    return queries.due_by(scope=scope, day=near(on))


def near(on: date) -> date:
    """The last day that is near on a day."""
    return calendar().after_working_days(on, NEAR)


def days_left(claim: Claim, on: date) -> int | None:
    """Working days until the last day of the step; below 0 when it has passed."""
    return None if claim.due_on is None else calendar().working_days_between(on, claim.due_on)


def unused_insurance(*, scope: Scope, on: date) -> list[Unused]:
    """Members who serve where the province supports an insurance of which none is recorded."""
    rows = people.members_in(scope=scope, on=on, fields=("full_name",))
    serving = list(people.in_state(rows, people.SERVING, on).order_by("member__name_order", "pk"))
    if not serving:
        return []
    communes = {one.territory_id: one.territory for one in serving}
    values = values_between(communes.values(), on, on)
    insured = _insured([one.member_id for one in serving], on)
    found: list[Unused] = []
    for one in serving:
        in_zone = values.of_zone(values.zones[one.territory_id])
        found += _unused(one, in_zone, insured)
    return found


def _unused(
    one: Membership, rows: Sequence[NormRow], insured: set[tuple[UUID, str]]
) -> Iterator[Unused]:
    for kind, item in _ITEMS.items():
        if (one.member_id, kind.value) in insured:
            continue
        fits = [row for row in rows if row.item == item and row.role in {For.ALL, _post(one)}]
        if fits:
            row = max(fits, key=lambda found: found.role != For.ALL)
            yield Unused(
                one.member_id, one.member.full_name, kind,
                value_said({"amount": row.amount, "unit": row.unit}), row.instrument,
                row.is_unverified,
            )  # fmt: skip


def _post(one: Membership) -> str:
    return str(getattr(one, "post", "") or "")


def _insured(members: Iterable[UUID], on: date) -> set[tuple[UUID, str]]:
    rows = Insurance.everything.filter(
        in_force(on, "valid_from", "valid_to"), member__in=list(members)
    )
    return set(rows.order_by().values_list("member_id", "kind"))
