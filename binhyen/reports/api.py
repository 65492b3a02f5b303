# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reviews for programs: list, make, read the frozen numbers, the files."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
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
from binhyen.core.api_limits import COSTLY
from binhyen.core.periods import Period, from_days
from binhyen.indicators.queries import check_days
from binhyen.papers.files import MEDIA_TYPES, Kind
from binhyen.reports import actions, queries
from binhyen.reports.changes import changed_since
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers
from binhyen.reports.papers import kept_paper
from binhyen.reports.permissions import PRINT_REVIEW
from binhyen.territory.queries import territory_by_code

router = Router(tags=["reviews"])

Text = str | None


class ReviewRow(BaseModel):
    """A review in a list."""

    id: UUID
    area: PlaceOut
    first_day: date
    last_day: date
    made_at: datetime
    made_by: str
    digest: str = Field(description="SHA-256 of its numbers: the paper's fingerprint.")


class PrintedUnitOut(BaseModel):
    """A unit as the paper names it."""

    code: str
    name: str
    level: str


class NumbersOut(BaseModel):
    """The numbers from which the paper is made; as text, so that nothing is rounded."""

    place: PrintedUnitOut
    parent_name: str
    period: list[date] = Field(description="The first day, and the day after the last one.")
    counted_until: date
    now: dict[str, Text]
    before: dict[str, Text]
    by_part: dict[str, dict[str, int]]
    children: list[PrintedUnitOut]
    by_unit: dict[str, dict[str, Text]] = Field(description="By indicator and unit below.")
    by_month: dict[str, dict[str, Text]]
    doubts: dict[str, list[str]]


class ChangedOut(BaseModel):
    """A figure that is another today than the paper prints."""

    code: str
    printed: Text
    today: Text


class ReviewOut(ReviewRow):
    """A review with its frozen numbers, and what has changed since."""

    numbers: NumbersOut
    changed: list[ChangedOut]


class ReviewsAsked(Paging):
    """Which reviews."""

    under: Code | None = Field(None, description="Of this place and everything below it.")


class ReviewIn(Body):
    """A review to make."""

    area: Code
    first_day: Day
    last_day: Day = Field(description="Included; it has to be over.")


def _row(review: Review) -> ReviewRow:
    return ReviewRow(**_plain(review))


def _plain(review: Review) -> dict[str, Any]:
    return {
        "id": review.id,
        "area": place_out(review.territory),
        "first_day": review.starts_on,
        "last_day": Period(review.starts_on, review.ends_on).last,
        "made_at": review.made_at,
        "made_by": review.made_by,
        "digest": review.digest,
    }


def _whole(request: ApiRequest, review: Review) -> dict[str, Any]:
    numbers = Numbers.from_json(review.numbers)
    scope = request.actor.scope(PRINT_REVIEW)
    return {
        **_plain(review),
        "numbers": review.numbers,
        "changed": [
            {
                "code": one.code,
                "printed": None if one.printed is None else str(one.printed),
                "today": None if one.today is None else str(one.today),
            }
            for one in changed_since(review, numbers, scope=scope)
        ],
    }


@router.get("", response={200: Page[ReviewRow], **REFUSALS}, summary="Reviews of one's area")
@operation(PRINT_REVIEW)
def list_reviews(request: ApiRequest, asked: Query[ReviewsAsked]) -> dict[str, Any]:
    """Reviews in the order in which they were made."""
    actor = request.actor
    under = territory_by_code(asked.under, on=actor.on) if asked.under else None
    rows = queries.reviews_in(scope=actor.scope(PRINT_REVIEW), under=under)
    return page_of(rows, asked, _row)


@router.post("", response={201: ReviewOut, **WRITES}, summary="Make a review", throttle=COSTLY)
@operation(PRINT_REVIEW, event="review.made")
def make_review(request: ApiRequest, body: ReviewIn) -> Status[dict[str, Any]]:
    """Read the figures of a place and period once, and keep them with the paper."""
    actor, period = request.actor, from_days(body.first_day, body.last_day)
    check_days(period)
    made = actions.make_review(
        by=actor,
        territory=territory_by_code(body.area, on=actor.on),
        period=period,
        op_id=body.op_id,
    )
    return Status(201, _whole(request, made))


@router.get("/{uuid:review_id}", response={200: ReviewOut, **REFUSALS}, summary="One review",
            throttle=COSTLY)  # fmt: skip
@operation(PRINT_REVIEW)
def get_review(request: ApiRequest, review_id: UUID) -> dict[str, Any]:
    """One review: the frozen numbers, and the figures that are others today."""
    scope = request.actor.scope(PRINT_REVIEW)
    return _whole(request, queries.review(scope=scope, review_id=review_id))


def _file(kind: Kind) -> dict[str, Any]:
    """How the description names an answer that is a file."""
    content = {MEDIA_TYPES[kind]: {"schema": {"type": "string", "format": "binary"}}}
    return {"responses": {200: {"content": content}}}


@router.get("/{uuid:review_id}/word", response={200: None, **REFUSALS}, summary="The Word file",
            throttle=COSTLY, openapi_extra=_file("docx"))  # fmt: skip
@operation(PRINT_REVIEW)
def get_review_word(request: ApiRequest, review_id: UUID) -> HttpResponse:
    """The review as a Word file in the layout of Decree 30/2020, in the asked language."""
    return _paper(request, review_id, "docx")


@router.get("/{uuid:review_id}/pdf", response={200: None, **REFUSALS}, summary="The PDF file",
            throttle=COSTLY, openapi_extra=_file("pdf"))  # fmt: skip
@operation(PRINT_REVIEW)
def get_review_pdf(request: ApiRequest, review_id: UUID) -> HttpResponse:
    """The same paper as PDF/A with tags (PDF/UA), in the asked language."""
    return _paper(request, review_id, "pdf")


@router.get("/{uuid:review_id}/annex", response={200: None, **REFUSALS}, summary="Its tables",
            throttle=COSTLY, openapi_extra=_file("xlsx"))  # fmt: skip
@operation(PRINT_REVIEW)
def get_review_annex(request: ApiRequest, review_id: UUID) -> HttpResponse:
    """Its tables as an Excel annex with real numbers, and what each figure counts."""
    return _paper(request, review_id, "xlsx")


def _paper(request: ApiRequest, review_id: UUID, kind: Kind) -> HttpResponse:
    review = queries.review(scope=request.actor.scope(PRINT_REVIEW), review_id=review_id)
    made = kept_paper(review, kind)
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return response
