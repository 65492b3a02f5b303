# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members as they may be seen: who serves, in which role on which day, and the files themselves."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext

from binhyen.core.actors import Actor, Decision, Purpose, Scope, decide
from binhyen.core.compiled import compiled
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.core.templatetags.show import number
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.personnel.permissions import VIEW_MEMBER
from binhyen.teams.choices import Post
from binhyen.teams.models import DecidedStrength, ServedVillage, Team
from binhyen.teams.queries import in_force
from binhyen.territory.models import Territory

SERVING, COMING, ENDED = "serving", "coming", "ended"

_OF_MEMBER = ("full_name", "born_on", "sex", "phone", "origin")
_OF_MEMBERSHIP = ("recognised_on", "recognition", "over_age_decision", "ended_on", "ending",
                  "end_ground")  # fmt: skip
_ALWAYS = ("member_id", "team__name", "team__territory_id", "territory__path", "territory__kind",
           "territory__name", "territory__level", "village__kind", "village__name",
           "village__level")  # fmt: skip


@dataclass(frozen=True)
class Reach:
    """What a reader may list: these rows with these fields (None: every field)."""

    scope: Scope
    fields: frozenset[str] | None
    purpose: Purpose

    def shows(self, field: str) -> bool:
        """Whether a field may be selected, shown and exported."""
        return self.fields is None or field in self.fields


def list_reach(actor: Actor) -> Reach:
    """The rows and fields of an actor's list of members; one's own file has a page of its own.

    Rows of a list share their fields. Whoever holds both an area and a team elsewhere lists the
    area; the team's members open from the team's page.
    """
    scope = actor.scope(VIEW_MEMBER)
    if paths := scope.areas + scope.units:
        wide = Scope(areas=scope.areas, units=scope.units)
        return _reach(wide, [decide(actor, VIEW_MEMBER, path) for path in paths])
    teams = [decide(actor, VIEW_MEMBER, "", team=team) for team in scope.teams]
    return _reach(Scope(teams=scope.teams), teams)


def _reach(scope: Scope, decisions: list[Decision]) -> Reach:
    """What all of some decisions allow, for the first purpose that they name."""
    limited = [one.fields for one in decisions if one.fields is not None]
    purposes = [purpose for one in decisions for purpose in one.purposes]
    fields = frozenset.intersection(*limited) if limited else None
    return Reach(scope, fields, purposes[0] if purposes else Purpose.OWN_FILE)


def members_in(
    *, scope: Scope, on: date, fields: Collection[str] | None = None, under: Territory | None = None
) -> QuerySet[Membership]:
    """One membership per person: the one of the day, else the last before it, else the next.

    Each row carries `member`, `team`, `village` and the `post` of the day ("" for nobody's). With
    `fields`, nothing else about the person is selected.
    """
    others = Membership.everything.filter(member=OuterRef("member"))
    later = others.filter(recognised_on__gt=OuterRef("recognised_on"), recognised_on__lte=on)
    before = others.filter(recognised_on__lt=OuterRef("recognised_on"))
    rows = Membership.objects.within(scope).filter(
        Q(~Exists(later), recognised_on__lte=on) | Q(~Exists(before), recognised_on__gt=on)
    )
    if under is not None:
        rows = rows.filter(path_range("territory__path", under.path))
    role = RoleHeld.everything.filter(in_force(on, "valid_from", "valid_to"))
    rows = rows.select_related("member", "team", "village", "territory").annotate(
        post=Subquery(role.filter(membership=OuterRef("pk")).values("post")[:1])
    )
    return _only(rows, fields)


def _only(rows: QuerySet[Membership], fields: Collection[str] | None) -> QuerySet[Membership]:
    if fields is None:
        return rows
    of_member = [f"member__{name}" for name in _OF_MEMBER if name in fields]
    own = [name for name in _OF_MEMBERSHIP if name in fields]
    return rows.only(*_ALWAYS, *of_member, *own)


def in_state(rows: QuerySet[Membership], state: str, on: date) -> QuerySet[Membership]:
    """Those of some memberships that are serving, coming or ended on a day."""
    if state == SERVING:
        return rows.filter(in_force(on, "recognised_on", "ended_on"))
    if state == COMING:
        return rows.filter(recognised_on__gt=on)
    return rows.filter(ended_on__lte=on)


def member(*, scope: Scope, member_id: UUID, fields: Collection[str] | None = None) -> Member:
    """One file within the scope; with `fields`, nothing else about the person is selected.

    Raises Forbidden, which looks like 'not found'.
    """
    rows = Member.objects.within(scope).select_related("territory", "team")
    if fields is not None:
        rows = rows.only("territory", "team", *(name for name in _OF_MEMBER if name in fields))
    found = rows.filter(pk=member_id).first()
    if found is None:
        raise Forbidden
    return found


def memberships_of(shown: Member) -> list[Membership]:
    """Every membership of a file with its roles, newest first; the file came through a scope."""
    roles = Prefetch("roles", queryset=RoleHeld.everything.order_by("-valid_from"))
    rows = shown.memberships.select_related("team", "village", "territory", "member")
    return list(rows.prefetch_related(roles).order_by("-recognised_on"))


def newest_membership(shown: Member) -> Membership:
    """The newest membership of a file. Raises Forbidden for a file that has none."""
    found = next(iter(memberships_of(shown)), None)
    if found is None:
        raise Forbidden
    return found


