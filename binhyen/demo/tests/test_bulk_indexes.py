# SPDX-License-Identifier: AGPL-3.0-or-later
"""Indexes and keys that a first load sets aside come back as they were."""

import pytest
from django.db import IntegrityError, connection, transaction

from binhyen.core import bulk_indexes
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.patrols.models import Finding, Patrol, PatrolMember
from binhyen.personnel.models import Member
from binhyen.teams.models import Team

pytestmark = pytest.mark.skipif(
    "connection.vendor != 'postgresql'", reason="SQLite joins parts instead"
)
TABLES = (Patrol, PatrolMember, Finding, Event)


def everything() -> set[tuple[str, str]]:
    """Every index and constraint of the schema, by name and text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select indexname, indexdef from pg_indexes where schemaname = 'public' union all"
            " select conname, pg_get_constraintdef(oid) from pg_constraint"
            " where connamespace = 'public'::regnamespace"
        )
        return set(cursor.fetchall())


def test_what_was_set_aside_comes_back_as_it_was(db: None) -> None:
    before = everything()
    bulk_indexes.set_aside(TABLES, needed=("territory_id", "op_id"))
    gone = {name for name, _text in before - everything()}
    assert {"patrols_patrol_pkey", "crew_once"} <= gone
    assert "core_event_op_id_key" not in gone
    assert bulk_indexes.is_set_aside()
    assert bulk_indexes.put_back() > len(TABLES)
    assert everything() == before
    assert not bulk_indexes.is_set_aside()


def test_setting_aside_twice_keeps_the_way_back(db: None) -> None:
    before = everything()
    bulk_indexes.set_aside(TABLES, needed=())
    bulk_indexes.set_aside(TABLES, needed=())
    bulk_indexes.put_back()
    assert everything() == before


@pytest.mark.django_db(transaction=True)
def test_several_hands_build_the_same() -> None:
    before = everything()
    bulk_indexes.set_aside(TABLES, needed=())
    told: list[str] = []
    assert bulk_indexes.put_back(told.append, hands=2) == len(told) > len(TABLES)
    assert everything() == before


def test_row_that_breaks_a_key_is_told_and_the_rest_stays_noted(
    db: None, team: Team, member: Member
) -> None:
    connection.check_constraints()  # as at the end of the transaction that made the cast
    bulk_indexes.set_aside(TABLES, needed=())
    PatrolMember.everything.create(patrol_id=uuid7(), member=member)
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk_indexes.put_back()
    assert bulk_indexes.is_set_aside()
