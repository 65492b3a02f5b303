# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a deployment: each finding says what, why it matters, what to do."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from binhyen.accounts.queries import locked_factors
from binhyen.core.database import postgres_state, sqlite_state
from binhyen.core.models import Event
from binhyen.indicators.models import ReadMark
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

SAFE_SQLITE = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""First releases of each line without the race between WAL checkpoints of several connections."""
FREE_BYTES = 2 * 1024**3


class Grade(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    grade: Grade
    what: str
    remedy: str = ""


def findings() -> Iterator[Finding]:
    """Every check in order; those that need the database stop when it is not there."""
    yield from _secrets()
    yield from _sealing_key()
    yield from _disk()
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        yield Finding(
            Grade.WRONG,
            _("The database does not answer: %(why)s.") % {"why": str(error).splitlines()[0]},
            _("Start it, or correct DATABASE_URL."),
        )
        return
    yield from _migrations()
    checks: list[Callable[[], Iterator[Finding]]] = [
        _sealed_factors,
        _territory,
        _figures,
        _catalogues,
    ]
    checks.insert(0, _sqlite if connection.vendor == "sqlite" else _postgresql)
    for check in checks:
        try:
            yield from check()
        except DatabaseError as error:
            why = str(error).splitlines()[0]
            yield Finding(Grade.WRONG, _("A table could not be read: %(why)s.") % {"why": why},
                          _("Run the migrations: binhyen migrate."))  # fmt: skip


def _secrets() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(Grade.WRONG, _("Debug mode is on: error pages would show the inside."),
                      _("Unset BINHYEN_DEBUG."))  # fmt: skip
    if not settings.ENV.https:
        yield Finding(Grade.WARNING, _("Pages are served without encryption, as on a laptop."),
                      _("Behind a web server with a certificate set BINHYEN_HTTPS=1."))  # fmt: skip
    else:
        yield Finding(Grade.GOOD, _("Pages are served encrypted."))


def _sealing_key() -> Iterator[Finding]:
    if settings.ENV.sealing_keys:
        yield Finding(Grade.GOOD, _("The keys that seal second factors are set."))
    else:
        yield Finding(
            Grade.WRONG if settings.ENV.https else Grade.WARNING,
            _("Second factors are sealed with a key that lies beside the database."),
            _("Set BINHYEN_SEALING_KEYS: a new key first, then what stands in var/sealing-key."),
        )


def _sealed_factors() -> Iterator[Finding]:
    locked = locked_factors()
    if locked:
        yield Finding(
            Grade.WRONG,
            _("%(count)s second factors were sealed with a key that is not here.")
            % {"count": locked},
            _("Add the former key behind the new one in BINHYEN_SEALING_KEYS."),
        )
    else:
        yield Finding(Grade.GOOD, _("Every second factor can be opened."))


def _disk() -> Iterator[Finding]:
    free = shutil.disk_usage(settings.ENV.var_dir).free
    words = _("%(free)s GB are free where the data lies.") % {"free": free // 1024**3}
    if free < FREE_BYTES:
        yield Finding(Grade.WRONG, words, _("Make room: a full disk stops every write."))
    else:
        yield Finding(Grade.GOOD, words)


def _migrations() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if waiting:
        yield Finding(
            Grade.WRONG,
            _("%(count)s migrations have not run.") % {"count": waiting},
            _("Take a backup, then run: binhyen migrate."),
        )
    else:
        yield Finding(Grade.GOOD, _("Every migration has run."))


def _sqlite() -> Iterator[Finding]:
    version = sqlite3.sqlite_version_info
    words = _("SQLite %(version)s.") % {"version": sqlite3.sqlite_version}
    if _is_safe_sqlite(version):
        yield Finding(Grade.GOOD, words)
    else:
        yield Finding(
            Grade.WARNING,
            words
            + " "
            + _("This version can, rarely, lose a write when several programs share it."),
            _("For more than a demo or one commune use PostgreSQL, or SQLite 3.51.3 or newer."),
        )
    state = sqlite_state()
    if state.journal_mode != "wal":
        yield Finding(
            Grade.WRONG,
            _("The journal mode is %(mode)s, not WAL.") % {"mode": state.journal_mode},
            _("Copy the database to a local disk; network folders cannot hold WAL."),
        )
    if state.damage != "ok":
        yield Finding(
            Grade.WRONG,
            _("The database file is damaged: %(why)s.") % {"why": state.damage},
            _("Restore the newest backup: binhyen restore FILE."),
        )


def _is_safe_sqlite(version: tuple[int, ...]) -> bool:
    if version >= SAFE_SQLITE[-1]:
        return True
    return any(version[:2] == safe[:2] and version >= safe for safe in SAFE_SQLITE)


def _postgresql() -> Iterator[Finding]:
    state = postgres_state()
    yield Finding(Grade.GOOD, _("PostgreSQL %(version)s.") % {"version": state.version})
    if not (state.fsync and state.synchronous):
        yield Finding(Grade.WRONG, _("PostgreSQL may lose acknowledged writes when power fails."),
                      _("Set fsync = on and synchronous_commit = on."))  # fmt: skip
    if state.is_superuser:
        yield Finding(Grade.WARNING, _("The product signs in as a superuser of the database."),
                      _("Give it a role of its own without further rights."))  # fmt: skip


def _territory() -> Iterator[Finding]:
    counts = {
        level: Territory.everything.filter(level=level, valid_to__isnull=True).count()
        for level in (Level.PROVINCE, Level.COMMUNE)
    }
    if not counts[Level.COMMUNE]:
        yield Finding(Grade.WRONG, _("No commune is loaded."),
                      _("Load the list of units, as the handbook describes."))  # fmt: skip
    else:
        words = _("%(provinces)s provinces and %(communes)s communes are in force.")
        values = {"provinces": counts[Level.PROVINCE], "communes": counts[Level.COMMUNE]}
        yield Finding(Grade.GOOD, words % values)


def _figures() -> Iterator[Finding]:
    newest = Event.everything.order_by("-id").values_list("id", flat=True).first() or 0
    mark = ReadMark.everything.values_list("last_event", flat=True).first() or 0
    behind = max(0, newest - mark)
    words = _("Stored figures are %(count)s events behind; they catch up when they are asked for.")
    yield Finding(Grade.GOOD, words % {"count": behind})


def _catalogues() -> Iterator[Finding]:
    folder = Path(settings.BASE_DIR) / "binhyen"
    missing = [po for po in folder.glob("*/locale/vi/LC_MESSAGES/django.po")
               if not po.with_suffix(".mo").exists()]  # fmt: skip
    if missing:
        yield Finding(Grade.WRONG, _("Vietnamese is not compiled; pages would be in English."),
                      _("Run: make install."))  # fmt: skip
    else:
        yield Finding(Grade.GOOD, _("Vietnamese is compiled."))
