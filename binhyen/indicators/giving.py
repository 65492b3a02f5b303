# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who recorded anything: how many communes of a place gave their figures in a period.

Which communes did so on a day or in a month is one stored number of the whole country, kept equal
to the stored sums; a period puts them together. Each province has a stretch of `WIDTH` bits, in the
order of the provinces' keys, and each of its communes a bit there, in the order of theirs. New
units get higher keys and none is ever removed, so a bit keeps its meaning.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from binhyen.indicators import sql
from binhyen.indicators.figures import Coverage
from binhyen.indicators.models import Recorded
from binhyen.indicators.sql_recorded import ACTIVITY, FEEDING, TEAMS, Asked, Cells, answers, counted
from binhyen.indicators.wanting import Ask, flow_stretches
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

WIDTH = 512
"""Bits of a province; the largest has 168 communes."""
CODES = frozenset(code for codes in FEEDING.values() for code in codes)
"""Indicators whose stored sums say who recorded anything."""

Given = tuple[Coverage, Coverage]
"""Of a place's communes: how many recorded an activity, how many had teams."""
_Cell = tuple[str, date]
"""Grain and first day."""


def coverage_of(asks: Sequence[Ask]) -> list[dict[int, Given]]:
    """For each place of each ask, who gave figures in its period; one query."""
    found: list[dict[int, Given]] = [{} for _ask in asks]
    wanted = {number: ask for number, ask in enumerate(asks) if ask.places and ask.counted}
    bits: dict[tuple[int, str], int] = defaultdict(int)
    due: dict[int, dict[int, int]] = {number: {} for number in wanted}
    asked = [_asked(number, ask) for number, ask in wanted.items()]
    for number, kind, place, text in sql.rows(answers(asked)) if asked else []:
        if kind == "c":
            found[number][place] = _of_commune(wanted[number], place, text)
        elif kind == "n":
            due[number][place] = due[number].get(place, 0) + int(text)
        else:
            bits[number, kind] |= int(text, 16)
    for number, ask in wanted.items():
        if ask.places[0].level != Level.COMMUNE:
            given = _of_provinces(due[number], bits[number, ACTIVITY], bits[number, TEAMS])
            found[number] = given if ask.places[0].level == Level.PROVINCE else _summed(ask, given)
    return found


def _asked(number: int, ask: Ask) -> Asked:
    communes = ask.ids if ask.places[0].level == Level.COMMUNE else ()
    stretches = flow_stretches(ask.period)
    return Asked(number, ask.period.start, ask.period.end, stretches, communes)


def _of_commune(ask: Ask, place: int, flags: str) -> Given:
    unit = next(one for one in ask.places if one.id == place)
    due = int(unit.valid_from < ask.period.end
              and (unit.valid_to is None or unit.valid_to > ask.period.start))  # fmt: skip
    return Coverage(int(flags[0]), due), Coverage(int(flags[1]), due)


def _of_provinces(due: Mapping[int, int], active: int, manned: int) -> dict[int, Given]:
    """What the bits of the country say of each province."""
    return {
        province: (Coverage(_set_in(active, rank), due[province]),
                   Coverage(_set_in(manned, rank), due[province]))
        for rank, province in enumerate(sorted(due))
    }  # fmt: skip


def _set_in(bits: int, rank: int) -> int:
    return (bits >> (rank * WIDTH) & _MASK).bit_count()


_MASK = (1 << WIDTH) - 1


def _summed(ask: Ask, given: Mapping[int, Given]) -> dict[int, Given]:
    """The nation as the sum of its provinces."""
    both = [
        Coverage(sum(one[kind].have for one in given.values()),
                 sum(one[kind].due for one in given.values()))
        for kind in (0, 1)
    ]  # fmt: skip
    return {ask.places[0].id: (both[0], both[1])}


# ---- keeping the bits


def keep(cells: Cells) -> None:
    """Write the bits of some provinces and first days anew from the stored sums."""
    for kind in (ACTIVITY, TEAMS):
        rows = Recorded.everything.filter(kind=kind)
        if cells.starts is not None:
            rows = rows.filter(start__in=cells.starts)
        outside = ~_mask(cells.provinces)
        bits = {cell: kept & outside for cell, kept in _stored(kind, cells).items()}
        for cell, given in _counted(kind, cells).items():
            bits[cell] = bits.get(cell, 0) | given
        rows.delete()
        Recorded.everything.bulk_create(
            [
                Recorded(kind=kind, grain=grain, start=start, communes=f"{of:x}")
                for (grain, start), of in sorted(bits.items())
                if of
            ],
            batch_size=1_000,
        )


def differing() -> Iterator[tuple[str, _Cell, int, int]]:
    """Kind and cell of bits that are not what the stored sums give; how many are set in each."""
    for kind in (ACTIVITY, TEAMS):
        stored, given = _stored(kind, Cells()), _counted(kind, Cells())
        for cell in sorted(stored.keys() | given.keys()):
            kept, right = stored.get(cell, 0), given.get(cell, 0)
            if kept != right:
                yield kind, cell, kept.bit_count(), right.bit_count()


def _stored(kind: str, cells: Cells) -> dict[_Cell, int]:
    rows = Recorded.everything.filter(kind=kind)
    if cells.starts is not None:
        rows = rows.filter(start__in=cells.starts)
    found = rows.values_list("grain", "start", "communes")
    return {(grain, start): int(bits, 16) for grain, start, bits in found}


def _counted(kind: str, cells: Cells) -> dict[_Cell, int]:
    """The bits of some provinces as the stored sums give them."""
    ranks, places = _ranks(), _places()
    found: dict[_Cell, int] = defaultdict(int)
    for province, grain, start, communes in sql.rows(counted(kind, cells)):
        bits = sum(1 << places[int(commune)] for commune in communes.split(","))
        found[grain, sql.as_day(start)] |= bits << (ranks[province] * WIDTH)
    return dict(found)


def _mask(provinces: Sequence[int] | None) -> int:
    """Every bit of some provinces; of all when none are named."""
    ranks = _ranks()
    return sum(_MASK << (ranks[key] * WIDTH) for key in (ranks if provinces is None else provinces))


def _ranks() -> dict[int, int]:
    """The place of each province among all."""
    rows = Territory.everything.filter(level=Level.PROVINCE).order_by("id")
    return {key: rank for rank, key in enumerate(rows.values_list("id", flat=True))}


def _places() -> dict[int, int]:
    """The place of each commune among those of its province."""
    found: dict[int, int] = {}
    seen: dict[int | None, int] = defaultdict(int)
    communes = Territory.everything.filter(level=Level.COMMUNE).order_by("id")
    for key, parent in communes.values_list("id", "parent_id"):
        found[key] = seen[parent]
        seen[parent] += 1
    return found
