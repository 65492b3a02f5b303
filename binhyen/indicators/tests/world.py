# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records for the tests of figures: written plainly, each with the event of its action."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.core.events import record
from binhyen.core.models import Record
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.personnel.models import Member, Membership
from binhyen.teams.models import DecidedStrength, Team
from binhyen.territory.models import Territory
from tests import cast

LOADER = cast.an_actor(Role.LOADER, cast.NATION)


def note(kind: str, thing: Record, on: date, was_on: date | None = None) -> None:
    """The event that the action would have recorded."""
    place: Territory = thing.territory  # type: ignore[attr-defined]
    record(kind, thing, by=LOADER, where=place, on=on, was_on=was_on)


def at(day: date, hour: int = 20, minute: int = 0) -> datetime:
    """A moment on a Vietnamese day."""
    return clock.at_vietnam(day, hour, minute)


@dataclass
class Commune:
    """A commune of the cast with one team, and short ways to write records in it."""

    path: str
    place: Territory = field(init=False)
    villages: tuple[Territory, Territory] = field(init=False)
    team: Team = field(init=False)
    numbers: int = 0

    def __post_init__(self) -> None:
        self.place = cast.the_place(self.path)
        self.villages = cast.two_villages(self.place)
        self.team = Team.everything.create(
            territory=self.place,
            name=f"Tổ {self.path}",
            name_folded=self.path,
            name_order=self.path,
            established_on=cast.SINCE,
        )
        note("team.established", self.team, cast.SINCE)

    def patrol(self, day: date, *, state: str = "done", minutes: int = 240) -> Patrol:
        """A patrol in the evening of a day."""
        patrol = Patrol.everything.create(
            team=self.team,
            territory=self.place,
            state=state,
            on_day=day,
            planned_start=at(day),
            planned_end=at(day, 22),
            started_at=at(day) if state == "done" else None,
            ended_at=at(day, 22) if state == "done" else None,
            route="Đường làng",
            member_minutes=minutes,
        )
        note("patrol.recorded" if state == "done" else "patrol.planned", patrol, day)
        return patrol

    def move_patrol(self, patrol: Patrol, day: date) -> None:
        """A correction that moves a patrol, with what was noted on it, to another day."""
        was_on, patrol.on_day = patrol.on_day, day
        patrol.save()
        patrol.findings.update(on_day=day)
        patrol.traffic_help.update(on_day=day)
        note("patrol.corrected", patrol, day, was_on)

    def finding(self, patrol: Patrol, kind: str = "theft", *, handed: bool = True) -> Finding:
        """Something found on a patrol."""
        moment = at(patrol.on_day, 21)
        finding = Finding.everything.create(
            patrol=patrol,
            territory=self.place,
            on_day=patrol.on_day,
            kind=kind,
            found_at=moment,
            handed_at=moment if handed else None,
        )
        note("finding.noted", finding, finding.on_day)
        return finding

    def traffic(self, day: date, kind: str = "jam") -> TrafficHelp:
        """Help with traffic."""
        helped = TrafficHelp.everything.create(
            team=self.team,
            territory=self.place,
            on_day=day,
            kind=kind,
            started_at=at(day, 7),
            duration_min=30,
            place="Ngã ba chợ",
        )
        note("traffic.helped", helped, day)
        return helped

    def report(
        self, day: date, category: str = "violation", *, minutes: int | None = 5, **more: Any
    ) -> Report:
        """A report, handed over after some minutes, or not at all."""
        received = at(day, 9)
        handed = None if minutes is None else received + timedelta(minutes=minutes)
        report = Report.everything.create(
            territory=self.place,
            team=self.team,
            category=category,
            channel="phone",
            state="received" if minutes is None else "handed",
            on_day=day,
            received_at=received,
            handed_at=handed,
            handed_on=None if handed is None else clock.day_of(handed),
            handover_min=minutes,
            is_sealed=category == "domestic_violence",
            **more,
        )
        note("report.received", report, day)
        return report

    def case(self, day: date, outcome: str = "administrative", *reports: Report) -> Case:
        """A case concluded on a day, with the reports that led to it."""
        self.numbers += 1
        case = Case.everything.create(
            territory=self.place,
            number=f"{self.numbers}/VV",
            category="violation",
            confirmed_on=day - timedelta(days=2),
            outcome=outcome,
            concluded_on=day,
        )
        for report in reports:
            report.case = case
            report.save()
            note("report.linked", report, report.on_day)
        note("case.concluded", case, day)
        return case

    def dispute(self, day: date, state: str = "open", closed_on: date | None = None) -> Dispute:
        """A dispute noticed on a day, and perhaps closed."""
        dispute = Dispute.everything.create(
            territory=self.place,
            team=self.team,
            kind="land",
            state=state,
            noticed_on=day,
            closed_on=closed_on,
        )
        note("dispute.noticed", dispute, day)
        if closed_on is not None:
            note("dispute.closed", dispute, closed_on)
        return dispute

    def member(
        self, day: date, village: int = 0, *, ended_on: date | None = None, origin: str = "new"
    ) -> Membership:
        """Someone who serves from a day on in one of the two villages."""
        member = Member.everything.create(
            territory=self.place,
            team=self.team,
            full_name="Lê Văn Tám",
            name_folded="le van tam",
            name_order="tam le van",
            born_on=date(1988, 1, 1),
            origin=origin,
        )
        served = Membership.everything.create(
            member=member,
            team=self.team,
            territory=self.place,
            village=self.villages[village],
            recognised_on=day,
            recognition=f"{uuid4().hex[:6]}/QĐ",
            ended_on=ended_on,
        )
        note("member.recognised", served, day)
        return served

    def decide(self, day: date, number: int, village: int = 0) -> DecidedStrength:
        """A number of members decided for a village from a day on; it closes the one before."""
        place = self.villages[village]
        DecidedStrength.everything.filter(village=place, valid_to__isnull=True).update(valid_to=day)
        strength = DecidedStrength.everything.create(
            territory=self.place, village=place, number=number, valid_from=day, decision="7/QĐ"
        )
        note("strength.decided", strength, day)
        return strength

    def strengths_of(self, village: int) -> date | None:
        """The first day of the newest number decided for a village."""
        rows = DecidedStrength.everything.filter(village=self.villages[village])
        return max((row.valid_from for row in rows), default=None)
