# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a patrol must satisfy before it is written, and the refusals that say what is wrong."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused, Text
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.patrols import queries
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import PLAN_PATROL, VIEW_PATROL
from binhyen.patrols.rules import day_of_patrol, may_go
from binhyen.personnel.models import Member
from binhyen.personnel.queries import serving_held
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

LONGEST = timedelta(hours=24)
CLOCK_SKEW = timedelta(minutes=10)
"""How far ahead a phone's clock may be."""
LATE_ENTRY = timedelta(days=31)
"""How long a team may still record, correct or void; afterwards commune police do it."""
AHEAD = timedelta(days=366)
AROUND = timedelta(minutes=30)
"""How long before its start and after its end something may be noted on a patrol."""

FACTS = (PatrolState.UNDER_WAY, PatrolState.DONE)
ALL_DUTY = (PatrolState.PLANNED, *FACTS)


class EndsBeforeStart(Refused):
    """A patrol that ends before, or when, it starts."""

    field = "ended_at"
    why = _("The patrol would end at %(end)s, before it starts at %(start)s.")
    remedy = _("Correct one of the two; after midnight the end lies on the next day.")


class LongerThanADay(Refused):
    """A patrol of more than 24 hours."""

    field = "ended_at"
    why = _("From %(start)s to %(end)s is more than 24 hours; one patrol is one shift.")
    remedy = _("Correct the times, or record each shift as a patrol of its own.")


class InTheFuture(Refused):
    """A moment that has not come yet."""

    field = "started_at"
    why = _("%(moment)s has not come yet; what was done lies in the past.")
    remedy = _("Correct day and time, or plan a patrol instead.")


class TooLongAgo(Refused):
    """A team enters or changes something of more than 31 days ago."""

    field = "started_at"
    why = _("%(day)s is more than 31 days ago, and a team's own entries end there.")
    remedy = _("Ask your commune police to enter it; they may at any time.")


class TooFarAhead(Refused):
    """A plan for a day more than a year away."""

    field = "planned_start"
    why = _("%(day)s is more than a year ahead.")
    remedy = _("Check the year.")


class TeamOutsideCommune(Refused):
    """A patrol of a team in a commune that is not its own."""

    field = "team"
    why = _(
        "The team “%(team)s” belongs to %(own)s and does not patrol in %(commune)s"
        " (Law 30/2023 Art. 14(2))."
    )
    remedy = _("Choose a team of this commune.")


class TeamNotInForce(Refused):
    """A patrol on a day on which the team does not exist."""

    field = "team"
    why = _("The team “%(team)s” does not exist on %(day)s.")
    remedy = _("Check the date, or choose the team that exists on that day.")


class NoMember(Refused):
    """A patrol with nobody on it."""

    field = "members"
    why = _("A patrol has at least one member.")
    remedy = _("Choose who goes.")


class MemberNotOfTeam(Refused):
    """A member who does not serve in this team on that day."""

    field = "members"
    why = _("%(name)s does not serve in the team “%(team)s” on %(day)s.")
    remedy = _("Choose members who serve in the team on that day.")


class MemberOnAnotherPatrol(Refused):
    """A member who is on another patrol at the same time, which the reader may see."""

    field = "members"
    why = _("%(name)s is on another patrol from %(start)s to %(end)s (%(route)s).")
    remedy = _("Choose somebody else, or correct the times of one of the two.")


class MemberNotFree(MemberOnAnotherPatrol):
    """The same, where the other patrol is not the reader's to see."""

    why = _("One of the chosen members is on another duty at this time.")
    remedy = _("Choose other members or another time, or ask your commune police.")


class WrongState(Refused):
    """A step that does not follow from the patrol's state."""

    what = _("Nothing was changed.")
    why = _("The patrol is in the state “%(state)s”, from which this step does not follow.")
    remedy = _("Open the patrol again: it shows what can be done next.")


class NoReason(Refused):
    """A cancelling, correcting or voiding without a reason."""

    field = "reason"
    why = _("Whoever reads the history later needs to know why.")
    remedy = _("Write the reason in a few words.")


class OutsidePatrol(Refused):
    """Something noted on a patrol at a time at which the patrol was not under way."""

    field = "found_at"
    why = _("%(moment)s lies outside the patrol, which lasted from %(start)s to %(end)s.")
    remedy = _("Correct the time, or choose the patrol on which it was.")


class NotedOutside(Refused):
    """New times that leave out what was noted on the patrol."""

    field = "started_at"
    why = _("Something was noted on this patrol at %(moment)s, outside the new times.")
    remedy = _("Choose times that include it, or void it first.")


class HandedBeforeFound(Refused):
    """A hand-over before the finding."""

    field = "handed_at"
    why = _("It would be handed over at %(handed)s, before it was found at %(found)s.")
    remedy = _("Correct the time of the hand-over.")


class AlreadyHanded(Refused):
    """A second hand-over of one finding."""

    field = "handed_at"
    what = _("Nothing was changed.")
    why = _("This finding was already handed over at %(moment)s.")
    remedy = _("If the time is wrong, void the finding and note it again.")


