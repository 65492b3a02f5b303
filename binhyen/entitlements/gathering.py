# SPDX-License-Identifier: AGPL-3.0-or-later
"""The facts of a month for a set of communes: who served where and as what, and which duty.

A dozen statements however many communes there are; a nation is gathered set by set.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.db.models.functions import Greatest, Least

from binhyen.core import clock
from binhyen.core.periods import Period
from binhyen.duty.choices import AssignmentState, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.entitlements.choices import CORRECTED, DutyKind, InsuranceKind, NotedKind
from binhyen.entitlements.models import CountedDuty, Insurance, NotedDay, Slip
from binhyen.entitlements.rules import Duty, duty_done
from binhyen.law.choices import Pay
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol, PatrolMember
from binhyen.personnel.models import Membership, RoleHeld
from binhyen.teams.choices import Post
from binhyen.territory.choices import RESIDENTIAL_GROUP_KINDS, Flag
from binhyen.territory.models import Territory

AREA_FLAGS = frozenset({Flag.BORDER, Flag.ISLAND, Flag.MOUNTAIN, Flag.DISADVANTAGED})
"""Areas of Law 30/2023 Art. 23(2)(c) that the official list of communes knows."""
_NOTED = {NotedKind.TRAINING: Pay.TRAINING_MEAL, NotedKind.OUT_AREA: Pay.OUT_AREA}


class Span(NamedTuple):
    """Days of one member in one commune and role; the end is excluded."""

    start: date
    end: date
    commune: int
    post: str
    is_urban: bool


class Noted(NamedTuple):
    """A day of training or of costs outside, as a duty of the whole day."""

    duty: Duty
    item: Pay
    amount: int
    """đồng, of costs."""


@dataclass(slots=True)
class Person:
    """One member's month."""

    id: UUID
    full_name: str
    name_order: str
    spans: list[Span] = field(default_factory=list)
    duties: list[Duty] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    counted: dict[UUID, Pay] = field(default_factory=dict)
    """Duties that sheets of this commune and month counted, and for what."""
    elsewhere: set[UUID] = field(default_factory=set)
    """Duties that any other sheet counted."""
    insured: dict[str, int | None] = field(default_factory=dict)
    payer: int = 0
    """The commune that pays the month: whose sheet does already, else the one of the last day."""
    is_claimed: bool = False


@dataclass
class Gathered:
    """The facts of some communes, by the commune that pays."""

    month: Period
    communes: dict[int, Territory]
    """Every commune that occurs, also those where somebody served before."""
    people: dict[int, list[Person]]
    special: frozenset[int]
    """Communes in areas of Art. 23(2)(c)."""


class _Membership(NamedTuple):
    pk: UUID
    member: UUID
    name: str
    order: str
    commune: int
    kind: str
    start: date
    end: date | None


def gather(communes: Sequence[Territory], month: Period) -> Gathered:
    """The facts of a month for whoever one of some communes pays."""
    asked = [one.pk for one in communes]
    memberships = _memberships(asked, month)
    people = _people(memberships, _posts(asked, memberships, month), month)
    _put_payers(people, asked, month)
    people = {pk: one for pk, one in people.items() if one.payer in set(asked)}
    places = sorted({span.commune for one in people.values() for span in one.spans} | set(asked))
    _put_duties(people, places, month)
    _put_noted(people, month)
    _put_counted(people, places, month)
    _put_insurance(people, asked, month)
    by_commune: dict[int, list[Person]] = {pk: [] for pk in asked}
    for one in sorted(people.values(), key=lambda person: person.id):
        by_commune[one.payer].append(one)
    known = {one.pk: one for one in communes}
    missing = [pk for pk in places if pk not in known]
    known |= Territory.everything.in_bulk(missing)
    special = frozenset(pk for pk, one in known.items() if AREA_FLAGS & set(one.flags))
    return Gathered(month, known, by_commune, special)


def _in_month(month: Period, first: str, end: str) -> Q:
    return Q(**{f"{first}__lt": month.end}) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": month.start})
    )


