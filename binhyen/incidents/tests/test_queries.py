# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, cases and disputes as they are seen; scopes and what waits."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE, NOWHERE, Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import UnscopedReadError
from binhyen.core.periods import from_days
from binhyen.incidents import actions, queries
from binhyen.incidents.choices import DisputeState
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.incidents.permissions import VIEW_DISPUTE, VIEW_REPORT, VIEW_SEALED
from binhyen.incidents.tests.world import (
    MORNING,
    TEXT,
    a_case,
    a_dispute,
    a_report,
    an_officer,
    assigned,
    handed,
    minutes_after,
)

pytestmark = pytest.mark.django_db
DAY = clock.day_of(MORNING)


@pytest.mark.parametrize("model", [Report, Case, Dispute])
def test_reading_without_a_scope_is_refused(db, model):
    with pytest.raises(UnscopedReadError):
        model.objects.all()


def test_an_empty_scope_sees_nothing(officer, team):
    a_case(officer, handed(officer, team))
    a_dispute(officer, team)

    assert not queries.reports_in(scope=NOWHERE).exists()
    assert not queries.cases_in(scope=NOWHERE).exists()
    assert not queries.disputes_in(scope=NOWHERE).exists()


def test_a_scope_ends_at_the_separator(officer, team, commune):
    handed(officer, team)
    just_shorter = Scope(areas=(commune.path[:-2] + ".",))

    assert not queries.reports_in(scope=just_shorter).exists()
    assert queries.reports_in(scope=Scope(areas=(commune.path,))).exists()


def test_reports_of_another_commune_look_missing(officer, sibling, team):
    report = handed(officer, team)
    case = a_case(officer, report)
    dispute = a_dispute(officer, team)
    scope, none = sibling.scope(VIEW_REPORT), sibling.scope(VIEW_SEALED)

    with pytest.raises(Forbidden):
        queries.report(scope=scope, sealed=none, report_id=report.id)
    with pytest.raises(Forbidden):
        queries.report_row(scope=scope, sealed=none, report_id=report.id)
    with pytest.raises(Forbidden):
        queries.case(scope=scope, sealed=none, case_id=case.id)
    with pytest.raises(Forbidden):
        queries.dispute(scope=sibling.scope(VIEW_DISPUTE), dispute_id=dispute.id)


def test_lists_do_not_load_the_text(officer, team):
    handed(officer, team)

    row = queries.reports_in(scope=EVERYWHERE).get()

    assert "account" in row.get_deferred_fields()
    full = queries.report(scope=EVERYWHERE, sealed=NOWHERE, report_id=row.id)
    assert (full.account, full.get_deferred_fields()) == (TEXT, set())


def test_what_waits_to_be_handed_over_comes_oldest_first(leader, team):
    late = a_report(leader, team)
    early = a_report(leader, team, received_at=MORNING - timedelta(days=1))
    handed(leader, team)

    assert list(queries.waiting_to_hand(scope=leader.scope(VIEW_REPORT))) == [early, late]


def test_what_waits_for_triage_comes_in_the_order_of_the_hand_over(officer, team):
    second = handed(officer, team, handed_at=minutes_after(MORNING, 50))
    first = handed(officer, team, handed_at=minutes_after(MORNING, 5))
    assigned(officer, team)
    a_report(officer, team)

    assert list(queries.waiting_for_triage(scope=officer.scope(VIEW_REPORT))) == [first, second]


def test_linkable_reports_are_with_police_and_in_no_case(officer, loader, team, other_team):
    wanted = [handed(officer, team), assigned(officer, team)]
    a_report(officer, team)
    a_case(officer, handed(officer, team))
    handed(loader, other_team)

    found = queries.linkable_reports(scope=EVERYWHERE, sealed=NOWHERE, commune=team.territory)

    assert set(found) == set(wanted)


def test_a_case_counts_the_reports_that_were_not_withdrawn(officer, team):
    first, second = handed(officer, team), handed(officer, team)
    a_case(officer, first, second)
    actions.withdraw_report(by=officer, report=first, reason="duplicate")

    assert queries.cases_in(scope=EVERYWHERE).get().reports_count == 1


def test_a_team_sees_no_case(leader, officer, team):
    a_case(officer, handed(officer, team))

    assert not queries.cases_in(scope=leader.scope(VIEW_REPORT)).exists()


def test_open_disputes_come_oldest_first(leader, team):
    late = a_dispute(leader, team)
    early = a_dispute(leader, team, noticed_on=DAY - timedelta(days=5))
    closed = a_dispute(leader, team)
    actions.close_dispute(by=leader, dispute=closed, state=DisputeState.SETTLED, closed_on=DAY)

    assert list(queries.open_disputes(scope=leader.scope(VIEW_DISPUTE))) == [early, late]


def test_reports_of_a_period_end_with_its_last_day(officer, loader, team, other_team):
    inside = handed(officer, team)
    handed(officer, team, received_at=MORNING - timedelta(days=1))
    handed(loader, other_team)
    rows = queries.reports_in(scope=EVERYWHERE)

    found = queries.in_period(rows, from_days(DAY, DAY), commune=team.territory)

    assert list(found) == [inside]
    assert list(queries.in_period(rows, from_days(DAY, DAY), team=team)) == [inside]


def test_a_team_s_own_villages_stand_first(team, villages, commune, other_villages):
    from tests.cast import the_place

    third = the_place(f"{commune.path}00.")

    found = queries.villages_to_choose([team], DAY)

    assert found == [*villages, third]


def test_officers_of_a_commune_are_those_of_its_police(officer, head, sibling, leader, commune):
    for actor in (officer, head, sibling, leader):
        an_officer(actor)

    found = queries.officers_of(commune, scope=EVERYWHERE, on=clock.today())

    assert {user.id for user in found} == {officer.id, head.id}
