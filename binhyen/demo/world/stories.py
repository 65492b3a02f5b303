# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports of a commune, the cases they lead to, and disputes; as far as each has come by now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from uuid import UUID

from binhyen.demo.world import phrases
from binhyen.demo.world.chance import Weighted
from binhyen.demo.world.duty import Duty, choose
from binhyen.demo.world.force import Team
from binhyen.demo.world.numbers import case_number
from binhyen.demo.world.plan import LAUNCH, CommunePlan
from binhyen.demo.world.rhythm import DAY, day_of, moment_of
from binhyen.demo.world.sources import stream
from binhyen.incidents.bulk import NewCase, NewDispute, NewReport
from binhyen.incidents.choices import (
    Category,
    Channel,
    DisputeKind,
    DisputeState,
    Outcome,
    ReportState,
)
from binhyen.incidents.rules import TEXT_DAYS

_LAW = Weighted({Category.VIOLATION: 73, Category.SOCIAL_EVIL: 21, Category.DOMESTIC_VIOLENCE: 6})
_OTHER = Weighted(
    {
        Category.DISPUTE: 45,
        Category.ACCIDENT: 38,
        Category.FIRE: 8,
        Category.DISASTER: 5,
    }
)
_OTHERS_YEARLY, _DISPUTES_YEARLY = 0.95, 0.55  # of each team
_CHANNELS = Weighted(
    {Channel.PHONE: 46, Channel.IN_PERSON: 28, Channel.NOTICED: 20, Channel.ANONYMOUS: 6}
)
_OUTCOMES = Weighted(
    {
        Outcome.RESOLVED_LOCALLY: 46,
        Outcome.ADMINISTRATIVE: 32,
        Outcome.INVESTIGATION: 12,
        Outcome.MEDIATED: 6,
        Outcome.ASSISTED: 4,
    }
)
_KINDS = Weighted({DisputeKind.LAND: 26, DisputeKind.NEIGHBOURS: 28, DisputeKind.FAMILY: 18,
          DisputeKind.DEBT: 10, DisputeKind.NOISE: 14, DisputeKind.OTHER: 4})  # fmt: skip
_ENDS = Weighted(
    {DisputeState.SETTLED: 78, DisputeState.NOT_SETTLED: 12, DisputeState.REFERRED: 10}
)
_HOURS = (6, 7, 9, 11, 13, 16, 17, 18, 19, 19, 20, 20, 21, 21, 22, 23, 0, 2)
_DELAY, _DELAY_SPREAD = 2.49, 0.95  # a lognormal with the median of 12 minutes
_TOGETHER = (1, 1, 1, 1, 1, 1, 2)  # how many reports lead to one case
_UNFOUNDED, _WITHDRAWN = 0.3, 0.012


@dataclass(slots=True)
class _Told:
    """A report before it is known how far it has come; minutes since the launch."""

    id: UUID
    team: Team
    village: str
    category: str
    channel: str
    received: int
    handed: int
    closed: int
    account: str
    case: UUID | None = None
    is_withdrawn: bool = False


