# SPDX-License-Identifier: AGPL-3.0-or-later
"""One's own staff by name: tone-free, by given name or from the beginning, with a slip forgiven."""

import functools
from collections.abc import Iterator
from itertools import islice, product
from operator import or_
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When

from binhyen.core.actors import Scope
from binhyen.core.likeness import first_words
from binhyen.core.models import begins
from binhyen.core.text import fold, nearest
from binhyen.personnel.models import Member
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_MOST_WORDS = 6
"""Words of a name that are looked at; nobody's has more."""
_MOST_READINGS = 6
"""What a name with slips is taken for, at most."""


def members_named(*, scope: Scope, text: str, limit: int) -> list[Member]:
    """The files of a scope that carry a name, the best first; only what a list names is selected.

    "binh", "van binh", "nguyen binh", "nguyen van" and "nguyen van b" all find Nguyễn Văn Bình.
    Every step reads an index, so that it costs the same among a hundred and 276,000.
    """
    words = fold(text).split()[:_MOST_WORDS]
    if not words or scope.is_empty:
        return []
    rows = _listed(scope)
    if "" in scope.areas:
        found = _first(_in_turn(rows, words, limit), limit)
    else:
        found = list(_among_few(rows, words)[:limit])
    if not found and (readings := list(_readings(words))):
        meant = functools.reduce(or_, (_called(reading) for reading in readings))
        found = list(rows.filter(meant).order_by("name_order", "id")[:limit])
    return found


def _listed(scope: Scope) -> QuerySet[Member]:
    rows = Member.objects.within(scope)
    if (scope.areas or scope.units) and "" not in scope.areas:
        # Said once more by number, so that every database begins with the communes and not with
        # everybody of that name.
        communes = Territory.objects.within(scope).filter(level=Level.COMMUNE).order_by()
        rows = rows.filter(territory__in=communes.values("pk"))
    rows = rows.select_related("team", "territory")
    return rows.only("full_name", "name_order", "team__name", "territory__kind",
                     "territory__name", "territory__level")  # fmt: skip


def _called(words: list[str], after: str = "") -> Q:
    """Names whose last word begins like the last one, and that have the others before it."""
    *others, given = words
    condition = begins("name_order", given + after)
    for other in others:
        condition &= Q(name_order__contains=f" {other}")
    return condition


def _among_few(rows: QuerySet[Member], words: list[str]) -> QuerySet[Member]:
    """In a commune or a province: by given name, by beginning, by a name in the middle."""
    written = " ".join(words)
    given, whole = _called(words, " "), begins("name_folded", written)
    middle = Q(name_folded__contains=f" {written}")
    rank = Case(When(given, then=0), When(whole, then=1), default=2, output_field=IntegerField())
    return rows.filter(_called(words) | whole | middle).order_by(rank, "name_order", "id")


def _in_turn(rows: QuerySet[Member], words: list[str], limit: int) -> Iterator[Member]:
    """In the whole nation: the same, without names in the middle and step by step."""
    whole = begins("name_folded", " ".join(words))
    yield from rows.filter(_called(words, " ")).order_by("name_order", "id")[:limit]
    yield from rows.filter(whole).order_by("name_folded", "id")[:limit]
    yield from rows.filter(_called(words)).order_by("name_order", "id")[:limit]


def _readings(words: list[str]) -> Iterator[list[str]]:
    """The same words with those replaced that no name begins or ends with.

    What stands in the middle may also be right, since middle names are not among the known words.
    """
    known = {*first_words(Member, "name_order"), *first_words(Member, "name_folded")}
    choices = [[word] if word in known else nearest(word, known) or [word] for word in words]
    for place, word in enumerate(words[1:-1], start=1):
        choices[place] = [word, *(one for one in choices[place] if one != word)]
    readings = map(list, product(*choices))
    return islice((one for one in readings if one != words), _MOST_READINGS)


def _first(members: Iterator[Member], limit: int) -> list[Member]:
    """The first of some members, each once."""
    found: dict[UUID, Member] = {}
    for member in members:
        found.setdefault(member.id, member)
        if len(found) == limit:
            break
    return list(found.values())
