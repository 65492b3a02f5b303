# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which value holds: for an item, in a commune, on a day, for a role."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.norms.choices import For, Item, State
from binhyen.norms.models import NormValue, Resolution
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


def resolutions_in(*, scope: Scope) -> QuerySet[Resolution]:
    """Resolutions within a scope, by place and first day."""
    rows = Resolution.objects.within(scope).select_related("territory")
    return rows.order_by("territory__path", "valid_from", "id")


def resolution(*, scope: Scope, resolution_id: UUID) -> Resolution:
    """One resolution within the scope. Raises Forbidden, which looks like 'not found'."""
    found = resolutions_in(scope=scope).filter(pk=resolution_id).first()
    if found is None:
        raise Forbidden
    return found


def value_on(item: Item, commune: Territory, day: date, *, role: For = For.ALL) -> NormValue | None:
    """The value that holds in a commune on a day, or None: nothing is paid and nothing capped.

    Approved values only. What names the commune stands before what the nation sets, a value for the
    role before one for everybody, a newer resolution before an older one.
    """
    rows = _holding(day).filter(Q(communes=commune) | _OF_THE_NATION, item=item)
    return _best(rows, role).first()


def values_on(
    items: Iterable[Item], commune: Territory, day: date, *, role: For = For.ALL
) -> dict[str, NormValue]:
    """The same for several items at once, by item; those without a value are left out."""
    rows = _holding(day).filter(Q(communes=commune) | _OF_THE_NATION, item__in=list(items))
    found: dict[str, NormValue] = {}
    for row in _best(rows, role):
        found.setdefault(row.item, row)
    return found


_OF_THE_NATION = Q(resolution__territory__level=Level.NATION)


def _holding(day: date) -> QuerySet[NormValue]:
    return NormValue.everything.filter(
        Q(resolution__valid_to__isnull=True) | Q(resolution__valid_to__gt=day),
        resolution__state=State.APPROVED,
        resolution__valid_from__lte=day,
    )


def _best(rows: QuerySet[NormValue], role: For) -> QuerySet[NormValue]:
    nearness = Case(
        When(_OF_THE_NATION, then=Value(1)), default=Value(0), output_field=IntegerField()
    )
    fit = Case(When(role=role, then=Value(0)), default=Value(1), output_field=IntegerField())
    return (
        rows.filter(role__in={role, For.ALL})
        .select_related("resolution")
        .annotate(nearness=nearness, fit=fit)
        .order_by("nearness", "fit", "-resolution__valid_from", "-id")
        .distinct()
    )
