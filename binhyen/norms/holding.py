# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where and when the values of a resolution hold, and which older ones they end there.

A newer resolution ends an older one from its first day, commune by commune: altogether, or only in
the subjects that it sets anew. One that was entered late, after its successor, ends where that one
begins. Both ends are dates of `Holding` rows; nothing of a resolution itself is edited.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import record
from binhyen.core.validation import save
from binhyen.norms.checks import check_value
from binhyen.norms.choices import Item, Replaces, State, Subject
from binhyen.norms.models import Holding, NormValue, Resolution
from binhyen.norms.queries import floor_for, territories
from binhyen.norms.rules import SCHEMA, Span
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_BATCH = 500


class NothingUsable(Refused):
    """A resolution that sets nothing that could be paid or capped."""

    field = "values"
    what = _("The resolution was not approved.")
    why = _("It sets no value that can be used as it stands.")
    remedy = _("Add its values, or complete those that are marked as not usable.")


class CommunesNotListed(Refused):
    """A value that would hold nowhere for ever, since what is approved is not edited."""

    field = "communes"
    what = _("The resolution was not approved.")
    why = _("It is not said in which communes these hold: %(items)s.")
    remedy = _("Name the communes in the draft, or take the values out.")


class SetTwice(Refused):
    """Two sets of one resolution that share a commune and set the same."""

    field = "communes"
    what = _("The resolution was not approved.")
    why = _("%(item)s is set twice for %(commune)s, in “%(first)s” and in “%(second)s”.")
    remedy = _("Take the commune out of one of the sets.")


class Overlapping(Refused):
    """Two resolutions that begin on one day and set the same for one commune."""

    field = "valid_from"
    what = _("The resolution was not approved.")
    why = _("From the same day %(number)s sets “%(subject)s” in %(communes)s;"
            " nobody could say which of the two holds.")  # fmt: skip
    remedy = _("Correct the first day or the communes; or end the other resolution first.")


class _Other(NamedTuple):
    """A row of another resolution in a commune that the new one covers."""

    pk: UUID
    place_id: int
    item: str
    valid_from: date
    valid_to: date | None
    resolution_id: UUID
    first: date
    replaces: str


@dataclass
class _Ends:
    """When rows end: those of others by day, ours by place and subject."""

    cut: list[_Other]
    ours: dict[tuple[int, Subject], date]


def put_approved(row: Resolution, *, by: Actor, op_id: UUID | None = None) -> None:
    """Write where and when the values of a locked draft hold, and what that closes."""
    row.state = State.APPROVED
    closed = put_in_force(row)
    save(row, only=["state", "approved_at", "approved_by_id", "approved_by_name"])
    record("resolution.approved", row, by=by, where=row.territory, on=row.valid_from, op_id=op_id,
           number=row.number)  # fmt: skip
    for one in closed:
        one.state = State.CLOSED
        save(one, only=["state"])
        record("resolution.closed", one, by=by, where=one.territory, on=row.valid_from,
               number=one.number, newer=row.number)  # fmt: skip


def put_in_force(resolution: Resolution) -> list[Resolution]:
    """Write the rows of a resolution; gives the older ones that now hold nowhere any further.

    Raises NothingUsable, CommunesNotListed, SetTwice, Overlapping and what `check_value` raises.
    """
    planned = _planned(resolution)
    subjects: dict[int, set[Subject]] = defaultdict(set)
    for value, place in planned:
        subjects[place.pk].add(SCHEMA[Item(value.item)].subject)
    ends = _ends(resolution, subjects)
    _cut(ends.cut, resolution.valid_from)
    rows = []
    for value, place in planned:
        subject = SCHEMA[Item(value.item)].subject
        span = _span(resolution, place).ending(ends.ours.get((place.pk, subject)))
        if not span.is_empty:
            rows.append(Holding(value=value, place=place, valid_from=span.start, valid_to=span.end))
    Holding.everything.bulk_create(rows, batch_size=_BATCH)
    if not goes_on(resolution):
        resolution.state = State.CLOSED
    touched = Resolution.everything.filter(pk__in={one.resolution_id for one in ends.cut})
    rest = touched.filter(state=State.APPROVED).select_related("territory").order_by("pk")
    return [one for one in rest if not goes_on(one)]


def goes_on(resolution: Resolution) -> bool:
    """Whether a value still holds somewhere until the resolution's own end."""
    rows = Holding.everything.filter(value__resolution=resolution)
    own = Q(valid_to__isnull=True) | Q(valid_to=F("place__valid_to"))
    if resolution.valid_to is not None:
        own |= Q(valid_to=resolution.valid_to)
    return rows.filter(own).exists()


