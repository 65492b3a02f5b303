# SPDX-License-Identifier: AGPL-3.0-or-later
"""Facts as columns of whole numbers, one row for each member, claim or candidate."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Self

import numpy as np
from django.utils.translation import gettext_lazy as _
from numpy.typing import NDArray

from binhyen.core.errors import Refused
from binhyen.law.fact_lists import (
    CANDIDATE_FACTS,
    CLAIM_FACTS,
    FACTS,
    OF_HOURS,
    PARTS,
    Fact,
)

__all__ = ["FACTS", "BadFact", "Candidates", "Claims", "Facts", "FactsDisagree", "RowsApart",
           "UnknownFact"]  # fmt: skip


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
class Facts:
    """Columns of equal length; `zones` names for each row where its values come from.

    `first_row` is, for each row, the first row of the same member: who changed part or zone within
    the month has several rows, one after the other, in the order of their days. What is paid by the
    month is paid in the last of them; caps are used up in their order.
    """

    kinds: ClassVar[Mapping[str, Fact]] = FACTS

    zones: NDArray[np.object_]
    columns: Mapping[str, NDArray[np.int64]]
    first_row: NDArray[np.int64]
    last_row: NDArray[np.bool_]

    @property
    def count(self) -> int:
        """How many rows."""
        return len(self.zones)

    def column(self, name: str, *, without: int) -> NDArray[np.int64]:
        """A column, or what stands for it where facts of this kind have none."""
        found = self.columns.get(name)
        return np.full(self.count, without, dtype=np.int64) if found is None else found

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
            name: _column(fact, columns.get(name), columns, len(where))
            for name, fact in cls.kinds.items()
        }
        if unknown := sorted(columns.keys() - cls.kinds.keys()):
            raise UnknownFact(fact=unknown[0])
        for part, whole in PARTS:
            if part in found and (found[part] > found[whole]).any():
                row = int(np.argmax(found[part] > found[whole]))
                raise FactsDisagree(row=row, part=part, whole=whole)
        first, last = _spans(person, len(where))
        return cls(where, found, first, last)

    @classmethod
    def of_rows(cls, rows: Sequence[Mapping[str, Any]]) -> Self:
        """Facts from rows that name a `zone`, perhaps a `person`, and whatever else is not 0."""
        names = {name for row in rows for name in row} - {"zone", "person"}
        columns = {name: [_given(row, name, cls.kinds) for row in rows] for name in sorted(names)}
        person = [row.get("person", index) for index, row in enumerate(rows)]
        return cls.of([str(row["zone"]) for row in rows], person=person, **columns)


class Claims(Facts):
    """The facts of claims under Art. 24, one row for each; `Claims.of(["31"], died=[1], …)`."""

    kinds = CLAIM_FACTS


class Candidates(Facts):
    """The facts of candidates under Art. 13, one row for each."""

    kinds = CANDIDATE_FACTS


def _given(row: Mapping[str, Any], name: str, kinds: Mapping[str, Fact]) -> Any:
    if name in row or name not in kinds:
        return row.get(name)
    whole = OF_HOURS.get(name)
    return row.get(whole, 0) if whole else kinds[name].default


def _column(fact: Fact, given: Any, columns: Mapping[str, Any], count: int) -> NDArray[np.int64]:
    """A column as 64-bit integers within the bounds of its fact."""
    if given is None and fact.name in OF_HOURS:
        given = columns.get(OF_HOURS[fact.name])
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