class AlreadyVoid(Refused):
    """A step with something that was taken back as entered in error."""

    what = _("Nothing was changed.")
    why = _("It was taken back as entered in error.")
    remedy = _("Note it again if it did happen.")


class PatrolOfAnotherTeam(Refused):
    """Traffic help noted on a patrol of another team."""

    field = "patrol"
    why = _("This patrol was done by the team “%(team)s”.")
    remedy = _("Choose a patrol of the same team, or none.")


class TrackStillKept(Refused):
    """Forgetting tracks that are younger than the retention period."""

    field = "before"
    why = _("A way walked is kept for %(days)s days; %(day)s lies within them.")
    remedy = _("Choose an earlier day.")


def check_span(start: datetime, end: datetime, *, field: str) -> None:
    """A patrol ends after it starts and within 24 hours."""
    told: dict[str, Text] = {"start": said_moment(start), "end": said_moment(end)}
    if end <= start:
        raise EndsBeforeStart(field=field, **told)
    if end - start > LONGEST:
        raise LongerThanADay(field=field, **told)


def check_has_come(moment: datetime, *, field: str) -> None:
    """What is recorded as done is not in the future; a clock may be ten minutes ahead."""
    if moment > clock.now() + CLOCK_SKEW:
        raise InTheFuture(field=field, moment=said_moment(moment))


def check_recent(by: Actor, where: Territory, day: date, *, field: str) -> None:
    """A team writes about the last 31 days; commune police, who assign, about any day."""
    if by.on - day > LATE_ENTRY and not by.can(PLAN_PATROL, where):
        raise TooLongAgo(field=field, day=said_day(day))


def check_ahead(by: Actor, start: datetime) -> None:
    """A plan lies at most a year ahead."""
    if day_of_patrol(start) - by.on > AHEAD:
        raise TooFarAhead(day=said_day(start))


def check_team(team: Team, day: date, commune: Territory | None) -> None:
    """The team exists on the day and goes where it belongs."""
    if commune is not None and commune.pk != team.territory_id:
        raise TeamOutsideCommune(
            team=team.name, own=team.territory.full_name, commune=commune.full_name
        )
    if not team.is_in_force(day):
        raise TeamNotInForce(team=team.name, day=said_day(day))


def hold_crew(by: Actor, team: Team, day: date, members: Sequence[Member]) -> None:
    """Somebody goes, and everybody who goes serves in the team on that day.

    Nobody else can put them on a patrol before this one is written.
    """
    if not members:
        raise NoMember
    serving = serving_held(team, day, members)
    for member in members:
        if member.pk not in serving:
            raise MemberNotOfTeam(name=_name(by, member), team=team.name, day=said_day(day))


def check_free(
    by: Actor,
    members: Sequence[Member],
    start: datetime,
    end: datetime,
    *,
    states: Sequence[PatrolState],
    besides: Patrol | None = None,
) -> None:
    """Nobody is on another patrol at the same time.

    A plan must not cross plans; what was done is a fact and crosses only what was done as well.
    """
    clash = queries.first_clash(members, start, end, states=states, besides=besides)
    if clash is None:
        return
    other = clash.patrol
    if not by.can(VIEW_PATROL, other.territory, team=other.team_id):
        raise MemberNotFree
    raise MemberOnAnotherPatrol(
        name=clash.member.full_name,
        start=said_moment(other.started_at or other.planned_start),
        end=said_moment(other.ended_at or other.planned_end),
        route=other.route,
    )


def check_step(patrol: Patrol, after: PatrolState) -> None:
    """The step follows from the patrol's state."""
    if not may_go(PatrolState(patrol.state), after):
        raise wrong_state(patrol)


def wrong_state(patrol: Patrol) -> WrongState:
    """The refusal that names the state."""
    return WrongState(state=patrol.get_state_display())


def check_reason(reason: str) -> None:
    """A reason stands beside what is taken back or changed."""
    if not reason:
        raise NoReason


def check_within(patrol: Patrol, moment: datetime, *, field: str) -> None:
    """Something noted on a patrol happened while it was under way, half an hour more or less."""
    if patrol.state not in FACTS or patrol.started_at is None:
        raise wrong_state(patrol)
    end = patrol.ended_at or max(patrol.planned_end, clock.now())
    if not patrol.started_at - AROUND <= moment <= end + AROUND:
        raise OutsidePatrol(
            field=field,
            moment=said_moment(moment),
            start=said_moment(patrol.started_at),
            end=said_moment(end),
        )


def check_keeps(noted: Sequence[Finding | TrafficHelp], start: datetime, end: datetime) -> None:
    """New times of a patrol still include what was noted on it."""
    for one in noted:
        moment = one.found_at if isinstance(one, Finding) else one.started_at
        if not start - AROUND <= moment <= end + AROUND:
            raise NotedOutside(moment=said_moment(moment))


def _name(by: Actor, member: Member) -> Text:
    may_see = by.can(VIEW_PATROL, member.territory, team=member.team_id, member=member.pk)
    return member.full_name if may_see else _("One of the chosen members")
