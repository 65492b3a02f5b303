# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who looks at what waits: commune police of the commune that stands where the phone was."""

from binhyen.accounts.choices import Role
from binhyen.accounts.words import role_name
from binhyen.core import clock
from binhyen.territory.models import Territory


def place_today(place: Territory) -> Territory:
    """The unit that stands today where a unit stood: itself, or what succeeded it."""
    today, seen = clock.today(), set[int]()
    while not place.is_in_force(today) and place.pk not in seen:
        seen.add(place.pk)
        after = place.succeeded_by.order_by("valid_from", "code").first()
        if after is None:
            break
        place = after
    return place


def owner_said(place: Territory) -> str:
    """The owner in the reader's language: role and place."""
    return f"{role_name(Role.COMMUNE_POLICE)}, {place.full_name}"
