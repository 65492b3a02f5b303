# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases: one for several reports, sealed with its reports, concluded once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.core import clock
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.models import Event
from binhyen.incidents import actions, checks, words
from binhyen.incidents.choices import Category, Outcome, ReportState
from binhyen.incidents.models import Case
from binhyen.incidents.tests.test_reports import refused
from binhyen.incidents.tests.world import (
    MORNING,
    a_case,
    a_report,
    assigned,
    handed,
    in_state,
    sealed,
)

pytestmark = pytest.mark.django_db
DAY = clock.day_of(MORNING)
NEXT = DAY + timedelta(days=1)


def conclude(police, case, **more):
    given = {"outcome": Outcome.RESOLVED_LOCALLY, "concluded_on": NEXT}
    return actions.conclude_case(by=police, case=case, **(given | more))


def test_several_reports_make_one_case_that_is_counted_once(officer, team):
    reports = [handed(officer, team), assigned(officer, team), handed(officer, team)]

    case = a_case(officer, *reports)
    conclude(officer, case)

    assert Case.everything.filter(outcome__isnull=False).count() == 1
    assert case.reports.count() == 3
    confirmed = Event.everything.get(kind="case.confirmed")
    assert (confirmed.on_day, confirmed.detail["reports"]) == (NEXT, 3)
    assert Event.everything.get(kind="case.concluded").on_day == NEXT


def test_the_same_report_twice_is_one(officer, team):
    report = handed(officer, team)

    assert a_case(officer, report, report).reports.count() == 1


def test_a_later_report_joins_the_case(officer, team):
    case = a_case(officer, handed(officer, team))

    actions.link_report(by=officer, report=handed(officer, team), case=case)

    assert (case.reports.count(), Case.everything.count()) == (2, 1)


def test_confirming_twice_by_one_operation_gives_one_case(officer, team):
    report, op_id = handed(officer, team), uuid4()

    assert a_case(officer, report, op_id=op_id) == a_case(officer, report, op_id=op_id)
    assert Case.everything.count() == 1


def test_a_case_with_domestic_violence_among_its_reports_is_sealed(officer, team):
    case = a_case(officer, handed(officer, team), sealed(officer, team))

    assert case.is_sealed
    assert Event.everything.get(kind="case.confirmed").detail["category"] == "sealed"


def test_linking_a_sealed_report_seals_the_case(officer, team):
    case = a_case(officer, handed(officer, team))

    actions.link_report(by=officer, report=sealed(officer, team), case=case)

    case.refresh_from_db()
    assert case.is_sealed


def test_correcting_a_report_into_domestic_violence_seals_its_case(officer, team):
    report = handed(officer, team)
    case = a_case(officer, report)

    actions.correct_report(by=officer, report=report, category="domestic_violence",
                           received_at=MORNING, handed_at=report.handed_at, account="")  # fmt: skip

    case.refresh_from_db()
    assert case.is_sealed


def test_a_case_without_reports_is_refused(officer):
    assert refused(checks.NoReports, a_case, police=officer).field == "reports"


def _confirm(police, *reports, **more):
    """`a_case` with the reports as one argument, for `refused`."""
    return a_case(police, *reports, **more)


def refused_case(kind, police, *reports, **more):
    return refused(kind, lambda: _confirm(police, *reports, **more))


def test_reports_of_two_communes_make_no_case(loader, team, other_team):
    refusal = refused_case(
        checks.ReportElsewhere, loader, handed(loader, team), handed(loader, other_team)
    )

    assert refusal.field == "reports"


def test_a_foreign_report_looks_missing(officer, loader, team, other_team):
    with pytest.raises(Forbidden):
        a_case(officer, handed(loader, team), handed(loader, other_team))


@pytest.mark.parametrize("state", [ReportState.RECEIVED, ReportState.CLOSED, ReportState.WITHDRAWN])
def test_a_report_that_police_do_not_deal_with_makes_no_case(officer, team, state):
    refused_case(checks.ReportNotWithPolice, officer, in_state(state, officer, team))


