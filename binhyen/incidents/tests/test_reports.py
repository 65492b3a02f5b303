# SPDX-License-Identifier: AGPL-3.0-or-later
"""Receiving, handing over, assigning, closing, withdrawing, correcting: done and refused."""

from datetime import timedelta
from uuid import uuid4

import pytest

from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.core.errors import Forbidden, Invalid, OperationIdReused
from binhyen.core.models import Event
from binhyen.incidents import actions, checks, words
from binhyen.incidents.choices import Category, Channel, ReportState, WithdrawReason
from binhyen.incidents.models import Case, Report
from binhyen.incidents.rules import report_may_go
from binhyen.incidents.tests.world import (
    MORNING,
    TEXT,
    a_case,
    a_report,
    an_officer,
    assigned,
    handed,
    in_state,
    minutes_after,
)
from tests import cast

pytestmark = pytest.mark.django_db
DAY = clock.day_of(MORNING)
TOMORROW = timedelta(days=1)


def refused(kind, action, /, **arguments):
    """The refusal of an action, which must leave reports, cases and events as they were."""
    before = (list(Report.everything.values().order_by("id")), Event.everything.count())
    with pytest.raises(kind) as refusal:
        action(**arguments)
    assert all(refusal.value.sentences())
    assert (list(Report.everything.values().order_by("id")), Event.everything.count()) == before
    return refusal.value


# ---- receiving


def test_receiving_leaves_one_report_of_its_vietnamese_day_and_one_event(leader, team, villages):
    late = clock.at_vietnam(DAY, 23, 50)

    report = a_report(leader, team, received_at=late, village=villages[0])

    assert (report.state, report.on_day, report.handed_at) == (ReportState.RECEIVED, DAY, None)
    assert (report.territory, report.village) == (team.territory, villages[0])
    event = Event.everything.get()
    assert (event.kind, event.place_id, event.on_day, event.actor_id) == (
        "report.received", team.territory_id, DAY, leader.id,
    )  # fmt: skip


def test_receiving_with_a_hand_over_counts_its_minutes(leader, team):
    report = a_report(leader, team, handed_at=minutes_after(MORNING, 7) + timedelta(seconds=59))

    assert (report.state, report.handed_on, report.handover_min) == (ReportState.HANDED, DAY, 7)


def test_the_same_operation_twice_gives_one_report(member_actor, team):
    op_id = uuid4()
    first = a_report(member_actor, team, op_id=op_id)

    again = a_report(member_actor, team, op_id=op_id)

    assert again == first
    assert Report.everything.get().account == TEXT


def test_an_operation_id_of_a_report_is_refused_for_a_dispute(leader, team):
    op_id = uuid4()
    a_report(leader, team, op_id=op_id)

    with pytest.raises(OperationIdReused):
        actions.notice_dispute(by=leader, team=team, kind="land", noticed_on=DAY, op_id=op_id)


@pytest.mark.parametrize("role", ["leader", "deputy", "member_actor", "officer", "head", "loader"])
def test_the_team_and_commune_police_record_reports(role, request, team):
    assert a_report(request.getfixturevalue(role), team).pk


@pytest.mark.parametrize("role", ["clerk", "chair", "province_officer", "province_chair",
                                  "finance", "inspector", "data_officer", "analyst", "operator",
                                  "sibling", "outsider"])  # fmt: skip
def test_nobody_else_records_reports(role, request, team):
    with pytest.raises(Forbidden):
        a_report(request.getfixturevalue(role), team)
    assert not Report.everything.exists()
    assert not Event.everything.exists()


def test_a_member_does_not_record_for_another_team(leader, other_team):
    with pytest.raises(Forbidden):
        a_report(leader, other_team)


def test_a_report_without_category_is_refused_with_the_article(leader, team):
    refusal = refused(checks.NoCategory, a_report, by=leader, team=team, category="")

    assert refusal.field == "category"
    assert "Điều 7 Luật số 30/2023/QH15" in str(refusal)


@pytest.mark.parametrize("category", ["opinion", "Violation", "tôn giáo", "x" * 5000])
def test_a_category_outside_the_list_is_refused(leader, team, category):
    refusal = refused(checks.UnknownCategory, a_report, by=leader, team=team, category=category)

    assert refusal.field == "category"
    assert len(str(refusal)) < 500


