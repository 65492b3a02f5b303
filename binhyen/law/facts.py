# SPDX-License-Identifier: AGPL-3.0-or-later
"""The facts of a month, one row for each member, as whole numbers in columns."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from binhyen.core.errors import Refused

UNKNOWN = -1
_DAYS, _MONEY = 31, 2_147_483_647


class BadFact(Refused):
    """A fact that no month can hold."""

    what = _("The month was not computed.")
    why = _(
        "Fact “%(fact)s”, row %(row)s: %(value)s; allowed are whole numbers %(least)s–%(most)s."
    )
    remedy = _("Correct the count or the amount, then compute again.")


class UnknownFact(Refused):
    """A name that is no fact."""

    what = _("The month was not computed.")
    why = _("There is no fact “%(fact)s”.")
    remedy = _("The names of the facts stand in the list of facts of the law.")


class FactsDisagree(Refused):
    """Two facts of one row that cannot both be true."""

    what = _("The month was not computed.")
    why = _("Row %(row)s: “%(part)s” is more than “%(whole)s”, of which it is a part.")
    remedy = _("Correct one of the two counts.")


class RowsApart(Refused):
    """The rows of one member do not stand together."""

    what = _("The month was not computed.")
    why = _("The rows of member %(person)s do not follow each other.")
    remedy = _("Put the rows of one member together, in the order of their days.")


@dataclass(frozen=True)
class Fact:
    """One column: its name, what it counts, its bounds and what it is when nobody gives it."""

    name: str
    label: Promise
    most: int = _DAYS
    least: int = 0
    default: int = 0


FACTS = {
    fact.name: fact
    for fact in (
        Fact("role", _("Part in the Team: 0 leader, 1 deputy, 2 member"), most=2, default=2),
        Fact("days", _("Days of membership in the month"), default=0),
        Fact("village_type", _("Type of the village by its size, 0 when not known"), most=3),
        Fact("qualification", _("Level of qualification as the resolution counts it"), most=9),
        Fact("nights", _("Assigned nights: duty that lies in 22:00-06:00")),
        Fact("nights_long", _("Of these, nights with the hours that the resolution asks for")),
        Fact("nights_traffic", _("Of these, nights already paid as a traffic shift")),
        Fact("nights_unassigned", _("Nights of duty without assignment, plan or mobilisation")),
        Fact("rest_days", _("Assigned duty on rest days and holidays, in days")),
        Fact("rest_days_unassigned", _("The same without assignment, plan or mobilisation")),
        Fact("hazard_days", _("Assigned hard, harmful or dangerous duty, in days")),
        Fact("hazard_days_unassigned", _("The same without assignment, plan or mobilisation")),
        Fact("area_days", _("Days of assigned duty in an area of Art. 23(2)(c)")),
        Fact("duty_days", _("Days of assigned or mobilised duty")),
        Fact("duty_days_long", _("Of these, days with the hours that the resolution asks for")),
        Fact("duty_days_unassigned", _("Days of duty without assignment, plan or mobilisation")),
        Fact("training_days", _("Days sent to training or drill")),
        Fact("out_area_cost", _("Travel, meals and rest outside the area, in đồng"), most=_MONEY),
        Fact("traffic_nights", _("Traffic shifts of at least 4 hours in 22:00-06:00")),
        Fact("traffic_halves", _("Traffic shifts of 2 to 4 hours in 22:00-06:00")),
        Fact("traffic_days", _("Traffic shifts by day")),
        Fact("vsi_takes_part", _("Pays voluntary social insurance this month"), most=1),
        Fact("vsi_contribution", _("Its contribution in đồng, -1 when not known"),
             most=_MONEY, least=UNKNOWN, default=UNKNOWN),
        Fact("hi_takes_part", _("Has health insurance as a member this month"), most=1),
        Fact("hi_contribution", _("Its contribution in đồng, -1 when not known"),
             most=_MONEY, least=UNKNOWN, default=UNKNOWN),
        Fact("tet_gift_due", _("The Tết gift falls due in this month"), most=1),
    )
}  # fmt: skip
"""Every fact that a month can hold."""

_PARTS = (
    ("nights_long", "nights"),
    ("nights_traffic", "nights"),
    ("duty_days_long", "duty_days"),
)
"""What is a part of what; a part of hours that nobody gives is the whole."""
_OF_HOURS = {"nights_long": "nights", "duty_days_long": "duty_days"}


@dataclass(frozen=True)
class Facts:
    """Columns of equal length; `zones` names for each row where its values come from.

    `first_row` is, for each row, the first row of the same member: who changed part or zone within
    the month has several rows, one after the other, in the order of their days. What is paid by the
    month is paid in the last of them; caps are used up in their order.
    """

    zones: NDArray[np.object_]
    columns: Mapping[str, NDArray[np.int64]]
    first_row: NDArray[np.int64]
    last_row: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.zones)

    def __getitem__(self, name: str) -> NDArray[np.int64]:
        return self.columns[name]

    @classmethod
    def of(
        cls, zones: Sequence[str] | NDArray[Any], *, person: Sequence[Any] | None = None,
        **columns: Any,
    ) -> Self:  # fmt: skip
        """Facts from columns: `Facts.of(["79"], role=[2], days=[31], nights=[8])`.

        Raises UnknownFact, BadFact, FactsDisagree, RowsApart.
        """
        where = np.asarray(zones, dtype=object)
        found = {
            name: _column(FACTS[name], columns.get(name), columns, len(where)) for name in FACTS
        }
        if unknown := sorted(columns.keys() - FACTS.keys()):
            raise UnknownFact(fact=unknown[0])
        for part, whole in _PARTS:
            if (found[part] > found[whole]).any():
                row = int(np.argmax(found[part] > found[whole]))
                raise FactsDisagree(row=row, part=part, whole=whole)
        first, last = _spans(person, len(where))
        return cls(where, found, first, last)

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, Any]]) -> Self:
        """Facts from rows that name a `zone`, perhaps a `person`, and whatever else is not 0."""
        names = {name for row in rows for name in row} - {"zone", "person"}
        columns = {name: [_given(row, name) for row in rows] for name in sorted(names)}
        person = [row.get("person", index) for index, row in enumerate(rows)]
        return cls.of([str(row["zone"]) for row in rows], person=person, **columns)


def _given(row: Mapping[str, Any], name: str) -> Any:
    if name in row or name not in FACTS:
        return row.get(name)
    whole = _OF_HOURS.get(name)
    return row.get(whole, 0) if whole else FACTS[name].default


def _column(fact: Fact, given: Any, columns: Mapping[str, Any], count: int) -> NDArray[np.int64]:
    """A column as 64-bit integers within the bounds of its fact."""
    if given is None and fact.name in _OF_HOURS:
        given = columns.get(_OF_HOURS[fact.name])
    if given is None:
        return np.full(count, fact.default, dtype=np.int64)
    found = np.asarray(given)
    if found.shape != (count,) or found.dtype.kind not in "iub":
        raise BadFact(
            fact=fact.name, row=0, value=f"{found.dtype}{list(found.shape)}",
            least=fact.least, most=fact.most,
        )  # fmt: skip
    outside = (found < fact.least) | (found > fact.most)
    if outside.any():
        row = int(np.argmax(outside))
        raise BadFact(
            fact=fact.name, row=row, value=int(found[row]), least=fact.least, most=fact.most
        )
    return found.astype(np.int64)


def _spans(person: Sequence[Any] | None, count: int) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """For each row the first row of its member, and whether it is the last. Raises RowsApart."""
    rows = np.arange(count, dtype=np.int64)
    if person is None:
        return rows, np.ones(count, dtype=np.bool_)
    who = np.asarray(person, dtype=object)
    begins = np.ones(count, dtype=np.bool_)
    begins[1:] = who[1:] != who[:-1]
    starts = who[begins]
    times = Counter(starts.tolist())
    if len(times) != len(starts):
        raise RowsApart(person=times.most_common(1)[0][0])
    first = np.maximum.accumulate(np.where(begins, rows, 0))
    last = np.ones(count, dtype=np.bool_)
    last[:-1] = begins[1:]
    return first, last
