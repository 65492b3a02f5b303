# SPDX-License-Identifier: AGPL-3.0-or-later
"""How much one serves, as a phone gets it: for oneself, anew each day and with one's own shifts."""

from collections.abc import Collection
from typing import Any
from uuid import UUID, uuid5

from binhyen.core.actors import Actor
from binhyen.duty.own import own_counts


def own_count_objects(by: Actor, teams: Collection[UUID]) -> list[dict[str, Any]]:
    """One object with the person's own counts; none for who serves in none of these teams."""
    counts = own_counts(by=by)
    if counts is None or counts.team not in teams:
        return []
    lines = [
        {"measure": one.measure.value, "mine": one.mine,
         "middle": list(one.middle) if one.middle else None}
        for one in counts.lines
    ]  # fmt: skip
    return [{"type": "counts", "id": _id(counts.member), "day": by.on.isoformat(),
             "team": str(counts.team), "lines": lines}]  # fmt: skip


def own_counts_now(by: Actor, teams: Collection[UUID]) -> tuple[list[dict[str, Any]], list[str]]:
    """The same, and what is to go where there are none any more."""
    told = own_count_objects(by, teams)
    return told, [_id(by.member_id)] if by.member_id and not told else []


def _id(member: UUID) -> str:
    return str(uuid5(member, "counts"))