def end_holdings(resolution: Resolution, last_day: date) -> None:
    """End every row of a resolution after a day; what would have begun later never does."""
    after = last_day + timedelta(days=1)
    rows = Holding.everything.filter(value__resolution=resolution)
    rows.filter(valid_from__gte=after).delete()
    rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=after)).update(valid_to=after)


def _planned(resolution: Resolution) -> list[tuple[NormValue, Territory]]:
    """Each usable value with each place in which it is to hold."""
    values = resolution.values_set.filter(is_plain=True).select_related("commune_set")
    if not values:
        raise NothingUsable
    if resolution.territory.level == Level.NATION:
        return [(value, resolution.territory) for value in values]
    places = territories(resolution)
    _check_listed(value for value in values if not places.get(value.commune_set_id))
    found: list[tuple[NormValue, Territory]] = []
    seen: dict[tuple[object, ...], NormValue] = {}
    for value in values:
        check_value(value, resolution, floor_for(Item(value.item), resolution.valid_from))
        for place in places[value.commune_set_id]:
            key = (place.pk, value.item, value.role, value.case, value.above)
            if key in seen:
                raise SetTwice(
                    item=value.get_item_display(), commune=place.full_name,
                    first=seen[key].commune_set, second=value.commune_set,
                )  # fmt: skip
            seen[key] = value
            found.append((value, place))
    return found


def _check_listed(lacking: Iterable[NormValue]) -> None:
    items = dict.fromkeys(str(value.get_item_display()) for value in lacking)
    if items:
        raise CommunesNotListed(items=", ".join(items))


def _span(resolution: Resolution, place: Territory) -> Span:
    """The days of a resolution on which its commune stands."""
    span = Span(max(resolution.valid_from, place.valid_from), resolution.valid_to)
    return span.ending(place.valid_to)


def _ends(resolution: Resolution, subjects: dict[int, set[Subject]]) -> _Ends:
    """What ends what, by the first days of the resolutions. Raises Overlapping."""
    ends = _Ends([], {})
    same_day: list[_Other] = []
    for one in _others(resolution, subjects):
        subject = SCHEMA[Item(one.item)].subject
        is_same = subject in subjects[one.place_id]
        if one.first < resolution.valid_from:
            is_whole = resolution.replaces == Replaces.ALL and not _is_national(resolution)
            goes_beyond = one.valid_to is None or one.valid_to > resolution.valid_from
            if (is_same or is_whole) and goes_beyond:
                ends.cut.append(one)
        elif one.first > resolution.valid_from:
            is_whole = one.replaces == Replaces.ALL and not _is_national(resolution)
            for mine in subjects[one.place_id] if is_whole else {subject} & subjects[one.place_id]:
                key = (one.place_id, mine)
                ends.ours[key] = min(one.first, ends.ours.get(key, one.first))
        elif is_same:
            same_day.append(one)
    if same_day:
        raise _overlap(same_day)
    return ends


def _others(resolution: Resolution, subjects: dict[int, set[Subject]]) -> list[_Other]:
    rows = Holding.everything.filter(place__path__startswith=resolution.territory.path)
    rows = rows.exclude(value__resolution=resolution).filter(
        value__resolution__territory=resolution.territory
    )
    found = rows.values_list(
        "pk", "place_id", "value__item", "valid_from", "valid_to", "value__resolution_id",
        "value__resolution__valid_from", "value__resolution__replaces",
    )  # fmt: skip
    return [one for one in map(_Other._make, found) if one.place_id in subjects]


def _overlap(same_day: list[_Other]) -> Overlapping:
    first = same_day[0]
    number = Resolution.everything.get(pk=first.resolution_id).number
    places = {one.place_id for one in same_day if one.resolution_id == first.resolution_id}
    names = [one.full_name for one in Territory.everything.filter(pk__in=sorted(places)[:3])]
    more = f" (+{len(places) - 3})" if len(places) > 3 else ""
    subject = SCHEMA[Item(first.item)].subject.label
    return Overlapping(number=number, subject=subject, communes=", ".join(names) + more)


def _cut(rows: list[_Other], day: date) -> None:
    """End older rows before a day; one that would only have begun by then never did."""
    never = [one.pk for one in rows if one.valid_from >= day]
    ended = [one.pk for one in rows if one.valid_from < day]
    for at in range(0, len(never), _BATCH):
        Holding.everything.filter(pk__in=never[at : at + _BATCH]).delete()
    for at in range(0, len(ended), _BATCH):
        Holding.everything.filter(pk__in=ended[at : at + _BATCH]).update(valid_to=day)


def _is_national(resolution: Resolution) -> bool:
    return resolution.territory.level == Level.NATION
