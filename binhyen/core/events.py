# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one feed: writes in their own transaction, reads of personal data with a purpose."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import models

from binhyen.core import clock, feed
from binhyen.core.actors import Actor, HasPath, Purpose
from binhyen.core.compiled import compiled, first, insert
from binhyen.core.errors import OperationIdReused
from binhyen.core.models import Event

M = TypeVar("M", bound=models.Model)

COLUMNS = ("kind", "object_type", "object_id", "place_id", "path", "on_day", "was_on_day", "at",
           "actor_id", "actor_name", "op_id", "purpose", "detail")  # fmt: skip
"""The parts of an event, in the order in which a load gives them."""
_kept_back: ContextVar[list[tuple[Any, ...]] | None] = ContextVar("kept_back", default=None)


def record(
    kind: str,
    thing: models.Model,
    *,
    by: Actor,
    where: HasPath,
    on: date | datetime,
    was_on: date | None = None,
    op_id: UUID | None = None,
    **detail: Any,
) -> Event:
    """Write the event of an action, as its last line, in the action's transaction.

    `on` is the day to which the thing belongs in figures; `was_on` the day it left, if a
    correction moved it. `detail` holds plain values that are no personal data.
    """
    feed.announce()
    event = Event(
        kind=kind,
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        place_id=getattr(where, "pk", None),
        path=where.path,
        on_day=_day(on),
        was_on_day=was_on,
        at=clock.now(),
        actor_id=by.id,
        actor_name=by.name,
        op_id=op_id,
        detail=detail,
    )
    insert(event)
    return event


def record_many(events: list[Event]) -> None:
    """The events of a bulk load, written in sets inside its transaction."""
    if keeps_back(tuple(getattr(one, name) for name in COLUMNS) for one in events):
        return
    feed.announce()
    Event.everything.bulk_create(events, batch_size=2000)


@contextmanager
def keeping_back() -> Iterator[list[tuple[Any, ...]]]:
    """Keep the events of a bulk load in a list, for whoever began it to write them at its end.

    From the first event to the commit nobody else can write one; so a load writes them last.
    """
    kept: list[tuple[Any, ...]] = []
    token = _kept_back.set(kept)
    try:
        yield kept
    finally:
        _kept_back.reset(token)


def keeps_back(rows: Iterable[tuple[Any, ...]]) -> bool:
    """Keep these events if a load asked for it; whether it did."""
    kept = _kept_back.get()
    if kept is None:
        return False
    kept.extend(rows)
    return True


def record_reading(
    thing: models.Model, *, by: Actor, where: HasPath, purpose: Purpose, what: str = "read"
) -> Event:
    """Note that personal data was shown; without this line it must not be shown."""
    return Event.everything.create(
        kind=f"{thing._meta.model_name}.{what}",
        object_type=thing._meta.label_lower,
        object_id=thing.pk,
        place_id=getattr(where, "pk", None),
        path=where.path,
        on_day=clock.today(),
        at=clock.now(),
        actor_id=by.id,
        actor_name=by.name,
        purpose=purpose,
    )


def done_before(
    op_id: UUID | None, model: type[M], kind: str, /, *, by: Actor, **same: Any
) -> M | None:
    """What an operation that was already applied gave, so that it gives it again.

    It is the same operation if the same person did the same, by the event's kind, to the same
    thing: `same` holds what identifies it, `pk` of what was there, fields of what was made.
    Raises OperationIdReused when the id stands for something else.
    """
    if op_id is None:
        return None
    event = first(_known_by(op_id=op_id))
    if event is None:
        return None
    if event[:3] != (kind, by.id, model._meta.label_lower):
        raise OperationIdReused
    found = model._meta.base_manager.get(pk=event[3])
    if any(getattr(found, name) != value for name, value in same.items()):
        raise OperationIdReused
    return found


@compiled
def _known_by(*, op_id: UUID) -> models.QuerySet[Event, tuple[Any, ...]]:
    rows = Event.everything.filter(op_id=op_id).order_by()
    return rows.values_list("kind", "actor_id", "object_type", "object_id")


def refuse_other_use(op_id: UUID, *, by: Actor, kind: str) -> None:
    """Raises OperationIdReused when an id stands for another operation, or for somebody else's."""
    event = Event.everything.filter(op_id=op_id).first()
    if event is not None and (event.kind, event.actor_id) != (kind, by.id):
        raise OperationIdReused


def history(thing: models.Model, limit: int = 50) -> list[Event]:
    """What happened to one record, newest first; the caller has already shown its right to it."""
    return list(Event.everything.filter(object_id=thing.pk, purpose="").order_by("-id")[:limit])


def readings(thing: models.Model, limit: int = 50) -> list[Event]:
    """Who opened a record, when and why, newest first."""
    return list(
        Event.everything.filter(object_id=thing.pk).exclude(purpose="").order_by("-id")[:limit]
    )


def _day(moment: date | datetime) -> date:
    return clock.day_of(moment) if isinstance(moment, datetime) else moment
