# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a claim gives: the facts that somebody took from the papers, the values of the day, the law.

Nothing is written here. The same facts and values give the same lines, byte by byte.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from binhyen.claims.choices import Kind
from binhyen.claims.models import Claim
from binhyen.claims.rules import AFTER_DEATH, BENEFITS
from binhyen.entitlements.values import kept_value, shape_of
from binhyen.law.api import Claims, Computed, Value, Values, compute_claims
from binhyen.law.choices import Benefit, Outcome
from binhyen.norms.choices import Item, Subject, Unit
from binhyen.norms.in_force import NormRow, values_between
from binhyen.territory.models import Territory

_ZONE = "0"
_BY_BASE = frozenset({Item.CAPACITY_FIRST, Item.CAPACITY_STEP, Item.DEATH_SURVIVOR, Item.FUNERAL})
_NUMBERS = ("count", "rate", "base", "extra")
_OF_BENEFIT: Mapping[Benefit, frozenset[Item]] = {
    Benefit.TREATMENT_COST: frozenset({Item.TREATMENT_MOST}),
    Benefit.INPATIENT_MEAL: frozenset({Item.INPATIENT_MEAL}),
    Benefit.CAPACITY_LOSS: frozenset({Item.CAPACITY_FROM, Item.CAPACITY_FIRST, Item.CAPACITY_STEP}),
    Benefit.DEATH_SURVIVOR: frozenset({Item.DEATH_SURVIVOR}),
    Benefit.FUNERAL: frozenset({Item.FUNERAL}),
}
"""The items of resolutions that decide about each benefit."""


@dataclass(frozen=True)
class Reckoned:
    """What came out: lines with their outcome, and the values they name by their place."""

    lines: list[dict[str, Any]]
    values: list[dict[str, Any]]
    total: int


def reckon(
    kind: Kind, facts: Mapping[str, int], commune: Territory, day: date, base_on: date | None
) -> Reckoned:
    """What a kind of claim gives in a commune for something that happened on a day.

    Source: Law 30/2023 Art. 24; Decree 40/2024 Art. 5-6; sums as the province decided.
    Raises LawNotInForce, and what `Claims` and `Values` refuse.
    """
    rows, values = _values(kind, commune, day)
    columns = {name: [number] for name, number in facts.items()}
    if kind in AFTER_DEATH:
        columns["died"] = [1]
    claims = Claims.of([_ZONE], **columns)
    computed = compute_claims(claims, Values(values), day, base_on=base_on)
    lines = [
        line for benefit in BENEFITS[kind] if (line := _line(computed, benefit, kind)) is not None
    ]
    kept = [kept_value(row, value) for row, value in zip(rows, values, strict=True)]
    return Reckoned(lines, kept, sum(line["amount"] for line in lines))


def _line(computed: Computed, benefit: Benefit, kind: Kind) -> dict[str, Any] | None:
    """One benefit as it is kept; None where nothing gives rise to it."""
    said, place = computed.line(0, benefit), int(computed[benefit].value[0])
    if said.outcome is Outcome.NOTHING:
        return None
    line: dict[str, Any] = {"item": benefit.value, "outcome": int(said.outcome),
                            "amount": int(said.amount), "form": int(said.form)}  # fmt: skip
    line |= {name: number for name in _NUMBERS if (number := getattr(said, name))}
    if place >= 0:
        line["value"] = place
    line["inputs"] = dict(computed.explain(0, benefit).inputs)
    return line


def _values(kind: Kind, commune: Territory, day: date) -> tuple[list[NormRow], list[Value]]:
    """The rows in force that decide about a kind of claim, and the same as the rules take them."""
    wanted = frozenset[Item]().union(*(_OF_BENEFIT[benefit] for benefit in BENEFITS[kind]))
    found = values_between([commune], day, day)
    rows = [
        row
        for row in found.of_zone(found.zones[commune.pk])
        if row.subject == Subject.ACCIDENT and Item(row.item) in wanted
    ]
    return rows, [_value(row) for row in rows]


def _value(row: NormRow) -> Value:
    shape, basis = shape_of(Unit(row.unit))
    return Value(
        zone=_ZONE, role=row.role, item=_named(Item(row.item), Unit(row.unit)), amount=row.amount,
        shape=shape, basis=basis, instrument=row.instrument, source=row.source,
        is_unverified=row.is_unverified,
    )  # fmt: skip


def _named(item: Item, unit: Unit) -> str:
    """What the rules call an item in a unit."""
    if unit == Unit.PERCENT_COST:
        return "TREATMENT_PERCENT"
    if unit == Unit.BASE_HUNDREDTHS and item in _BY_BASE:
        return f"{item.value}_FACTOR"
    return item.value


def values_of(benefit: Benefit, values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those of some kept values that decide about a benefit."""
    return [one for one in values if Item(one["item"]) in _OF_BENEFIT[benefit]]


def digest_of(claim: Claim) -> str:
    """The check sum over everything on which the decision rests."""
    told = [
        str(claim.member_id), claim.kind, str(claim.on_day), str(claim.base_on or ""),
        claim.facts, claim.lines, claim.values, claim.total,
    ]  # fmt: skip
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
