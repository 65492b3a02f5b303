# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of places: put on a new patrol, and removed with the way walked."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.ids import uuid7
from binhyen.core.models import path_range
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.patrols.models import Patrol, PlaceToCheck
from binhyen.patrols.rules import LONGEST_NUMBER, MOST_PLACES
from binhyen.territory.models import Territory


class TooManyPlaces(Refused):
    """A list that nobody gets through in one patrol."""

    field = "places"
    why = _("The list has %(number)s lines, and a patrol checks at most %(most)s.")
    remedy = _("Put doors of an alley on one line, or plan another patrol.")


class NumberOfSomebody(Refused):
    """A line with a number that is long enough to be a person's."""

    field = "places"
    why = _("“%(words)s” holds a long number, and a list names places, never people.")
    remedy = _("Write an alley and house numbers, such as “alley 12, houses 1 to 20”.")


def list_places(patrol: Patrol, lines: Sequence[str]) -> None:
    """Put a list on a new patrol; empty lines are left out.

    Raises TooManyPlaces, NumberOfSomebody, Invalid.
    """
    wanted = [words for line in lines if (words := clean(line))]
    if len(wanted) > MOST_PLACES:
        raise TooManyPlaces(number=len(wanted), most=MOST_PLACES)
    for number, words in enumerate(wanted, start=1):
        if LONGEST_NUMBER.search(words):
            raise NumberOfSomebody(words=words)
        save(PlaceToCheck(id=uuid7(), patrol=patrol, number=number, words=words))


def forget_lists(territory: Territory, before: date) -> None:
    """Remove the lists of patrols before a day, in one area: they go with the ways walked."""
    listed = PlaceToCheck.everything.filter(
        path_range("patrol__territory__path", territory.path), patrol__on_day__lt=before
    )
    listed.delete()
