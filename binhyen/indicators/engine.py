# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps the stored sums equal to the records as these change.

`fill` reads the events since the last fill, counts the touched communes and days again from the
indicators' definitions and carries the *differences* up to months, province and nation, so a late
entry costs as little as a fresh one. `recounting` counts anew instead, `verifying` compares.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Max

from binhyen.core import feed
from binhyen.core.models import Event
from binhyen.indicators import catalogue, giving, recounting, sql, sql_stored
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.models import Fact
from binhyen.indicators.sql import Sql
from binhyen.indicators.sql_recorded import Cells
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

MANY_CELLS = 8000
"""With more touched communes and days than this, counting whole provinces anew is quicker."""

IDLE = frozenset({"patrol.planned", "patrol.cancelled", "patrol.tracks_forgotten"})
"""Kinds of events that never change a count, though their family does."""

Key = tuple[str, int, str, date, str]
"""Indicator, territory, grain, start, part."""

Watcher = Callable[[str], None]


@dataclass
class _Touched:
    """What the events touched: days of communes, and communes as a whole."""

    days: dict[tuple[str, int], set[date]] = field(default_factory=lambda: defaultdict(set))
    wholes: set[tuple[str, int]] = field(default_factory=set)
    everywhere: set[str] = field(default_factory=set)
    """Indicators whose events lie above a commune."""

    @property
    def size(self) -> int:
        """How many counts the touched cells need, roughly."""
        return sum(len(days) for days in self.days.values()) + len(self.wholes)

    @property
    def codes(self) -> list[str]:
        """Every indicator that was touched, in a settled order."""
        found = {code for code, _place in (*self.days, *self.wholes)} | self.everywhere
        return [code for code in catalogue.ALL if code in found]


def is_stale() -> bool:
    """Whether something was written since the last fill: one cheap question.

    Asked of the newest event: PostgreSQL would look for any newer one through the whole table.
    """
    query = (
        "select 1 where (select coalesce(max(id), 0) from core_event where purpose = '') >"
        " coalesce((select last_event from indicators_readmark where id = 1), 0)"
    )
    return bool(sql.rows(Sql(query)))


def freshen() -> None:
    """Fill if anything was written since the last time; what every read of figures begins with."""
    if is_stale():
        fill()


@transaction.atomic
def fill() -> int:
    """Bring the stored sums up to the last settled event; how many sums changed or were counted.

    One at a time: PostgreSQL locks the mark's row, SQLite has one writer.
    """
    mark = recounting.locked_mark()
    settled = feed.position().settled
    new = Event.everything.filter(id__gt=mark.last_event, id__lte=settled, purpose="")
    last = new.aggregate(last=Max("id"))["last"]
    if last is None:
        return 0
    touched = _touched(mark.last_event, last)
    if touched.everywhere or touched.size > MANY_CELLS:
        places = {place for _code, place in (*touched.days, *touched.wholes)}
        changed = recounting.recount_some(
            touched.codes, [] if touched.everywhere else _provinces(places)
        )
    else:
        changed = _apply(_changes(touched))
    mark.last_event = last
    mark.save(update_fields=["last_event"])
    return changed


def _touched(after: int, last: int) -> _Touched:
    """The cells that the events after one number, up to another, may have changed."""
    groups = sql.rows(
        Sql(
            "select e.kind, e.place_id, t.level, e.on_day, e.was_on_day from core_event e"
            " left join territory_territory t on t.id = e.place_id"
            " where e.id > %s and e.id <= %s and e.purpose = ''"
            " group by e.kind, e.place_id, t.level, e.on_day, e.was_on_day",
            (after, last),
        )
    )
    fed = _feeding()
    touched = _Touched()
    for kind, place, level, on_day, was_on_day in groups:
        for one in fed(kind):
            if level != Level.COMMUNE:
                touched.everywhere.add(one.code)
            elif one.feeds_whole_place:
                touched.wholes.add((one.code, place))
            else:
                days = touched.days[one.code, place]
                days.update(sql.as_day(day) for day in (on_day, was_on_day) if day)
    return touched


def _feeding() -> Callable[[str], list[Indicator]]:
    """Which indicators a kind of event feeds."""
    counted = catalogue.counted()
    known: dict[str, list[Indicator]] = {}

    def fed(kind: str) -> list[Indicator]:
        if kind not in known:
            fed_by = () if kind in IDLE else counted
            known[kind] = [one for one in fed_by if kind.startswith(one.feeds)]
        return known[kind]

    return fed


def _provinces(places: Iterable[int]) -> list[str]:
    """The paths of the provinces in which communes lie."""
    return sorted(
        set(
            Territory.everything.filter(id__in=list(places))
            .order_by()
            .values_list("parent__path", flat=True)
        )
    )


def _changes(touched: _Touched) -> dict[Key, int]:
    """What has to be added to the stored sums of communes by day."""
    changes: dict[Key, int] = {}
    cells = [(code, place, None) for code, place in touched.wholes]
    days = [(code, place, sorted(days)) for (code, place), days in touched.days.items()]
    for code, place, of_days in (*cells, *days):
        for part_key, difference in _differences(code, place, of_days):
            changes[part_key] = difference
    return changes


def _differences(code: str, place: int, days: list[date] | None) -> Iterator[tuple[Key, int]]:
    """Counted less stored, for a commune's days or, with None, for all of them."""
    where = Sql("territory_id = %s", (place,))
    stored = Fact.everything.filter(indicator=code, territory_id=place, grain="d")
    if days is not None:
        where = where + "and" + sql.among("day", days)
        stored = stored.filter(start__in=days)
    counted = {
        (sql.as_day(day), str(part)): int(amount)
        for _place, day, part, amount in sql.rows(sql.counts(catalogue.ALL[code].definition, where))
    }
    kept = {(day, part): value for day, part, value in stored.values_list("start", "part", "value")}
    for day, part in counted.keys() | kept.keys():
        difference = counted.get((day, part), 0) - kept.get((day, part), 0)
        if difference:
            yield (code, place, "d", day, part), difference


def _apply(changes: dict[Key, int]) -> int:
    """Add differences to communes' days, and to months, provinces and nation above them."""
    above = _ancestors({place for _code, place, _grain, _day, _part in changes})
    sums: dict[Key, int] = defaultdict(int)
    for (code, place, _grain, day, part), difference in changes.items():
        for at in (place, *above[place]):
            sums[code, at, "d", day, part] += difference
            sums[code, at, "m", day.replace(day=1), part] += difference
    wanted = {key: value for key, value in sorted(sums.items()) if value}
    sql.run_many(sql_stored.ADD, [(*key, value) for key, value in wanted.items()])
    sql.run_many(sql_stored.REMOVE_ZERO, list(wanted))
    starts = {start for code, _at, _grain, start, _part in wanted if code in giving.CODES}
    if starts:
        provinces = {ups[0] for ups in above.values() if ups}
        giving.keep(Cells(sorted(provinces), sorted(starts)))
    return len(wanted)


def _ancestors(places: set[int]) -> dict[int, tuple[int, ...]]:
    found = Territory.everything.filter(id__in=places).values_list(
        "id", "parent_id", "parent__parent_id"
    )
    return {place: tuple(up for up in ups if up is not None) for place, *ups in found}
