# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is wrong with a deployment: each finding says what, why it matters, what to do.

What only PostgreSQL can have wrong stands in `health_postgres`.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from binhyen.accounts.queries import locked_factors
from binhyen.core import clock, lately
from binhyen.core.database import sqlite_state
from binhyen.core.models import Event
from binhyen.core.templatetags.show import day
from binhyen.indicators.models import ReadMark
from binhyen.office.findings import Finding, Grade, grave
from binhyen.office.health_postgres import postgresql
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

SAFE_SQLITE = ((3, 44, 6), (3, 50, 7), (3, 51, 3))
"""First releases of each line without the race between WAL checkpoints of several connections."""
FREE_BYTES = 2 * 1024**3
SHORTEST_SECRET = 40
OLDEST_BACKUP_DAYS = 2
OLDEST_VERIFY_DAYS = 31
CLOCK_SLACK = timedelta(minutes=2)


def findings() -> Iterator[Finding]:
    """Every check in order; those that need the database stop when it is not there."""
    yield from _secrets()
    yield from _address()
    yield from _proxies()
    yield from _sealing_key()
    yield from _disk()
    yield from _backup()
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
        _clock,
        _catalogues,
    ]
    checks.insert(0, _sqlite if connection.vendor == "sqlite" else postgresql)
    for check in checks:
        try:
            yield from check()
        except DatabaseError as error:
            why = str(error).splitlines()[0]
            yield Finding(Grade.WRONG, _("A table could not be read: %(why)s.") % {"why": why},
                          _("Run the migrations: binhyen migrate."))  # fmt: skip


def _secrets() -> Iterator[Finding]:
    if settings.DEBUG:
        yield Finding(Grade.WRONG, _("Debug mode is on."), _("Unset BINHYEN_DEBUG."),
                      _("Error pages would show the inside."))  # fmt: skip
    if not settings.ENV.https:
        yield Finding(Grade.WARNING, _("Pages are served without encryption, as on a laptop."),
                      _("Behind a web server with a certificate set BINHYEN_HTTPS=1."))  # fmt: skip
    else:
        yield Finding(Grade.GOOD, _("Pages are served encrypted."))
    key = settings.ENV.secret_key
    if key and len(key) >= SHORTEST_SECRET:
        yield Finding(Grade.GOOD, _("The key that signs sessions is set."))
        return
    yield Finding(
        Grade.WRONG if key else grave(),
        _("The key that signs sessions is too short.") if key
        else _("The key that signs sessions lies beside the database."),
        _("Set BINHYEN_SECRET_KEY, such as `openssl rand -base64 48` makes it."),
        _("Whoever has it can sign in as anybody."),
    )  # fmt: skip


def _address() -> Iterator[Finding]:
    host = settings.ENV.public_host
    if host == "*" or (settings.ENV.https and host in {"localhost", "127.0.0.1", ""}):
        yield Finding(
            Grade.WRONG,
            _("The public name is %(host)s.") % {"host": host or "-"},
            _("Set BINHYEN_PUBLIC_HOST to the name in the address bar."),
            _("Pages under another name are refused, or links lead elsewhere."),
        )


def _proxies() -> Iterator[Finding]:
    if settings.ENV.https and not settings.ENV.proxies:
        yield Finding(
            Grade.WARNING,
            _("Everybody seems to come from the address of the web server in front."),
            _("Set BINHYEN_PROXIES to the number of your own servers in front, mostly 1."),
            _("Limits against guessing passwords would then count all people as one."),
        )


def _sealing_key() -> Iterator[Finding]:
    if settings.ENV.sealing_keys:
        yield Finding(Grade.GOOD, _("The keys that seal second factors are set."))
    else:
        yield Finding(
            grave(),
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
    loader = executor.loader
    newer = set(loader.applied_migrations or ()) - set(loader.disk_migrations or ())
    if newer:
        yield Finding(
            Grade.WRONG,
            _("The database was made by a newer version."),
            _("Install that version, or restore a backup of this one."),
        )
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


def _backup() -> Iterator[Finding]:
    made = lately.last(lately.BACKUP)
    remedy = _("Run every night: binhyen backup FILE, and keep it on another machine.")
    if made is None:
        yield Finding(grave(), _("No backup was made from this machine."), remedy)
        return
    days = (clock.now() - made).days
    words = _("The newest backup is of %(day)s.") % {"day": day(made)}
    yield Finding(grave() if days >= OLDEST_BACKUP_DAYS else Grade.GOOD, words,
                  remedy if days >= OLDEST_BACKUP_DAYS else "")  # fmt: skip


def _clock() -> Iterator[Finding]:
    newest = Event.everything.order_by("-id").values_list("at", flat=True).first()
    if newest and newest > clock.now() + CLOCK_SLACK:
        yield Finding(
            Grade.WRONG,
            _("The clock of this machine is behind the newest record."),
            _("Let the machine keep its time by NTP."),
            _("Whoever works now would record in the past."),
        )


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
    verified = lately.last(lately.VERIFY)
    if verified is None or (clock.now() - verified).days >= OLDEST_VERIFY_DAYS:
        yield Finding(
            Grade.WARNING,
            _("Stored figures were not compared with the records in the last %(days)s days.")
            % {"days": OLDEST_VERIFY_DAYS},
            _("Run every week: binhyen figures --verify"),
        )


def _catalogues() -> Iterator[Finding]:
    folder = Path(settings.BASE_DIR) / "binhyen"
    missing = [po for po in folder.glob("*/locale/vi/LC_MESSAGES/django.po")
               if not po.with_suffix(".mo").exists()]  # fmt: skip
    if missing:
        yield Finding(Grade.WRONG, _("Vietnamese is not compiled; pages would be in English."),
                      _("Run: make install."))  # fmt: skip
    else:
        yield Finding(Grade.GOOD, _("Vietnamese is compiled."))
