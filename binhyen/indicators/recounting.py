# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts stored sums anew from the records, in sets: of everything, or of some places."""

from collections.abc import Callable, Sequence

from django.db import transaction
from django.db.models import Max

from binhyen.core import feed
from binhyen.core.models import Event
from binhyen.indicators import catalogue, giving, sql, sql_recount, sql_stored
from binhyen.indicators.models import ReadMark
from binhyen.indicators.sql import Sql
from binhyen.indicators.sql_recorded import Cells
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

Watcher = Callable[[str], None]


def locked_mark() -> ReadMark:
    """How far the events were read. Who counts holds it: one at a time."""
    ReadMark.everything.bulk_create([ReadMark(id=1)], ignore_conflicts=True)
    return ReadMark.everything.select_for_update().get(id=1)


@transaction.atomic
def recount(
    codes: Sequence[str] | None = None,
    *,
    areas: Sequence[str] = (),
    watch: Watcher | None = None,
) -> int:
    """Forget stored sums and count them anew from the records, in sets; how many are stored.

    `codes` names indicators (all when None), `areas` paths of places (all when empty), `watch` is
    told each code when it is done. A recount of everything also moves the mark to the last settled
    event, so it is what ends a bulk load.
    """
    mark = locked_mark()
    areas = [] if "" in areas else areas
    chosen = [one.code for one in catalogue.counted() if codes is None or one.code in codes]
    if codes is None and not areas:
        new = Event.everything.filter(id__lte=feed.position().settled, purpose="")
        last = new.aggregate(last=Max("id"))["last"]
        mark.last_event = last or 0
        mark.save(update_fields=["last_event"])
        return _recount_everything(chosen, watch)
    return recount_some(chosen, areas, watch)


def _recount_everything(codes: Sequence[str], watch: Watcher | None) -> int:
    """Each indicator counted once and summed up from there, into a table without its key."""
    total = 0
    with sql_recount.emptied():
        for code in sorted(codes):  # the order of the key
            with sql_recount.counted(catalogue.ALL[code].definition):
                total += sql.run(sql_recount.insert_all(code))
            if watch is not None:
                watch(code)
    giving.keep(Cells())
    return total


def recount_some(codes: Sequence[str], areas: Sequence[str], watch: Watcher | None = None) -> int:
    """Count some indicators anew in some places, all when none are named; the mark stays."""
    total = 0
    for code in codes:
        for area in areas or ("",):
            total += _recount_communes(code, area)
        total += _sum_up(code, areas)
        if watch is not None:
            watch(code)
    if giving.CODES.intersection(codes):
        giving.keep(Cells(_provinces_of(areas) if areas else None))
    return total


def _recount_communes(code: str, area: str) -> int:
    inside = Sql("territory_id in") + sql.communes_below(area)
    definition = catalogue.ALL[code].definition
    sql.run(sql_stored.delete_facts(code, inside))
    days = sql.run(sql_stored.insert_days(code, definition, inside))
    return days + sql.run(sql_stored.insert_months(code, inside))


def _sum_up(code: str, areas: Sequence[str]) -> int:
    """Provinces from their communes, then the nation from the provinces."""
    ids = _provinces_of(areas)
    nation = "territory_id in (select id from territory_territory where level = 'nation')"
    sql.run(sql_stored.delete_facts(code, sql.among("territory_id", ids)))
    stored = sql.run(sql_stored.insert_parents(code, Level.COMMUNE, sql.among("t.parent_id", ids)))
    sql.run(sql_stored.delete_facts(code, Sql(nation)))
    return stored + sql.run(sql_stored.insert_parents(code, Level.PROVINCE, Sql("1 = 1")))


def _provinces_of(areas: Sequence[str]) -> list[int]:
    """The provinces in which some paths lie; every one when there are none."""
    provinces = Territory.everything.filter(level=Level.PROVINCE)
    if areas:
        provinces = provinces.filter(path__in={f"{area.split('.')[0]}." for area in areas if area})
    return list(provinces.order_by().values_list("id", flat=True))
