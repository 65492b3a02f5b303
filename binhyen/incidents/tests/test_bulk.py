# SPDX-License-Identifier: AGPL-3.0-or-later
"""A bulk load of reports makes the checks of the actions over the whole set, or loads nothing."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow
from binhyen.core.errors import Forbidden
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.incidents import bulk_checks
from binhyen.incidents.bulk import NewCase, NewDispute, NewReport, load_incidents
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

AT = datetime(2025, 3, 4, 20, 0, tzinfo=clock.VIETNAM)
HOUR = timedelta(hours=1)
CASE = NewCase(uuid7(), "01/2025", "violation", date(2025, 3, 5), "administrative",
               date(2025, 3, 9))  # fmt: skip


@pytest.fixture
def report(team: Team, villages: tuple[Territory, Territory]) -> NewReport:
    """A closed report that led to the case."""
    return NewReport(
        id=uuid7(),
        team_id=team.id,
        village=villages[0].code,
        category="violation",
        channel="phone",
        state="closed",
        received_at=AT,
        handed_at=AT + 0.2 * HOUR,
        closed_at=AT + 120 * HOUR,
        account="Mất trộm ở chợ.",
        case_id=CASE.id,
    )


def test_report_and_case_are_loaded_as_the_actions_would(
    loader: Actor, commune: Territory, report: NewReport
) -> None:
    load_incidents(by=loader, commune=commune, reports=[report], cases=[CASE])
    stored = Report.everything.get()
    assert (stored.on_day, stored.handover_min, stored.case_id) == (AT.date(), 12, CASE.id)
    kinds = list(Event.everything.order_by("id").values_list("kind", flat=True))
    assert kinds == ["report.received", "report.handed", "report.closed", "case.confirmed",
                     "case.concluded"]  # fmt: skip


def test_domestic_violence_is_sealed_with_its_case(
    loader: Actor, commune: Territory, report: NewReport
) -> None:
    sealed = replace(report, category="domestic_violence", account="")
    load_incidents(by=loader, commune=commune, reports=[sealed], cases=[CASE])
    assert Report.everything.get().is_sealed
    assert Case.everything.get().is_sealed
    told = [event.detail.get("category") for event in Event.everything.all()]
    assert "domestic_violence" not in told
    assert "sealed" in told


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"category": "politics"}, "politics"),
        ({"channel": "tv"}, "tv"),
        ({"team_id": uuid7()}, bulk_checks.OTHER_TEAM),
        ({"village": "00004-01"}, "00004-01"),
        ({"handed_at": AT - HOUR}, bulk_checks.WRONG_ORDER),
        ({"closed_at": AT - HOUR}, bulk_checks.WRONG_ORDER),
        ({"handed_at": None, "closed_at": None}, bulk_checks.NO_TIME),
        ({"case_id": uuid7()}, bulk_checks.NO_CASE),
        ({"account": "Gọi số 0912 345 678 để hỏi"}, "0912"),
    ],
)
def test_impossible_report_is_refused_with_its_row(
    loader: Actor, commune: Territory, report: NewReport, changes: dict[str, object], reason: object
) -> None:
    bad = replace(report, id=uuid7(), **changes)
    with pytest.raises(BadRow) as refusal:
        load_incidents(by=loader, commune=commune, reports=[report, bad], cases=[CASE])
    assert str(reason) in str(refusal.value)
    assert Report.everything.count() == Case.everything.count() == 0


def test_report_ahead_is_refused(loader: Actor, commune: Territory, report: NewReport) -> None:
    soon = clock.now() + HOUR
    bad = replace(report, received_at=soon, handed_at=None, closed_at=None, state="received",
                  case_id=None)  # fmt: skip
    with pytest.raises(BadRow):
        load_incidents(by=loader, commune=commune, reports=[bad])


def test_case_without_a_report_is_refused(loader: Actor, commune: Territory) -> None:
    with pytest.raises(BadRow) as refusal:
        load_incidents(by=loader, commune=commune, reports=[], cases=[CASE])
    assert str(bulk_checks.NO_REPORT) in str(refusal.value)


def test_case_number_of_the_commune_is_used_once(
    loader: Actor, commune: Territory, report: NewReport
) -> None:
    load_incidents(by=loader, commune=commune, reports=[report], cases=[CASE])
    twin = replace(CASE, id=uuid7())
    again = replace(report, id=uuid7(), case_id=twin.id)
    with pytest.raises(BadRow, match="01/2025"):
        load_incidents(by=loader, commune=commune, reports=[again], cases=[twin])


def test_dispute_closed_before_it_was_noticed_is_refused(
    loader: Actor, commune: Territory, team: Team
) -> None:
    dispute = NewDispute(uuid7(), team.id, None, "land", "settled", date(2025, 3, 4),
                         date(2025, 3, 1))  # fmt: skip
    with pytest.raises(BadRow):
        load_incidents(by=loader, commune=commune, reports=[], disputes=[dispute])
    assert Dispute.everything.count() == 0


def test_team_and_strangers_load_no_reports(
    leader: Actor, outsider: Actor, commune: Territory, report: NewReport
) -> None:
    for actor in (leader, outsider):
        with pytest.raises(Forbidden):
            load_incidents(by=actor, commune=commune, reports=[report], cases=[CASE])
