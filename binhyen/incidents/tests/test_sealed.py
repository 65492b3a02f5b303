# SPDX-License-Identifier: AGPL-3.0-or-later
"""Domestic violence: commune police read it, who recorded it keeps a receipt, nobody else."""

import csv
import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from binhyen.core.actors import NOWHERE
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event
from binhyen.incidents import actions, queries
from binhyen.incidents.choices import Category, ReportState
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import VIEW_REPORT, VIEW_SEALED
from binhyen.incidents.tests.world import (
    MORNING,
    a_case,
    an_officer,
    handed,
    minutes_after,
    sealed,
)

pytestmark = pytest.mark.django_db
SECRET = "Chồng đánh vợ ở nhà sau trạm bơm"
WORDS = ("Bạo lực gia đình", "domestic_violence", "Domestic violence", SECRET, "trạm bơm")


def content(answer) -> str:
    body = answer.getvalue() if answer.streaming else answer.content
    return body.decode()


def tells_nothing(page: str) -> bool:
    """Whether a page keeps silent, apart from the closed list that its filter offers."""
    return not any(word in page.replace('<option value="domestic_violence">Bạo lực gia đình', "")
                   for word in WORDS)  # fmt: skip


def test_a_report_of_domestic_violence_is_sealed_from_the_first_moment(member_actor, team):
    report = sealed(member_actor, team, account=SECRET)

    assert report.is_sealed
    assert Event.everything.get().detail["category"] == "sealed"


def test_commune_police_read_it(client, sign_in, officer, member_actor, team):
    report = sealed(member_actor, team, account=SECRET)
    sign_in(client, officer)

    assert SECRET in content(client.get(reverse("incident", args=[report.id])))
    assert Event.everything.filter(object_id=report.id, purpose="handle_report").count() == 1


def test_who_recorded_it_sees_afterwards_only_that_it_is_sealed_and_the_times(
    client, sign_in, member_actor, team, villages
):
    report = sealed(member_actor, team, account=SECRET, village=villages[0])
    sign_in(client, member_actor)

    page = content(client.get(reverse("incident", args=[report.id])))

    assert "Tin niêm kín" in page
    assert "08:30" in page
    assert "08:35" in page
    assert villages[0].full_name not in page
    assert tells_nothing(page)


def test_the_receipt_does_not_tell_what_came_of_it(client, sign_in, officer, member_actor, team):
    report = sealed(member_actor, team, account=SECRET)
    actions.assign_report(by=officer, report=report, officer=an_officer(officer))
    a_case(officer, report, number="77/2026")
    sign_in(client, member_actor)

    pages = [
        content(client.get(reverse("incident", args=[report.id]))),
        content(client.get(reverse("incidents"))),
    ]

    for page in pages:
        assert "77/2026" not in page
        assert 'badge-main">Đang giải quyết' not in page
        assert tells_nothing(page)


def test_who_recorded_it_may_still_hand_it_over(client, sign_in, member_actor, team):
    report = actions.receive_report(by=member_actor, team=team, channel="phone", account=SECRET,
                                    category="domestic_violence", received_at=MORNING)  # fmt: skip
    sign_in(client, member_actor)
    assert reverse("incident-hand", args=[report.id]) in content(
        client.get(reverse("incident", args=[report.id]))
    )

    answer = client.post(reverse("incident-hand", args=[report.id]), {"op_id": ""})

    report.refresh_from_db()
    assert (answer.status_code, report.state) == (302, ReportState.HANDED)


@pytest.mark.parametrize("what", ["", "correct/", "withdraw/", "assign/", "close/", "case/",
                                  "link/"])  # fmt: skip
@pytest.mark.parametrize("role", ["leader", "deputy", "clerk", "chair", "province_officer",
                                  "province_chair", "inspector", "data_officer", "analyst",
                                  "operator", "sibling", "outsider"])  # fmt: skip
def test_everybody_else_finds_nothing(
    client, sign_in, request, member_actor, team, province, nation, role, what
):
    report = sealed(member_actor, team, account=SECRET)
    sign_in(client, request.getfixturevalue(role))

    answer = client.get(reverse("incident", args=[report.id]) + what)

    assert answer.status_code == 404
    assert tells_nothing(content(answer))


@pytest.mark.parametrize("what", ["correct/", "withdraw/"])
def test_who_recorded_it_does_not_open_it_through_a_form(client, sign_in, member_actor, team, what):
    report = sealed(member_actor, team, account=SECRET)
    sign_in(client, member_actor)

    answer = client.get(reverse("incident", args=[report.id]) + what)

    assert answer.status_code == 404


def test_the_leader_s_list_does_not_even_count_it(client, sign_in, leader, member_actor, team):
    sealed(member_actor, team, account=SECRET)
    handed(leader, team)
    sign_in(client, leader)

    page = content(client.get(reverse("incidents")))

    assert "1 tin báo" in page
    assert "niêm kín" not in page
    assert tells_nothing(page)