class Stories:
    """The reports, cases and disputes of one commune."""

    def __init__(
        self, seed: int, plan: CommunePlan, duty: Duty, officer: UUID | None = None
    ) -> None:
        self._seed, self._plan, self._duty, self._officer = seed, plan, duty, officer
        self._owed = 0
        self.reports: list[NewReport] = []
        self.cases: list[NewCase] = []
        self.disputes: list[NewDispute] = []

    def stretch(self, start: date, end: date) -> None:
        """What was reported and noticed in a stretch; stretches come in order."""
        draw = stream(self._seed, self._plan.code, "reports", start.isoformat())
        count = self._duty.rhythm.count
        law = [self._told(draw, start, end, _LAW)
               for _ in range(count(self._plan.reports, start, end))]  # fmt: skip
        law.sort(key=lambda one: one.received)
        self._owed += count(self._plan.cases, start, end)
        self._lead_to_cases(draw, law)
        others = [self._told(draw, start, end, _OTHER)
                  for _ in range(count(self._plan.teams * _OTHERS_YEARLY, start, end))]  # fmt: skip
        few = round(len(law) * _WITHDRAWN + draw.random() - 0.5)
        withdrawn = [self._told(draw, start, end, _LAW) for _ in range(few)]
        for one in withdrawn:
            one.is_withdrawn = True
        self.reports += self._known([*law, *others, *withdrawn])
        for _ in range(count(self._plan.teams * _DISPUTES_YEARLY, start, end)):
            self._notice(draw, start, end)

    def number_cases(self) -> None:
        """Number the cases as the register does: by year, in the order of days."""
        last: dict[int, int] = {}
        self.cases.sort(key=lambda case: (case.confirmed_on, case.id))
        for case in self.cases:
            year = case.confirmed_on.year
            last[year] = last.get(year, 0) + 1
            case.number = case_number(last[year], case.confirmed_on)

    def _told(self, draw: Random, start: date, end: date, categories: Weighted[Category]) -> _Told:
        crew = self._duty.pick(draw, start)
        category = categories.draw(draw)
        received = self._duty.rhythm.day(draw, start, end) * DAY
        received += _HOURS[int(draw.random() * len(_HOURS))] * 60 + int(draw.random() * 60)
        handed = received + min(3 * DAY, int(draw.lognormvariate(_DELAY, _DELAY_SPREAD)))
        return _Told(
            id=self._duty.id_at(draw, received),
            team=crew.team,
            village=crew.team.villages[int(draw.random() * len(crew.team.villages))].code,
            category=category.value,
            channel=_CHANNELS.draw(draw).value,
            received=received,
            handed=handed,
            closed=handed + 120 + int(draw.expovariate(1 / (2.5 * DAY))),
            account=choose(draw, phrases.ACCOUNTS[category.value]),
        )

    def _lead_to_cases(self, draw: Random, reports: list[_Told]) -> None:
        """Let neighbours in time lead to one case; what is left may turn out to be nothing."""
        place = 0
        while place < len(reports):
            left = len(reports) - place
            size = min(_TOGETHER[int(draw.random() * len(_TOGETHER))], max(1, left - self._owed))
            group = reports[place : place + size]
            place += size
            if self._owed > 0:
                self._owed -= 1
                self._case(draw, group, _OUTCOMES.draw(draw))
            elif draw.random() < _UNFOUNDED:
                self._case(draw, group, Outcome.UNFOUNDED)

    def _case(self, draw: Random, group: list[_Told], outcome: Outcome) -> None:
        """One case of some reports, with what of it is known today."""
        for one in group[1:]:
            one.category, one.account = group[0].category, group[0].account
        confirmed = max(one.handed for one in group) + int(draw.random() * 1.2 * DAY)
        concluded = confirmed + int(draw.expovariate(1 / (3 * DAY)))
        key = self._duty.id_at(draw, confirmed)
        now = self._duty.now
        for one in group:
            one.closed = max(one.closed, concluded + 30)
        if confirmed > now:
            return
        for one in group:
            one.case = key
        is_over = concluded <= now
        self.cases.append(
            NewCase(
                id=key,
                number="",
                category=group[0].category,
                confirmed_on=day_of(confirmed),
                outcome=outcome.value if is_over else "",
                concluded_on=day_of(concluded) if is_over else None,
            )
        )

    def _known(self, reports: list[_Told]) -> Iterator[NewReport]:
        now = self._duty.now
        for one in reports:
            if one.received > now:
                continue
            handed = moment_of(one.handed) if one.handed <= now else None
            state = self._state(one)
            has_text = one.handed > now - TEXT_DAYS * DAY
            yield NewReport(
                id=one.id,
                team_id=one.team.id,
                village=one.village,
                category=one.category,
                channel=one.channel,
                state=state.value,
                received_at=moment_of(one.received),
                handed_at=handed,
                closed_at=moment_of(one.closed) if state == ReportState.CLOSED else None,
                account=one.account if has_text else "",
                assigned_to=self._officer
                if state in {ReportState.ASSIGNED, ReportState.CLOSED}
                else None,
                case_id=one.case,
            )

    def _state(self, one: _Told) -> ReportState:
        now = self._duty.now
        if one.handed > now:
            return ReportState.RECEIVED
        if one.is_withdrawn:
            return ReportState.WITHDRAWN
        if one.closed <= now:
            return ReportState.CLOSED
        taken = self._officer is not None and one.handed + 90 <= now
        return ReportState.ASSIGNED if taken or one.case else ReportState.HANDED

    def _notice(self, draw: Random, start: date, end: date) -> None:
        crew = self._duty.pick(draw, start)
        day = self._duty.rhythm.day(draw, start, end)
        lasting = 2 + int(draw.expovariate(1 / 9))
        kind = _KINDS.draw(draw)
        ending = _ENDS.draw(draw)
        key = self._duty.id_at(draw, day * DAY + 600)
        today = self._duty.now // DAY
        if day >= today:
            return
        is_over = day + lasting <= today
        self.disputes.append(
            NewDispute(
                id=key,
                team_id=crew.team.id,
                village=crew.team.villages[0].code,
                kind=kind.value,
                state=(ending if is_over else DisputeState.OPEN).value,
                noticed_on=LAUNCH + timedelta(days=day),
                closed_on=LAUNCH + timedelta(days=day + lasting) if is_over else None,
            )
        )
