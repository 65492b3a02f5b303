# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures for programs: exact values, their parts, month by month, and the records behind them.

What an authority signs stands in `api_signed.py`.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Path, Query, Router
from pydantic import BaseModel, Field

from binhyen.core.api import REFUSALS, ApiRequest, Asked, BadShape, operation
from binhyen.core.api_fields import Code
from binhyen.core.api_limits import COSTLY
from binhyen.core.errors import Forbidden
from binhyen.core.periods import Period, parse_period
from binhyen.indicators import catalogue, explain, queries
from binhyen.indicators.figures import plain
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_ever

router = Router(tags=["figures"])

MOST_CODES, MOST_MONTHS = 20, 60
"""What one answer of many units or months may hold."""
IndicatorCode = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]{2,31}$", max_length=32)]
Exact = int | float | None


class PlaceAndDays(Asked):
    """Where and when."""

    area: Code = Field(description="VN, a province (68) or a commune (22918).")
    period: str = Field(max_length=40, description="2025, 2025-09, 15-14:2025-09, rating:2025, or"
                        " two days: 2024-09-16..2025-09-15.")  # fmt: skip


class FiguresAsked(PlaceAndDays):
    """Which figures, where and when."""

    codes: str = Field("", max_length=4000, description="Codes joined by commas; empty for all.",
                       pattern=r"^([A-Z0-9_]+(,[A-Z0-9_]+)*)?$")  # fmt: skip


class SomeFiguresAsked(PlaceAndDays):
    """A few figures, where and when."""

    codes: str = Field(max_length=700, description="At most twenty codes joined by commas.",
                       pattern=r"^[A-Z0-9_]+(,[A-Z0-9_]+)*$")  # fmt: skip


class RecordsAsked(PlaceAndDays):
    """The records behind which figure, and which page of them."""

    offset: int = Field(0, ge=0, le=100_000)
    limit: int = Field(50, ge=1, le=200)


class IndicatorOut(BaseModel):
    """An indicator as it is declared."""

    code: str
    title: str
    meaning: str
    unit: str
    form: str
    source: str


class CoverageOut(BaseModel):
    """How many of the units that owe a figure gave one."""

    have: int
    due: int


class FigureOut(BaseModel):
    """One figure; `value` is null where there is none, and `reason` says why."""

    code: str
    title: str
    area: str
    period: str
    value: Exact
    unit: str
    form: str
    status: str
    parts: dict[str, Exact]
    numerator: Exact
    denominator: Exact
    coverage: CoverageOut | None
    doubt: str
    reason: str


class MonthOut(BaseModel):
    """The figures of one calendar month."""

    first_day: date
    figures: list[FigureOut]


class ComparedOut(BaseModel):
    """A figure beside that of the same days of the year before."""

    now: FigureOut
    before: FigureOut
    change: Exact = Field(description="In per cent; of a percentage in points.")
    in_points: bool
    reason: str = Field(description="Why there is no change.")


class BehindOut(BaseModel):
    """One record behind a figure; its own address opens it, and that is recorded."""

    type: str
    id: str
    day: date
    area: str
    part: str
    amount: int
    title: str


class SourceOut(BaseModel):
    """A signed row behind a figure."""

    id: UUID
    value: Exact
    period: str
    area: str
    source: str
    signed_on: date


class ExplanationOut(BaseModel):
    """A figure with what stands behind it, as far as the key's rights go."""

    figure: FigureOut
    counted: int = Field(description="Sum of the amounts of every record.")
    visible: int = Field(description="Sum of the amounts of the records that may be seen.")
    count: int = Field(description="How many records may be seen; `records` is a page of them.")
    records: list[BehindOut]
    closed: str = Field(description="Why the rest is not shown.")
    made_of: list["ExplanationOut"] = Field(description="Numerator and denominator of a rate.")
    signed: list[SourceOut]


@router.get("/catalogue", response={200: list[IndicatorOut], **REFUSALS}, summary="Indicators")
@operation(VIEW_FIGURES)
def list_indicators(request: ApiRequest) -> list[IndicatorOut]:
    """Every indicator that people see."""
    return [
        IndicatorOut(
            code=one.code,
            title=str(one.title),
            meaning=str(one.meaning),
            unit=one.unit.value,
            form=one.form.value,
            source=one.source.value,
        )
        for one in catalogue.listed()
    ]


