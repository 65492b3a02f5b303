# SPDX-License-Identifier: AGPL-3.0-or-later
"""From facts and values to slips: rows for the rules, and their columns back as lines.

Nothing is written here; `storing.py` writes what comes out. The same facts and values give the same
slips, byte by byte.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import numpy as np

from binhyen.core.holidays import calendar
from binhyen.core.periods import Period
from binhyen.entitlements.choices import Aside, InsuranceKind
from binhyen.entitlements.gathering import Gathered, Noted, Person, Span, gather
from binhyen.entitlements.rules import (
    PER_DUTY,
    Chosen,
    Duty,
    SetAside,
    Terms,
    Unit,
    choose,
    units_of,
)
from binhyen.entitlements.values import ROLES, MonthValues, Zone
from binhyen.law.api import Computed, Facts, compute_month
from binhyen.law.choices import Outcome, Pay
from binhyen.law.specs import SPECS
from binhyen.norms.in_force import values_between
from binhyen.teams.choices import Post
from binhyen.territory.models import Territory

RURAL, URBAN = 1, 2
"""The two families of Law 30/2023 Art. 2, as the rules count them."""
_FACTS = {Pay.NIGHT: "nights", Pay.REST_HOLIDAY: "rest_days", Pay.DUTY_DAY: "duty_days"}
_NUMBERS = ("count", "rate", "base", "extra", "cap", "value")
_MAY_BE_ZERO = frozenset({"cap", "value"})
_REASONS = {
    Outcome.NO_VALUE: Aside.NO_VALUE,
    Outcome.TOO_SHORT: Aside.TOO_SHORT,
    Outcome.CAP_REACHED: Aside.CAP,
}


@dataclass(slots=True)
class Segment:
    """Days of one member on which place, role and values are the same: one row for the rules."""

    span: Span
    zone: Zone
    start: date
    end: date
    terms: Terms
    chosen: Chosen
    noted: list[Noted]


@dataclass(slots=True)
class Draft:
    """A slip before it is written."""

    person: Person
    segments: list[Segment]
    aside: list[SetAside]
    lines: list[dict[str, Any]] = field(default_factory=list)
    counted: list[tuple[Duty, Pay, date]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """The sum of its lines."""
        return sum(line["amount"] for line in self.lines)


@dataclass
class MonthDrafts:
    """The slips of some communes, and the values behind them."""

    gathered: Gathered
    values: MonthValues
    by_commune: dict[int, list[Draft]]


def compute(communes: Sequence[Territory], month: Period) -> MonthDrafts:
    """The slips of some communes for a month, as facts and values stand now.

    Raises LawNotInForce, and what `Facts` and `Values` refuse.
    """
    gathered = gather(communes, month)
    found = values_between(gathered.communes.values(), month.start, month.last)
    values, days_off = MonthValues(found, month), days_off_in(month)
    drafts: list[Draft] = []
    by_commune: dict[int, list[Draft]] = {}
    for commune, people in gathered.people.items():
        by_commune[commune] = [_draft(person, values, days_off) for person in people]
        drafts += by_commune[commune]
    if drafts:
        computed = compute_month(_facts(drafts, gathered), values.values, month.start)
        _put_lines(drafts, computed)
    return MonthDrafts(gathered, values, by_commune)


def days_off_in(month: Period) -> frozenset[date]:
    """Rest days and holidays of a month."""
    off = calendar()
    days = [month.start + timedelta(days=number) for number in range(month.days)]
    return frozenset(day for day in days if off.is_off(day))


def _draft(person: Person, values: MonthValues, days_off: frozenset[date]) -> Draft:
    """A member's days, cut into segments, with the duties of each."""
    draft = Draft(person, [], [])
    used: Counter[Pay] = Counter()
    open_duties = [one for one in person.duties if one.id not in person.elsewhere]
    open_noted = [one for one in person.noted if one.duty.id not in person.elsewhere]
    recorded = [*person.duties, *(one.duty for one in person.noted)]
    draft.aside += [SetAside(one, Aside.ELSEWHERE) for one in recorded
                    if one.id in person.elsewhere]  # fmt: skip
    units = units_of(open_duties, person.counted)
    for span, zone, start, end in _segments(person, values):
        inside = [one for one in units if start <= one.day < end]
        terms = values.terms(zone.name, span.post)
        chosen = choose(inside, terms, days_off, used)
        for item, together in chosen.by_item.items():
            used[item] += len(together)
        noted = [one for one in open_noted if start <= one.duty.day < end]
        draft.segments.append(Segment(span, zone, start, end, terms, chosen, noted))
        draft.aside += _set_aside(chosen.same_day, Aside.SAME_DAY)
        for item in PER_DUTY:
            draft.aside += _set_aside(chosen.unassigned.get(item, ()), Aside.NO_PLAN)
            draft.aside += _set_aside(chosen.short.get(item, ()), Aside.TOO_SHORT)
    outside = [one for one in units if not _is_served(one.day, draft)]
    draft.aside += _set_aside(outside, Aside.NOT_SERVING)
    draft.aside += [SetAside(one.duty, Aside.NOT_SERVING) for one in open_noted
                    if not _is_served(one.duty.day, draft)]  # fmt: skip
    return draft