def test_a_channel_outside_the_list_is_refused(leader, team):
    assert refused(Invalid, a_report, by=leader, team=team, channel="camera").field == "channel"


def test_a_report_from_the_future_is_refused(leader, team):
    tomorrow = clock.now() + TOMORROW

    refusal = refused(checks.InTheFuture, a_report, by=leader, team=team, received_at=tomorrow)
    assert refusal.field == "received_at"
    refusal = refused(checks.InTheFuture, a_report, by=leader, team=team, handed_at=tomorrow)
    assert refusal.field == "handed_at"


def test_a_phone_whose_clock_is_some_minutes_ahead_is_believed(leader, team):
    assert a_report(leader, team, received_at=clock.now() + timedelta(minutes=5)).pk


def test_a_hand_over_before_the_receipt_is_refused(leader, team):
    before = MORNING - timedelta(seconds=1)

    refusal = refused(checks.HandedBeforeReceived, a_report, by=leader, team=team, handed_at=before)

    assert refusal.field == "handed_at"


def test_a_village_of_another_commune_is_refused(leader, team, other_villages):
    refusal = refused(
        checks.VillageElsewhere, a_report, by=leader, team=team, village=other_villages[0]
    )

    assert refusal.field == "village"


def test_a_commune_is_no_village(leader, team, commune):
    refused(checks.VillageElsewhere, a_report, by=leader, team=team, village=commune)


def test_a_village_that_no_longer_stands_is_refused(leader, team, villages):
    villages[0].valid_to = DAY
    villages[0].save()

    refused(checks.VillageElsewhere, a_report, by=leader, team=team, village=villages[0])


def test_a_team_outside_the_commune_is_refused(loader, team, other_commune):
    refusal = refused(
        checks.TeamOutsideCommune, a_report, by=loader, team=team, commune=other_commune
    )

    assert refusal.field == "team"


@pytest.mark.parametrize("away", [-1, 0])
def test_a_team_that_does_not_exist_on_that_day_is_refused(loader, team, away):
    if away:
        received = clock.at_vietnam(cast.SINCE + timedelta(days=away), 12)
    else:
        team.dissolved_on, received = DAY, MORNING
        team.save()

    refusal = refused(checks.TeamNotInForce, a_report, by=loader, team=team, received_at=received)

    assert refusal.field == "team"


def test_a_person_s_number_in_the_text_is_refused(leader, team):
    refused(words.PersonInText, a_report, by=leader, team=team, account="gọi 0912345678")


def test_a_child_s_name_in_the_text_is_refused(leader, team):
    refused(words.MinorInText, a_report, by=leader, team=team, account="cháu Lan bị lạc")


def test_words_to_confirm_are_asked_about_once_and_the_event_says_so(leader, team):
    text = "Cháy gần nơi sinh hoạt tôn giáo"
    refused(words.WordsToConfirm, a_report, by=leader, team=team, account=text)

    report = a_report(leader, team, account=text, confirm_words=True)

    assert report.account == text
    assert Event.everything.get().detail["words_confirmed"] is True


def test_a_text_beyond_500_characters_is_refused(leader, team):
    assert refused(Invalid, a_report, by=leader, team=team, account="a" * 501).field == "account"


# ---- the steps


def _step(to, police, report):
    """The action that would bring a report into a state."""
    done = {
        ReportState.HANDED: lambda: actions.hand_over(
            by=police, report=report, handed_at=minutes_after(MORNING, 9)
        ),
        ReportState.ASSIGNED: lambda: actions.assign_report(
            by=police, report=report, officer=an_officer(police)
        ),
        ReportState.CLOSED: lambda: actions.close_report(
            by=police, report=report, closed_at=minutes_after(MORNING, 900)
        ),
        ReportState.WITHDRAWN: lambda: actions.withdraw_report(
            by=police, report=report, reason=WithdrawReason.DUPLICATE
        ),
    }
    return done[to]()


_PAIRS = [
    (before, after)
    for before in ReportState
    for after in ReportState
    if after is not ReportState.RECEIVED
]


