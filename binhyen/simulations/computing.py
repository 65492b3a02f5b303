# SPDX-License-Identifier: AGPL-3.0-or-later
"""From a basis and two sides of values to what each commune would pay, and who fares how.

Groups that are the same to the law are one row for it; amounts and sums are 64-bit integers.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from binhyen.entitlements.computing import URBAN
from binhyen.entitlements.rules import Terms
from binhyen.entitlements.values import MonthValues
from binhyen.law.api import Computed, Facts, Values, compute_month
from binhyen.law.choices import Outcome, Pay, Role
from binhyen.law.specs import SPECS
from binhyen.law.strength import Area, Rule
from binhyen.norms.in_force import NormsInForce
from binhyen.simulations.duties import FACTS, Patterns, counted
from binhyen.simulations.packing import VILLAGES, Counted
from binhyen.simulations.rules import of_a_year
from binhyen.simulations.sizes import size_of
from binhyen.simulations.values import Floor, on_a_day, raised_zone, with_floor
from binhyen.teams.choices import Post

Ints = NDArray[np.int64]
ITEMS = tuple(item for item in SPECS if isinstance(item, Pay))
POSTS = (Post.LEADER, Post.DEPUTY, Post.MEMBER)
"""In the order of the law's roles."""
_ONCE_A_YEAR = Pay.TET_GIFT
_LACKS = (Outcome.NO_VALUE, Outcome.VILLAGE_TYPE_UNKNOWN, Outcome.CONTRIBUTION_UNKNOWN,
          Outcome.BASIS_UNKNOWN)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A basis with the places that it names, and the day whose base salary counts."""

    counted: Counted
    places: Sequence[int]
    """The id of each place of the basis, by its number."""
    values_on: date
    """The day whose values are laid over the months: the last of the basis."""
    paid_on: date

    @cached_property
    def patterns(self) -> Patterns:
        """Laid out once for both sides."""
        return Patterns(self.counted.patterns)

    @cached_property
    def payers(self) -> dict[str, int]:
        """The number of each commune that was asked for, by its code."""
        at = {code: number for number, code in enumerate(self.counted.places)}
        return {code: at[code] for code in self.counted.payers}


@dataclass
class Side:
    """What every row of a basis gets on one side: an amount a month for each item."""

    amounts: dict[Pay, Ints]
    lacks: dict[Pay, Ints]
    """1 where there is no amount since a value or a fact is not known."""
    whole: Ints
    """The whole monthly support, of which insurance may be a share; 0 where none is due."""


@dataclass
class CommuneSums:
    """What one commune would pay in a year, item by item, and how its members fare."""

    code: str
    items: dict[str, list[int]] = field(default_factory=dict)
    fares: dict[int, list[int]] = field(default_factory=dict)
    """By role: gain, lose, same."""
    lacking: Counter[str] = field(default_factory=Counter)
    decided: int = 0
    decided_after: int = 0
    vacant: int = 0
    vacant_after: int = 0
    unmeasured: int = 0

    @property
    def before(self) -> int:
        """đồng a year as it is."""
        return sum(pair[0] for pair in self.items.values())

    @property
    def after(self) -> int:
        """đồng a year as it would be."""
        return sum(pair[1] for pair in self.items.values())

    def fare(self, at: int) -> int:
        """How many gain (0), lose (1), get the same (2)."""
        return sum(counts[at] for counts in self.fares.values())

    @property
    def people(self) -> int:
        """Members in the last month."""
        return sum(sum(counts) for counts in self.fares.values())


def side_of(asked: Asked, norms: NormsInForce, *, floor: Floor | None = None) -> Side:
    """What every row gets by some norms, and with a floor raised to it."""
    values = on_a_day(norms, asked.values_on)
    zones = [values.zones_of(place)[0].name for place in asked.places]
    names = np.asarray(zones, dtype=object)[asked.counted.rows["place"]]
    facts = _facts(asked, values, zones)
    if floor is None:
        return _computed(asked, names, facts, values.values)
    plain = _computed(asked, names, facts, values.values)
    least = np.asarray(floor.by_role, dtype=np.int64)[asked.counted.rows["role"]]
    whole = np.where(least > plain.whole, least, 0)
    pairs = list(zip(names.tolist(), whole.tolist(), strict=True))
    raised = with_floor(values.values, sorted(set(pairs)), floor)
    wanted = np.asarray([raised_zone(*pair) for pair in pairs], dtype=object)
    return _computed(asked, wanted, facts, raised)


def _facts(asked: Asked, values: MonthValues, zones: Sequence[str]) -> dict[str, Ints]:
    """The columns that the law asks for."""
    rows = asked.counted.rows
    columns = {
        "role": rows["role"], "days": rows["days"], "village_family": rows["family"],
        "hi_takes_part": rows["hi"], "hi_contribution": rows["hi_contribution"],
        "vsi_takes_part": rows["vsi"], "vsi_contribution": rows["vsi_contribution"],
        "tet_gift_due": asked.counted.is_last.astype(np.int64),
    }  # fmt: skip
    duties = _duties(asked, values, zones)
    special = np.zeros(len(asked.places), dtype=np.int64)
    special[asked.counted.special] = 1
    found = dict(zip(FACTS, duties.T, strict=True))
    found["area_days"] = found["area_days"] * special[rows["place"]]
    return columns | found


def _duties(asked: Asked, values: MonthValues, zones: Sequence[str]) -> Ints:
    """The facts about duties of each row, under the terms of its place and role."""
    rows = asked.counted.rows
    number = {zone: at for at, zone in enumerate(dict.fromkeys(zones))}
    zone = np.asarray([number[one] for one in zones], dtype=np.int64)[rows["place"]]
    key = zone * len(POSTS) + rows["role"]
    found = np.zeros((len(key), len(FACTS)), dtype=np.int64)
    names = list(number)

    def terms_of(one: int) -> Terms:
        return values.terms(names[one // len(POSTS)], POSTS[one % len(POSTS)])

    for one in np.unique(key).tolist():
        at = np.nonzero(key == one)[0]
        patterns, back = np.unique(rows["pattern"][at], return_inverse=True)
        found[at] = asked.patterns.counted(patterns, terms_of(one))[back.reshape(-1)]
    _put_divided(asked, found, lambda row: terms_of(int(key[row])))
    return found


def _put_divided(asked: Asked, found: Ints, terms_of: Callable[[int], Terms]) -> None:
    """Who changed place or role within a month: earlier stretches use up the caps of later ones."""
    group = asked.counted.rows["group"]
    _groups, starts, lengths = np.unique(group, return_index=True, return_counts=True)
    divided = lengths > 1
    for start, length in zip(starts[divided].tolist(), lengths[divided].tolist(), strict=True):
        used: Counter[Pay] = Counter()
        for row in range(start, start + length):
            days = asked.patterns.days[int(asked.counted.rows["pattern"][row])]
            found[row] = counted(days, terms_of(row), used)


def _computed(asked: Asked, zones: NDArray[np.object_], facts: Mapping[str, Ints],
              values: Values) -> Side:  # fmt: skip
    """The law's amounts of every row, month by month, each different row computed once."""
    rows, count = asked.counted.rows, len(zones)
    side = Side({item: np.zeros(count, dtype=np.int64) for item in ITEMS},
                {item: np.zeros(count, dtype=np.int64) for item in ITEMS},
                np.zeros(count, dtype=np.int64))  # fmt: skip
    numbers = {zone: at for at, zone in enumerate(dict.fromkeys(zones.tolist()))}
    zone_at = np.fromiter((numbers[one] for one in zones.tolist()), dtype=np.int64, count=count)
    for number, month in enumerate(asked.counted.months):
        of_month = np.nonzero(rows["month"] == number)[0]
        if not len(of_month):
            continue
        some, back = _different(asked, of_month, zone_at, facts)
        given = {name: column[some] for name, column in facts.items()}
        person = rows["group"][some].tolist()
        law = compute_month(
            Facts.of(zones[some], person=person, **given), values,
            date.fromisoformat(f"{month}-01"), paid_on=asked.paid_on,
        )  # fmt: skip
        _put(side, law, of_month, back)
    return side