def test_a_list_says_sealed_even_to_commune_police(client, sign_in, officer, member_actor, team):
    sealed(member_actor, team, account=SECRET)
    sign_in(client, officer)

    page = content(client.get(reverse("incidents")))

    assert "Tin niêm kín" in page
    assert tells_nothing(page)


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({}, True),
        ({"category": "domestic_violence"}, False),
        ({"category": "violation"}, False),
        ({"state": "handed"}, False),
        ({"village": "22918-01"}, False),
        ({"day_from": "01/01/2020"}, True),
    ],
)
def test_filters_tell_who_recorded_it_no_more_than_the_list(
    client, sign_in, member_actor, team, villages, query, is_there
):
    report = sealed(member_actor, team, account=SECRET, village=villages[0])
    sign_in(client, member_actor)

    page = content(client.get(reverse("incidents"), query))

    assert (reverse("incident", args=[report.id]) in page) is is_there


def test_commune_police_may_filter_it(client, sign_in, officer, member_actor, team):
    report = sealed(member_actor, team, account=SECRET)
    sign_in(client, officer)

    page = content(client.get(reverse("incidents"), {"category": "domestic_violence"}))

    assert reverse("incident", args=[report.id]) in page


@pytest.mark.parametrize("role", ["officer", "member_actor"])
@pytest.mark.parametrize("page", ["incidents", "cases"])
def test_an_export_holds_no_sealed_report_or_case_and_no_text(
    client, sign_in, request, officer, member_actor, team, role, page
):
    open_text = "Trộm xe máy trước chợ"
    a_case(officer, sealed(member_actor, team, account=SECRET), number="77/2026")
    a_case(officer, handed(officer, team, account=open_text), number="78/2026")
    sign_in(client, request.getfixturevalue(role))
    if page == "cases" and role == "member_actor":
        assert client.get(reverse(page), {"format": "csv"}).status_code == 404
        return

    table = content(client.get(reverse(page), {"format": "csv"}))
    sheet = client.get(reverse(page), {"format": "xlsx"}).getvalue()

    rows = list(csv.reader(io.StringIO(table.lstrip("\ufeff"))))
    cells = CalamineWorkbook.from_filelike(io.BytesIO(sheet)).get_sheet_by_index(0).to_python()
    assert len(rows) == len(cells) == 2
    for text in (table, str(cells)):
        assert tells_nothing(text)
        assert open_text not in text
        assert "niêm kín" not in text
        assert "77/2026" not in text


def test_a_sealed_case_of_an_open_report_shows_the_team_only_that_it_is_sealed(
    client, sign_in, leader, officer, member_actor, team
):
    report = handed(leader, team)
    a_case(officer, report, sealed(member_actor, team, account=SECRET), number="77/2026")
    sign_in(client, leader)

    page = content(client.get(reverse("incident", args=[report.id])))

    assert "77/2026" not in page
    assert "Tin niêm kín" in page


def test_queries_hold_alone(officer, leader, member_actor, clerk, province_officer, team):
    report = sealed(member_actor, team)
    police = officer.scope(VIEW_REPORT), officer.scope(VIEW_SEALED)

    assert queries.report(scope=police[0], sealed=police[1], report_id=report.id) == report
    for actor in (leader, member_actor, clerk, province_officer):
        scope = actor.scope(VIEW_REPORT)
        assert actor.scope(VIEW_SEALED) == NOWHERE
        assert not queries.reports_in(scope=scope, sealed=actor.scope(VIEW_SEALED)).exists()
        assert not queries.reports_to_export(scope=scope).exists()
        with pytest.raises(Forbidden):
            queries.report(scope=scope, sealed=actor.scope(VIEW_SEALED), report_id=report.id)
    assert not queries.waiting_for_triage(scope=police[0]).exists()
    assert queries.waiting_for_triage(scope=police[0], sealed=police[1]).exists()


def test_a_right_to_sealed_reports_elsewhere_opens_nothing_here(sibling, officer, team):
    report = sealed(officer, team)

    with pytest.raises(Forbidden):
        queries.report(scope=officer.scope(VIEW_REPORT), sealed=sibling.scope(VIEW_SEALED),
                       report_id=report.id)  # fmt: skip


def test_only_who_reads_it_may_unseal_it(officer, loader, member_actor, team):
    report = sealed(officer, team)

    def to_violation(by):
        return actions.correct_report(
            by=by, report=report, category=Category.VIOLATION, received_at=MORNING,
            handed_at=minutes_after(MORNING, 5), account="",
        )  # fmt: skip

    for actor in (loader, member_actor):
        with pytest.raises(Forbidden):
            to_violation(actor)
    to_violation(officer)

    assert not Report.everything.get().is_sealed
    detail = Event.everything.get(kind="report.corrected").detail
    assert (detail["old"], detail["new"]) == ("sealed", "violation")


def test_no_event_of_a_sealed_report_names_its_class_or_text(officer, team):
    report = sealed(officer, team, account=SECRET)
    actions.assign_report(by=officer, report=report, officer=an_officer(officer))
    case = a_case(officer, report, category=Category.DOMESTIC_VIOLENCE)
    actions.conclude_case(by=officer, case=case, outcome="assisted", concluded_on=case.confirmed_on)
    actions.close_report(by=officer, report=report, closed_at=minutes_after(MORNING, 4000))

    told = " ".join(f"{event.kind} {event.detail}" for event in Event.everything.all())

    assert "domestic" not in told
    assert "trạm bơm" not in told
