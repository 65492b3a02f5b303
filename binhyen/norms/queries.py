# SPDX-License-Identifier: AGPL-3.0-or-later
"""Resolutions a reader may see, and which value holds: for an item, in a commune, on a day.

For many communes and days at once see `in_force.py`.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db.models import (
    Case,
    IntegerField,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.law import national
from binhyen.norms.choices import For, Item, State
from binhyen.norms.models import CommuneSet, Holding, NormValue, Resolution
from binhyen.norms.rules import ORDER, PARAMETERS, SCHEMA, Floor
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def resolutions_in(*, scope: Scope) -> QuerySet[Resolution]:
    """Resolutions within a scope, by place and first day."""
    rows = Resolution.objects.within(scope).select_related("territory")
    return rows.order_by("territory__path", "valid_from", "id")


def resolutions_for(*, scope: Scope) -> QuerySet[Resolution]:
    """Resolutions that concern a reader: of the areas in the scope, and of what lies above them.

    Levels are public; drafts and withdrawn ones are seen within the scope itself only.
    """
    within = Q(pk__in=resolutions_in(scope=scope).order_by().values("pk"))
    above: set[str] = set()
    for area in scope.areas:
        codes = area.split(".")[:-1]
        above |= {"".join(f"{code}." for code in codes[:depth]) for depth in range(len(codes))}
    counts = ~Q(state__in=[State.DRAFT, State.WITHDRAWN])
    rows = Resolution.everything.filter(within | (counts & Q(territory__path__in=above)))
    return rows.select_related("territory").order_by("territory__path", "valid_from", "id")


def with_ends(rows: QuerySet[Resolution]) -> QuerySet[Resolution]:
    """Each with the first day on which nothing of it holds any more, as `ends`, once closed."""
    ended = (
        Holding.everything.filter(value__resolution=OuterRef("pk"))
        .order_by()
        .values("value__resolution")
        .annotate(last=Max("valid_to"))
        .values("last")
    )
    return rows.annotate(ends=Subquery(ended))


def resolution(*, scope: Scope, resolution_id: UUID) -> Resolution:
    """One resolution within the scope. Raises Forbidden, which looks like 'not found'."""
    return _one(resolutions_in(scope=scope), resolution_id)


def resolution_for(*, scope: Scope, resolution_id: UUID) -> Resolution:
    """One resolution that concerns a reader. Raises Forbidden, which looks like 'not found'."""
    return _one(resolutions_for(scope=scope), resolution_id)


def value(*, scope: Scope, value_id: UUID) -> NormValue:
    """One value of a resolution within the scope. Raises Forbidden."""
    rows = NormValue.everything.filter(resolution__in=resolutions_in(scope=scope))
    found = rows.select_related("resolution__territory", "commune_set").filter(pk=value_id).first()
    if found is None:
        raise Forbidden
    return found


def commune_set(*, scope: Scope, set_id: UUID) -> CommuneSet:
    """One set of communes of a resolution within the scope. Raises Forbidden."""
    rows = CommuneSet.everything.filter(resolution__in=resolutions_in(scope=scope))
    found = rows.select_related("resolution__territory").filter(pk=set_id).first()
    if found is None:
        raise Forbidden
    return found


def values_of(resolution: Resolution) -> list[NormValue]:
    """What a resolution sets, in the order of the schema."""
    found = resolution.values_set.select_related("commune_set").order_by("id")
    return sorted(found, key=_as_told)


def territories(resolution: Resolution) -> Mapping[UUID | None, list[Territory]]:
    """The communes of each set of a resolution, by the set's id."""
    through = CommuneSet.communes.through
    links = through.objects.filter(communeset__resolution=resolution).order_by("id")
    pairs = list(links.values_list("communeset_id", "territory_id"))
    places = Territory.everything.in_bulk({place for _one, place in pairs})
    found: dict[UUID | None, list[Territory]] = defaultdict(list)
    for set_id, place in pairs:
        found[set_id].append(places[place])
    for communes in found.values():
        communes.sort(key=lambda one: (one.name_order, one.code))
    return found


