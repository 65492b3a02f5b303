# SPDX-License-Identifier: AGPL-3.0-or-later
"""When the database cannot work: why the product does not start, and what a page says meanwhile.

An action writes everything in one transaction, so whatever fails here leaves no half record.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused, Text
from binhyen.core.likeness import has_trigrams


@dataclass(frozen=True)
class Trouble:
    """Something that keeps the database from working, as a page and a log line say it."""

    word: str
    what: Text
    why: Text
    remedy: Text


FULL = Trouble(
    "disk_full",
    _("Nothing can be recorded at the moment"),
    _("The disk on which the data lies is full."),
    _("Whoever looks after this system has to make room; then everything goes on by itself."),
)
AWAY = Trouble(
    "database_away",
    _("The database cannot be reached at the moment"),
    _("The connection to it was lost or not made."),
    _("Try again in a minute. If it lasts, tell whoever looks after this system."),
)
BUSY = Trouble(
    "database_busy",
    _("The system is too busy at the moment"),
    _("The database did not answer in time."),
    _("Try again in a minute, or ask for a shorter period or a smaller area."),
)
CROWDED = Trouble(
    "too_many_at_once",
    _("Too many people ask at the same moment"),
    _("Every place is taken, and those who wait for one come first."),
    _("Try again in a minute; a phone and a program do so by themselves."),
)
_BY_STATE = (
    (re.compile(r"53100|58030"), FULL),
    (re.compile(r"08...|57P..|53300|25P03|28...|3D000"), AWAY),
    (re.compile(r"57014|55P03|40...|53[024].."), BUSY),
)
"""PostgreSQL's numbers of errors."""
_BY_WORDS = (
    (re.compile("disk is full|disk I/O error|readonly database"), FULL),
    (re.compile("locked|statement timeout"), BUSY),
    (re.compile("couldn't get a connection"), AWAY),
    (re.compile("unable to open database|not a database|malformed"), AWAY),
)


def trouble_of(error: BaseException | None) -> Trouble | None:
    """What kind of trouble of the database an error is; None for any other fault."""
    if not isinstance(error, (DatabaseError, InterfaceError)):
        return None
    cause = error.__cause__ or error
    state: str = getattr(cause, "sqlstate", None) or ""
    words = str(error)
    for pattern, trouble in _BY_STATE:
        if pattern.fullmatch(state):
            return trouble
    for pattern, trouble in _BY_WORDS:
        if not state and pattern.search(words):
            return trouble
    is_connection = isinstance(error, (OperationalError, InterfaceError))
    return AWAY if is_connection and not state and connection.vendor == "postgresql" else None


def in_words(error: BaseException) -> str:
    """An error of the database as one line for whoever typed a command."""
    trouble = trouble_of(error)
    reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    if trouble is None:
        return reason
    return f"{trouble.what}. {trouble.why} ({reason}) {trouble.remedy}"


class NotReady(Refused):
    """A database with which the product must not start."""

    what = _("Bình Yên did not start.")
    why = "%(reason)s"
    remedy = "%(help)s"

    def __init__(self, reason: Text, help_text: Text, **params: Any) -> None:
        super().__init__(reason=str(reason) % params if params else str(reason),
                         help=str(help_text))  # fmt: skip


def check_start() -> None:
    """Look whether the database is there and fits this version. Raises NotReady."""
    _check_file()
    try:
        connection.ensure_connection()
        executor = MigrationExecutor(connection)
    except (DatabaseError, ValueError) as error:
        raise _not_connected(error) from error
    _check_schema(executor)
    if connection.vendor == "postgresql" and not (has_trigrams() or settings.ENV.without_trigrams):
        raise NotReady(
            _("PostgreSQL's extension pg_trgm is not in this database; search needs it."),
            _("Install PostgreSQL's contrib package, let a superuser run `create extension pg_trgm`"
              " in this database, then run: binhyen migrate. To do without it set"
              " BINHYEN_WITHOUT_TRIGRAMS=1."),
        )  # fmt: skip


def _check_schema(executor: MigrationExecutor) -> None:
    known, applied = executor.loader.disk_migrations, executor.loader.applied_migrations
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    newer = sorted(f"{app}.{name}" for app, name in set(applied) - set(known))
    if newer:
        raise NotReady(
            _("The database was made by a newer version, which ran %(first)s."),
            _("Install that version, or restore a backup of this one."), first=newer[0],
        )  # fmt: skip
    if waiting and not applied:
        raise NotReady(
            _("The database is empty."),
            _("Correct DATABASE_URL, or run: binhyen migrate (for a demonstration: binhyen demo)."),
        )
    if waiting:
        raise NotReady(
            _("The database is older than this version: %(count)s migrations have not run."),
            _("Take a backup, then run: binhyen migrate."), count=waiting,
        )  # fmt: skip


def _check_file() -> None:
    if connection.vendor != "sqlite":
        return
    path = str(connection.settings_dict["NAME"])
    if "memory" not in path and not Path(path).exists():
        raise NotReady(
            _("There is no database file %(path)s."),
            _("Correct DATABASE_URL, or run: binhyen migrate (for a demonstration: binhyen demo)."),
            path=path,
        )


_CONNECTING = (
    (re.compile("password|authentication"),
     _("The database server did not accept the user or the password."),
     _("Correct user and password in DATABASE_URL.")),
    (re.compile(r"role .* does not exist"),
     _("The database server does not know this user."),
     _("Correct the user in DATABASE_URL, or create it: binhyen roles prints how.")),
    (re.compile(r"database .* does not exist"),
     _("The server has no database of this name."),
     _("Correct the name in DATABASE_URL, or create the database as the handbook says.")),
    (re.compile("not a database|malformed"),
     _("The file is not an SQLite database, or is damaged."),
     _("Correct DATABASE_URL, or restore the newest backup: binhyen restore FILE.")),
    (re.compile("unable to open database"),
     _("The database file cannot be opened."),
     _("Correct DATABASE_URL, or give this user the right to read and write the file's folder.")),
    (re.compile("too many clients|remaining connection slots"),
     _("The database server has no free connection."),
     _("Raise max_connections, or lower BINHYEN_CONNECTIONS or the number of workers.")),
)  # fmt: skip


def _not_connected(error: Exception) -> NotReady:
    said = str(error).strip()
    for pattern, reason, help_text in _CONNECTING:
        if pattern.search(said):
            return NotReady(reason, help_text)
    where = connection.settings_dict.get("HOST") or connection.settings_dict["NAME"]
    return NotReady(
        _("The database at %(where)s does not answer."),
        _("Start it, or correct host and port in DATABASE_URL."), where=where,
    )  # fmt: skip
