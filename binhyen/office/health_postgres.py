# SPDX-License-Identifier: AGPL-3.0-or-later
"""What only PostgreSQL can have wrong: its word, its order of texts, its memory, our role."""

from collections.abc import Iterator

from django.conf import settings
from django.utils.translation import gettext as _

from binhyen.core.bulk_indexes import is_set_aside
from binhyen.core.database import PostgresState, postgres_state
from binhyen.core.database_roles import own_rights
from binhyen.core.likeness import has_trigrams
from binhyen.office.findings import Finding, Grade, grave

OLDEST = 150_000
SMALL = 1024**3
"""Bytes of a database up to which the memory that PostgreSQL comes with is enough."""
MOST_SHARED = 8 * 1024**3
MEGABYTE = 1024**2
CLOCK_SECONDS = 30


def postgresql() -> Iterator[Finding]:
    """Everything that is asked of the server and of our role on it."""
    yield from about_server(postgres_state())
    yield from _extension()
    yield from _rights()
    if is_set_aside():
        yield Finding(
            Grade.WRONG,
            _("A first load was stopped before indexes and keys were built."),
            _("Run the same load again: it goes on where it stopped."),
            _("Pages are slow, and the database does not check what refers to what."),
        )


def about_server(state: PostgresState) -> Iterator[Finding]:
    """How the server is set up, whoever asks."""
    good = state.number >= OLDEST
    yield Finding(
        Grade.GOOD if good else Grade.WARNING,
        _("PostgreSQL %(version)s.") % {"version": state.version},
        "" if good else _("Use PostgreSQL 15 or newer; older ones are not tested."),
    )
    yield from _word(state)
    yield from _texts(state)
    yield from _memory(state)


def _word(state: PostgresState) -> Iterator[Finding]:
    if not (state.fsync and state.synchronous and state.full_pages):
        yield Finding(
            Grade.WRONG,
            _("PostgreSQL may lose acknowledged writes when power fails."),
            _("Set fsync = on, synchronous_commit = on and full_page_writes = on."),
        )
    if not state.autovacuum:
        yield Finding(Grade.WRONG, _("Autovacuum is off."), _("Set autovacuum = on."),
                      _("Tables grow without end and plans go wrong."))  # fmt: skip
    if abs(state.ahead_seconds) > CLOCK_SECONDS:
        yield Finding(
            Grade.WARNING,
            _("The clocks of this machine and of the database server differ by %(seconds)s s.")
            % {"seconds": round(abs(state.ahead_seconds))},
            _("Let both machines keep their time by NTP."),
        )


def _texts(state: PostgresState) -> Iterator[Finding]:
    if state.encoding != "UTF8":
        yield Finding(
            Grade.WRONG,
            _("The database has the encoding %(name)s, not UTF8.") % {"name": state.encoding},
            _("Make a database with encoding 'UTF8' and load a backup into it."),
            _("Vietnamese names do not fit into it."),
        )
    if not state.sorts_by_codes:
        yield Finding(
            Grade.WRONG,
            _("The database does not sort texts by their characters' codes."),
            _("Make a database with locale 'C.UTF-8' and template template0, and load a backup"
              " into it."),
            _("Areas and names are found by ranges; another order may leave rows out."),
        )  # fmt: skip


def _memory(state: PostgresState) -> Iterator[Finding]:
    wanted = min(state.size // 4, MOST_SHARED)
    if state.size > SMALL and state.shared_bytes < wanted // 2:
        yield Finding(
            Grade.WARNING,
            _("shared_buffers is %(now)s MB for a database of %(size)s MB.")
            % {"now": state.shared_bytes // MEGABYTE, "size": state.size // MEGABYTE},
            _("Set shared_buffers to about %(wanted)s MB, if the machine has four times as much.")
            % {"wanted": wanted // MEGABYTE},
            _("Figures and lists are read from the disk again and again."),
        )


def _extension() -> Iterator[Finding]:
    if has_trigrams():
        yield Finding(Grade.GOOD, _("Names of teams and places are found with slips."))
        return
    yield Finding(
        Grade.WARNING if settings.ENV.without_trigrams else Grade.WRONG,
        _("The extension pg_trgm is missing."),
        _("Install PostgreSQL's contrib package, let a superuser run `create extension pg_trgm` in"
          " this database, then run: binhyen migrate."),
        _("Search finds names of teams and places only as they are written, and more slowly."),
    )  # fmt: skip


def _rights() -> Iterator[Finding]:
    rights = own_rights()
    remedy = _("Let a superuser run what `binhyen roles` prints, and give the server the role that"
               " only works.")  # fmt: skip
    if rights.is_superuser or rights.makes_roles:
        yield Finding(
            grave(),
            _("The product signs in as %(role)s, who may do anything on the server.")
            % {"role": rights.role},
            remedy,
            _("Whoever breaks into the product would own every database there."),
        )
    elif rights.owns_tables or rights.changes_schema or rights.changes_events:
        yield Finding(
            grave(),
            _("The product signs in as %(role)s, who may change tables and events.")
            % {"role": rights.role},
            remedy,
            _("The log of events is worth something only if nobody can change it."),
        )
    else:
        yield Finding(Grade.GOOD, _("The product's role works and changes no table."))