def _memberships(asked: Sequence[int], month: Period) -> dict[UUID, _Membership]:
    """Those of the communes in the month, and what the same people had elsewhere."""
    rows = Membership.everything.filter(_in_month(month, "recognised_on", "ended_on"))
    here = rows.filter(territory__in=asked)
    columns = ("pk", "member_id", "member__full_name", "member__name_order", "territory_id",
               "village__kind", "recognised_on", "ended_on")  # fmt: skip
    found = [_Membership._make(row) for row in here.order_by().values_list(*columns)]
    elsewhere = rows.filter(member__memberships__in=here).exclude(territory__in=asked)
    found += [
        _Membership._make(row) for row in elsewhere.order_by().distinct().values_list(*columns)
    ]
    return {one.pk: one for one in found}


def _put_payers(people: dict[UUID, Person], asked: Sequence[int], month: Period) -> None:
    rows = Slip.everything.filter(
        month=month.start, claims_month=True, member__memberships__territory__in=asked
    )
    claimed = dict(rows.order_by().values_list("member_id", "sheet__territory_id"))
    for pk, one in people.items():
        one.payer = claimed.get(pk, one.spans[-1].commune)
        one.is_claimed = pk in claimed


def _posts(
    asked: Sequence[int], memberships: dict[UUID, _Membership], month: Period
) -> dict[UUID, list[tuple[date, date | None, str]]]:
    """Roles by membership, in order."""
    rows = RoleHeld.everything.filter(_in_month(month, "valid_from", "valid_to"))
    others = [one.pk for one in memberships.values() if one.commune not in set(asked)]
    rows = rows.filter(Q(membership__territory__in=asked) | Q(membership__in=others))
    found: dict[UUID, list[tuple[date, date | None, str]]] = defaultdict(list)
    for pk, start, end, post in rows.order_by("valid_from", "id").values_list(
        "membership_id", "valid_from", "valid_to", "post"
    ):
        found[pk].append((start, end, post))
    return found


def _people(
    memberships: dict[UUID, _Membership],
    posts: dict[UUID, list[tuple[date, date | None, str]]],
    month: Period,
) -> dict[UUID, Person]:
    people: dict[UUID, Person] = {}
    for one in sorted(memberships.values(), key=lambda row: (row.start, row.end or date.max)):
        person = people.setdefault(one.member, Person(one.member, one.name, one.order))
        for span in _spans(one, posts.get(one.pk, []), month):
            # Days that two memberships share are the earlier one's: nobody serves twice a day.
            start = max([span.start, *(other.end for other in person.spans)])
            if start < span.end:
                person.spans.append(span._replace(start=start))
    return {pk: one for pk, one in people.items() if one.spans}


def _spans(
    one: _Membership, posts: list[tuple[date, date | None, str]], month: Period
) -> list[Span]:
    """The days of a membership, cut where the role changes; without any role a member's."""
    start, end = max(one.start, month.start), min(one.end or month.end, month.end)
    days = {day for since, until, _post in posts for day in (since, until) if day}
    cuts = sorted({start, *(day for day in days if start < day < end)})
    found: list[Span] = []
    for first, last in zip(cuts, [*cuts[1:], end], strict=True):
        held = [post for since, until, post in posts
                if since <= first and (until is None or first < until)]  # fmt: skip
        post = held[-1] if held else Post.MEMBER
        urban = one.kind.lower() in RESIDENTIAL_GROUP_KINDS
        if found and found[-1].post == post:
            found[-1] = found[-1]._replace(end=last)
        elif first < last:
            found.append(Span(first, last, one.commune, post, urban))
    return found


def patrols_done(places: Iterable[int], month: Period) -> QuerySet[Patrol]:
    """Patrols that may count in a month, with the morning after its last night."""
    last = month.end + timedelta(days=1)
    return Patrol.everything.filter(
        territory__in=places, state=PatrolState.DONE, on_day__gte=month.start, on_day__lt=last
    )


def shifts_done(places: Iterable[int], month: Period) -> QuerySet[Shift]:
    """Shifts that somebody said had begun and ended, in the same days."""
    last = month.end + timedelta(days=1)
    return Shift.everything.filter(
        territory__in=places, state=ShiftState.ASSIGNED, began_at__isnull=False,
        ended_at__isnull=False, on_day__gte=month.start, on_day__lt=last,
    )  # fmt: skip


