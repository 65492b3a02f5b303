# SPDX-License-Identifier: AGPL-3.0-or-later
"""The official units of `data/territory`, put into the tables in sets for `load_reference`."""

from datetime import date
from typing import Any

from binhyen.territory import reference
from binhyen.territory.choices import Kind, Level
from binhyen.territory.models import NATION_CODE, Designation, Territory

_BATCH = 1000
_INDEPENDENCE = date(1945, 9, 2)


def store_nation() -> Territory:
    """The nation, which every path begins with."""
    nation = Territory(
        level=Level.NATION,
        code=NATION_CODE,
        path="",
        valid_from=_INDEPENDENCE,
        decision="Tuyên ngôn độc lập",
    )
    nation.name_it("Việt Nam", Kind.NATION)
    return _store([nation])[0]


def store_units(nation: Territory, stands_from: date) -> None:
    """The 34 provinces and 3,321 communes under the names with which they began."""
    provinces = _store(
        [_unit(row, Level.PROVINCE, nation, stands_from) for row in reference.provinces()]
    )
    by_code = {province.code: province for province in provinces}
    _store(
        [
            _unit(row, Level.COMMUNE, by_code[row.province_code], stands_from)
            for row in reference.communes()
        ]
    )


def _unit(row: reference.Unit, level: Level, parent: Territory, stands_from: date) -> Territory:
    unit = Territory(
        level=level,
        code=row.code,
        parent=parent,
        path=f"{parent.path}{row.code}.",
        valid_from=stands_from,
        decision=row.decision,
        flags=list(row.flags),
        latitude=row.latitude,
        longitude=row.longitude,
        area_km2=row.area_km2,
        population=row.population,
    )
    unit.name_it(row.name, row.kind)
    return unit


def store_former(nation: Territory, stands_from: date) -> None:
    """Former units end on the day before; lineage goes by table row, since codes recur."""
    today = {unit.code: unit for unit in Territory.everything.filter(valid_to__isnull=True)}
    links: list[Any] = []
    for row in reference.former_provinces():
        province = _former(row.code, row.name, Kind.PROVINCE, nation, stands_from)
        _store([province])
        links.append(_succession(today[row.became], province))
        communes = _store(
            [_former(one.code, one.name, one.kind, province, stands_from) for one in row.communes]
        )
        for one, unit in zip(row.communes, communes, strict=True):
            links += [_succession(today[code], unit) for code in one.became]
    Territory.succeeds.through.objects.bulk_create(links, batch_size=_BATCH)


def _former(code: str, name: str, kind: str, parent: Territory, ended_on: date) -> Territory:
    unit = Territory(
        level=Level.PROVINCE if kind == Kind.PROVINCE else Level.COMMUNE,
        code=code,
        parent=parent,
        path=f"{parent.path}{code}.",
        valid_from=reference.CODES_SINCE,
        valid_to=ended_on,
        decision=reference.CODES_DECISION,
    )
    unit.name_it(name, kind)
    return unit


def _succession(new: Territory, old: Territory) -> Any:
    return Territory.succeeds.through(from_territory=new, to_territory=old)


def _store(units: list[Territory]) -> list[Territory]:
    """Write units with the names under which they began."""
    stored = Territory.everything.bulk_create(units, batch_size=_BATCH)
    Designation.everything.bulk_create(
        [
            Designation(
                territory=unit,
                kind=unit.kind,
                name=unit.name,
                valid_from=unit.valid_from,
                valid_to=unit.valid_to,
                decision=unit.decision,
            )
            for unit in stored
        ],
        batch_size=_BATCH,
    )
    return stored


def apply_changes() -> int:
    """Close the old designation and open the new one, where that has not been done yet."""
    changes = reference.changes()
    units = {
        unit.code: unit
        for unit in Territory.everything.filter(
            valid_to__isnull=True, code__in=[change.code for change in changes]
        )
    }
    known = set(
        Designation.everything.filter(territory__in=units.values()).values_list(
            "territory_id", "valid_from"
        )
    )
    applied = 0
    for change in changes:
        unit = units[change.code]
        if (unit.id, change.effective_on) in known:
            continue
        unit.designations.filter(valid_to__isnull=True).update(valid_to=change.effective_on)
        Designation.everything.create(
            territory=unit,
            kind=change.kind,
            name=change.name,
            valid_from=change.effective_on,
            decision=change.decision,
        )
        unit.name_it(change.name, change.kind)
        unit.save(update_fields=["name", "kind", "name_folded", "name_order"])
        applied += 1
    return applied
