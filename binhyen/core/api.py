# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every app's `api.py` builds on: strict schemas, cursor paging, problem details.

Schemas are plain pydantic models, written out and strict: an unknown field is refused, never
ignored. A list is read by `after`, the id of the last row seen: ids sort by time of making, so a
cursor stays right while rows are added.
"""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import models
from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field

from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Forbidden

T = TypeVar("T", bound=BaseModel)
M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
F = TypeVar("F", bound=Callable[..., Any])
MAX_PAGE = 200


class ApiRequest(HttpRequest):
    """A request with a token: the token's owner, narrowed to what the token may do."""

    actor: Actor


class Body(BaseModel):
    """What a program sends; unknown fields are refused."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)

    op_id: UUID | None = Field(
        None, description="Made by the sender; the same id is applied once, for ever."
    )

    def arguments(self, *without: str) -> dict[str, Any]:
        """The fields as arguments of an action."""
        return {
            name: getattr(self, name) for name in type(self).model_fields if name not in without
        }


class Problem(BaseModel):
    """Why a request was refused (RFC 9457), in the language of `Accept-Language`."""

    type: str = Field(description="A stable word for programs.")
    title: str = Field(description="What was refused.")
    status: int
    detail: str = Field(description="Why, and how to mend it.")
    field: str = Field("", description="The field at fault, if one is.")


class Page(BaseModel, Generic[T]):
    """Some rows, and where to go on."""

    rows: list[T]
    next_after: UUID | None = Field(None, description="Send as `after` for more; null at the end.")


class Paging(BaseModel):
    """Where to begin and how many rows to give."""

    model_config = ConfigDict(extra="forbid")

    after: UUID | None = Field(None, description="The id after which to go on.")
    limit: int = Field(50, ge=1, le=MAX_PAGE, description="Rows of one page.")


class PlaceOut(BaseModel):
    """A place as other records name it."""

    code: str
    name: str


REFUSALS: dict[int, Any] = {401: Problem, 404: Problem, 422: Problem}
"""The answers that every operation documents beside its own."""


OPERATIONS: dict[Callable[..., Any], tuple[Verb, ...]] = {}
"""Operations with the verbs that open them; the access tests walk this."""


def operation(*verbs: Verb) -> Callable[[F], F]:
    """For programs that may do one of these verbs somewhere; otherwise 'not found'."""

    def decorate(view: F) -> F:
        @wraps(view)
        def guarded(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
            if not any(request.actor.can_anywhere(verb) for verb in verbs):
                raise Forbidden
            return view(request, *args, **kwargs)

        OPERATIONS[guarded] = verbs
        return cast(F, guarded)

    return decorate


def page_of(rows: models.QuerySet[M, M], paging: Paging, shape: Callable[[M], R]) -> dict[str, Any]:
    """One page of rows in the order of their ids."""
    if paging.after is not None:
        rows = rows.filter(pk__gt=paging.after)
    found = list(rows.order_by("pk")[: paging.limit + 1])
    more = len(found) > paging.limit
    found = found[: paging.limit]
    return {"rows": [shape(row) for row in found], "next_after": found[-1].pk if more else None}


def place_out(place: Any) -> PlaceOut:
    """A territory as other records name it."""
    return PlaceOut(code=place.code, name=place.full_name)


class Decision(Body):
    """What every numbered decision brings along."""

    decision: str = Field(min_length=1, max_length=60, description="Its number.")
    decided_on: date