def had_a_hand_in(resolution: Resolution, person: UUID) -> bool:
    """Whether somebody wrote anything of a draft."""
    return Event.everything.filter(object_id=resolution.pk, purpose="", actor_id=person).exists()


def floor_for(item: Item, day: date) -> Floor | None:
    """The percent below which a province's value may not lie on a day, if there is a floor.

    Of what the law's own values say and what an instrument of the nation sets here, the higher.
    """
    name = SCHEMA[item].floor
    if name is None:
        return None
    floors = []
    if known := national.known(PARAMETERS[name], day):
        floors.append(Floor(int(known.value), known.since, known.reference))
    if here := national_value(name, day):
        floors.append(Floor(here.amount, here.resolution.valid_from, here.resolution.number))
    return max((one for one in floors if one.percent), key=lambda one: one.percent, default=None)


def national_value(item: Item, day: date) -> NormValue | None:
    """What the nation sets for an item on a day."""
    rows = NormValue.everything.filter(_days(day), item=item, holdings__place__level=Level.NATION)
    return rows.select_related("resolution").order_by("-holdings__valid_from").first()


def value_on(item: Item, commune: Territory, day: date, *, role: For = For.ALL) -> NormValue | None:
    """The value that holds in a commune on a day, or None: nothing is paid and nothing capped.

    Approved values only; a value for the role stands before one for everybody.
    """
    return values_on([item], commune, day, role=role).get(item)


def values_on(
    items: Iterable[Item], commune: Territory, day: date, *, role: For = For.ALL
) -> dict[str, NormValue]:
    """The same for several items at once, by item; those without a value are left out."""
    fit = Case(When(role=role, then=Value(0)), default=Value(1), output_field=IntegerField())
    rows = (
        holding_in(commune, day)
        .filter(item__in=list(items), role__in={role, For.ALL}, case="")
        .annotate(fit=fit)
        .order_by("fit", "-resolution__valid_from", "-id")
    )
    found: dict[str, NormValue] = {}
    for row in rows:
        found.setdefault(row.item, row)
    return found


def holding_in(commune: Territory, day: date) -> QuerySet[NormValue]:
    """Every value that holds in a commune on a day, the nation's with them."""
    nations = Territory.everything.filter(level=Level.NATION).values("pk")
    here = Q(holdings__place=commune) | Q(holdings__place__in=nations)
    rows = NormValue.everything.filter(_days(day) & here)
    return rows.select_related("resolution__territory", "commune_set")


def _days(day: date) -> Q:
    return Q(holdings__valid_from__lte=day) & (
        Q(holdings__valid_to__isnull=True) | Q(holdings__valid_to__gt=day)
    )


def _one(rows: QuerySet[Resolution], resolution_id: UUID) -> Resolution:
    found = rows.filter(pk=resolution_id).first()
    if found is None:
        raise Forbidden
    return found


def spans_of(resolution: Resolution) -> list[tuple[date, date | None, int]]:
    """From when to when values of a resolution hold, and in how many places."""
    rows = Holding.everything.filter(value__resolution=resolution)
    places: dict[tuple[date, date | None], set[int]] = defaultdict(set)
    for first, last, place in rows.values_list("valid_from", "valid_to", "place_id"):
        places[first, last].add(place)
    return [(first, last, len(found)) for (first, last), found in sorted(
        places.items(), key=lambda one: (one[0][0], one[0][1] or date.max))]  # fmt: skip


def holding_values(commune: Territory, day: date) -> list[NormValue]:
    """The same in the order of the schema, one after the other as a page tells them."""
    return sorted(holding_in(commune, day), key=_as_told)


def _as_told(one: NormValue) -> tuple[int, int, str, int]:
    """By the schema's order, then leader, deputy, member."""
    return ORDER[one.item], list(For).index(For(one.role)), one.case, one.above