def _put(side: Side, law: Computed, at: Ints, back: Ints) -> None:
    for item in ITEMS:
        side.amounts[item][at] = law[item].amount[back]
        side.lacks[item][at] = np.isin(law[item].outcome, _LACKS)[back]
    outcome = law[Pay.MONTHLY].outcome
    fits = (outcome == Outcome.PAID) | (outcome == Outcome.NOTHING)
    side.whole[at] = np.where(fits, law.vector("monthly_whole"), 0)[back]


def _different(
    asked: Asked, at: Ints, zone_at: Ints, facts: Mapping[str, Ints]
) -> tuple[Ints, Ints]:
    """Rows that differ to the law, and for each row of the month which of them it is like.

    Rows of a group that has several stay as they are, one after the other.
    """
    group = asked.counted.rows["group"][at]
    _groups, inverse, lengths = np.unique(group, return_inverse=True, return_counts=True)
    alone = lengths[inverse.reshape(-1)] == 1
    own = np.where(alone, -1, np.arange(len(at)))
    table = np.column_stack([own, zone_at[at], *(column[at] for column in facts.values())])
    _rows, first, back = np.unique(table, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return at[first[order]], place[back.reshape(-1)]


def sums_of(asked: Asked, before: Side, after: Side) -> dict[str, CommuneSums]:
    """What each commune of a basis would pay, and how its members fare; by code."""
    known = asked.counted
    found = {code: CommuneSums(code) for code in known.payers}
    payers = asked.payers
    for item in ITEMS:
        old, new = (_year(asked, side, item) for side in (before, after))
        for code, at in payers.items():
            if old[at] or new[at]:
                found[code].items[item.value] = [old[at], new[at]]
    _put_fares(asked, before, after, found)
    return found


def _year(asked: Asked, side: Side, item: Pay) -> list[int]:
    """đồng a year of an item, by place that pays."""
    rows = asked.counted.rows
    sums = np.zeros(len(asked.places), dtype=np.int64)
    np.add.at(sums, rows["payer"], side.amounts[item] * rows["count"])
    if item is _ONCE_A_YEAR:
        return [int(one) for one in sums]
    return [of_a_year(len(asked.counted.months), int(one)) for one in sums]


def _put_fares(asked: Asked, before: Side, after: Side, found: dict[str, CommuneSums]) -> None:
    """Counts of members of the last month, by what a year like it would give them."""
    known, rows = asked.counted, asked.counted.rows
    change = np.zeros(len(rows["group"]), dtype=np.int64)
    for item in ITEMS:
        times = 1 if item is _ONCE_A_YEAR else 12
        change += (after.amounts[item] - before.amounts[item]) * times
    by_group = np.zeros(int(rows["group"].max(initial=-1)) + 1, dtype=np.int64)
    np.add.at(by_group, rows["group"], change)
    lacks = {item: np.zeros(len(by_group), dtype=np.int64) for item in ITEMS}
    for item in ITEMS:
        np.maximum.at(lacks[item], rows["group"], after.lacks[item])
    at = np.nonzero(known.is_last & known.is_end)[0]
    group, count = rows["group"][at], rows["count"][at]
    way = np.select([by_group[group] > 0, by_group[group] < 0], [0, 1], 2)
    table = np.zeros((len(asked.places), len(Role), 3), dtype=np.int64)
    np.add.at(table, (rows["payer"][at], rows["role"][at], way), count)
    for code, here in asked.payers.items():
        found[code].fares = {role: table[here, role].tolist() for role in range(len(Role))}
    for item in ITEMS:
        missing = np.zeros(len(asked.places), dtype=np.int64)
        np.add.at(missing, rows["payer"][at], lacks[item][group] * count)
        for code, here in asked.payers.items():
            if number := int(missing[here]):
                found[code].lacking[item.value] = number


def put_strength(asked: Asked, rules: Mapping[str, Rule], found: Mapping[str, CommuneSums]) -> None:
    """Decided numbers and vacancies of each commune now, and by the sizes of a draft."""
    villages = asked.counted.villages
    columns = [villages[name].tolist() for name in VILLAGES]
    for place, family, residents, hectares, decided, serving, count in zip(*columns, strict=True):
        code = asked.counted.places[place]
        sums, rule = found.get(code), rules.get(code)
        if sums is None:
            continue
        now = max(decided, 0)
        after, unmeasured = now, False
        if rule is not None:
            area = Area(
                residents=None if residents < 0 else residents,
                hectares=None if hectares < 0 else hectares,
                family="to_dan_pho" if family == URBAN else "thon",
            )
            size = size_of(rule, area, decided)
            after, unmeasured = size.decided, size.is_unmeasured
        sums.decided += now * count
        sums.decided_after += after * count
        sums.vacant += max(0, now - serving) * count
        sums.vacant_after += max(0, after - serving) * count
        sums.unmeasured += count if unmeasured else 0
