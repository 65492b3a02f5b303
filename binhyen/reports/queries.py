# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reviews that may be read."""

import re
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.core.periods import calendar_year
from binhyen.core.text import fold
from binhyen.reports.models import Review
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import in_force

_DIGEST = re.compile(r"[0-9a-f]{8,64}")
_YEAR = re.compile(r"20[0-9]{2}")
_OF_TITLES = frozenset(
    [
        "review",
        "annual",
        "of",
        "the",
        "bao",
        "cao",
        "tong",
        "ket",
        "nam",
        "hang",
        "danh",
        "gia",
        "cua",
    ]
)
"""Words of every title, in both languages; a place is not found by them."""


def reviews_in(*, scope: Scope, under: Territory | None = None) -> QuerySet[Review]:
    """The reviews of the scope, newest first."""
    rows = Review.objects.within(scope).select_related("territory")
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    return rows.defer("numbers")


def reviews_named(*, scope: Scope, text: str, limit: int) -> list[Review]:
    """Reviews by the place and year of their title or the beginning of their digest, newest first.

    "review mui ne 2025", "bao cao mui ne" and the first signs of the digest that stands on the
    paper find it.
    """
    rows = reviews_in(scope=scope)
    if _DIGEST.fullmatch(text.strip().lower()):
        return list(rows.filter(digest__startswith=text.strip().lower())[:limit])
    words = [word for word in fold(text).split() if word not in _OF_TITLES]
    if not words:
        return list(rows[:limit]) if fold(text) else []
    for word in words:
        if _YEAR.fullmatch(word):
            year = calendar_year(int(word))
            rows = rows.filter(starts_on__lt=year.end, ends_on__gt=year.start)
        else:
            rows = rows.filter(territory__name_folded__contains=word)
    return list(rows[:limit])


def reviewable(*, scope: Scope, on: date) -> list[Territory]:
    """The places whose review may be made: the nation and provinces, or a province's communes."""
    levels = [Level.NATION, Level.PROVINCE]
    if "" not in scope.areas:
        levels.append(Level.COMMUNE)
    found = Territory.objects.within(scope).filter(in_force(on), level__in=levels)
    return sorted(found, key=lambda place: (len(place.path), place.name_order))


def review(*, scope: Scope, review_id: UUID) -> Review:
    """One review. Raises Forbidden, which looks like 'not found'."""
    found = Review.objects.within(scope).select_related("territory").filter(pk=review_id).first()
    if found is None:
        raise Forbidden
    return found
