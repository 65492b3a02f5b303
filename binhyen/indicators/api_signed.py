# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures that an authority signs, for programs."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query, Router, Status
from pydantic import BaseModel, Field

from binhyen.core.api import (
    REFUSALS,
    WRITES,
    ApiRequest,
    Body,
    Page,
    Paging,
    PlaceOut,
    operation,
    page_of,
    place_out,
)
from binhyen.core.api_fields import Code, Day
from binhyen.indicators import actions, doubts, queries
from binhyen.indicators.api import Exact, IndicatorCode, plain_value
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.permissions import SIGN_FIGURE, VIEW_FIGURES
from binhyen.territory.queries import territory_by_code

router = Router(tags=["figures"])

Value = Annotated[Decimal, Field(ge=0, le=999_999_999_999, max_digits=14, decimal_places=2)]


class SignedOut(BaseModel):
    """A signed figure."""

    id: UUID
    indicator: str
    area: PlaceOut
    first_day: date
    last_day: date
    value: Exact
    source: str
    signed_on: date
    doubt: str = Field(description="What contradicts it; both numbers are kept.")
    supersedes: UUID | None = Field(description="The figure that this one corrects.")


class SignedAsked(Paging):
    """Which signed figures."""

    indicator: IndicatorCode | None = None
    area: Code | None = Field(None, description="This place, and the units right below it.")
    corrected: bool = Field(False, description="Those as well that were corrected since.")


class SignIn(Body):
    """A number that an authority signs for a place and days; never a name."""

    indicator: IndicatorCode
    area: Code
    first_day: Day
    last_day: Day
    value: Value
    source: str = Field(min_length=1, max_length=200)
    doubt: str = Field("", max_length=300, description="Why it differs from another source.")


class FigureCorrectionIn(Body):
    """The number as it should have been signed."""

    value: Value
    source: str = Field(min_length=1, max_length=200)
    doubt: str = Field("", max_length=300)


def _out(row: TypedFigure) -> SignedOut:
    return SignedOut(
        id=row.id,
        indicator=row.indicator,
        area=place_out(row.territory),
        first_day=row.starts_on,
        last_day=row.last_day,
        value=plain_value(row.value),
        source=row.source,
        signed_on=row.signed_on,
        doubt=doubts.told(row.doubt),
        supersedes=row.supersedes_id,
    )


@router.get("", response={200: Page[SignedOut], **REFUSALS}, summary="Signed figures")
@operation(VIEW_FIGURES)
def list_signed_figures(request: ApiRequest, asked: Query[SignedAsked]) -> dict[str, Any]:
    """Signed figures of one's area, in the order in which they were signed."""
    actor = request.actor
    rows = queries.typed_figures(
        scope=actor.scope(VIEW_FIGURES),
        under=territory_by_code(asked.area, on=actor.on) if asked.area else None,
        current=not asked.corrected,
    )
    if asked.indicator:
        rows = rows.filter(indicator=asked.indicator)
    return page_of(rows, asked, _out)


@router.get("/{uuid:figure_id}", response={200: SignedOut, **REFUSALS}, summary="A signed figure")
@operation(VIEW_FIGURES)
def get_signed_figure(request: ApiRequest, figure_id: UUID) -> SignedOut:
    """One signed figure with its source and its doubt."""
    return _out(queries.typed_figure(scope=request.actor.scope(VIEW_FIGURES), figure_id=figure_id))


@router.post("", response={201: SignedOut, **WRITES}, summary="Sign a figure")
@operation(SIGN_FIGURE, event="figure.signed")
def sign_figure(request: ApiRequest, body: SignIn) -> Status[SignedOut]:
    """Sign a number; one that contradicts another is kept and marked."""
    place = territory_by_code(body.area, on=request.actor.on)
    made = actions.sign_figure(by=request.actor, territory=place, **body.arguments("area"))
    return Status(201, _out(made))


@router.post("/{uuid:figure_id}/correct", response={201: SignedOut, **WRITES},
             summary="Correct a signed figure")  # fmt: skip
@operation(SIGN_FIGURE, event="figure.corrected")
def correct_signed_figure(
    request: ApiRequest, figure_id: UUID, body: FigureCorrectionIn
) -> Status[SignedOut]:
    """Replace a signed number by a new one; the old one stays to be seen."""
    row = queries.typed_figure(scope=request.actor.scope(SIGN_FIGURE), figure_id=figure_id)
    made = actions.correct_figure(by=request.actor, figure=row, **body.arguments())
    return Status(201, _out(made))