def _put_duties(people: dict[UUID, Person], places: Sequence[int], month: Period) -> None:
    known: dict[UUID, Duty | None] = {}

    def put(kind: DutyKind, member: UUID, pk: UUID, start: datetime | None, end: datetime | None,
            commune: int, plan: str) -> None:  # fmt: skip
        person = people.get(member)
        if person is None or start is None or end is None:
            return
        if pk not in known:
            known[pk] = _duty(kind, pk, start, end, commune, plan, month)
        duty = known[pk]
        if duty is not None:
            person.duties.append(duty)

    patrols = patrols_done(places, month)
    done_patrols = {row[0]: row for row in patrols.order_by().values_list(
        "pk", "started_at", "ended_at", "territory_id", "plan_number")}  # fmt: skip
    crews = PatrolMember.everything.filter(patrol__in=patrols).order_by()
    for member, patrol in crews.values_list("member_id", "patrol_id"):
        # One that was ended between the two statements counts in the next run.
        if found := done_patrols.get(patrol):
            put(DutyKind.PATROL, member, *found)
    held = Assignment.everything.filter(
        shift__in=shifts_done(places, month),
        state__in=(AssignmentState.ASSIGNED, AssignmentState.ACKNOWLEDGED),
    ).order_by()
    # What was assigned, as far as it was done.
    done = held.annotate(
        first=Greatest("shift__starts_at", "shift__began_at"),
        last=Least("shift__ends_at", "shift__ended_at"),
    )
    for row in done.values_list(
        "member_id", "shift_id", "first", "last", "shift__territory_id", "shift__plan_number"
    ):
        put(DutyKind.SHIFT, *row)


def noted_in(month: Period) -> QuerySet[NotedDay]:
    """Noted days that may count in a month."""
    return NotedDay.everything.filter(is_live=True, on_day__gte=month.start, on_day__lt=month.end)


def _put_noted(people: dict[UUID, Person], month: Period) -> None:
    rows = noted_in(month).filter(member__in=list(people)).order_by("on_day", "id")
    for pk, member, kind, day, plan, amount in rows.values_list(
        "pk", "member_id", "kind", "on_day", "plan_number", "amount"
    ):
        start, end = clock.at_vietnam(day), clock.at_vietnam(day + timedelta(days=1))
        duty = Duty(DutyKind.NOTED, pk, start, end, 0, plan, day, 0)
        people[member].noted.append(Noted(duty, _NOTED[NotedKind(kind)], amount or 0))


def _duty(
    kind: DutyKind, pk: UUID, start: datetime, end: datetime, commune: int, plan: str,
    month: Period,
) -> Duty | None:  # fmt: skip
    """A duty of the month; None for one of no length, or of another month's night."""
    if end <= start:
        return None
    duty = duty_done(kind, pk, start, end, commune, plan)
    return duty if duty.day in month else None


def _put_counted(people: dict[UUID, Person], places: Sequence[int], month: Period) -> None:
    """What live sheets counted already: this month's own here, and everything else."""
    wanted: tuple[Any, ...] = (
        patrols_done(places, month).values("pk"),
        shifts_done(places, month).values("pk"),
        noted_in(month).filter(member__in=list(people)).values("pk"),
    )
    for ids in wanted:
        rows = CountedDuty.everything.filter(duty_id__in=ids, is_live=True).order_by()
        for member, duty, item, state, when, commune in rows.values_list(
            "member_id", "duty_id", "item", "slip__sheet__state", "slip__month",
            "slip__sheet__territory_id",
        ):  # fmt: skip
            person = people.get(member)
            if person is None:
                continue
            if when != month.start or commune != person.payer:
                person.elsewhere.add(duty)
            elif state in CORRECTED:
                person.counted[duty] = Pay(item)


def _put_insurance(people: dict[UUID, Person], asked: Sequence[int], month: Period) -> None:
    rows = Insurance.everything.filter(
        _in_month(month, "valid_from", "valid_to"), member__memberships__territory__in=asked
    )
    for member, kind, contribution in rows.order_by("valid_from").values_list(
        "member_id", "kind", "contribution"
    ):
        if member in people:
            people[member].insured[InsuranceKind(kind)] = contribution
