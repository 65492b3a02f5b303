# SPDX-License-Identifier: AGPL-3.0-or-later
"""SQL about who recorded anything: the stored bits, and single communes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from binhyen.indicators import sql
from binhyen.indicators.sql import Sql
from binhyen.indicators.sql_stored import Stretch

ACTIVITY, TEAMS = "a", "t"
ACTIVE = ("ACT_PATROLS", "ACT_REPORTS", "ACT_TRAFFIC", "ACT_DISPUTES_FOUND")
"""A commune that recorded any of these in a period gave its figures."""
FEEDING = {ACTIVITY: ACTIVE, TEAMS: ("FORCE_TEAMS",)}
"""The indicators behind each kind of bits."""
_GRAINS = {ACTIVITY: ("d", "m"), TEAMS: ("m",)}


@dataclass(frozen=True)
class Cells:
    """Days and months of provinces; None is every one."""

    provinces: Sequence[int] | None = None
    starts: Sequence[date] | None = None


def counted(kind: str, cells: Cells) -> Sql:
    """From the stored sums: province, grain, first day, and the province's communes as a list."""
    return (
        Sql(f"select parent_id, grain, start, {sql.list_of('territory_id')} from (")
        + "select distinct t.parent_id, f.grain, f.start, f.territory_id"
        + "from territory_territory t join indicators_fact f on f.territory_id = t.id"
        + "where t.level = 'commune' and"
        + sql.among("f.indicator", FEEDING[kind])
        + "and"
        + sql.among("f.grain", _GRAINS[kind])
        + "and"
        + _inside(cells)
        + ") recorded group by parent_id, grain, start"
    )


def _inside(cells: Cells) -> Sql:
    where = Sql("1 = 1")
    if cells.provinces is not None:
        where = sql.among("t.parent_id", cells.provinces)
    return where if cells.starts is None else where + "and" + sql.among("f.start", cells.starts)


@dataclass(frozen=True)
class Asked:
    """Some days under a number: of the whole country or, where some are named, single communes."""

    number: int
    start: date
    end: date
    stretches: Sequence[Stretch]
    communes: Sequence[int] = ()


def answers(asked: Sequence[Asked]) -> Sql:
    """Number, kind, place and a text: bits, communes in force, or a commune's two flags.

    Kinds are those of the bits (with no place), 'n' for a province, to be added up, 'c' for a
    commune.
    """
    return sql.together([part for one in asked for part in _parts(one)])


def _parts(one: Asked) -> list[Sql]:
    if one.communes:
        return [_flags(one)]
    teams = _bits(one, TEAMS, Stretch("m", None, one.end))
    return [*(_bits(one, ACTIVITY, stretch) for stretch in one.stretches), teams, *_due(one)]


def _bits(one: Asked, kind: str, stretch: Stretch) -> Sql:
    query = Sql(f"select {one.number:d}, kind, 0, communes from indicators_recorded where") + Sql(
        "kind = %s and grain = %s and start < %s", (kind, stretch.grain, stretch.end)
    )
    return query if stretch.first is None else query + Sql("and start >= %s", (stretch.first,))


def _due(one: Asked) -> list[Sql]:
    """Communes in force in the days by province, and a nought for each province there ever was."""
    communes = (
        Sql(f"select {one.number:d}, 'n', parent_id, cast(count(*) as text)")
        + f"from territory_territory where parent_id in ({_PROVINCES}) and level = 'commune'"
        + Sql("and valid_from < %s and (valid_to is null or valid_to > %s)", (one.end, one.start))
        + "group by parent_id"
    )
    every = (
        f"select {one.number:d}, 'n', id, '0' from territory_territory where id in ({_PROVINCES})"
    )
    return [communes, Sql(every)]


_PROVINCES = "select id from territory_territory where level = 'province'"


def _flags(one: Asked) -> Sql:
    """Whether single communes have stored activities in the days, and teams before their end."""
    facts = "exists (select 1 from indicators_fact f where f.territory_id = c.id and"
    return (
        Sql(f"select {one.number:d}, 'c', c.id, case when {facts}")
        + sql.among("f.indicator", ACTIVE)
        + Sql("and f.grain = 'd' and f.start >= %s and f.start < %s)", (one.start, one.end))
        + f"then '1' else '0' end || case when {facts}"
        + Sql("f.indicator = 'FORCE_TEAMS' and f.grain = 'm' and f.start < %s)", (one.end,))
        + "then '1' else '0' end from territory_territory c where"
        + sql.among("c.id", one.communes)
    )
