# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a phone stands with its pulls, as text that it keeps and gives back unread.

A long answer comes in parts: the parts of one answer are ordered by type and id, and the cursor
between them says up to which object they were told and after which event the answer began. What
changes meanwhile is told by the pull after the last part. What is told because another day began
stands first: the later parts have the new day's cursor, and would not tell it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from binhyen.sync.wire import NotJsonError, b64, read_json, unb64

MOST_OBJECTS = 500
"""Objects in one answer: some hundred kilobytes, half a minute on a bad line."""
EVERYTHING = -1
"""The answer did not begin after an event: it tells all that is in scope."""
_PARTS = (str, int, str, str, int, str)
_TOLD_EACH_DAY = "counts"

Object = dict[str, Any]


@dataclass(frozen=True)
class Cursor:
    """Which history, which event, which rights, on which day; and where between two parts."""

    epoch: str
    event: int
    stamp: str
    day: date
    after: int = EVERYTHING
    """In the middle of an answer: the event after which its changes are told."""
    told: str = ""
    """In the middle of an answer: the last object that was told."""

    def text(self) -> str:
        """As the phone keeps it."""
        told = [self.epoch, self.event, self.stamp, self.day.isoformat(), self.after, self.told]
        return b64(json.dumps(told, separators=(",", ":")).encode())

    def going_on(self, after: int) -> "Cursor":
        """The same for an answer that tells what happened after an event."""
        return replace(self, after=after)

    def ended(self) -> "Cursor":
        """The same after the last part of an answer; its day stays that of the first part.

        What grew too old meanwhile may have been told in the first one.
        """
        return replace(self, after=EVERYTHING, told="")


def read_cursor(text: Any) -> Cursor | None:
    """The cursor of a text; None for one that this server does not know."""
    try:
        parts = read_json(unb64(text))
        if tuple(map(type, parts)) != _PARTS:
            return None
        epoch, event, stamp, day, after, told = parts
        return Cursor(epoch, event, stamp, date.fromisoformat(day), after, told)
    except (NotJsonError, ValueError, TypeError):
        return None


def part_of(objects: Sequence[Object], told: str) -> tuple[list[Object], str | None]:
    """The next objects of an answer, and the last one's key if there are more."""
    if not told and len(objects) <= MOST_OBJECTS:
        return list(objects), None
    left = sorted((one for one in objects if key_of(one) > told), key=key_of)
    part = left[:MOST_OBJECTS]
    return part, key_of(part[-1]) if len(left) > len(part) else None


def key_of(one: Object) -> str:
    """By what the objects of an answer in parts are ordered."""
    first = "!" if one["type"] == _TOLD_EACH_DAY else ""  # before every letter
    return f"{first}{one['type']}/{one['id']}"