def _is_served(day: date, draft: Draft) -> bool:
    return any(part.start <= day < part.end for part in draft.segments)


def _segments(person: Person, values: MonthValues) -> Iterator[tuple[Span, Zone, date, date]]:
    for span in person.spans:
        for zone in values.zones_of(span.commune):
            start, end = max(span.start, zone.start), min(span.end, zone.end)
            if start < end:
                yield span, zone, start, end


def _set_aside(units: Sequence[Unit], reason: Aside) -> list[SetAside]:
    return [SetAside(duty, reason) for unit in units for duty in unit.duties]


def _facts(drafts: Sequence[Draft], gathered: Gathered) -> Facts:
    """The rows of all members, in the order of members and days."""
    columns: dict[str, list[int]] = defaultdict(list)
    zones: list[str] = []
    people: list[int] = []
    for number, draft in enumerate(drafts):
        insured = draft.person.insured
        for segment in draft.segments:
            zones.append(segment.zone.name)
            people.append(number)
            columns["role"].append(ROLES[Post(segment.span.post)])
            columns["days"].append((segment.end - segment.start).days)
            columns["village_family"].append(URBAN if segment.span.is_urban else RURAL)
            for kind in InsuranceKind:
                known = insured.get(kind)
                columns[f"{kind}_takes_part"].append(kind in insured)
                columns[f"{kind}_contribution"].append(-1 if known is None else known)
            is_special = segment.span.commune in gathered.special
            counts = duty_facts(segment.chosen, segment.terms, is_special=is_special)
            counts |= _noted_facts(segment.noted)
            for name, count in counts.items():
                columns[name].append(count)
    vectors = {name: np.asarray(column, dtype=np.int64) for name, column in columns.items()}
    return Facts.of(zones, person=people, **vectors)


def _noted_facts(noted: Sequence[Noted]) -> dict[str, int]:
    """What the rules are told about noted days."""
    return {
        "training_days": sum(one.item is Pay.TRAINING_MEAL for one in noted),
        "out_area_cost": sum(one.amount for one in noted),
    }


def duty_facts(chosen: Chosen, terms: Terms, *, is_special: bool) -> dict[str, int]:
    """What the rules are told about the duties of a segment, by the name of the fact."""
    counts: dict[str, int] = {}
    long = {item: len(chosen.by_item.get(item, ())) for item in PER_DUTY}
    # Where one rate holds for nights and days off, the rules add the days off to the nights.
    by_day = sum(not unit.is_night for unit in chosen.by_item.get(Pay.NIGHT, ()))
    long[Pay.NIGHT] -= by_day
    long[Pay.REST_HOLIDAY] += by_day
    for item, name in _FACTS.items():
        counts[name] = long[item] + len(chosen.short.get(item, ()))
        counts[f"{name}_unassigned"] = len(chosen.unassigned.get(item, ()))
    counts["nights_long"], counts["duty_days_long"] = long[Pay.NIGHT], long[Pay.DUTY_DAY]
    # An increase of an allowance: days on which there is an allowance to increase.
    days = {unit.day for item, units in chosen.by_item.items() if item in terms.rates
            for unit in units}  # fmt: skip
    counts["area_days"] = len(days) if is_special else 0
    return counts


