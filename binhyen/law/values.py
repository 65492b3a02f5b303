# SPDX-License-Identifier: AGPL-3.0-or-later
"""What resolutions set, handed in at run time and laid out so that vectors can pick from it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from binhyen.core.errors import Refused
from binhyen.law.choices import Basis, Role, Shape
from binhyen.law.facts import Facts

MISSING = -1
_MOST = 2_147_483_647
_COLUMNS: Mapping[str, tuple[Role, ...]] = {
    "leader": (Role.LEADER,),
    "deputy": (Role.DEPUTY,),
    "member": (Role.MEMBER,),
    "all": tuple(Role),
    "team": tuple(Role),
}


class Variant(IntEnum):
    """Villages for which an item may be set apart; several may fit, the last of them holds."""

    ANY = 0
    TYPE_1 = 1
    TYPE_2 = 2
    TYPE_3 = 3
    RURAL = 4
    URBAN = 5
    KEY_AREA = 6


_VILLAGES: Mapping[Variant, tuple[str, int]] = {
    Variant.RURAL: ("village_family", 1),
    Variant.URBAN: ("village_family", 2),
    Variant.KEY_AREA: ("is_key_area", 1),
}
"""The fact that says whether a village is meant; for the types it is `village_type`."""
_OTHER_NAMES = {
    "MONTHLY_FACTOR_T23": (("MONTHLY_FACTOR", Variant.TYPE_2), ("MONTHLY_FACTOR", Variant.TYPE_3)),
}
"""Items that stand for others in some villages."""


class BadValue(Refused):
    """A value that no resolution can set."""

    what = _("The values cannot be used.")
    why = _("%(item)s of zone %(zone)s for %(role)s is %(amount)s.")
    remedy = _("A value is a whole number from 0 to 2,147,483,647 for a known part; correct it.")


class ValuesOverlap(Refused):
    """Two values for the same item, zone and role."""

    what = _("The values cannot be used.")
    why = _("%(item)s of zone %(zone)s is set twice for %(role)s: by %(one)s and by %(other)s.")
    remedy = _("End one of the two, or take the communes out of it that the other covers.")


@dataclass(frozen=True)
class Value:
    """One number of a resolution, as the rules need it.

    Units: `shape` says what `amount` means; a factor of 0.65 is 65 hundredths. `variant` tells
    levels of qualification apart, and for everything else the villages of `Variant`; 0 is any.
    `share` is what a contribution is of its `basis`, in hundredths of a percent: 4.5 % is 450; 0 is
    the usual one.
    """

    zone: str
    role: str
    item: str
    amount: int
    shape: Shape = Shape.DONG
    variant: int = 0
    basis: Basis = Basis.NONE
    share: int = 0
    instrument: str = ""
    source: str = ""
    is_unverified: bool = False


@dataclass(frozen=True)
class Picked:
    """For each row, what it gets of an item; `index` points into `Values.rows`, or is -1."""

    amount: NDArray[np.int64]
    shape: NDArray[np.int64]
    basis: NDArray[np.int64]
    share: NDArray[np.int64]
    index: NDArray[np.int64]


class Values:
    """The values of one run, by zone, role and item.

    A zone is any name that the caller gives to places and days in which the same values hold. A
    value for a role stands before one for all. What is missing stays missing: it is never 0.
    """

    def __init__(self, rows: Iterable[Value]) -> None:
        self.rows: Sequence[Value] = tuple(rows)
        self._zones: dict[str, int] = {}
        self._cells: dict[tuple[str, int], dict[tuple[int, Role], int]] = {}
        for index, value in enumerate(self.rows):
            self._check(value)
            zone = self._zones.setdefault(value.zone, len(self._zones))
            for place in _OTHER_NAMES.get(value.item, ((value.item, value.variant),)):
                cells = self._cells.setdefault(place, {})
                for role in _COLUMNS[value.role]:
                    self._put(cells, (zone, role), index)

    def _check(self, value: Value) -> None:
        whole = isinstance(value.amount, int) and not isinstance(value.amount, bool)
        if not whole or not 0 <= value.amount <= _MOST or value.role not in _COLUMNS:
            raise BadValue(item=value.item, zone=value.zone, role=value.role, amount=value.amount)
        if value.item != "QUALIFICATION" and value.variant not in list(Variant):
            raise BadValue(item=value.item, zone=value.zone, role=value.role, amount=value.variant)
        if not 0 <= value.share <= 1_000_000:
            raise BadValue(item=value.item, zone=value.zone, role=value.role, amount=value.share)

    def _put(self, cells: dict[tuple[int, Role], int], cell: tuple[int, Role], index: int) -> None:
        """A value for a role stands before one for all; two of the same reach are refused."""
        new, there = self.rows[index], cells.get(cell)
        if there is not None:
            old = self.rows[there]
            if (old.role in {"all", "team"}) == (new.role in {"all", "team"}):
                raise ValuesOverlap(
                    item=new.item, zone=new.zone, role=new.role,
                    one=old.instrument, other=new.instrument,
                )  # fmt: skip
            if new.role in {"all", "team"}:
                return
        cells[cell] = index

    @property
    def items(self) -> set[str]:
        """The items that any zone sets."""
        return {item for item, _variant in self._cells}

    def zone_rows(self, zones: NDArray[Any]) -> NDArray[np.int64]:
        """For each row the number of its zone; a zone without any value has the number after."""
        numbers, none = self._zones, len(self._zones)
        found = (numbers.get(zone, none) for zone in zones.tolist())
        return np.fromiter(found, dtype=np.int64, count=len(zones))

    def table(self, item: str) -> NDArray[np.int64]:
        """Rows of `self.rows`, or -1, by zone, role and variant (0: no level asked for)."""
        levels = [variant for name, variant in self._cells if name == item]
        size = (len(self._zones) + 1, len(Role), max(levels, default=0) + 1)
        table = np.full(size, MISSING, dtype=np.int64)
        for variant in levels:
            for (zone, role), index in self._cells[item, variant].items():
                table[zone, role, variant] = index
        return table

    def find(self, item: str, zone: str, role: Role, variant: int = 0) -> Value | None:
        """The value of an item for one zone and role, or None."""
        number = self._zones.get(zone)
        if number is None:
            return None
        index = self._cells.get((item, variant), {}).get((number, role))
        return None if index is None else self.rows[index]


class Picker:
    """What each row of some facts gets of an item: one look into a table, kept for the run."""

    def __init__(self, values: Values, facts: Facts) -> None:
        self.values = values
        self._zones, self._facts = values.zone_rows(facts.zones), facts
        none = (MISSING, 0, 0, 0)
        rows = [(one.amount, one.shape, one.basis, one.share) for one in values.rows]
        self._columns = np.asarray([*rows, none], dtype=np.int64)
        self._role = facts.column("role", without=Role.MEMBER)
        self._kept: dict[str, Picked] = {}

    def __call__(self, item: str) -> Picked:
        """The item for every row; what no resolution sets has the amount -1."""
        if item not in self._kept:
            table = self.values.table(item)[self._zones, self._role]
            index = table[:, 0]
            for variant in range(1, table.shape[1]):
                fits = self._fits(item, variant) & (table[:, variant] >= 0)
                index = np.where(fits, table[:, variant], index)
            amount, shape, basis, share = (self._columns[index, part] for part in range(4))
            self._kept[item] = Picked(amount, shape, basis, share, index)
        return self._kept[item]

    def _fits(self, item: str, variant: int) -> NDArray[np.bool_]:
        name, wanted = "qualification", variant
        if item != "QUALIFICATION":
            name, wanted = _VILLAGES.get(Variant(variant), ("village_type", variant))
        fits: NDArray[np.bool_] = self._facts.column(name, without=0) == wanted
        return fits

    def lacks_village(self, items: Iterable[str]) -> NDArray[np.bool_]:
        """Where an item depends on the village, and what it depends on is not known."""
        lacks = np.zeros(len(self._zones), dtype=np.bool_)
        for item in items:
            table = self.values.table(item)[self._zones, self._role]
            for variant in range(1, min(table.shape[1], Variant.KEY_AREA)):
                name, _wanted = _VILLAGES.get(Variant(variant), ("village_type", variant))
                unknown = self._facts.column(name, without=0) == 0
                lacks |= (table[:, variant] >= 0) & unknown
        return lacks
