# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database itself refuses to change or remove an event."""

from django.db import migrations

SQLITE = [
    "create trigger core_event_no_update before update on core_event "
    "begin select raise(abort, 'events are append-only'); end",
    "create trigger core_event_no_delete before delete on core_event "
    "begin select raise(abort, 'events are append-only'); end",
]
SQLITE_UNDO = ["drop trigger core_event_no_update", "drop trigger core_event_no_delete"]
POSTGRESQL = [
    "create function core_event_refuse() returns trigger language plpgsql as "
    "$$ begin raise exception 'events are append-only'; end $$",
    "create trigger core_event_no_change before update or delete on core_event "
    "for each row execute function core_event_refuse()",
]
POSTGRESQL_UNDO = [
    "drop trigger core_event_no_change on core_event",
    "drop function core_event_refuse()",
]


def _run(schema_editor, sqlite, postgresql):
    statements = postgresql if schema_editor.connection.vendor == "postgresql" else sqlite
    with schema_editor.connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def forward(apps, schema_editor):
    _run(schema_editor, SQLITE, POSTGRESQL)


def backward(apps, schema_editor):
    _run(schema_editor, SQLITE_UNDO, POSTGRESQL_UNDO)


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [migrations.RunPython(forward, backward)]
