# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who recorded anything: how many communes of a place gave their figures in a period.

Which communes of a province did so on a day or in a month is stored as bits and kept equal to the
stored sums; a period puts them together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from binhyen.indicators import sql
from binhyen.indicators.figures import Coverage
from binhyen.indicators.models import Recorded
from binhyen.indicators.sql_recorded import (
    ACTIVITY,
    FEEDING,
    TEAMS,
    Asked,
    Cells,
    answers,
    counted,
    delete,
)
from binhyen.indicators.wanting import Ask, flow_stretches
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

CODES = frozenset(code for codes in FEEDING.values() for code in codes)
"""Indicators whose stored sums say who recorded anything."""
Given = tuple[Coverage, Coverage]
"""Of a place's communes: how many recorded an activity, how many had teams."""

_Cell = tuple[int, str, date]
"""Province, grain, first day."""
_Bits = Mapping[tuple[int, str, int], int]
"""By number of the ask, kind and province."""


def coverage_of(asks: Sequence[Ask]) -> list[dict[int, Given]]:
    """For each place of each ask, who gave figures in its period; one query."""
    found: list[dict[int, Given]] = [{} for _ask in asks]
    wanted = {number: ask for number, ask in enumerate(asks) if ask.places and ask.counted}
    bits: dict[tuple[int, str, int], int] = defaultdict(int)
    due: dict[int, dict[int, int]] = {number: {} for number in wanted}
    asked = [_asked(number, ask) for number, ask in wanted.items()]
    for number, kind, place, text in sql.rows(answers(asked)) if asked else []:
        if kind == "c":
            found[number][place] = _of_commune(wanted[number], place, text)
        elif kind == "n":
            due[number][place] = int(text)
        else:
            bits[number, kind, place] |= int(text, 16)
    for number, ask in wanted.items():
        if ask.places[0].level != Level.COMMUNE:
            found[number] = _of_provinces(number, ask, due[number], bits)
    return found


def _asked(number: int, ask: Ask) -> Asked:
    stretches, level = flow_stretches(ask.period), ask.places[0].level
    return Asked(
        number,
        ask.period.start,
        ask.period.end,
        stretches,
        provinces=None if level == Level.NATION else ask.ids,
        communes=ask.ids if level == Level.COMMUNE else (),
    )


def _of_commune(ask: Ask, place: int, flags: str) -> Given:
    unit = next(one for one in ask.places if one.id == place)
    due = int(unit.valid_from < ask.period.end
              and (unit.valid_to is None or unit.valid_to > ask.period.start))  # fmt: skip
    return _given(due, int(flags[0]), int(flags[1]))


def _of_provinces(number: int, ask: Ask, due: Mapping[int, int], bits: _Bits) -> dict[int, Given]:
    """The counts of provinces, or of the nation as their sum."""
    counts = {
        province: (of, bits.get((number, ACTIVITY, province), 0).bit_count(),
                   bits.get((number, TEAMS, province), 0).bit_count())
        for province, of in due.items()
    }  # fmt: skip
    if ask.places[0].level == Level.PROVINCE:
        return {place: _given(*each) for place, each in counts.items()}
    whole = [sum(column) for column in zip(*counts.values(), strict=True)] or [0, 0, 0]
    return {ask.places[0].id: _given(*whole)}


def _given(due: int, active: int, manned: int) -> Given:
    return Coverage(active, due), Coverage(manned, due)


# ---- keeping the bits


def keep(cells: Cells) -> None:
    """Write the bits of some cells anew from the stored sums."""
    for kind in (ACTIVITY, TEAMS):
        sql.run(delete(kind, cells))
        Recorded.everything.bulk_create(
            [
                Recorded(kind=kind, territory_id=province, grain=grain, start=start, communes=bits)
                for (province, grain, start), bits in _counted(kind, cells).items()
            ],
            batch_size=5_000,
        )


def differing() -> Iterator[tuple[str, _Cell, int, int]]:
    """Kind and cell of bits that are not what the stored sums give; how many are set in each."""
    for kind in (ACTIVITY, TEAMS):
        rows = Recorded.everything.filter(kind=kind).values_list(
            "territory_id", "grain", "start", "communes"
        )
        stored = {(province, grain, start): bits for province, grain, start, bits in rows}
        given = _counted(kind, Cells())
        for key in sorted(stored.keys() | given.keys()):
            kept, right = stored.get(key, "0"), given.get(key, "0")
            if kept != right:
                yield kind, key, int(kept, 16).bit_count(), int(right, 16).bit_count()


def _counted(kind: str, cells: Cells) -> dict[_Cell, str]:
    """The bits as the stored sums give them."""
    places = _positions(cells.provinces)
    return {
        (province, grain, sql.as_day(start)): _as_bits(places[int(one)] for one in text.split(","))
        for province, grain, start, text in sql.rows(counted(kind, cells))
    }


def _positions(provinces: Sequence[int] | None) -> dict[int, int]:
    """The bit of each commune: its place among its province's communes, by key.

    New units get higher keys and none is ever removed, so a bit keeps its meaning.
    """
    communes = Territory.everything.filter(level=Level.COMMUNE)
    if provinces is not None:
        communes = communes.filter(parent__in=provinces)
    found: dict[int, int] = {}
    seen: dict[int | None, int] = defaultdict(int)
    for key, parent in communes.order_by("id").values_list("id", "parent_id"):
        found[key] = seen[parent]
        seen[parent] += 1
    return found


def _as_bits(positions: Iterable[int]) -> str:
    return f"{sum(1 << position for position in positions):x}"