@pytest.mark.parametrize(("before", "after"), _PAIRS)
def test_every_pair_of_states_of_a_report(officer, team, before, after):
    report = in_state(before, officer, team)
    passed_on = before is after is ReportState.ASSIGNED
    number = Event.everything.count()

    if report_may_go(before, after) or passed_on:
        assert _step(after, officer, report).state == after
        assert Event.everything.count() == number + 1
    else:
        with pytest.raises(checks.WrongState) as refusal:
            _step(after, officer, report)
        assert all(refusal.value.sentences())
        assert Event.everything.count() == number
    report.refresh_from_db()
    assert report.state == (after if report_may_go(before, after) else before)


def test_handing_over_keeps_time_day_and_minutes(leader, team):
    report = a_report(leader, team)

    actions.hand_over(by=leader, report=report, handed_at=minutes_after(MORNING, 61))

    report.refresh_from_db()
    assert (report.handed_on, report.handover_min) == (DAY, 61)
    event = Event.everything.get(kind="report.handed")
    assert (event.on_day, event.detail) == (DAY, {"minutes": 61})


def test_handing_over_twice_by_one_operation_is_done_once(leader, team):
    report, op_id = a_report(leader, team), uuid4()
    first = actions.hand_over(
        by=leader, report=report, handed_at=minutes_after(MORNING, 3), op_id=op_id
    )

    again = actions.hand_over(
        by=leader, report=report, handed_at=minutes_after(MORNING, 30), op_id=op_id
    )

    assert (again, again.handover_min) == (first, 3)
    assert Event.everything.filter(kind="report.handed").count() == 1


def test_handing_over_before_the_receipt_or_in_the_future_is_refused(leader, team):
    report = a_report(leader, team)

    for kind, at in (
        (checks.HandedBeforeReceived, MORNING - timedelta(minutes=1)),
        (checks.InTheFuture, clock.now() + TOMORROW),
    ):
        refusal = refused(kind, actions.hand_over, by=leader, report=report, handed_at=at)
        assert refusal.field == "handed_at"


@pytest.mark.parametrize("role", ["leader", "member_actor", "clerk", "province_officer", "sibling"])
def test_assigning_closing_and_confirming_are_for_commune_police(role, request, officer, team):
    actor, report = request.getfixturevalue(role), assigned(officer, team)

    with pytest.raises(Forbidden):
        actions.assign_report(by=actor, report=report, officer=an_officer(officer))
    with pytest.raises(Forbidden):
        actions.close_report(by=actor, report=report, closed_at=clock.now())
    with pytest.raises(Forbidden):
        a_case(actor, report)


def test_an_officer_of_another_commune_is_refused(officer, sibling, team):
    report = handed(officer, team)

    refusal = refused(
        checks.OfficerElsewhere, actions.assign_report,
        by=officer, report=report, officer=an_officer(sibling),
    )  # fmt: skip

    assert refusal.field == "officer"


def test_an_officer_whose_appointment_has_ended_is_refused(officer, team, today):
    report = handed(officer, team)
    former = cast.an_account(cast.an_actor(Role.COMMUNE_POLICE_HEAD, cast.COMMUNE, valid_to=today))

    refused(checks.OfficerElsewhere, actions.assign_report,
            by=officer, report=report, officer=former)  # fmt: skip


def test_a_leader_is_no_officer(officer, leader, team):
    report = handed(officer, team)

    refused(checks.OfficerElsewhere, actions.assign_report,
            by=officer, report=report, officer=an_officer(leader))  # fmt: skip


def test_a_report_that_is_dealt_with_may_pass_to_another_officer(officer, head, team):
    report = assigned(officer, team)

    actions.assign_report(by=head, report=report, officer=an_officer(head))

    report.refresh_from_db()
    assert (report.state, report.assigned_to) == (ReportState.ASSIGNED, head.id)


def test_closing_in_the_minute_of_the_hand_over_is_taken_though_minutes_are_typed(officer, team):
    handed_at = MORNING + timedelta(minutes=5, seconds=25, microseconds=7)
    report = assigned(officer, team, handed_at=handed_at)

    actions.close_report(by=officer, report=report, closed_at=MORNING + timedelta(minutes=5))

    report.refresh_from_db()
    assert report.state == ReportState.CLOSED


def test_closing_before_the_hand_over_or_in_the_future_is_refused(officer, team):
    report = assigned(officer, team)

    for kind, at in (
        (checks.ClosedBeforeHanded, MORNING),
        (checks.InTheFuture, clock.now() + TOMORROW),
    ):
        refusal = refused(kind, actions.close_report, by=officer, report=report, closed_at=at)
        assert refusal.field == "closed_at"


