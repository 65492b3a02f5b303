# SPDX-License-Identifier: AGPL-3.0-or-later
"""The annual review as a Word paper that offices edit."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from binhyen.core.errors import Text
from binhyen.reports import pictures
from binhyen.reports.decree30 import Letterhead, Paper, Table
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import compose
from binhyen.reports.sentences import Bound, Chart, Grid, Heading, Named, Part, PlaceMap, Sentence


def review_docx(numbers: Numbers, *, made_on: date) -> bytes:
    """The file, in the language that is active; Vietnamese is the official one."""
    paper = Paper(_letterhead(numbers, made_on), title=str(_("Annual review")))
    for part in compose(numbers):
        _add(paper, part, numbers)
    return paper.finish()


def _letterhead(numbers: Numbers, made_on: date) -> Letterhead:
    """Heads after Decree 30/2020; the number stays open for the clerk, the rank for the police."""
    place = numbers.place
    parent, issuer, post, symbol = _bodies(place.level, place.name, numbers.parent_name)
    year = f"{made_on:%Y}"
    month = f"{made_on.month:02}" if made_on.month < 3 else f"{made_on.month}"
    return Letterhead(
        parent_body=parent.upper(),
        issuing_body=issuer.upper(),
        number=_("No.:       /%(symbol)s") % {"symbol": symbol},
        place_and_date=_("%(place)s, day %(day)s month %(month)s year %(year)s")
        % {
            "place": place.short_name or place.name,
            "day": f"{made_on.day:02}",
            "month": month,
            "year": year,
        },
        kind=_("REPORT"),
        about=_(
            "Review of the force participating in protecting security and order at the grassroots"
            " level, from %(first)s to %(last)s"
        )
        % {
            "first": f"{numbers.period.start:%d/%m/%Y}",
            "last": f"{numbers.period.last:%d/%m/%Y}",
        },
        signer_post=post.upper(),
        recipients=[f"- {parent};", f"- {_('As above')};", f"- {_('Kept: records office')}."],
        national_name=_("SOCIALIST REPUBLIC OF VIET NAM"),
        motto=_("Independence - Freedom - Happiness"),
        recipients_word=_("Recipients:"),
    )


def _bodies(level: str, name: str, parent: str) -> tuple[str, str, str, str]:
    """Parent body, issuing body, signer and symbol by level; every office may change them."""
    ministry = _("Ministry of Public Security")
    if level == "nation":
        return _("Government"), ministry, _("Minister"), "BC-BCA"
    if level == "province":
        return ministry, _("Police of %(place)s") % {"place": name}, _("Director"), "BC-CAT"
    upper = _("Police of %(place)s") % {"place": parent}
    return upper, _("Police of %(place)s") % {"place": name}, _("Head of police"), "BC-CAX"


def _add(paper: Paper, part: Part, numbers: Numbers) -> None:
    if isinstance(part, Heading):
        text = str(part)
        paper.heading(text.upper() if part.level == 1 else text, level=part.level)
    elif isinstance(part, Sentence):
        paper.text(str(part))
    elif isinstance(part, Grid):
        paper.table(_table(part))
    elif isinstance(part, Chart):
        paper.picture(pictures.chart_png(part), width_cm=15, text=str(part.title))
    else:
        _add_map(paper, part, numbers)


def _add_map(paper: Paper, part: PlaceMap, numbers: Numbers) -> None:
    if any(value is not None for value in part.values.values()):
        png = pictures.map_png(part, place=numbers.place.code)
        paper.picture(png, width_cm=10.5, text=str(part.title))


def _table(grid: Grid) -> Table:
    rows = [[_cell(cell) for cell in row] for row in grid.rows]
    words = frozenset(
        index
        for index in range(len(grid.heads))
        if any(not isinstance(row[index], Bound | None) for row in grid.rows)
    )
    heads = [str(head) for head in grid.heads]
    return Table(str(grid.title), heads, rows, grid.widths_cm, words)


def _cell(cell: Text | Bound | Named | None) -> str:
    return "–" if cell is None else str(cell)


def numbers_of(parts: Sequence[Part]) -> list[Bound]:
    """Every bound number of a paper: what the test compares the printed digits with."""
    found: list[Bound] = []
    for part in parts:
        if isinstance(part, Sentence):
            found += [piece for piece in part.pieces() if isinstance(piece, Bound)]
        elif isinstance(part, Grid):
            found += [cell for row in part.rows for cell in row if isinstance(cell, Bound)]
    return found
