# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records that a careful reader should look at, with their list, so that checks can be scored.

Copied patrols (a team that writes the same evening again and again: same hour, same length, same
way, same crew), impossible walks (dozens of kilometres on foot in two hours), patrols written down
days later, and patrols corrected afterwards. They count in the figures like the others: the product
must find them, not the demonstration hide them.
"""

from dataclasses import dataclass, field
from uuid import UUID

from binhyen.demo.world.plan import CommunePlan
from binhyen.demo.world.sources import stream

_COPYING = 0.12  # communes with a team that copies
_LEAPING, _LEAPS = 0.15, 0.002  # communes with impossible walks, and how many of their patrols
_LASTS = 150  # days for which a team copies
COPIED_BEGIN, COPIED_MINUTES, COPIED_M = 20 * 60, 120, 5_000
LEAP_M = 42_000
KINDS = ("copied", "leaps", "late", "corrected")


@dataclass(slots=True)
class Planted:
    """Where a commune's records are not to be believed, and which they turned out to be."""

    team: int
    """The place in the list of teams of the one that copies; -1 for none."""
    first_day: int
    """Days since the launch."""
    leap_rate: float
    copied: list[UUID] = field(default_factory=list)
    leaps: list[UUID] = field(default_factory=list)
    late: list[UUID] = field(default_factory=list)
    corrected: list[UUID] = field(default_factory=list)

    @property
    def by_kind(self) -> dict[str, list[UUID]]:
        """Which they turned out to be, by kind."""
        return {kind: getattr(self, kind) for kind in KINDS}

    def is_copy(self, team: int, day: int) -> bool:
        """Whether a team writes the same evening on a day."""
        return team == self.team and self.first_day <= day < self.first_day + _LASTS


def planted(seed: int, plan: CommunePlan) -> Planted:
    """What is planted in a commune."""
    draw = stream(seed, plan.code, "planted")
    copying = draw.random() < _COPYING
    team, first_day = draw.randrange(plan.teams), draw.randrange(60, 900)
    return Planted(
        team=team if copying else -1,
        first_day=first_day,
        leap_rate=_LEAPS if draw.random() < _LEAPING else 0.0,
    )
