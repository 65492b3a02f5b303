# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page for the council: what a simulation says, in plain words, tables and one chart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from binhyen.core.errors import Text
from binhyen.core.templatetags.show import dong, number
from binhyen.law.choices import Pay
from binhyen.simulations.choices import Fares, Kind
from binhyen.simulations.models import CommuneResult, Simulation
from binhyen.simulations.record import (
    Sum,
    fares_in,
    fares_of,
    items_of,
    simulation_facts,
    sums_by_province,
)
from binhyen.simulations.words import (
    HOW,
    SMALL,
    change_said,
    count_said,
    formula_of,
    lacking_said,
    summary_of,
)
from binhyen.territory.choices import Level


@dataclass(frozen=True)
class Bar:
    """An item before and after, as widths of 100."""

    label: Text
    before: int
    after: int
    shown_before: str
    shown_after: str


@dataclass(frozen=True)
class Table:
    """A table as it is printed: the first column words, the others figures."""

    title: Text
    heads: Sequence[Text]
    rows: Sequence[Sequence[Text]]
    last: Sequence[Text] = ()
    """The line of sums."""
    note: Text = ""
    is_wide: bool = False


def council_of(row: Simulation, rows: Sequence[CommuneResult]) -> dict[str, Any]:
    """Everything that the page shows."""
    tables = [_items(row), _fares(row)]
    if row.kind == Kind.DRAFT:
        tables.append(_strength(rows))
    tables.append(_places(row, rows))
    return {
        "row": row, "summary": summary_of(row), "formula": formula_of(row), "how": HOW,
        "facts": simulation_facts(row), "bars": bars_of(row), "tables": tables,
        "left": _left(row, rows), "lacking": lacking_said(row),
    }  # fmt: skip


def bars_of(row: Simulation) -> list[Bar]:
    """The items as bars from zero; widths are whole percent of the largest."""
    items = items_of(row)
    most = max((max(before, after) for _item, before, after in items), default=0)
    if not most:
        return []
    return [
        Bar(Pay(item).label, before * 100 // most, after * 100 // most, dong(before), dong(after))
        for item, before, after in items
    ]


def _items(row: Simulation) -> Table:
    heads = [_("Item"), _("A year before"), _("A year after"), _("Difference")]
    lines: list[list[Text]] = [
        [Pay(item).label, dong(before), dong(after), change_said(after - before)]
        for item, before, after in items_of(row)
    ]
    last = [_("Together"), dong(row.before), dong(row.after), change_said(row.difference)]
    return Table(_("A year by item"), heads, lines, last)


def _fares(row: Simulation) -> Table:
    heads: list[Text] = [_("Role"), *(fare.label for fare in Fares)]
    lines: list[list[Text]] = [[role, *map(count_said, counts)] for role, counts in fares_of(row)]
    return Table(_("Members by how they fare"), heads, lines, note=SMALL)


def _strength(rows: Sequence[CommuneResult]) -> Table:
    sums = [sum(getattr(one, name) for one in rows)
            for name in ("decided", "decided_after", "vacant", "vacant_after")]  # fmt: skip
    lines = [
        [_("Members decided for villages"), number(sums[0]), number(sums[1])],
        [_("Vacancies"), number(sums[2]), number(sums[3])],
    ]
    return Table(_("Numbers decided and vacancies"), [_("What"), _("Before"), _("After")], lines)


def _places(row: Simulation, rows: Sequence[CommuneResult]) -> Table:
    is_support = row.kind == Kind.SUPPORT
    heads = [_("Unit"), _("A year before"), _("A year after"), _("Difference")]
    heads += [_("Gap a year"), _("Support")] if is_support else []
    shown: Sequence[Sum | CommuneResult] = rows
    by_commune = row.place.level != Level.NATION
    if not by_commune:
        shown = sums_by_province(rows)
    lines = [_line(one, is_support=is_support) for one in shown]
    last: list[Text] = [_("Together"), dong(row.before), dong(row.after),
                        change_said(row.difference)]  # fmt: skip
    if is_support:
        last += [
            dong(sum(one.gap or 0 for one in rows)),
            dong(sum(one.support or 0 for one in rows)),
        ]
    if by_commune and row.kind == Kind.DRAFT:
        heads += [*(str(fare.label) for fare in Fares), _("Vacancies after")]
        for line, one in zip(lines, rows, strict=True):
            line += [*map(count_said, fares_in(one)), number(one.vacant_after)]
        last += ["", "", "", number(sum(one.vacant_after for one in rows))]
    title = _("By commune") if by_commune else _("By province")
    return Table(title, heads, lines, last, is_wide=len(heads) > 5)


def _line(one: Sum | CommuneResult, *, is_support: bool) -> list[Text]:
    place = one.place if isinstance(one, Sum) else one.territory
    line: list[Text] = [place.full_name, dong(one.before), dong(one.after),
                        change_said(one.difference)]  # fmt: skip
    return [*line, dong(one.gap), dong(one.support)] if is_support else line


def _left(row: Simulation, rows: Sequence[CommuneResult]) -> str:
    """What of a sum nobody needs, in words; empty where all of it is shared."""
    if row.kind != Kind.SUPPORT:
        return ""
    left = row.parameters["money"] - sum(one.support or 0 for one in rows)
    if not left:
        return ""
    return _("All gaps are filled; %(left)s of the sum are left.") % {"left": dong(left)}