def test_a_report_leads_to_one_case_only(officer, team):
    report = handed(officer, team)
    case = a_case(officer, report)

    refused_case(checks.AlreadyInCase, officer, report, number="13/2026")
    refused(checks.AlreadyInCase, actions.link_report, by=officer, report=report, case=case)


def test_linking_to_a_case_of_another_commune_is_refused(loader, team, other_team):
    case = a_case(loader, handed(loader, other_team))

    refusal = refused(checks.ReportElsewhere, actions.link_report,
                      by=loader, report=handed(loader, team), case=case)  # fmt: skip

    assert refusal.field == "case"


def test_a_case_number_twice_in_a_commune_is_refused(officer, team):
    a_case(officer, handed(officer, team))

    refusal = refused_case(checks.CaseNumberTaken, officer, handed(officer, team))

    assert refusal.field == "number"


def test_two_communes_may_use_the_same_case_number(loader, team, other_team):
    a_case(loader, handed(loader, team))

    assert a_case(loader, handed(loader, other_team)).number == "12/2026"


@pytest.mark.parametrize("number", ["", "Nguyễn Văn A", "vụ 12", "-12", "12;13", "=1+1"])
def test_a_case_number_that_could_be_a_name_is_refused(officer, team, number):
    refusal = refused_case(checks.BadCaseNumber, officer, handed(officer, team), number=number)

    assert refusal.field == "number"


@pytest.mark.parametrize(
    ("kind", "category"), [(checks.NoCategory, ""), (checks.UnknownCategory, "tip")]
)
def test_a_case_needs_a_category_of_the_list(officer, team, kind, category):
    refused_case(kind, officer, handed(officer, team), category=category)


def test_a_case_confirmed_before_its_first_report_or_in_the_future_is_refused(officer, team, today):
    report = handed(officer, team)

    for kind, day in (
        (checks.ConfirmedBeforeReported, DAY - timedelta(days=1)),
        (checks.InTheFuture, today + timedelta(days=1)),
    ):
        assert refused_case(kind, officer, report, confirmed_on=day).field == "confirmed_on"


@pytest.mark.parametrize("outcome", ["", "punished"])
def test_a_conclusion_without_an_outcome_of_the_list_is_refused(officer, team, outcome):
    case = a_case(officer, handed(officer, team))

    refusal = refused(checks.NoOutcome, conclude, police=officer, case=case, outcome=outcome)

    assert refusal.field == "outcome"


def test_a_conclusion_before_the_confirmation_or_in_the_future_is_refused(officer, team, today):
    case = a_case(officer, handed(officer, team))

    for kind, day in (
        (checks.ConcludedBeforeConfirmed, DAY),
        (checks.InTheFuture, today + timedelta(days=1)),
    ):
        refusal = refused(kind, conclude, police=officer, case=case, concluded_on=day)
        assert refusal.field == "concluded_on"


def test_a_case_is_concluded_once(officer, team):
    case = conclude(officer, a_case(officer, handed(officer, team)))

    refused(checks.CaseConcluded, conclude, police=officer, case=case)


@pytest.mark.parametrize("role", ["leader", "clerk", "province_officer", "sibling", "outsider"])
def test_concluding_is_for_commune_police(role, request, officer, team):
    case = a_case(officer, handed(officer, team))

    with pytest.raises(Forbidden):
        conclude(request.getfixturevalue(role), case)


def test_withdrawing_keeps_the_case_of_the_other_reports(officer, team):
    first, second = handed(officer, team), handed(officer, team)
    case = a_case(officer, first, second)

    actions.withdraw_report(by=officer, report=first, reason="duplicate")

    assert case.reports.exclude(state=ReportState.WITHDRAWN).get() == second


def test_every_refusal_of_the_app_says_what_why_and_how_to_mend_it():
    kinds = [one for one in _below(Refused) if one.__module__ in {checks.__name__, words.__name__}]

    assert len(kinds) >= 24
    for kind in kinds:
        assert all((kind.what, kind.why, kind.remedy)), kind


def _below(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def test_a_report_not_handed_over_waits_outside_every_case(leader, officer, team):
    report = a_report(leader, team)

    refused(checks.ReportNotWithPolice, lambda: a_case(officer, report))
    assert Category(report.category) is Category.VIOLATION