def test_closing_with_a_case_links_the_report_to_it(officer, team):
    case = a_case(officer, handed(officer, team))
    report = assigned(officer, team)

    actions.close_report(by=officer, report=report, closed_at=clock.now(), case=case)

    report.refresh_from_db()
    assert (report.state, report.case) == (ReportState.CLOSED, case)


def test_a_withdrawal_without_a_reason_of_the_list_is_refused(leader, team):
    report = a_report(leader, team)

    for reason in ("", "ông ấy nhờ"):
        refusal = refused(
            checks.NoReason, actions.withdraw_report, by=leader, report=report, reason=reason
        )
        assert refusal.field == "reason"


def test_the_team_withdraws_and_corrects_only_until_the_hand_over(leader, officer, team):
    report = a_report(leader, team)
    actions.hand_over(by=leader, report=report, handed_at=clock.now())

    # `report` still looks as it did before: the action must look again.
    with pytest.raises(Forbidden):
        actions.withdraw_report(by=leader, report=report, reason="in_error")
    with pytest.raises(Forbidden):
        actions.correct_report(by=leader, report=report, category="fire", received_at=MORNING,
                               handed_at=None, account="")  # fmt: skip
    assert actions.withdraw_report(by=officer, report=report, reason="in_error").pk


# ---- correcting


def correct(by, report, **more):
    given = {
        "category": report.category,
        "received_at": report.received_at,
        "handed_at": report.handed_at,
        "account": report.account,
    }
    return actions.correct_report(by=by, report=report, **(given | more))


def test_correcting_the_day_names_both_days_and_counts_the_minutes_anew(officer, team):
    report = handed(officer, team)
    earlier = MORNING - timedelta(days=1)

    correct(officer, report, received_at=earlier)

    report.refresh_from_db()
    assert (report.on_day, report.handover_min) == (DAY - timedelta(days=1), 24 * 60 + 5)
    event = Event.everything.get(kind="report.corrected")
    assert (event.on_day, event.was_on_day) == (DAY - timedelta(days=1), DAY)


def test_correcting_the_category_keeps_old_and_new_class_and_never_the_text(leader, team):
    report = a_report(leader, team)

    correct(leader, report, category=Category.FIRE, account="Cháy rơm sau chợ")

    event = Event.everything.get(kind="report.corrected")
    assert (event.detail["old"], event.detail["new"]) == ("violation", "fire")
    assert event.detail["text_changed"] is True
    assert event.was_on_day is None
    assert TEXT not in str(event.detail)
    assert "rơm" not in str(event.detail)


def test_a_correction_neither_makes_nor_undoes_a_hand_over(officer, team):
    for report, at in ((handed(officer, team), None), (a_report(officer, team), MORNING)):
        refusal = refused(checks.HandOverNotCorrected, correct, by=officer, report=report,
                          handed_at=at)  # fmt: skip
        assert refusal.field == "handed_at"


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        (checks.NoCategory, {"category": ""}),
        (checks.UnknownCategory, {"category": "tip"}),
        (checks.HandedBeforeReceived, {"received_at": minutes_after(MORNING, 6)}),
        (checks.InTheFuture, {"received_at": clock.now() + TOMORROW}),
        (checks.TeamNotInForce, {"received_at": clock.at_vietnam(cast.SINCE - TOMORROW, 9)}),
        (words.PersonInText, {"account": "0912345678"}),
        (words.WordsToConfirm, {"account": "người Chăm"}),
    ],
)
def test_a_correction_obeys_what_a_report_obeys(officer, team, kind, change):
    refused(kind, correct, by=officer, report=handed(officer, team), **change)


def test_a_withdrawn_report_is_not_corrected(officer, team):
    report = in_state(ReportState.WITHDRAWN, officer, team)

    refused(checks.WrongState, correct, by=officer, report=report)


# ---- forgetting


def test_the_channel_says_how_and_never_who(leader, team):
    report = a_report(leader, team, channel=Channel.ANONYMOUS)

    assert Event.everything.get(object_id=report.pk).detail["channel"] == "anonymous"
    assert not Case.everything.exists()
