# SPDX-License-Identifier: AGPL-3.0-or-later
"""After any sequence of writes stored sums equal a recount, and both a plain count in Python."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from binhyen.core.actors import EVERYWHERE
from binhyen.core.periods import Period, calendar_month, calendar_year, reporting_month
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.indicators import engine, rules, verifying
from binhyen.indicators.figures import Figure
from binhyen.indicators.queries import figures_for
from binhyen.indicators.tests.plain import plain_counts, plain_median
from binhyen.indicators.tests.world import Commune, note
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.personnel.models import Membership
from binhyen.teams.models import Team
from tests import cast

FIRST, DAYS = date(2025, 8, 10), 90
PERIODS = (
    calendar_month(2025, 9),
    reporting_month(2025, 10),
    calendar_year(2025),
    Period(date(2025, 9, 3), date(2025, 9, 9)),
)


class Sequence:
    """Writes chosen by a seed: fresh, late, corrected, voided, withdrawn, ended."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.communes = [
            Commune(path)
            for path in (cast.COMMUNE, cast.OTHER_COMMUNE, cast.OTHER_PROVINCE_COMMUNE)
        ]

    def day(self) -> date:
        return FIRST + timedelta(days=self.random.randrange(DAYS))

    def write(self, name: str) -> None:
        home = self.random.choice(self.communes)
        step: Callable[[Commune], None] = getattr(self, name)
        step(home)
        if self.random.random() < 0.5:
            engine.fill()

    def patrols(self, home: Commune) -> None:
        state = self.random.choice(["done", "done", "done", "planned"])
        patrol = home.patrol(self.day(), state=state, minutes=self.random.randrange(1, 900))
        if state == "done":
            for _ in range(self.random.randrange(3)):
                home.finding(patrol, handed=self.random.random() < 0.8)

    def traffic(self, home: Commune) -> None:
        home.traffic(self.day(), self.random.choice(["jam", "guidance", "accident"]))

    def corrects_patrol(self, home: Commune) -> None:
        patrol = self.one_of(Patrol, home, state="done")
        if patrol:
            home.move_patrol(patrol, self.day())

    def voids_patrol(self, home: Commune) -> None:
        patrol = self.one_of(Patrol, home, state="done")
        if patrol:
            patrol.state = "void"
            patrol.save()
            note("patrol.voided", patrol, patrol.on_day)

    def voids_note(self, home: Commune) -> None:
        for model, kind in ((Finding, "finding.voided"), (TrafficHelp, "traffic.voided")):
            noted = self.one_of(model, home, is_void=False)
            if noted:
                noted.is_void = True
                noted.save()
                note(kind, noted, noted.on_day)

    def reports(self, home: Commune) -> None:
        category = self.random.choice(["violation", "social_evil", "domestic_violence", "fire"])
        minutes = self.random.choice([None, 0, 1, 4, 7, 12, 44, 200, 2000])
        home.report(self.day(), category, minutes=minutes)

    def withdraws(self, home: Commune) -> None:
        report = self.one_of(Report, home)
        if report:
            report.state = "withdrawn"
            report.save()
            note("report.withdrawn", report, report.on_day)

    def moves_report(self, home: Commune) -> None:
        report = self.one_of(Report, home)
        if report:
            was_on, report.on_day = report.on_day, self.day()
            report.save()
            note("report.corrected", report, report.on_day, was_on)

    def concludes(self, home: Commune) -> None:
        led = [report for report in [self.one_of(Report, home, case=None)] if report]
        home.case(self.day(), self.random.choice(["administrative", "unfounded"]), *led)

    def links_late(self, home: Commune) -> None:
        report, case = self.one_of(Report, home, case=None), self.one_of(Case, home)
        if report and case:
            report.case = case
            report.save()
            note("report.linked", report, report.on_day)

    def disputes(self, home: Commune) -> None:
        day = self.day()
        state = self.random.choice(["open", "settled", "not_settled", "referred"])
        closed = None if state == "open" else day + timedelta(days=self.random.randrange(20))
        home.dispute(day, state, closed)

    def closes_dispute(self, home: Commune) -> None:
        dispute = self.one_of(Dispute, home, state="open")
        if dispute:
            dispute.state, dispute.closed_on = "settled", dispute.noticed_on + timedelta(days=9)
            dispute.save()
            note("dispute.closed", dispute, dispute.closed_on)

    def members(self, home: Commune) -> None:
        origin = self.random.choice(["new", "ward_guard"])
        home.member(self.day(), self.random.randrange(2), origin=origin)

    def ends(self, home: Commune) -> None:
        served = self.one_of(Membership, home, ended_on=None)
        if served:
            served.ended_on = served.recognised_on + timedelta(days=self.random.randrange(1, 60))
            served.save()
            note("membership.ended", served, served.ended_on)

    def takes_back_ending(self, home: Commune) -> None:
        served = self.one_of(Membership, home, ended_on__isnull=False)
        if served:
            was_on, served.ended_on = served.ended_on, None
            served.save()
            note("ending.taken_back", served, was_on)

    def decides(self, home: Commune) -> None:
        village = self.random.randrange(2)
        last = home.strengths_of(village)
        day = (last or FIRST) + timedelta(days=self.random.randrange(1, 30))
        home.decide(day, self.random.randrange(5), village)

    def dissolves(self, home: Commune) -> None:
        team = self.one_of(Team, home, dissolved_on=None)
        if team:
            team.dissolved_on = self.day()
            team.save()
            note("team.dissolved", team, team.dissolved_on)

    def one_of(self, model, home: Commune, **like):  # type: ignore[no-untyped-def]
        rows = list(model.everything.filter(territory=home.place, **like).order_by("id"))
        return self.random.choice(rows) if rows else None


STEPS = [
    name for name in vars(Sequence) if name not in {"day", "write", "one_of"} and name[0] != "_"
]


def agree(figures: dict[str, Figure], counts: dict[str, int]) -> None:
    for code, count in counts.items():
        if code == "patrol minutes":
            assert figures["ACT_PATROL_HOURS"].value == rules.share(count, 60), code
        else:
            assert figures[code].value == count, code


@pytest.mark.django_db
@settings(
    max_examples=12,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**9), names=st.lists(st.sampled_from(STEPS), min_size=30, max_size=60))
def test_stored_sums_equal_recount_and_plain_count_after_any_sequence(
    seed: int, names: list[str]
) -> None:
    with transaction.atomic():
        sequence = Sequence(seed)
        for name in names:
            sequence.write(name)
        assert verifying.verify() == []
        for path in (cast.COMMUNE, cast.PROVINCE, cast.NATION):
            place = cast.the_place(path)
            for period in PERIODS:
                counts = plain_counts(place, period)
                codes = [c for c in counts if c != "patrol minutes"]
                wanted = [*codes, "ACT_PATROL_HOURS", "ACT_HANDOVER_DELAY"]
                figures = figures_for(wanted, place, period, scope=EVERYWHERE)
                agree(figures, counts)
                _middle_lies_in_its_bin(figures["ACT_HANDOVER_DELAY"], plain_median(place, period))
        transaction.set_rollback(True)


def _middle_lies_in_its_bin(figure: Figure, minutes: int | None) -> None:
    if minutes is None or figure.value is None:
        assert figure.value is minutes
        return
    lower = max(low for low in rules.BINS if low <= minutes)
    upper = next((high for high in rules.BINS if high > lower), lower)
    assert lower <= figure.value <= upper