@router.get("", response={200: list[FigureOut], **REFUSALS}, summary="Figures of a place")
@operation(VIEW_FIGURES)
def list_figures(request: ApiRequest, asked: Query[FiguresAsked]) -> list[dict[str, Any]]:
    """Figures of one place and period."""
    place, period = _read(request, asked)
    found = queries.figures_for(
        _codes(asked.codes), place, period, scope=request.actor.scope(VIEW_FIGURES)
    )
    return [figure.as_json() for figure in found.values()]


@router.get("/by-unit", response={200: list[FigureOut], **REFUSALS}, summary="Figures below",
            throttle=COSTLY)  # fmt: skip
@operation(VIEW_FIGURES)
def list_figures_by_unit(
    request: ApiRequest, asked: Query[SomeFiguresAsked]
) -> list[dict[str, Any]]:
    """A few figures for each province of the nation or commune of a province."""
    place, period = _read(request, asked)
    below = queries.by_child(
        _few(asked.codes), place, period, scope=request.actor.scope(VIEW_FIGURES)
    )
    return [figure.as_json() for child in below for figure in child.figures.values()]


@router.get("/series", response={200: list[MonthOut], **REFUSALS}, summary="Figures by month",
            throttle=COSTLY)  # fmt: skip
@operation(VIEW_FIGURES)
def list_series(request: ApiRequest, asked: Query[SomeFiguresAsked]) -> list[dict[str, Any]]:
    """A few figures for each calendar month that a period touches, at most sixty."""
    place, period = _read(request, asked)
    if period.days > 31 * MOST_MONTHS:
        raise BadShape("period_too_long", "period", months=MOST_MONTHS)
    months = queries.series(
        _few(asked.codes), place, period, scope=request.actor.scope(VIEW_FIGURES)
    )
    return [
        {
            "first_day": one.month.start,
            "figures": [figure.as_json() for figure in one.figures.values()],
        }
        for one in months
    ]


@router.get("/compared", response={200: list[ComparedOut], **REFUSALS},
            summary="Against the year before")  # fmt: skip
@operation(VIEW_FIGURES)
def compare_figures(request: ApiRequest, asked: Query[SomeFiguresAsked]) -> list[dict[str, Any]]:
    """A few figures beside those of the same days one year earlier."""
    place, period = _read(request, asked)
    found = queries.compare_year_before(
        _few(asked.codes), place, period, scope=request.actor.scope(VIEW_FIGURES)
    )
    return [
        {
            "now": one.now.as_json(),
            "before": one.before.as_json(),
            "change": plain(one.change),
            "in_points": one.in_points,
            "reason": str(one.reason),
        }
        for one in found.values()
    ]


@router.get("/{code}/records", response={200: ExplanationOut, **REFUSALS},
            summary="What stands behind a figure", throttle=COSTLY)  # fmt: skip
@operation(VIEW_FIGURES)
def explain_figure(
    request: ApiRequest, code: Annotated[IndicatorCode, Path()], asked: Query[RecordsAsked]
) -> dict[str, Any]:
    """The records behind a figure that the key may see, the newest first; titles name nobody."""
    place, period = _read(request, asked)
    if not request.actor.scope(VIEW_FIGURES).covers(place.path):
        raise Forbidden
    found = explain.explain(
        code, place, period, actor=request.actor, limit=asked.limit, offset=asked.offset
    )
    return _explained(found)


def _explained(found: explain.Explanation) -> dict[str, Any]:
    return {
        "figure": found.figure.as_json(),
        "counted": found.counted,
        "visible": found.visible,
        "count": found.count,
        "records": [record.as_json() for record in found.records],
        "closed": str(found.closed),
        "made_of": [_explained(part) for part in found.made_of],
        "signed": [
            {
                "id": row.id,
                "value": plain_value(row.value),
                "period": str(Period(row.starts_on, row.ends_on)),
                "area": row.territory.code,
                "source": row.source,
                "signed_on": row.signed_on,
            }
            for row in found.signed
        ],
    }


def plain_value(value: Decimal) -> int | float:
    """A signed number as JSON knows it: whole where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)


def _read(request: ApiRequest, asked: PlaceAndDays) -> tuple[Territory, Period]:
    """The place as it stood at the end of the period, or last before today."""
    period = parse_period(asked.period)
    queries.check_days(period)
    return territory_ever(asked.area, on=min(period.last, request.actor.on)), period


def _codes(text: str) -> list[str]:
    return list(dict.fromkeys(text.split(","))) if text else [c.code for c in catalogue.listed()]


def _few(text: str) -> list[str]:
    codes = _codes(text)
    if len(codes) > MOST_CODES:
        raise BadShape("too_many_codes", "codes", number=MOST_CODES)
    return codes
