# SPDX-License-Identifier: AGPL-3.0-or-later
"""Running simulations: of a draft resolution, of a national floor, of central support.

Each answer is written once, whole, with the digest of everything that it says.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from binhyen.core import bulk, clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.periods import calendar_month
from binhyen.core.validation import save
from binhyen.norms.in_force import values_between
from binhyen.norms.models import NormValue, Resolution
from binhyen.simulations.bases import Months, basis_for
from binhyen.simulations.checks import check_draft, check_floor, check_money, chosen_codes
from binhyen.simulations.choices import Kind, Rule
from binhyen.simulations.computing import (
    Asked,
    CommuneSums,
    put_strength,
    side_of,
    sides_of_floor,
    sums_of,
)
from binhyen.simulations.models import Basis, CommuneResult, Simulation
from binhyen.simulations.packing import unpacked
from binhyen.simulations.permissions import RUN_SIMULATION
from binhyen.simulations.refusals import DraftCommunesGone, NothingToAllocate
from binhyen.simulations.rules import Need, allocated
from binhyen.simulations.sizes import rule_of
from binhyen.simulations.values import Floor, with_draft
from binhyen.territory.models import Territory

_ROW = ("id", "simulation_id", "territory_id", "items", "before", "after", "people", "gain", "lose",
        "same", "decided", "decided_after", "vacant", "vacant_after", "unmeasured", "gap",
        "support")  # fmt: skip


@dataclass(frozen=True)
class Shares:
    """A sum to be shared: how much, by which rule, and among which communes."""

    money: int
    rule: Rule
    marks: Sequence[str] = ()
    """Marks of the list of communes (`territory.Flag`); a commune with any of them is meant."""
    codes: Sequence[str] = ()
    """Communes by code; with marks, these too."""


@dataclass
class _Answer:
    """What is about to be written."""

    sums: dict[str, CommuneSums]
    territories: Mapping[str, Territory]
    gaps: dict[str, int] = field(default_factory=dict)
    support: dict[str, int] = field(default_factory=dict)


@transaction.atomic
def simulate_draft(
    *, by: Actor, resolution: Resolution, months: Months, op_id: UUID | None = None
) -> Simulation:
    """What a draft would cost its communes in a year, who gains and loses, what becomes vacant.

    Source: Law 30/2023 Art. 14(3)-(4), 23, 26. Raises NotADraft, DraftWithoutCommunes,
    DraftSetsNothing, DraftCommunesGone and what `basis_for` raises.
    """
    place = resolution.territory
    by.require(RUN_SIMULATION, place)
    if done := done_before(op_id, Simulation, "simulation.run", by=by, resolution_id=resolution.pk):
        return done
    planned = check_draft(resolution)
    basis = basis_for(by=by, place=place, months=months)
    asked, territories = _asked(basis, max(resolution.valid_from, _last_day(basis)))
    ids = {territories[code].pk for code in asked.counted.payers}
    here = {pk: values for pk, values in planned.items() if pk in ids}
    if not here:
        raise DraftCommunesGone(number=resolution.number, month=f"{basis.last_month:%m/%Y}")
    day = asked.values_on
    norms = values_between(territories.values(), day, day)
    after = with_draft(norms, here, resolution, day)
    sums = sums_of(asked, side_of(asked, norms), side_of(asked, after))
    covered = {one.code for one in territories.values() if one.pk in here}
    answer = _Answer({code: one for code, one in sums.items() if code in covered}, territories)
    rules = {one.code: rule for one in territories.values()
             if one.pk in here and (rule := rule_of(here[one.pk])) is not None}  # fmt: skip
    put_strength(asked, rules, answer.sums)
    kept = Simulation(
        place=place, kind=Kind.DRAFT, basis=basis, resolution=resolution, number=resolution.number,
        on=asked.paid_on, parameters=_said_draft(resolution, here, territories),
    )  # fmt: skip
    return _written(by, kept, answer, op_id)


@transaction.atomic
def simulate_floor(
    *, by: Actor, place: Territory, months: Months, floor: Floor, op_id: UUID | None = None
) -> Simulation:
    """What a floor of the nation would cost each commune beyond what it pays, and who gains.

    Raises FloorBelowZero, FloorAbsurd, BadPercent, NoFloor and what `basis_for` raises.
    """
    by.require(RUN_SIMULATION, place)
    if done := done_before(op_id, Simulation, "simulation.run", by=by, place_id=place.pk,
                           kind=Kind.FLOOR):  # fmt: skip
        return done
    check_floor(floor)
    basis = basis_for(by=by, place=place, months=months)
    asked, answer = _floored(basis, floor)
    kept = Simulation(place=place, kind=Kind.FLOOR, basis=basis, on=asked.paid_on,
                      parameters={"floor": asdict(floor)})  # fmt: skip
    return _written(by, kept, answer, op_id)


@transaction.atomic
def simulate_support(
    *, by: Actor, place: Territory, months: Months, floor: Floor, shares: Shares,
    op_id: UUID | None = None,
) -> Simulation:  # fmt: skip
    """How a sum from the centre would be shared among chosen communes, towards a floor.

    The shares sum to the sum, or to all gaps where these are smaller; what is left is said.
    Raises NoMoney, NoCommunes, CommunesOutside, NothingToAllocate and what `simulate_floor` raises.
    """
    by.require(RUN_SIMULATION, place)
    if done := done_before(op_id, Simulation, "simulation.run", by=by, place_id=place.pk,
                           kind=Kind.SUPPORT):  # fmt: skip
        return done
    check_floor(floor)
    check_money(shares.money)
    basis = basis_for(by=by, place=place, months=months)
    asked, answer = _floored(basis, floor)
    codes = chosen_codes(place, basis, answer.sums, answer.territories, shares.marks, shares.codes)
    chosen = [answer.sums[code] for code in codes]
    needs = [Need(one.code, max(0, one.after - one.before), one.people) for one in chosen]
    answer.support = allocated(shares.money, needs, shares.rule)
    answer.gaps = {one.code: one.gap for one in needs}
    if not sum(answer.gaps.values()):
        raise NothingToAllocate(communes=len(needs))
    kept = Simulation(
        place=place, kind=Kind.SUPPORT, basis=basis, on=asked.paid_on,
        parameters={"floor": asdict(floor), "money": shares.money, "rule": Rule(shares.rule).value,
                    "marks": sorted(shares.marks), "codes": sorted(set(shares.codes)),
                    "chosen": len(codes)},
    )  # fmt: skip
    return _written(by, kept, answer, op_id)


def _floored(basis: Basis, floor: Floor) -> tuple[Asked, _Answer]:
    asked, territories = _asked(basis, _last_day(basis))
    day = asked.values_on
    norms = values_between(territories.values(), day, day)
    sums = sums_of(asked, *sides_of_floor(asked, norms, floor))
    put_strength(asked, {}, sums)
    return asked, _Answer(sums, territories)


def _last_day(basis: Basis) -> date:
    return calendar_month(basis.last_month.year, basis.last_month.month).last


def _asked(basis: Basis, paid_on: date) -> tuple[Asked, dict[str, Territory]]:
    """The basis laid out, and the places that it names, by code."""
    counted = unpacked(bytes(basis.content))
    day = _last_day(basis)
    rows = Territory.everything.filter(code__in=counted.places) if len(counted.places) <= 500 else (
        Territory.everything.filter(level="commune"))  # fmt: skip
    wanted = set(counted.places)
    found: dict[str, Territory] = {}
    for one in rows.order_by("valid_from"):
        if one.code in wanted and (one.code not in found or one.is_in_force(day)):
            found[one.code] = one
    places = [found[code].pk for code in counted.places]
    return Asked(counted, places, day, paid_on), found


def _said_draft(
    resolution: Resolution, planned: Mapping[int, Sequence[NormValue]],
    territories: Mapping[str, Territory],
) -> dict[str, Any]:  # fmt: skip
    """What a draft said then, since a draft may be changed afterwards."""
    codes = {one.pk: one.code for one in territories.values()}
    values: dict[UUID, dict[str, Any]] = {}
    for pk, own in planned.items():
        for one in own:
            said = values.setdefault(one.pk, {
                "item": one.item, "role": one.role, "case": one.case, "amount": one.amount,
                "unit": one.unit, "above": one.above, "every": one.every, "counted": one.counted,
                "communes": [],
            })  # fmt: skip
            said["communes"].append(codes[pk])
    for said in values.values():
        said["communes"].sort()
    last = resolution.valid_to - timedelta(days=1) if resolution.valid_to else None
    return {
        "valid_from": str(resolution.valid_from), "last_day": str(last) if last else "",
        "replaces": resolution.replaces, "values": list(values.values()),
    }  # fmt: skip


def _written(by: Actor, kept: Simulation, answer: _Answer, op_id: UUID | None) -> Simulation:
    """Write a simulation with its rows, the digest over all of it, and the event."""
    sums = [answer.sums[code] for code in sorted(answer.sums)]
    kept.items = _items(sums)
    kept.before, kept.after = sum(one.before for one in sums), sum(one.after for one in sums)
    kept.people, kept.communes = sum(one.people for one in sums), len(sums)
    kept.counts = {str(role): [sum(one.fares[role][at] for one in sums) for at in range(3)]
                   for role in range(3)}  # fmt: skip
    lacking: dict[str, int] = {}
    for one in sums:
        for item, count in one.lacking.items():
            lacking[item] = lacking.get(item, 0) + count
    kept.lacking = dict(sorted(lacking.items()))
    kept.made_at, kept.made_by_id, kept.made_by_name = clock.now(), by.id, by.name
    said = [_said(one, answer) for one in sums]
    kept.digest = _digest(kept, said)
    save(kept)
    bulk.insert(CommuneResult, _ROW, (
        (uuid7(), kept.pk, answer.territories[one[0]].pk, *one[1:]) for one in said
    ))  # fmt: skip
    record("simulation.run", kept, by=by, where=kept.place, on=by.on, op_id=op_id,
           simulation_kind=kept.kind)  # fmt: skip
    return kept


def _items(sums: Iterable[CommuneSums]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for one in sums:
        for item, (before, after) in one.items.items():
            pair = found.setdefault(item, [0, 0])
            pair[0] += before
            pair[1] += after
    return dict(sorted(found.items()))


def _said(one: CommuneSums, answer: _Answer) -> tuple[Any, ...]:
    """A row as it is written, by code."""
    return (
        one.code, dict(sorted(one.items.items())), one.before, one.after, one.people,
        *(one.fare(at) for at in range(3)), one.decided, one.decided_after, one.vacant,
        one.vacant_after, one.unmeasured, answer.gaps.get(one.code), answer.support.get(one.code),
    )  # fmt: skip


def _digest(kept: Simulation, rows: Sequence[tuple[Any, ...]]) -> str:
    head = [kept.kind, kept.place.code, kept.basis.digest, str(kept.on), kept.number,
            kept.parameters, kept.counts, kept.lacking]  # fmt: skip
    text = json.dumps([head, rows], sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
