# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages of figures show: cards, groups, the units below a place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from binhyen.core.errors import Text
from binhyen.core.periods import Period, from_days
from binhyen.core.templatetags.show import NOTHING, number
from binhyen.indicators import maps, rules
from binhyen.indicators.asking import Asked
from binhyen.indicators.catalogue import Indicator, listed
from binhyen.indicators.choices import Form, Group, Source, Status
from binhyen.indicators.figures import Comparison, Figure
from binhyen.indicators.queries import ChildFigures
from binhyen.indicators.rules import Exact

CARDS = (
    "FORCE_MEMBERS",
    "FORCE_FILL_RATE",
    "ACT_PATROLS",
    "ACT_REPORTS",
    "ACT_TRAFFIC",
    "ACT_DISPUTES_SETTLED",
)
MAX_MONTHS = 25


@dataclass(frozen=True)
class Line:
    """One figure in a table or on a card."""

    figure: Figure
    comparison: Comparison
    url: str

    @property
    def change_words(self) -> str:
        """The change on the year before in words, or why there is none."""
        comparison = self.comparison
        if comparison.change is not None:
            return _("%(change)s on the year before (%(before)s)") % {
                "change": comparison.shown,
                "before": comparison.before.shown,
            }
        if self.figure.value is not None:
            return str(comparison.reason)
        return str(self.figure.reason or self.figure.status.label)

    @property
    def source_words(self) -> str:
        """Where the figure comes from, with how many units gave theirs when not all did."""
        figure = self.figure
        if figure.value is None:
            return str(figure.reason or figure.status.label)
        coverage = figure.coverage
        if coverage is None or coverage.due <= 1 or coverage.is_whole:
            return str(figure.status.label)
        return f"{figure.status.label} ({coverage})"


@dataclass(frozen=True)
class Block:
    """A group of indicators; what is not yet counted stands folded below."""

    title: Text
    note: Text
    lines: tuple[Line, ...]
    later: tuple[Line, ...]


def lines_of(asked: Asked, compared: Mapping[str, Comparison]) -> dict[str, Line]:
    """A line for each indicator."""
    return {code: Line(one.now, one, asked.figure_url(code)) for code, one in compared.items()}


def blocks_of(lines: Mapping[str, Line]) -> list[Block]:
    """The lines by group, in the order of the catalogue."""
    blocks = []
    for group in Group:
        inside = [lines[one.code] for one in listed() if one.group is group and one.code in lines]
        later = tuple(line for line in inside if line.figure.status is Status.LATER)
        shown = tuple(line for line in inside if line.figure.status is not Status.LATER)
        if inside:
            blocks.append(Block(group.label, _note(group), shown, later))
    return blocks


def _note(group: Group) -> str:
    if group in {Group.OUT, Group.EXT}:
        return _("These have many causes; the force is one among others.")
    if group is Group.ACT:
        return _("Never used to rank Teams or members: there are no quotas.")
    return ""


def coverage_sentence(figures: Sequence[Figure]) -> str:
    """How many communes recorded something in the period."""
    counted = (
        f.coverage for f in figures if f.indicator.form is Form.FLOW and f.indicator.is_counted
    )
    coverage = next((one for one in counted if one is not None), None)
    if coverage is None or coverage.due <= 1:
        return ""
    return _("%(have)s of %(due)s communes recorded something in this period.") % {
        "have": number(coverage.have),
        "due": number(coverage.due),
    }


# ---- the units below a place


@dataclass(frozen=True)
class Unit:
    """A unit below a place with its figure and, for what teams do, the figure per team."""

    line: Line
    name: str
    per_team: Exact | None

    @property
    def shown(self) -> str:
        """The figure; a dash for a unit that recorded nothing at all."""
        return self.line.figure.shown if self.line.figure.has_data else NOTHING

    @property
    def source_words(self) -> str:
        """Where it comes from, or that nothing was recorded."""
        figure = self.line.figure
        if figure.value is not None and not figure.has_data:
            return _("nothing recorded in this period")
        return self.line.source_words


def shades_per_team(one: Indicator) -> bool:
    """Counts of what teams do are shaded per team: a raw count would only show who is large."""
    return one.is_counted and one.form is Form.FLOW


def units_of(code: str, children: Sequence[ChildFigures], asked: Asked) -> list[Unit]:
    """The units below a place, by name and never by rank."""
    found = []
    for child in children:
        figure = child.figures[code]
        teams = child.figures.get("FORCE_TEAMS")
        per_team = None
        if teams is not None and shades_per_team(figure.indicator) and figure.has_data:
            per_team = rules.share(figure.value, teams.value)
        line = Line(figure, Comparison(figure, figure), asked.figure_url(code, child.territory))
        found.append(Unit(line, child.territory.full_name, per_team))
    return found


def map_of(
    one: Indicator, units: Sequence[Unit], asked: Asked, *, to_all: bool = False
) -> maps.PlaceMap | None:
    """The map of a place, shaded by the figure, or per team for what teams do.

    A shape leads to the same indicator there, with `to_all` to all figures of that place.
    """
    by_team = shades_per_team(one)
    title = _("%(title)s, per Team") % {"title": one.title} if by_team else str(one.title)

    def shaded(unit: Unit) -> maps.Shaded:
        figure = unit.line.figure
        value = unit.per_team if by_team else figure.value
        told = figure.with_unit if figure.has_data else _("no data")
        return maps.Shaded(figure.territory, value if figure.has_data else None, told)

    return maps.draw(
        asked.territory,
        [shaded(unit) for unit in units],
        title=title,
        url=asked.figures_url if to_all else lambda place: asked.figure_url(one.code, place),
        shown=lambda value: number(value, 1 if by_team or one.form is Form.RATIO else None),
    )


def chart_months(asked: Asked) -> Period:
    """The months that a chart shows: those of the period, and the twelve before its last one."""
    period, today = asked.period, asked.today
    last = min(period.last, today) if period.start <= today else period.last
    year_back = date(last.year - 1, last.month, 1)
    months = list(from_days(min(period.start, year_back), last).months())[-MAX_MONTHS:]
    return Period(months[0].start, months[-1].end)


def has_months(one: Indicator) -> bool:
    """Whether a line over months says something."""
    return one.source in {Source.COUNTED, Source.TYPED} and one.form is not Form.CHANGE
