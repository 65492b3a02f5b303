# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sharing a sum among communes, and a year out of months. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from binhyen.core.money import divided
from binhyen.simulations.choices import Rule


@dataclass(frozen=True)
class Need:
    """What a commune lacks for the floor, and how many serve there."""

    code: str
    gap: int
    members: int


def allocated(total: int, needs: Sequence[Need], rule: Rule) -> dict[str, int]:
    """What each commune gets of a sum, by its code.

    Units: whole đồng. Guarantees: nobody gets more than the gap; the shares sum to the given sum,
    or to all gaps where these are smaller. Rounding: by the largest remainder, so no đồng is lost.

    >>> needs = [Need("1", 300, 2), Need("2", 100, 2)]
    >>> allocated(101, needs, Rule.BY_GAP), allocated(101, needs, Rule.PER_MEMBER)
    ({'1': 76, '2': 25}, {'1': 51, '2': 50})
    """
    wanted = min(total, sum(one.gap for one in needs))
    if Rule(rule) is Rule.BY_GAP:
        return shared(wanted, {one.code: one.gap for one in needs})
    return _per_member(wanted, needs)


def shared(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A sum in proportion to weights, in whole đồng that sum to it; the largest remainders get one.

    >>> shared(10, {"a": 1, "b": 1, "c": 1})
    {'a': 4, 'b': 3, 'c': 3}
    """
    whole = sum(weights.values())
    if not whole:
        return dict.fromkeys(weights, 0)
    found = {code: total * weight // whole for code, weight in weights.items()}
    rest = {code: total * weight % whole for code, weight in weights.items()}
    left = total - sum(found.values())
    for code in sorted(weights, key=lambda one: (-rest[one], one))[:left]:
        found[code] += 1
    return found


def _per_member(total: int, needs: Sequence[Need]) -> dict[str, int]:
    """Round by round: who needs less than the equal share gets the gap, the rest is shared anew."""
    found = {one.code: 0 for one in needs}
    open_needs, left = [one for one in needs if one.gap and one.members], total
    while open_needs:
        members = sum(one.members for one in open_needs)
        filled = [one for one in open_needs if one.gap * members <= left * one.members]
        if not filled:
            break
        for one in filled:
            found[one.code] = one.gap
            left -= one.gap
        open_needs = [one for one in open_needs if one not in filled]
    return found | shared(left, {one.code: one.members for one in open_needs})


def of_a_year(months: int, total: int, *, once: int = 0) -> int:
    """A year's cost from that of some months, and of what is paid once a year.

    Rounding: half up, once, on the result.

    >>> of_a_year(5, 101, once=7)
    249
    """
    return int(divided(total * 12, months)) + once
