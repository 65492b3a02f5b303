# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every app's `api.py` builds on: schemas, cursor paging, problem details, guards.

Schemas are plain pydantic models, written out and strict: an unknown field is refused, never
ignored, in a body as in an address. A list is read by `after`, the id of the last row seen: ids
sort by time of making, so a cursor stays right while rows are added.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, models
from django.http import HttpRequest
from pydantic import BaseModel, Field

from binhyen.core.actors import Actor, Verb
from binhyen.core.api_fields import Day, DecisionNumber, Id, Strict
from binhyen.core.errors import Forbidden
from binhyen.core.events import refuse_other_use

T = TypeVar("T", bound=BaseModel)
M = TypeVar("M", bound=models.Model)
F = TypeVar("F", bound=Callable[..., Any])
MAX_PAGE = 200


class ApiRequest(HttpRequest):
    """A request with a key: the key's owner, narrowed to what the key may do."""

    actor: Actor


class BadShape(Exception):  # noqa: N818 - the request's shape, not a fault of the program
    """A request that cannot be understood; `binhyen.api.words` says it in words."""

    def __init__(self, word: str, field: str = "", **parts: Any) -> None:
        self.word, self.field, self.parts = word, field, parts
        super().__init__(word)


class Body(Strict):
    """What a program sends to have something done."""

    op_id: Id | None = Field(
        None, description="Made by the sender; the same id is applied once, for ever."
    )

    def arguments(self, *without: str) -> dict[str, Any]:
        """The fields as arguments of an action."""
        return {
            name: getattr(self, name) for name in type(self).model_fields if name not in without
        }


class Decision(Body):
    """What every numbered decision brings along."""

    decision: DecisionNumber = Field(description="Its number.")
    decided_on: Day


class Reason(Body):
    """Why something is taken back."""

    reason: str = Field(min_length=1, max_length=200)


class Asked(Strict):
    """What stands behind the question mark of an address."""


class Paging(Asked):
    """Where to begin and how many rows to give."""

    after: Id | None = Field(None, description="The id after which to go on.")
    limit: int = Field(50, ge=1, le=MAX_PAGE, description="Rows of one page.")


class Days(Paging):
    """Rows of some days only."""

    first_day: Day | None = None
    last_day: Day | None = Field(None, description="Included.")


class Fault(BaseModel):
    """One field that could not be taken."""

    field: str
    detail: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457), in the language of `Accept-Language`."""

    type: str = Field(description="A stable word for programs.")
    title: str = Field(description="What was refused.")
    status: int
    detail: str = Field(description="Why, and how to mend it.")
    field: str = Field(description="The field at fault; empty if it is none.")
    errors: list[Fault] = Field(description="Every field at fault, when there are several.")


class Page(BaseModel, Generic[T]):
    """Some rows, and where to go on."""

    rows: list[T]
    next_after: UUID | None = Field(description="Send as `after` for more; null at the end.")


class PlaceOut(BaseModel):
    """A place as other records name it."""

    code: str
    name: str


class TeamRef(BaseModel):
    """A team as other records name it."""

    id: UUID
    name: str


REFUSALS: dict[int, Any] = {401: Problem, 404: Problem, 422: Problem, 429: Problem}
"""The answers that every operation documents beside its own."""
WRITES: dict[int, Any] = {400: Problem, **REFUSALS, 413: Problem, 415: Problem}
"""The same for operations that read a body."""


OPERATIONS: dict[Callable[..., Any], tuple[Verb, ...]] = {}
"""Operations with the verbs that open them; the access tests walk this."""


def operation(*verbs: Verb, event: str = "") -> Callable[[F], F]:
    """For programs that may do one of these verbs somewhere; otherwise 'not found'.

    `event` is the kind of event that the operation records: an `op_id` that already stands for
    another kind, or for somebody else's operation, is refused.
    """
    if not verbs:
        raise ValueError("name a verb, or use any_key()")
    return _guarding(verbs, event)


def any_key(*, event: str = "") -> Callable[[F], F]:
    """For every program whose key is in force: what a key may know and do about itself."""
    return _guarding((), event)


def _guarding(verbs: tuple[Verb, ...], event: str) -> Callable[[F], F]:
    def decorate(view: F) -> F:
        @wraps(view)
        def guarded(request: ApiRequest, *args: Any, **kwargs: Any) -> Any:
            if verbs and not any(request.actor.can_anywhere(verb) for verb in verbs):
                raise Forbidden
            _check_query(request, kwargs)
            body = kwargs.get("body")
            if isinstance(body, Body) and body.op_id is not None:
                refuse_other_use(body.op_id, by=request.actor, kind=event)
            try:
                return view(request, *args, **kwargs)
            except IntegrityError:
                # Somebody else wrote the same at the same moment. What they wrote can be seen now:
                # the same operation gives its result again, another one its refusal.
                return view(request, *args, **kwargs)

        OPERATIONS[guarded] = verbs
        return cast(F, guarded)

    return decorate


def _check_query(request: HttpRequest, arguments: dict[str, Any]) -> None:
    """Refuse a filter that is not described, and one that stands twice. Raises BadShape."""
    known = {
        name
        for value in arguments.values()
        if isinstance(value, Asked)
        for name in type(value).model_fields
    }
    for name, values in request.GET.lists():
        if name not in known:
            raise BadShape("unknown_filter", name[:40])
        if len(values) > 1:
            raise BadShape("filter_twice", name)


def page_of(rows: models.QuerySet[M, M], paging: Paging, shape: Callable[[M], T]) -> dict[str, Any]:
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


def team_ref(team: Any) -> TeamRef:
    """A team as other records name it."""
    return TeamRef(id=team.id, name=team.name)
