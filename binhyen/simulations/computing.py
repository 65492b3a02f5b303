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


@dataclass(frozen=True)
class _Zoned:
    """Zones by number, and the number of each row's."""

    names: Sequence[str]
    rows: Ints


def side_of(asked: Asked, norms: NormsInForce) -> Side:
    """What every row gets by some norms."""
    values = on_a_day(norms, asked.values_on)
    zoned = _zones(asked, values)
    return _computed(asked, zoned, _facts(asked, values, zoned), values.values)


def sides_of_floor(asked: Asked, norms: NormsInForce, floor: Floor) -> tuple[Side, Side]:
    """What every row gets by some norms, and by the same raised to a floor."""
    values = on_a_day(norms, asked.values_on)
    zoned = _zones(asked, values)
    facts = _facts(asked, values, zoned)
    plain = _computed(asked, zoned, facts, values.values)
    least = np.asarray(floor.by_role, dtype=np.int64)[asked.counted.rows["role"]]
    sums, whole = np.unique(np.where(least > plain.whole, least, 0), return_inverse=True)
    pairs, back = np.unique(zoned.rows * len(sums) + whole.reshape(-1), return_inverse=True)
    wanted = [(zoned.names[one // len(sums)], int(sums[one % len(sums)])) for one in pairs.tolist()]
    raised = _Zoned([raised_zone(*one) for one in wanted], back.reshape(-1))
    return plain, _computed(asked, raised, facts, with_floor(values.values, wanted, floor))


def _zones(asked: Asked, values: MonthValues) -> _Zoned:
    """The zone of each row's place on the day of the values."""
    number: dict[str, int] = {}
    places = [number.setdefault(values.zones_of(place)[0].name, len(number))
              for place in asked.places]  # fmt: skip
    of_place = np.asarray(places, dtype=np.int64)
    return _Zoned(list(number), of_place[asked.counted.rows["place"]])


def _facts(asked: Asked, values: MonthValues, zoned: _Zoned) -> dict[str, Ints]:
    """The columns that the law asks for."""
    rows = asked.counted.rows
    columns = {
        "role": rows["role"], "days": rows["days"], "village_family": rows["family"],
        "hi_takes_part": rows["hi"], "hi_contribution": rows["hi_contribution"],
        "vsi_takes_part": rows["vsi"], "vsi_contribution": rows["vsi_contribution"],
        "tet_gift_due": asked.counted.is_last.astype(np.int64),
    }  # fmt: skip
    special = np.zeros(len(asked.places), dtype=np.int64)
    special[asked.counted.special] = 1
    found = dict(zip(FACTS, _duties(asked, values, zoned).T, strict=True))
    found["area_days"] = found["area_days"] * special[rows["place"]]
    return columns | found


def _duties(asked: Asked, values: MonthValues, zoned: _Zoned) -> Ints:
    """The facts about duties of each row, under the terms of its place and role."""
    rows = asked.counted.rows
    key = zoned.rows * len(POSTS) + rows["role"]
    found = np.zeros((len(key), len(FACTS)), dtype=np.int64)

    def terms_of(one: int) -> Terms:
        return values.terms(zoned.names[one // len(POSTS)], POSTS[one % len(POSTS)])

    for one in np.unique(key).tolist():
        at = np.nonzero(key == one)[0]
        found[at] = asked.patterns.counted(rows["pattern"][at], terms_of(one))
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
            days = asked.patterns.sorts(int(asked.counted.rows["pattern"][row]))
            found[row] = counted(days, terms_of(row), used)


def _computed(asked: Asked, zoned: _Zoned, facts: Mapping[str, Ints], values: Values) -> Side:
    """The law's amounts of every row, month by month, each different row computed once."""
    rows, count = asked.counted.rows, len(zoned.rows)
    names = np.asarray(zoned.names, dtype=object)
    side = Side({item: np.zeros(count, dtype=np.int64) for item in ITEMS},
                {item: np.zeros(count, dtype=np.int64) for item in ITEMS},
                np.zeros(count, dtype=np.int64))  # fmt: skip
    for number, month in enumerate(asked.counted.months):
        of_month = np.nonzero(rows["month"] == number)[0]
        if not len(of_month):
            continue
        some, back = _different(asked, of_month, zoned.rows, facts)
        given = {name: column[some] for name, column in facts.items()}
        person = rows["group"][some].tolist()
        law = compute_month(
            Facts.of(names[zoned.rows[some]], person=person, **given), values,
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
    columns = [own, zone_at[at], *(column[at] for column in facts.values())]
    first, back = alike(columns)
    order = np.argsort(first)
    place = np.empty_like(order)
    place[order] = np.arange(len(order))
    return at[first[order]], place[back]


def alike(columns: Sequence[Ints]) -> tuple[Ints, Ints]:
    """The first of each different row of some columns, and for each row the number of its like.

    Column by column: the number so far and the next column's value make one whole number, so that
    no two different rows can meet. Values of a row's facts lie far within 64 bits.
    """
    back = np.zeros(len(columns[0]), dtype=np.int64)
    first = np.zeros(1, dtype=np.int64)
    for column in columns:
        least, most = int(column.min()), int(column.max())
        if least < most:
            both = back * (most - least + 1) + (column - least)
            _seen, first, back = np.unique(both, return_index=True, return_inverse=True)
            back = back.reshape(-1)
    return first, back


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
