# SPDX-License-Identifier: AGPL-3.0-or-later
"""Duties that stand outside the roster: patrols, told by the app above that knows them.

The roster knows no patrol (decision 0009). Whoever plans some registers a source here; the rules
then see when a member is out. A patrol that lies within a shift of its own team is served in that
shift, and one within another shift of the member is counted there already.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from binhyen.duty.rules import Stretch


@dataclass(frozen=True)
class Outing:
    """A member's patrol that is planned or under way."""

    member: UUID
    team: UUID
    when: Stretch


Source = Callable[[Iterable[UUID], datetime, datetime], Iterable[Outing]]
_SOURCES: list[Source] = []


def register_source(source: Source) -> None:
    """Add an app that knows of outings; called once by each when it is ready."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def outings(
    members: Iterable[UUID], start: datetime, end: datetime
) -> dict[UUID, tuple[Outing, ...]]:
    """The outings of some members that touch a stretch of time, by member."""
    wanted = list(members)
    found: dict[UUID, tuple[Outing, ...]] = {}
    for source in _SOURCES:
        for one in source(wanted, start, end):
            found[one.member] = (*found.get(one.member, ()), one)
    return found


def outside(
    shift: Stretch, team: UUID, known: Iterable[Outing], duties: Iterable[Stretch]
) -> tuple[Stretch, ...]:
    """Those outings that no shift holds, neither this one nor another of the member."""
    others = list(duties)
    return tuple(
        one.when
        for one in known
        if not (one.team == team and _within(one.when, shift))
        and not any(_within(one.when, other) for other in others)
    )


def _within(one: Stretch, other: Stretch) -> bool:
    return other.start <= one.start and one.end <= other.end
