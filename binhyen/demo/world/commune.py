# SPDX-License-Identifier: AGPL-3.0-or-later
"""One commune in full: what the loader writes, in the order in which it writes it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from binhyen.core import clock
from binhyen.demo.world import alive, tracks
from binhyen.demo.world.duty import Duty
from binhyen.demo.world.force import ForceBuilder, Team
from binhyen.demo.world.noted import Noted
from binhyen.demo.world.people import Crowd, Serving
from binhyen.demo.world.places import Village, villages
from binhyen.demo.world.plan import SHOWCASE, YEAR, CommunePlan, plan
from binhyen.demo.world.planted import Planted
from binhyen.demo.world.rhythm import END, minute_of, stretches
from binhyen.demo.world.sources import stream
from binhyen.demo.world.stories import Stories
from binhyen.incidents.bulk import NewCase, NewDispute, NewReport
from binhyen.patrols.bulk import NewFinding, NewPatrol, NewTrafficHelp
from binhyen.personnel.bulk import NewMember, NewMembership
from binhyen.teams.bulk import NewStrength, NewTeam

_RECENT = timedelta(days=56)
"""The weeks before "now" are always there, so that the pages of today have something to show."""


@dataclass(frozen=True)
class World:
    """The invented country: a seed, the moment it stands at, and how much of it is wanted."""

    seed: int
    now: datetime
    years: int | None = None
    """Years of records from the reference year on; None for all until now."""

    @property
    def today(self) -> date:
        """The day of "now" in Vietnam."""
        return clock.day_of(self.now)

    @property
    def is_possible(self) -> bool:
        """Whether "now" lies inside the invented time."""
        return YEAR[1] <= self.today < END - timedelta(days=31)

    def stretches(self) -> list[tuple[date, date]]:
        """The stretches of time to fill, up to the plans of the coming week."""
        every = stretches(self.today + timedelta(days=7))
        if self.years is None:
            return list(every)
        until = YEAR[1].replace(year=YEAR[1].year + self.years - 1)
        recent = self.today - _RECENT
        return [(start, end) for start, end in every if start < until or end > recent]

    def plans(self) -> dict[str, CommunePlan]:
        """How many of everything each commune has."""
        return plan(self.seed)


@dataclass
class Commune:
    """Everything of one commune."""

    plan: CommunePlan
    villages: list[Village]
    teams: list[NewTeam]
    strengths: list[NewStrength]
    members: list[NewMember]
    memberships: list[NewMembership]
    planted: Planted
    patrols: list[NewPatrol] = field(default_factory=list)
    findings: list[NewFinding] = field(default_factory=list)
    traffic: list[NewTrafficHelp] = field(default_factory=list)
    reports: list[NewReport] = field(default_factory=list)
    cases: list[NewCase] = field(default_factory=list)
    disputes: list[NewDispute] = field(default_factory=list)


def villages_of(world: World, code: str) -> list[Village]:
    """The villages of a commune in the order of their serials."""
    return villages(world.plans()[code], stream(world.seed, code, "villages"))


def build(world: World, code: str, officer: UUID | None = None) -> Commune:
    """Make a commune. `officer` is the account of the commune police officer, if there is one."""
    plan, seed = world.plans()[code], world.seed
    places = villages_of(world, code)
    force = ForceBuilder(plan, places, stream(seed, code, "force"), world.today)
    teams = force.teams()
    crowd = Crowd(plan, stream(seed, code, "people"), world.today)
    people = [one for team in teams for one in crowd.of_team(team)]
    duty = Duty(seed, plan, teams, people, minute_of(world.now))
    commune = Commune(
        plan=plan,
        villages=places,
        teams=force.new_teams(teams),
        strengths=force.strengths,
        members=[one.member for one in people],
        memberships=list(crowd.memberships(people)),
        planted=duty.planted,
    )
    _fill(world, commune, duty, officer)
    _walk(world, commune, teams)
    if code == SHOWCASE:
        _enliven(world, commune, people, duty)
    return commune


def _fill(world: World, commune: Commune, duty: Duty, officer: UUID | None) -> None:
    """Patrols, what was noted on them, reports: stretch by stretch."""
    noted = Noted(world.seed, commune.plan, duty)
    stories = Stories(world.seed, commune.plan, duty, officer)
    for start, end in world.stretches():
        patrols = duty.stretch(start, end)
        commune.patrols += patrols
        commune.findings += noted.findings(start, end, patrols)
        commune.traffic += noted.traffic(start, end, patrols)
        stories.stretch(start, end)
    stories.number_cases()
    commune.reports, commune.cases = stories.reports, stories.cases
    commune.disputes = stories.disputes


def _walk(world: World, commune: Commune, teams: list[Team]) -> None:
    homes = {team.id: team.villages[0] for team in teams}
    now = minute_of(world.now)
    copied = set(commune.planted.copied)
    for patrol in commune.patrols:
        if patrol.id in copied:
            continue  # nobody carried a phone along what was only written
        # Each way has a stream of its own: which ones are still kept depends on "now".
        if patrol.distance_m is not None and patrol.planned_start > world.now - tracks.KEPT_FOR:
            draw = stream(world.seed, patrol.id.hex, "way")
            tracks.walk(patrol, homes[patrol.team_id], draw, now)


def _enliven(world: World, commune: Commune, people: list[Serving], duty: Duty) -> None:
    sample = alive.sample_team(people, world.today)
    scene = alive.Scene(sample, people, duty, stream(world.seed, commune.plan.code, "alive"))
    commune.patrols += scene.patrols(commune.patrols)
    commune.reports += scene.reports()


def sample_posts(world: World) -> alive.Sample:
    """The team in which the sample accounts serve, and who they are."""
    plan, seed, code = world.plans()[SHOWCASE], world.seed, SHOWCASE
    places = villages_of(world, code)
    teams = ForceBuilder(plan, places, stream(seed, code, "force"), world.today).teams()
    crowd = Crowd(plan, stream(seed, code, "people"), world.today)
    return alive.sample_team([one for team in teams for one in crowd.of_team(team)], world.today)
