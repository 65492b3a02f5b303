# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines and bars as plain numbers for an SVG template: from zero, few marks, labels on the line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, floor, log10

from binhyen.core.errors import Text
from binhyen.core.templatetags.show import number
from binhyen.indicators.figures import Figure
from binhyen.indicators.queries import MonthFigures
from binhyen.indicators.rules import Exact

WIDTH, HEIGHT = 960, 260
LEFT, RIGHT, TOP, BOTTOM = 64, 72, 16, 32


@dataclass(frozen=True)
class Tick:
    """A line of the grid or a month, with its word; places are texts, as SVG writes numbers."""

    at: str
    label: str


@dataclass(frozen=True)
class Point:
    """One month's figure."""

    x: str
    y: str
    title: str
    is_open: bool
    """The month is not over."""


@dataclass(frozen=True)
class LineChart:
    """Months from left to right, figures from zero upwards; the year before pale behind."""

    title: str
    points: tuple[Point, ...]
    line: str
    before: str
    ticks: tuple[Tick, ...]
    months: tuple[Tick, ...]
    rows: tuple[tuple[str, str], ...]
    """The same as a table."""
    last_label: str
    last_dy: int
    """How far the last figure's label stands off its point, away from the pale line's label."""
    has_open: bool
    last_before: Tick | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    bottom: int = HEIGHT - BOTTOM


def line_chart(
    code: str,
    months: Sequence[MonthFigures],
    before: Sequence[MonthFigures],
    *,
    open_from: int,
    title: str,
) -> LineChart | None:
    """The months of an indicator; None when fewer than two have a figure.

    `before` are the same months a year earlier; months from index `open_from` are not over.
    """
    now = [month.figures[code] for month in months]
    then = [month.figures[code] for month in before]
    known = [figure for figure in now if figure.value is not None]
    if len(known) < 2:
        return None
    compared = [f for f in then if f.has_data and not f.starts_late]
    highest = max((Decimal(f.value or 0) for f in (*known, *compared)), default=Decimal(0))
    step, steps = _steps(highest)
    xs = _columns(len(months))
    scale = _Scale(Decimal(step * steps))
    points = tuple(
        Point(x, scale.y(figure.value), _told(figure), is_open=index >= open_from)
        for index, (x, figure) in enumerate(zip(xs, now, strict=True))
        if figure.value is not None
    )
    whole = len(compared) == len(then) and len(then) == len(now)
    return LineChart(
        title=title,
        points=points,
        line=_path(points),
        before=_path([Point(x, scale.y(f.value), "", False) for x, f in zip(xs, then, strict=True)])
        if whole
        else "",
        ticks=tuple(Tick(scale.y(step * n), number(step * n)) for n in range(steps + 1)),
        months=tuple(_month_ticks(months, xs)),
        rows=tuple((f"{figure.period.start:%m/%Y}", figure.shown) for figure in now),
        last_label=known[-1].shown,
        last_dy=22 if whole and float(points[-1].y) > float(scale.y(then[-1].value)) else -10,
        has_open=any(point.is_open for point in points),
        last_before=Tick(scale.y(then[-1].value), str(months[0].month.start.year))
        if whole
        else None,
    )


class _Scale:
    """From figures to heights."""

    def __init__(self, highest: Decimal) -> None:
        self.highest = highest or Decimal(1)

    def y(self, value: Exact | None) -> str:
        """Where a figure lies."""
        share = Decimal(value or 0) / self.highest
        return f"{HEIGHT - BOTTOM - share * (HEIGHT - BOTTOM - TOP):.1f}"


def _steps(highest: Decimal) -> tuple[Decimal, int]:
    """A round step and how many of them reach over the highest figure."""
    if highest <= 0:
        return Decimal(1), 1
    rough = float(highest) / 4
    power = Decimal(10) ** floor(log10(rough))
    step = next((power * n for n in (1, 2, 5, 10) if power * n * 4 >= highest), power * 10)
    return step, ceil(highest / step)


def _columns(count: int) -> list[str]:
    width = WIDTH - LEFT - RIGHT
    return [f"{LEFT + width * index / max(1, count - 1):.1f}" for index in range(count)]


def _month_ticks(months: Sequence[MonthFigures], xs: Sequence[str]) -> Iterable[Tick]:
    """Every month when few, else every third; January and the first carry the year."""
    for index, (month, x) in enumerate(zip(months, xs, strict=True)):
        start = month.month.start
        if len(months) <= 13 or start.month in {1, 4, 7, 10}:
            yield Tick(x, f"{start:%m/%Y}" if index == 0 or start.month == 1 else f"{start.month}")


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{point.x} {point.y}" for point in points) if points else ""


def _told(figure: Figure) -> str:
    return f"{figure.period.start:%m/%Y}: {figure.with_unit}"


@dataclass(frozen=True)
class Bar:
    """One part of a figure beside the greatest one."""

    label: Text
    shown: str
    width: str
    """From 0 to 100, as SVG writes numbers."""


def part_bars(figure: Figure) -> list[Bar]:
    """The breakdown as bars from zero, in the order of the closed list."""
    parts = figure.labelled_parts
    highest = max((Decimal(value) for _label, value in parts), default=Decimal(0)) or Decimal(1)
    return [
        Bar(label, number(value), f"{Decimal(value) * 100 / highest:.1f}") for label, value in parts
    ]
