# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a patrol takes along: a short list of things, suggested or free; never people.

The list is stored as it was written, one thing a line.
"""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused, Text
from binhyen.core.text import clean
from binhyen.patrols.rules import LONGEST_NUMBER

MOST_THINGS = 12
LONGEST_THING = 60

USUAL: tuple[Text, ...] = (
    _("Torch"),
    _("Two-way radio"),
    _("Whistle"),
    _("Reflective vest"),
    _("First-aid bag"),
    _("Fire extinguisher"),
    _("Rubber baton"),
    _("Metal baton"),
    _("Anti-stab vest"),
    _("Knife-catching gloves"),
)
"""Suggestions; the last four are the support tools of Circular 14/2024/TT-BCA Art. 8."""


class TooManyThings(Refused):
    """More than anybody carries."""

    field = "kit"
    why = _("The list has %(number)s things, and a patrol takes at most %(most)s along.")
    remedy = _("Put small things into one line, such as “bag with rope and gloves”.")


class ThingTooLong(Refused):
    """A thing that takes a sentence."""

    field = "kit"
    why = _("“%(words)s …” is longer than %(most)s letters.")
    remedy = _("Name the thing in a few words.")


class NumberInKit(Refused):
    """A thing with a number that is long enough to be a person's."""

    field = "kit"
    why = _("“%(words)s” holds a long number, and the list names things, never people.")
    remedy = _("Write the thing alone, such as “torch” or “two-way radio 3”.")


def packed(things: Iterable[str]) -> str:
    """A list as it is stored: each thing once, in its order; empty ones are left out.

    >>> packed(["Torch ", "", "Rope", "torch"])
    'Torch\\nRope'

    Raises TooManyThings, ThingTooLong, NumberInKit.
    """
    wanted: dict[str, str] = {}
    for thing in things:
        if words := clean(thing):
            wanted.setdefault(words.casefold(), words)
    if len(wanted) > MOST_THINGS:
        raise TooManyThings(number=len(wanted), most=MOST_THINGS)
    for words in wanted.values():
        if len(words) > LONGEST_THING:
            raise ThingTooLong(words=words[:LONGEST_THING], most=LONGEST_THING)
        if LONGEST_NUMBER.search(words):
            raise NumberInKit(words=words)
    return "\n".join(wanted.values())


def unpacked(kit: str) -> list[str]:
    """The things of a stored list."""
    return kit.splitlines()


def sorted_out(kit: str) -> tuple[list[str], str]:
    """A stored list as the form takes it: what it suggests anyway, and the rest on one line."""
    suggested, things = [str(one) for one in USUAL], unpacked(kit)
    rest = [one for one in things if one not in suggested]
    return [one for one in suggested if one in things], ", ".join(rest)
