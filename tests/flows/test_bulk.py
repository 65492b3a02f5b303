# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rows written in bulk are the rows that the object layer would have written."""

from datetime import date, datetime, timedelta, timezone
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from binhyen.core import bulk, clock, events
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.teams.models import Team, TeamDecision
from binhyen.territory.models import Territory

AT = datetime(2025, 3, 4, 21, 15, tzinfo=clock.VIETNAM)


def _event(**changes: Any) -> bulk.Row:
    values = {"kind": "thing.done", "model": Team, "object_id": uuid7(), "on": date(2025, 3, 4)}
    values |= {"by": Actor(uuid4(), "Ai đó", date(2025, 3, 4)), "where": Territory(path="68.")}
    return bulk.event(**(values | {"at": AT} | changes))


def test_event_reads_back_as_it_was_written(db: None) -> None:
    key = uuid7()
    bulk.record([_event(object_id=key, was_on=date(2025, 3, 3), lý_do="đổi giờ", số=3)])
    event = Event.everything.get(object_id=key)
    assert event.at == AT
    assert (event.on_day, event.was_on_day) == (date(2025, 3, 4), date(2025, 3, 3))
    assert event.detail == {"lý_do": "đổi giờ", "số": 3}
    assert event.object_type == "teams.team"
    assert event.op_id is None
    assert event.purpose == ""


def test_moments_are_found_by_any_zone(db: None) -> None:
    east = AT.astimezone(timezone(timedelta(hours=9)))
    bulk.record([_event(at=AT), _event(at=east)])
    assert Event.everything.filter(kind="thing.done", at=AT).count() == 2


def test_rows_equal_those_of_the_object_layer(team: Team, today: date) -> None:
    plain = TeamDecision.everything.create(
        team=team, kind="change", number="1/QĐ", decided_on=today
    )
    key = uuid7()
    bulk.insert(
        TeamDecision,
        ("id", "team_id", "kind", "number", "decided_on", "note"),
        [(key, team.id, "change", "2/QĐ", today, "")],
    )
    rows = TeamDecision.everything.filter(team=team, decided_on=today, kind="change")
    assert {row.id for row in rows} == {plain.id, key}


def test_more_rows_than_a_batch_are_all_written(db: None) -> None:
    count = bulk.insert(Event, events.COLUMNS, (_event() for _ in range(5_003)))
    assert count == 5_003
    assert Event.everything.filter(kind="thing.done").count() == 5_003


def test_events_of_a_load_are_written_at_its_end(db: None) -> None:
    with bulk.events_last():
        bulk.record([_event()])
        assert not Event.everything.filter(kind="thing.done").exists()
        bulk.record([_event()])
    assert Event.everything.filter(kind="thing.done").count() == 2
    bulk.record([_event()])
    assert Event.everything.filter(kind="thing.done").count() == 3


def test_events_of_a_load_that_fails_are_not_written(db: None) -> None:
    def failing() -> None:
        with bulk.events_last():
            bulk.record([_event()])
            raise KeyError

    with pytest.raises(KeyError):
        failing()
    assert not Event.everything.filter(kind="thing.done").exists()


def test_broken_constraint_is_an_integrity_error(team: Team, today: date) -> None:
    row = (uuid7(), team.id, "change", "9/QĐ", today, "")
    columns = ("id", "team_id", "kind", "number", "decided_on", "note")
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(TeamDecision, columns, [row, (uuid7(), *row[1:])])
    assert not TeamDecision.everything.filter(number="9/QĐ").exists()


def test_bad_row_says_which_and_why() -> None:
    refusal = BadRow(12, "%(place)s ở đâu?", place="Thôn 3")
    assert "12" in str(refusal)
    assert "Thôn 3 ở đâu?" in str(refusal)


def test_bad_row_keeps_a_per_cent_sign_of_its_reason() -> None:
    assert "100 % rồi" in str(BadRow(1, "100 % rồi"))


def test_child_ids_follow_their_parent() -> None:
    parent = uuid7()
    children = [bulk.child_id(parent, number) for number in (1, 2, 3)]
    assert sorted(children) == children
    assert len({parent, *children}) == 4
