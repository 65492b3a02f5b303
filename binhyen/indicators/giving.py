# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who recorded anything: how many communes of a place gave their figures in a period.

Counting looks at every commune below the place, so a place and its units, which a page asks for
together, are counted once; where nobody reads the number, one look says whether anyone did.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from binhyen.indicators import sql
from binhyen.indicators.figures import Coverage
from binhyen.indicators.reading import Given
from binhyen.indicators.sql import Covered
from binhyen.indicators.wanting import Ask
from binhyen.territory.choices import Level

ACTIVE = ("ACT_PATROLS", "ACT_REPORTS", "ACT_TRAFFIC", "ACT_DISPUTES_FOUND")
"""A commune that recorded any of these in a period gave its figures."""

_BELOW = {Level.NATION: Level.PROVINCE, Level.PROVINCE: Level.COMMUNE}


def given_of(asks: Sequence[Ask]) -> list[dict[int, Given]]:
    """For each place of each ask: who recorded anything in its period."""
    found: list[dict[int, Given]] = [{} for _ask in asks]
    wanted = {number: ask for number, ask in enumerate(asks) if ask.places and ask.counted}
    _count({n: ask for n, ask in wanted.items() if ask.is_covered}, found)
    looked = [_covered(n, ask) for n, ask in wanted.items() if not ask.is_covered]
    rows = sql.rows(sql.whether_any(looked, active=ACTIVE)) if looked else []
    for number, place, is_active, is_manned in rows:
        found[number][place] = Given(None, None, bool(is_active), bool(is_manned))
    return found


def _count(asks: Mapping[int, Ask], found: list[dict[int, Given]]) -> None:
    """Put the number of communes, of active ones and of those with teams where they belong."""
    above = _units_above(asks)
    counted = [
        replace(_covered(number, ask), under=asks[above[number]].ids if number in above else ())
        for number, ask in asks.items()
        if number not in above.values()
    ]
    sums: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    for number, place, *counts in sql.rows(sql.coverage(counted, active=ACTIVE)) if counted else []:
        keys = [(number, place)]
        if number in above:
            keys.append((above[number], asks[above[number]].ids[0]))
        for key in keys:
            sums[key] = [a + int(b) for a, b in zip(sums[key], counts, strict=True)]
    for (number, place), (due, active, manned) in sums.items():
        found[number][place] = Given(
            Coverage(active, due),
            Coverage(manned, due),
            is_active=bool(active),
            is_manned=bool(manned),
        )


def _units_above(asks: Mapping[int, Ask]) -> dict[int, int]:
    """Asks for the units right below the one place of another ask, on the same days: their pair."""
    return {
        number: other
        for number, ask in asks.items()
        for other, whole in asks.items()
        if len(whole.places) == 1
        and ask.period == whole.period
        and _BELOW.get(Level(whole.places[0].level)) == ask.places[0].level
        and all(place.parent_id == whole.places[0].id for place in ask.places)
    }


def _covered(number: int, ask: Ask) -> Covered:
    return Covered(number, ask.places[0].level, ask.ids, ask.period.start, ask.period.end)
