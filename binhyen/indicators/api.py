# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures for programs: exact values, their parts, and the records behind them."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, ConfigDict, Field

from binhyen.core.api import REFUSALS, ApiRequest, Body, operation
from binhyen.core.periods import Period, parse_period
from binhyen.indicators import actions, catalogue, queries
from binhyen.indicators.permissions import SIGN_FIGURE, VIEW_FIGURES
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

router = Router(tags=["figures"])


class Asked(BaseModel):
    """Which figures, where and when."""

    model_config = ConfigDict(extra="forbid")

    area: str = Field(max_length=10, description="VN, a province (68) or a commune (22918).")
    period: str = Field(max_length=40, description="2025, 2025-09, 15-14:2025-09, or two days.")
    codes: str = Field("", max_length=2000, description="Codes joined by commas; empty for all.")


class IndicatorOut(BaseModel):
    """An indicator as it is declared."""

    code: str
    title: str
    meaning: str
    unit: str
    form: str
    source: str


class FigureOut(BaseModel):
    """One figure."""

    code: str
    title: str
    area: str
    period: str
    value: int | float | None
    unit: str
    form: str
    status: str
    parts: dict[str, int | float | None]
    numerator: int | float | None
    denominator: int | float | None
    coverage: dict[str, int] | None
    doubt: str
    reason: str


class TypedIn(Body):
    """A number that an authority signs for a place and days; never a name."""

    indicator: str = Field(max_length=32)
    area: str = Field(max_length=10)
    first_day: date
    last_day: date
    value: Decimal = Field(ge=0, max_digits=14, decimal_places=2)
    source: str = Field(min_length=1, max_length=200)
    doubt: str = Field("", max_length=300)


class TypedOut(BaseModel):
    """A signed figure."""

    id: UUID
    indicator: str
    value: Decimal
    doubt: str


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
def list_figures(request: ApiRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """Figures of one place and period."""
    place, period, codes = _read(request, asked)
    found = queries.figures_for(codes, place, period, scope=request.actor.scope(VIEW_FIGURES))
    return [figure.as_json() for figure in found.values()]


@router.get("/by-unit", response={200: list[FigureOut], **REFUSALS}, summary="Figures below")
@operation(VIEW_FIGURES)
def list_by_unit(request: ApiRequest, asked: Query[Asked]) -> list[dict[str, Any]]:
    """The same figures for each unit below a place."""
    place, period, codes = _read(request, asked)
    below = queries.by_child(codes, place, period, scope=request.actor.scope(VIEW_FIGURES))
    return [figure.as_json() for child in below for figure in child.figures.values()]


@router.post("/signed", response={201: TypedOut, **REFUSALS}, summary="Sign a figure")
@operation(SIGN_FIGURE)
def sign_figure(request: ApiRequest, body: TypedIn) -> Status[TypedOut]:
    """Sign a number that is typed in; a number that contradicts another is kept and marked."""
    place = territory_by_code(body.area, on=request.actor.on)
    made = actions.sign_figure(by=request.actor, territory=place, **body.arguments("area"))
    return Status(
        201, TypedOut(id=made.id, indicator=made.indicator, value=made.value, doubt=made.doubt)
    )


def _read(request: ApiRequest, asked: Asked) -> tuple[Territory, Period, list[str]]:
    place = territory_by_code(asked.area, on=request.actor.on)
    codes = [code.strip() for code in asked.codes.split(",") if code.strip()]
    return place, parse_period(asked.period), codes or [one.code for one in catalogue.listed()]
