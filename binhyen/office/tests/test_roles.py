# SPDX-License-Identifier: AGPL-3.0-or-later
"""The role that works does a whole journey and nothing else; the reader sees no person."""

from contextlib import contextmanager

import pytest
from django.db import ProgrammingError, connection, transaction

from binhyen.core.database_roles import BadRoleName, Names, own_rights, readable_tables, roles_sql
from binhyen.core.models import Event
from binhyen.patrols.actions import end_patrol, start_patrol
from binhyen.patrols.tests.duty import ago, planned

on_postgresql = pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has none")
OWNER, APP, READER = "test_owner", "test_app", "test_reader"


@pytest.fixture
def roles(db):
    """The three roles; they leave with the transaction of the test."""
    with connection.cursor() as cursor:
        cursor.execute("select rolsuper from pg_roles where rolname = current_user")
        if not cursor.fetchone()[0]:
            pytest.skip("this server lets nobody make roles")
        script = roles_sql(Names(connection.settings_dict["NAME"], OWNER, APP, READER))
        cursor.execute(script.replace("%", "%%"), [])
        cursor.execute(script.replace("%", "%%"), [])


@contextmanager
def as_role(role):
    with connection.cursor() as cursor:
        cursor.execute(f"set local role {role}")
        yield cursor
        cursor.execute("reset role")


def is_refused(cursor, statement):
    try:
        with transaction.atomic():
            cursor.execute(statement)
    except ProgrammingError as error:
        return "permission denied" in str(error) or "must be owner" in str(error)
    return False


@on_postgresql
def test_the_role_that_works_plans_starts_and_ends_a_patrol(
    roles, officer, member_actor, team, member
):
    with as_role(APP):
        patrol = planned(officer, team, member, start=ago(2))
        patrol = start_patrol(by=member_actor, patrol=patrol, at=ago(2))
        patrol = end_patrol(by=member_actor, patrol=patrol, at=ago(1))
        told = list(Event.everything.filter(object_id=patrol.pk).values_list("kind", flat=True))
    assert told == ["patrol.planned", "patrol.started", "patrol.ended"]


@on_postgresql
@pytest.mark.parametrize(
    "statement",
    [
        "drop table patrols_patrol",
        "alter table patrols_patrol add column more int",
        "alter table core_event disable trigger all",
        "drop trigger core_event_no_change on core_event",
        "create table more (id int)",
        "create index on core_event (kind)",
        "truncate patrols_patrolmember",
        "update core_event set kind = 'x'",
        "delete from core_event",
        "truncate core_event",
        "delete from django_migrations",
        "create role another",
        "grant all on core_event to public",
    ],
)
def test_the_role_that_works_changes_neither_tables_nor_events(roles, team, statement):
    with as_role(APP) as cursor:
        if statement.startswith("grant"):  # PostgreSQL warns and grants nothing
            cursor.execute(statement)
            assert not own_rights().changes_events
        else:
            assert is_refused(cursor, statement)


@on_postgresql
def test_the_reader_reads_figures_and_no_person_and_writes_nothing(roles):
    with as_role(READER) as cursor:
        for table in readable_tables():
            cursor.execute(f"table {table} limit 1")
            assert is_refused(cursor, f"lock table {table}")
        for table in ("personnel_member", "accounts_user", "core_event", "incidents_report",
                      "django_session", "mfa_authenticator"):  # fmt: skip
            assert is_refused(cursor, f"table {table} limit 1")


@on_postgresql
def test_the_owner_may_do_everything_and_the_doctor_would_say_so(roles):
    with as_role(OWNER):
        rights = own_rights()
    assert (rights.is_superuser, rights.makes_roles) == (False, False)
    assert rights.owns_tables
    assert rights.changes_schema
    assert rights.changes_events
    with as_role(APP):
        rights = own_rights()
    assert not any((rights.owns_tables, rights.changes_schema, rights.changes_events))


def test_nothing_readable_has_personal_fields():
    assert {"indicators_fact", "territory_territory", "teams_team"} <= set(readable_tables())
    assert not {"personnel_member", "accounts_user", "core_event"} & set(readable_tables())


@pytest.mark.parametrize("name", ["", "Binhyen", "bình", "a b", "x;drop role y", 'a"b', "a" * 64,
                                  "postgres", "binhyen_owner"])  # fmt: skip
def test_a_name_that_needs_quoting_or_is_taken_is_refused(name):
    with pytest.raises(BadRoleName):
        roles_sql(Names("binhyen", app=name))
