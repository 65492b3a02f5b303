# SPDX-License-Identifier: AGPL-3.0-or-later
"""Statements that are compiled once give what the same querysets give, with every new value."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.compiled import compiled, insert
from binhyen.core.ids import uuid7
from binhyen.core.models import Event

pytestmark = pytest.mark.django_db


def an_event(number: int, at: datetime) -> Event:
    event = Event(at=at, kind=f"test.{number}", object_type="test", object_id=uuid7(), path="68.",
                  on_day=clock.day_of(at), actor_id=uuid7(), actor_name="Bình", op_id=uuid7(),
                  detail={"number": number, "words": "chợ"})  # fmt: skip
    insert(event)
    return event


@pytest.fixture
def events() -> list[Event]:
    return [an_event(number, clock.now() - timedelta(days=number)) for number in range(3)]


def since(*, at: datetime, day: date, kinds: list[str]) -> models.QuerySet[Event]:
    return Event.everything.filter(at__gte=at, on_day__lte=day, kind__in=kinds).order_by("-id")


def test_each_call_gets_the_rows_of_its_own_values(events: list[Event]) -> None:
    read = compiled(since)
    for kinds in (
        ["test.0"],
        ["test.0", "test.1"],
        [],
        ["test.2", "test.2"],
        ["no"] * 20,
        ["no"] * 9 + ["test.1"],
        ["no"] * 600 + ["test.0"],
    ):
        for days in range(4):
            asked: dict[str, Any] = {"at": clock.now() - timedelta(days=days, hours=1),
                                     "day": clock.today(), "kinds": kinds}  # fmt: skip
            assert read(**asked) == list(since(**asked))


def test_rows_are_whole_with_their_relations_and_without_what_was_left_out(
    team: Any, member: Any, leader_member: Any
) -> None:
    @compiled
    def members(*, pk: UUID) -> models.QuerySet[Any]:
        rows = type(member).everything.filter(pk=pk).defer("phone")
        return rows.select_related("team__territory")

    members(pk=leader_member.pk)
    with CaptureQueriesContext(connection) as asked:
        (found,) = members(pk=member.pk)
        assert (found, found.born_on, found.team) == (member, member.born_on, team)
        assert found.team.territory.path == team.territory.path
    assert len(asked) == 1
    assert found.get_deferred_fields() == {"phone"}


def test_values_come_flat_where_they_are_one_column_and_counted(events: list[Event]) -> None:
    @compiled
    def kinds(*, op_id: UUID) -> models.QuerySet[Event, str]:
        return Event.everything.filter(op_id=op_id).values_list("kind", flat=True)

    @compiled
    def counted(*, path: str) -> models.QuerySet[Event, tuple[Any, ...]]:
        rows = Event.everything.filter(path=path).order_by().values("path")
        return rows.annotate(number=models.Count("pk")).values_list("number", "path")

    assert [kinds(op_id=one.op_id) for one in events if one.op_id] == [
        ["test.0"], ["test.1"], ["test.2"]
    ]  # fmt: skip
    assert counted(path="68.") == [(len(events), "68.")]
    assert counted(path="01.") == []


def test_what_would_be_asked_otherwise_is_no_value() -> None:
    @compiled
    def found(*, op_id: UUID | None) -> models.QuerySet[Event]:
        return Event.everything.filter(op_id=op_id)

    with pytest.raises(TypeError):
        found(op_id=None)


def test_rows_that_are_inserted_are_those_that_saving_would_write(
    officer: Actor, events: list[Event]
) -> None:
    assert [one.pk for one in events] == sorted({one.pk for one in events})
    for one in events:
        kept = Event.everything.get(pk=one.pk)
        names = [field.attname for field in Event._meta.concrete_fields]
        assert [getattr(kept, name) for name in names] == [getattr(one, name) for name in names]
        assert not one._state.adding


def test_row_that_breaks_a_rule_of_the_table_is_not_inserted(events: list[Event]) -> None:
    again = Event.everything.get(pk=events[0].pk)
    again.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(again)
    assert Event.everything.filter(op_id=again.op_id).count() == 1


def test_statement_that_fails_says_so_as_django_does(events: list[Event]) -> None:
    @compiled
    def broken(*, path: str) -> models.QuerySet[Event]:
        return Event.everything.filter(path=path).extra(where=["no_such_column = 1"])

    with pytest.raises(DatabaseError), transaction.atomic():
        broken(path="68.")
