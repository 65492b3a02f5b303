# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reviews that may be read."""

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.reports.models import Review
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import in_force


def reviews_in(*, scope: Scope, under: Territory | None = None) -> QuerySet[Review]:
    """The reviews of the scope, newest first."""
    rows = Review.objects.within(scope).select_related("territory")
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    return rows.defer("numbers")


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
