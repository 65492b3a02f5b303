# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole tables for programs: which there are, the file itself, and what proves it."""

from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpResponseBase
from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core.api import REFUSALS, ApiRequest, Asked, operation
from binhyen.core.api_fields import Code, Day
from binhyen.core.api_limits import COSTLY
from binhyen.core.exports import TABLES, dictionary, table_named
from binhyen.core.periods import from_days
from binhyen.core.ranges import file_answer
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.indicators.queries import check_days
from binhyen.reports.taking import MEDIA_TYPES, Answer, Wanted, answer, check_alone
from binhyen.territory.queries import territory_ever

router = Router(tags=["tables"])

Kind = Literal["csv", "xlsx", "parquet"]


class ColumnOut(BaseModel):
    """What one column means."""

    name: str
    kind: str = Field(description="text, integer, day or moment.")
    about: str


class TableOut(BaseModel):
    """A table that can leave whole, with its data dictionary."""

    name: str
    about: str
    columns: list[ColumnOut]


class TableAsked(Asked):
    """Which rows."""

    area: Code
    first_day: Day
    last_day: Day = Field(description="Included.")


class DescriptionOut(BaseModel):
    """What proves a file: the same rows give the same bytes."""

    table: str
    area: str
    first_day: date
    last_day: date
    format: Kind
    about: str
    rows: int
    sha256: str
    made_at: datetime
    columns: list[ColumnOut]


@router.get("", response={200: list[TableOut], **REFUSALS}, summary="Whole tables")
@operation(VIEW_FIGURES)
def list_tables(request: ApiRequest) -> list[dict[str, Any]]:
    """The tables that this key may take somewhere, with what each column means."""
    return [
        {"name": one.name, "about": str(one.about), "columns": dictionary(one.fields)}
        for one in TABLES.values()
        if request.actor.can_anywhere(one.verb)
    ]


# Above the file's own address, which would take it for a format.
@router.get(
    "/{table}/rows.{file_format}.json",
    response={200: DescriptionOut, **REFUSALS},
    summary="What proves that file",
    throttle=COSTLY,
)
@operation(VIEW_FIGURES)
def get_table_description(
    request: ApiRequest, table: str, file_format: Kind, asked: Query[TableAsked]
) -> dict[str, Any]:
    """Rows and SHA-256 of the file as it would be now, and what each column means."""
    made = _answer(request, table, file_format, asked)
    made.file.close()
    return made.description


@router.get(
    "/{table}/rows.{file_format}",
    response={200: None, 206: None, **REFUSALS},
    summary="A whole table as a file",
    throttle=COSTLY,
    openapi_extra={
        "responses": {
            status: {
                "content": {
                    kind: {"schema": {"type": "string", "format": "binary"}}
                    for kind in MEDIA_TYPES.values()
                }
            }
            for status in (200, 206)
        }
    },
)
@operation(VIEW_FIGURES)
def get_table(
    request: ApiRequest, table: str, file_format: Kind, asked: Query[TableAsked]
) -> HttpResponseBase:
    """Every row within the key's rights, in the order of keys.

    `Row-Count`, `Repr-Digest` and `ETag` say what the file holds. Where a connection broke, ask
    again with `Range` and `If-Range`: as long as no row has changed, just the rest comes. Of
    tables about people a program gets a few rows only; more leave by a page, with two persons.
    """
    made = _answer(request, table, file_format, asked)
    return file_answer(
        request, made.file, name=made.name, media_type=MEDIA_TYPES[file_format],
        sha256=made.made.sha256, rows=made.made.rows,
    )  # fmt: skip


def _answer(request: ApiRequest, table: str, kind: Kind, asked: TableAsked) -> Answer:
    period, actor = from_days(asked.first_day, asked.last_day), request.actor
    check_days(period)
    area = territory_ever(asked.area, on=min(period.last, actor.on))
    wanted = Wanted(actor, table_named(table), area, period)
    check_alone(wanted)
    return answer(wanted, kind)
