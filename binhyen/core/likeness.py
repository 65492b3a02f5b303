# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names and numbers as people type them: with a slip, without tones.

PostgreSQL's trigrams compare long names; the words that occur in people's names are few enough to
be compared one by one.

Without the extension pg_trgm, and on SQLite, nothing here fails: long names are then found only as
they are written. `binhyen doctor` says when it is missing.
"""

import re
from collections.abc import Iterable
from operator import attrgetter
from typing import Any, TypeVar

from django.core.cache import cache
from django.db import DatabaseError, connection, models, transaction
from django.db.models import Expression, F, Func, QuerySet, Value
from django.db.models.functions import Replace

from binhyen.core.text import fold

KEPT_SECONDS = 600
_MOST_WORDS = 5_000
_LOOKED_THROUGH = 500
_AFTER_ALL = "\U0010ffff"
_number = attrgetter("number")
M = TypeVar("M", bound=models.Model)


class _PartLike(Func):
    """Whether a part of the second text is like the first; a trigram index answers it."""

    arity = 2
    template = "(%(expressions)s)"
    arg_joiner = " <%% "
    output_field = models.BooleanField()


def papers_numbered(rows: QuerySet[M], text: str, limit: int) -> list[M]:
    """Papers whose `number` begins as somebody typed it: 12/qd-ubnd finds 12/QĐ-UBND.

    The beginning up to the first letter is looked for in the index; the rest is compared without
    tones among the first that have it.
    """
    start = re.match(r"[0-9][0-9/.-]*", text.strip())
    if start is None:
        return []
    sure, wanted = start.group().rstrip("/.-"), fold(text)
    found = rows.filter(number__gte=sure, number__lt=sure + _AFTER_ALL)[:_LOOKED_THROUGH]
    return [one for one in found if fold(_number(one)).startswith(wanted)][:limit]


def can_guess() -> bool:
    """Whether this database compares texts by trigrams."""
    if connection.vendor != "postgresql":
        return False
    key = f"trigrams:{connection.settings_dict['NAME']}"
    known: bool | None = cache.get(key)
    if known is None:
        known = has_trigrams()
        cache.set(key, known, timeout=KEPT_SECONDS)
    return known


def has_trigrams() -> bool:
    """Whether the extension is in this PostgreSQL database, asked anew."""
    with connection.cursor() as cursor:
        cursor.execute("select 1 from pg_extension where extname = 'pg_trgm'")
        return cursor.fetchone() is not None


def short(field: str, title: str) -> Replace:
    """A text without the words with which nearly every one of its kind begins."""
    return Replace(F(field), Value(title), Value(""))


def resembling(rows: QuerySet[Any], field: Expression | F, words: str) -> QuerySet[Any]:
    """Those of some rows with a text like the words, the most alike first; SQLite finds none."""
    if not can_guess():
        return rows.none()
    alike = Func(Value(words), field, function="word_similarity",
                 output_field=models.FloatField())  # fmt: skip
    return rows.filter(_PartLike(Value(words), field)).order_by(alike.desc(), field, "pk")


def index_trigrams(columns: Iterable[tuple[type[models.Model], str, str]]) -> bool:
    """Let PostgreSQL find the middle of these texts by index, where it can; whether it can.

    Each is a column and the title that `short` leaves out of it, or nothing. Runs at the end of
    every `migrate`, so that an extension which was missing is made up for.
    """
    if connection.vendor != "postgresql":
        return False
    quote = connection.ops.quote_name
    statements = ["create extension if not exists pg_trgm"]
    for model, field, title in columns:
        table, text = model._meta.db_table, quote(field)
        if title:
            text = f"(replace({text}, '{title}', ''))"
        name = quote(f"{table}_{'short_' if title else ''}{field}_trigrams")
        statements.append(
            f"create index if not exists {name} on {quote(table)} using gin ({text} gin_trgm_ops)"
        )
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
    except DatabaseError:  # no right to it, or PostgreSQL's contrib package is not there
        return False
    return True


def first_words(model: type[models.Model], field: str) -> list[str]:
    """Every word with which a text of a column begins, read from its index and kept for a while.

    Vietnamese given names and surnames are a few hundred, however many people carry them.
    """
    key = f"words:{connection.settings_dict['NAME']}:{model._meta.db_table}:{field}"
    known: list[str] | None = cache.get(key)
    if known is None:
        known = _first_words(model._meta.db_table, field)
        cache.set(key, known, timeout=KEPT_SECONDS)
    return known


def _first_words(table: str, field: str) -> list[str]:
    """One look into the index for each word: the next text is the first one behind 'word !'."""
    quote = connection.ops.quote_name
    name, source = quote(field), quote(table)
    word = "split_part({0}, ' ', 1)"
    if connection.vendor == "sqlite":
        word = "substr({0}, 1, instr({0} || ' ', ' ') - 1)"
    found = word.format("seen.text")
    with connection.cursor() as cursor:
        cursor.execute(
            "with recursive seen(text, number) as ("  # noqa: S608 - names of our own
            f" select (select min({name}) from {source}), 1"
            f" union all select (select min({name}) from {source} where {name} > {found} || '!'),"
            " seen.number + 1 from seen"
            f" where seen.text is not null and seen.number < {_MOST_WORDS})"
            f" select distinct {found} from seen where seen.text is not null"
        )
        return [row[0] for row in cursor.fetchall() if row[0]]