def _put_lines(drafts: Sequence[Draft], computed: Computed) -> None:
    """Read the columns back, item by item, into the lines of each slip."""
    rows = [(draft, place) for draft in drafts for place in range(len(draft.segments))]
    for item in SPECS:
        column = computed[item]
        found = np.nonzero(column.outcome != Outcome.NOTHING)[0]
        if not len(found):
            continue
        numbers = {name: getattr(column, name)[found].tolist() for name in _NUMBERS}
        inputs = [(name, computed.facts[name][found].tolist()) for name in SPECS[item].inputs]
        outcomes, forms = column.outcome[found].tolist(), column.form[found].tolist()
        amounts = column.amount[found].tolist()
        for at, row in enumerate(found.tolist()):
            draft, place = rows[row]
            line: dict[str, Any] = {"item": item.value, "outcome": outcomes[at],
                                    "amount": amounts[at], "form": forms[at]}  # fmt: skip
            if place:
                line["span"] = place
            line |= {name: column[at] for name, column in numbers.items()
                     if column[at] > (-1 if name in _MAY_BE_ZERO else 0)}  # fmt: skip
            line["inputs"] = {name: column[at] for name, column in inputs if column[at]}
            draft.lines.append(line)
            if isinstance(item, Pay) and item in _FACTS:
                _put_counted(draft, place, item, Outcome(outcomes[at]), line.get("count", 0))
            elif isinstance(item, Pay):
                _put_noted(draft, place, item, Outcome(outcomes[at]))


def _put_counted(draft: Draft, place: int, item: Pay, outcome: Outcome, count: int) -> None:
    """The duties behind a line that is paid; the rest of them with the reason."""
    units = draft.segments[place].chosen.by_item.get(item, [])
    paid = count if outcome is Outcome.PAID else 0
    for unit in units[:paid]:
        draft.counted += [(duty, item, unit.day) for duty in unit.counting]
        others = [duty for duty in unit.duties if duty not in unit.counting]
        draft.aside += [SetAside(duty, Aside.NO_PLAN) for duty in others]
    reason = Aside.CAP if outcome is Outcome.PAID else _REASONS.get(outcome, Aside.REFUSED)
    draft.aside += _set_aside(units[paid:], reason)


def _put_noted(draft: Draft, place: int, item: Pay, outcome: Outcome) -> None:
    """The noted days behind a line: they have no cap, so all of them count or none."""
    days = [one.duty for one in draft.segments[place].noted if one.item is item]
    if outcome is Outcome.PAID:
        draft.counted += [(duty, item, duty.day) for duty in days]
    else:
        reason = _REASONS.get(outcome, Aside.REFUSED)
        draft.aside += [SetAside(duty, reason) for duty in days]


def spans_of(draft: Draft, gathered: Gathered) -> list[dict[str, Any]]:
    """The segments of a slip as they are kept."""
    return [
        {
            "from": str(one.start),
            "last": str(one.end - timedelta(days=1)),
            "post": one.span.post,
            "zone": one.zone.name,
            "commune": gathered.communes[one.span.commune].code,
        }
        for one in draft.segments
    ]


def aside_of(draft: Draft) -> list[list[Any]]:
    """What a slip set aside, by moment: kind, id, day, began, ended, reason."""
    found = {(one.duty.start, one.duty.kind.value, one.duty.id): one for one in draft.aside}
    return [
        [one.duty.kind.value, str(one.duty.id), str(one.duty.day), one.duty.start.isoformat(),
         one.duty.end.isoformat(), one.reason.value]
        for _key, one in sorted(found.items())
    ]  # fmt: skip