def membership_now(
    *, scope: Scope, member_id: UUID, on: date, fields: Collection[str] | None = None
) -> Membership | None:
    """The membership of one member as `members_in` gives it."""
    return members_in(scope=scope, on=on, fields=fields).filter(member=member_id).first()


def roles_on(*, scope: Scope, team: Team, day: date) -> list[RoleHeld]:
    """Who held what in a team on a day, the leader first: `membership.member`, `.village`, `post`.

    The scope is that of VIEW_MEMBER; only name, village and role are selected.
    """
    seen = Membership.objects.within(scope).filter(team=team)
    rows = (
        RoleHeld.everything.filter(
            in_force(day, "valid_from", "valid_to"), team=team, membership__in=seen
        )
        .select_related("membership__member", "membership__village")
        .only("post", "valid_from", "valid_to", "membership__member__full_name",
              "membership__member__name_order", "membership__village__kind",
              "membership__village__name", "membership__village__level")
    )  # fmt: skip
    return sorted(rows, key=_rank)


def _rank(role: RoleHeld) -> tuple[int, str]:
    return Post.values.index(role.post), role.membership.member.name_order


def crew_choices(*, scope: Scope, team: Team, day: date) -> QuerySet[Member]:
    """The members who serve in a team on a day, with their `post`, for a form to choose from.

    Only the name is selected.
    """
    held = RoleHeld.everything.filter(in_force(day, "valid_from", "valid_to"), team=team)
    serving = Membership.objects.within(scope).filter(
        in_force(day, "recognised_on", "ended_on"), team=team
    )
    return (
        Member.everything.filter(pk__in=serving.values("member"))
        .annotate(post=Subquery(held.filter(membership__member=OuterRef("pk")).values("post")[:1]))
        .only("full_name")
        .order_by("name_order", "id")
    )


def serving_between(team: Team, first: date, last: date) -> list[Member]:
    """Who serves in a team at some time from one day to another, both included, by given name."""
    serving = Membership.everything.filter(
        Q(ended_on__isnull=True) | Q(ended_on__gt=first), team=team, recognised_on__lte=last
    )
    rows = Member.everything.filter(pk__in=serving.order_by().values("member"))
    wanted = rows.select_related("territory").only("full_name", "team", "territory__path")
    return list(wanted.order_by("name_order", "id"))


def serving_on(team: Team, on: date) -> set[UUID]:
    """The members whose membership of a team is in force on a day."""
    rows = Membership.everything.filter(in_force(on, "recognised_on", "ended_on"), team=team)
    return set(rows.order_by().values_list("member", flat=True))


def serving_held(team: Team, on: date, members: Sequence[Member]) -> set[UUID]:
    """Which of these serve in a team on a day; they are held until this transaction ends."""
    return set(_serving_held(team=team.pk, on=on, members=[member.pk for member in members]))


@compiled
def _serving_held(*, team: UUID, on: date, members: list[UUID]) -> QuerySet[Member, UUID]:
    serving = in_force(on, "memberships__recognised_on", "memberships__ended_on")
    rows = Member.everything.filter(serving, memberships__team=team, pk__in=members)
    # One after the other in the same order for everybody, so that nobody waits in a circle.
    return rows.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True)


@dataclass(frozen=True)
class Area:
    """A team with the villages it serves on a day: where somebody can be recognised."""

    team: Team
    villages: list[Territory]


def areas_in(*, scope: Scope, on: date) -> list[Area]:
    """The teams of a scope with their villages on a day, in the order of communes and names."""
    teams = Team.objects.within(scope).filter(in_force(on, "established_on", "dissolved_on"))
    served = ServedVillage.everything.filter(
        in_force(on, "valid_from", "valid_to"), team__in=teams
    ).select_related("village", "team__territory")
    found: dict[UUID, Area] = {}
    for row in served.order_by("team__territory__path", "team__name_order", "village__name_order"):
        found.setdefault(row.team_id, Area(row.team, [])).villages.append(row.village)
    return list(found.values())


@dataclass(frozen=True)
class Manned:
    """How many serve in a village on a day, and how many the province decided."""

    village: Territory
    serving: int
    decided: int | None
    """None where nothing is decided."""

    @property
    def note(self) -> str:
        """What to look at when more serve than were decided (Law 30/2023 Art. 14(4))."""
        if self.decided is None or self.serving <= self.decided:
            return ""
        return gettext(
            "Please check: %(serving)s of %(decided)s decided members now serve in %(village)s."
        ) % {
            "serving": number(self.serving),
            "decided": number(self.decided),
            "village": self.village.full_name,
        }


def manned(member: Member, on: date) -> Manned:
    """Strength of the village in which a member serves newest, as the writer of it may know.

    Counted on a day, or on the first day of a membership that has not begun.
    """
    newest = member.memberships.select_related("village").order_by("-recognised_on")[:1].get()
    day = max(on, newest.recognised_on)
    serving = Membership.everything.filter(
        in_force(day, "recognised_on", "ended_on"), village=newest.village
    )
    decided = DecidedStrength.everything.filter(
        in_force(day, "valid_from", "valid_to"), village=newest.village
    )
    return Manned(newest.village, serving.count(), decided.values_list("number", flat=True).first())
