# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about reports, cases and disputes, as people meet them."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.incidents import actions
from binhyen.incidents.choices import ReportState
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.incidents.tests.world import (
    MORNING,
    TEXT,
    a_case,
    a_dispute,
    a_report,
    an_officer,
    assigned,
    handed,
)

pytestmark = pytest.mark.django_db
NOT_TEAM_NOR_POLICE = ["clerk", "chair", "province_officer", "province_chair", "finance",
                       "inspector", "data_officer", "analyst", "operator", "sibling",
                       "outsider"]  # fmt: skip


def typed(moment) -> dict[str, str]:
    here = moment.astimezone(clock.VIETNAM)
    return {"received_at_day": f"{here:%d/%m/%Y}", "received_at_time": f"{here:%H:%M}"}


def filled(team, /, **more):
    """What the report form sends."""
    return {
        "category": "violation", "channel": "phone", "handing": "now", "team": str(team.id),
        "village": "", "account": TEXT, "handed_at_day": "", "handed_at_time": "",
        "op_id": str(uuid4()), **typed(clock.now() - timedelta(minutes=5)),
    } | more  # fmt: skip


def page_of(client, name, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


# ---- recording


def test_a_member_records_a_report_and_hands_it_over_in_one_form(
    client, sign_in, member_actor, team, villages
):
    sign_in(client, member_actor)

    answer = client.post(
        reverse("incident-new"), filled(team, village=str(villages[0].id)), follow=True
    )

    report = Report.everything.get()
    assert (report.village, report.state) == (villages[0], ReportState.HANDED)
    assert report.handover_min in (5, 6)
    assert TEXT in answer.content.decode()


def test_the_form_asks_for_the_category_first_and_says_no_names(client, sign_in, leader, team):
    sign_in(client, leader)

    page = page_of(client, "incident-new")

    order = [page.index(f'name="{name}') for name in ("category", "channel", "village", "account")]
    assert order == sorted(order)
    assert "không ghi tên" in page
    assert page.count('type="radio" name="category"') == 7
    assert 'name="confirm_words"' not in page


def test_a_report_without_category_comes_back_with_the_law_and_what_was_typed(
    client, sign_in, leader, team
):
    sign_in(client, leader)

    answer = client.post(reverse("incident-new"), filled(team, category=""))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "khoản 1 Điều 7 Luật số 30/2023/QH15" in page
    assert TEXT in page
    assert not Report.everything.exists()


def test_words_to_confirm_are_shown_beside_a_box_that_lets_them_pass(client, sign_in, leader, team):
    sign_in(client, leader)
    sent = filled(team, account="Cháy gần nơi sinh hoạt tôn giáo")

    first = client.post(reverse("incident-new"), sent)
    second = client.post(reverse("incident-new"), sent | {"confirm_words": "on"})

    assert first.status_code == 422
    assert 'name="confirm_words"' in first.content.decode()
    assert "tôn giáo" in first.content.decode()
    assert second.status_code == 302
    assert Report.everything.count() == 1


def test_a_hand_over_before_needs_its_time(client, sign_in, leader, team):
    sign_in(client, leader)

    answer = client.post(reverse("incident-new"), filled(team, handing="before"))

    assert answer.status_code == 422
    assert not Report.everything.exists()


def test_a_double_click_records_once(client, sign_in, leader, team):
    sign_in(client, leader)
    sent = filled(team)

    client.post(reverse("incident-new"), sent)
    client.post(reverse("incident-new"), sent)

    assert Report.everything.count() == 1


def test_another_team_s_id_in_the_form_is_refused(client, sign_in, leader, team, other_team):
    sign_in(client, leader)

    answer = client.post(reverse("incident-new"), filled(team, team=str(other_team.id)))

    assert answer.status_code == 422
    assert not Report.everything.exists()


# ---- the steps


def test_handing_over_takes_one_tap(client, sign_in, leader, team):
    report = a_report(leader, team)
    sign_in(client, leader)
    assert reverse("incident-hand", args=[report.id]) in page_of(client, "incident", report.id)

    client.post(reverse("incident-hand", args=[report.id]), {"op_id": str(uuid4())})

    report.refresh_from_db()
    assert report.state == ReportState.HANDED
    assert report.handed_on == clock.today()


def test_an_officer_leads_a_report_to_a_case_and_concludes_it(
    client, sign_in, officer, team, villages
):
    first, second = handed(officer, team, village=villages[0]), handed(officer, team)
    user = sign_in(client, officer)
    client.post(reverse("incident-assign", args=[first.id]), {"officer": str(user.id)})
    confirmed = f"{MORNING + timedelta(days=1):%d/%m/%Y}"

    client.post(
        reverse("incident-case", args=[first.id]),
        {"number": "12/2026", "category": "violation", "confirmed_on": confirmed,
         "reports": [str(first.id), str(second.id)]},
    )  # fmt: skip
    case = Case.everything.get()
    client.post(
        reverse("case-conclude", args=[case.id]),
        {"outcome": "resolved_locally", "concluded_on": confirmed},
    )
    now = clock.now().astimezone(clock.VIETNAM)
    client.post(
        reverse("incident-close", args=[first.id]),
        {"case": "", "closed_at_day": f"{now:%d/%m/%Y}", "closed_at_time": f"{now:%H:%M}"},
    )

    case.refresh_from_db()
    first.refresh_from_db()
    assert (case.outcome, case.reports.count()) == ("resolved_locally", 2)
    assert first.state == ReportState.CLOSED
    page = page_of(client, "case", case.id)
    assert "Giải quyết tại cơ sở" in page
    assert villages[0].full_name in page
    assert "12/2026" in page_of(client, "cases")


def test_one_more_report_is_linked_to_a_case(client, sign_in, officer, team):
    case = a_case(officer, handed(officer, team))
    report = handed(officer, team)
    sign_in(client, officer)

    client.post(reverse("incident-link", args=[report.id]), {"case": str(case.id)})

    assert case.reports.count() == 2


def test_withdrawing_and_correcting_through_their_forms(client, sign_in, leader, team):
    wrong, right = a_report(leader, team), a_report(leader, team)
    sign_in(client, leader)

    client.post(reverse("incident-withdraw", args=[wrong.id]), {"reason": "duplicate"})
    sent = {"category": "fire", "account": "Cháy rơm", **typed(MORNING)}
    client.post(reverse("incident-correct", args=[right.id]), sent)

    wrong.refresh_from_db()
    right.refresh_from_db()
    assert wrong.state == ReportState.WITHDRAWN
    assert (right.category, right.account, right.on_day) == (
        "fire", "Cháy rơm", clock.day_of(MORNING),
    )  # fmt: skip


def test_a_refused_step_says_why_on_its_form(client, sign_in, officer, team):
    report = assigned(officer, team)
    sign_in(client, officer)

    answer = client.post(reverse("incident-hand", args=[report.id]), {"op_id": ""})

    assert answer.status_code == 422
    assert "Đang giải quyết" in answer.content.decode()


@pytest.mark.parametrize("state", ReportState)
def test_the_page_offers_exactly_the_steps_that_follow(client, sign_in, officer, team, state):
    from binhyen.incidents.tests.world import in_state

    report = in_state(state, officer, team)
    sign_in(client, officer)

    page = page_of(client, "incident", report.id)

    offered = {
        name
        for name in ("hand", "assign", "close", "case", "link", "withdraw", "correct")
        if reverse(f"incident-{name}", args=[report.id]) in page
    }
    assert (
        offered
        == {
            ReportState.RECEIVED: {"hand", "withdraw", "correct"},
            ReportState.HANDED: {"assign", "case", "link", "withdraw", "correct"},
            ReportState.ASSIGNED: {"assign", "close", "case", "link", "withdraw", "correct"},
            ReportState.CLOSED: {"correct"},
            ReportState.WITHDRAWN: set(),
        }[state]
    )


def test_the_team_sees_what_came_of_its_report_and_cannot_steer_it(
    client, sign_in, leader, officer, team
):
    report = handed(leader, team)
    case = a_case(officer, report)
    actions.conclude_case(by=officer, case=case, outcome="assisted", concluded_on=case.confirmed_on)
    sign_in(client, leader)

    page = page_of(client, "incident", report.id)

    assert "12/2026" in page
    assert reverse("incident-assign", args=[report.id]) not in page
    assert reverse("case", args=[case.id]) not in page


# ---- readings


def test_opening_a_report_is_a_reading_with_a_purpose(client, sign_in, leader, team):
    report = a_report(leader, team)
    sign_in(client, leader)

    page_of(client, "incident", report.id)

    reading = Event.everything.exclude(purpose="").get()
    assert (reading.object_id, reading.actor_id, reading.purpose) == (
        report.id, leader.id, "handle_report",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("role", "asked", "written"),
    [
        ("officer", "verify_figure", "verify_figure"),
        ("leader", "verify_figure", "handle_report"),
        ("officer", "curiosity", "handle_report"),
    ],
)
def test_the_purpose_is_one_that_the_role_has(
    client, sign_in, request, officer, team, role, asked, written
):
    report = handed(officer, team)
    sign_in(client, request.getfixturevalue(role))

    page_of(client, "incident", report.id, purpose=asked)

    assert Event.everything.exclude(purpose="").get().purpose == written


def test_a_form_that_shows_the_text_is_a_reading(client, sign_in, leader, team):
    report = a_report(leader, team)
    sign_in(client, leader)

    assert TEXT in page_of(client, "incident-correct", report.id)
    assert Event.everything.exclude(purpose="").get().object_id == report.id


def test_lists_show_no_text_and_write_no_reading(client, sign_in, officer, team):
    handed(officer, team)
    sign_in(client, officer)

    assert TEXT not in page_of(client, "incidents")
    assert not Event.everything.exclude(purpose="").exists()


# ---- who


@pytest.mark.parametrize("role", NOT_TEAM_NOR_POLICE)
def test_outsiders_find_nothing_anywhere(
    client, sign_in, request, officer, team, province, nation, role
):
    report = handed(officer, team)
    case = a_case(officer, report)
    dispute = a_dispute(officer, team)
    sign_in(client, request.getfixturevalue(role))
    steps = ("hand", "assign", "close", "case", "link", "withdraw", "correct")
    addresses = [
        reverse("incident", args=[report.id]),
        *(reverse(f"incident-{name}", args=[report.id]) for name in steps),
        reverse("case", args=[case.id]),
        reverse("case-conclude", args=[case.id]),
        reverse("dispute", args=[dispute.id]),
        reverse("dispute-close", args=[dispute.id]),
    ]

    number = Event.everything.count()
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"op_id": ""}).status_code == 404, address
    assert Event.everything.count() == number


def test_missing_and_forbidden_look_the_same(client, sign_in, outsider, officer, team):
    report = handed(officer, team)
    sign_in(client, outsider)

    there = client.get(reverse("incident", args=[report.id]))
    nothing = uuid4()
    nowhere = client.get(reverse("incident", args=[nothing]))

    assert there.status_code == nowhere.status_code == 404
    assert plain(there, report.id) == plain(nowhere, nothing)


def plain(answer, looked_for) -> str:
    """A page without what differs by design: its own address and the form tokens."""
    page = answer.content.decode().replace(str(looked_for), "")
    return re.sub(r'name="(csrfmiddlewaretoken|op_id)" value="[^"]*"', "", page)


def test_the_sibling_s_list_is_empty(client, sign_in, officer, sibling, team):
    report = handed(officer, team)
    dispute = a_dispute(officer, team)
    a_case(officer, report)
    sign_in(client, sibling)

    assert str(report.id) not in page_of(client, "incidents")
    assert "12/2026" not in page_of(client, "cases")
    assert str(dispute.id) not in page_of(client, "disputes")


def test_without_signing_in_pages_lead_to_the_sign_in(client, officer, team):
    answer = client.get(reverse("incident", args=[handed(officer, team).id]))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


# ---- disputes


def test_a_leader_notes_a_dispute_and_its_result(client, sign_in, leader, team, villages):
    sign_in(client, leader)
    day = f"{MORNING:%d/%m/%Y}"

    client.post(reverse("dispute-new"), {"kind": "land", "village": str(villages[0].id),
                                         "team": str(team.id), "noticed_on": day})  # fmt: skip
    dispute = Dispute.everything.get()
    answer = client.post(
        reverse("dispute-close", args=[dispute.id]),
        {"state": "settled", "closed_on": day}, follow=True,
    )  # fmt: skip

    assert "Hòa giải thành" in answer.content.decode()
    assert villages[0].full_name in page_of(client, "disputes", state="settled")


# ---- lists


@pytest.mark.parametrize("count", [10, 200])
@pytest.mark.parametrize("role", ["officer", "leader"])
def test_lists_take_few_queries_whatever_their_size(
    client, sign_in, request, officer, leader, team, villages, role, count,
    django_assert_max_num_queries,
):  # fmt: skip
    day = clock.day_of(MORNING)
    for number in range(count):
        case = Case.everything.create(
            territory=team.territory, number=str(number), category="violation", confirmed_on=day
        )
        Report.everything.create(
            territory=team.territory, team=team, village=villages[number % 2], on_day=day,
            category="violation", channel="phone", received_at=MORNING, case=case,
            is_sealed=number % 5 == 0,
        )  # fmt: skip
        Dispute.everything.create(
            territory=team.territory, team=team, village=villages[0], kind="land", noticed_on=day
        )
    actor = request.getfixturevalue(role)
    sign_in(client, actor)

    for name in ("incidents", "disputes", *(("cases",) if role == "officer" else ())):
        with django_assert_max_num_queries(12):
            answer = client.get(reverse(name))
        assert answer.status_code == 200


def test_the_list_is_narrowed_by_category_state_village_team_and_days(
    client, sign_in, officer, team, villages
):
    wanted = handed(officer, team, village=villages[0])
    a_report(officer, team, category="fire", village=villages[1],
             received_at=MORNING - timedelta(days=3))  # fmt: skip
    sign_in(client, officer)
    day = f"{MORNING:%d/%m/%Y}"

    for query in (
        {"category": "violation"}, {"state": "handed"}, {"village": villages[0].code},
        {"day_from": day, "day_to": day},
    ):  # fmt: skip
        page = page_of(client, "incidents", **query)
        assert "1 tin báo" in page
        assert str(wanted.id) in page
    assert "2 tin báo" in page_of(client, "incidents", team=str(team.id))


def test_pages_speak_both_languages(client, sign_in, officer, team):
    report = handed(officer, team)
    case = a_case(officer, report)
    dispute = a_dispute(officer, team)
    sign_in(client, officer)
    pages = [("incidents",), ("incident-new",), ("incident", report.id), ("cases",),
             ("case", case.id), ("disputes",), ("dispute", dispute.id)]  # fmt: skip

    vietnamese = [page_of(client, *page) for page in pages]
    client.cookies["binhyen_language"] = "en"
    english = [page_of(client, *page) for page in pages]

    assert "Tin báo" in vietnamese[0]
    assert "Reports" in english[0]
    assert "Violation of law" in english[2]
    assert not any("đối tượng" in page.lower() for page in vietnamese)


def test_nothing_about_reports_is_cached(client, sign_in, officer, team):
    report = handed(officer, team)
    sign_in(client, officer)

    for address in (reverse("incidents"), reverse("incident", args=[report.id])):
        assert "no-store" in client.get(address)["Cache-Control"]


def test_an_officer_is_chosen_from_this_commune_s_police(client, sign_in, officer, sibling, team):
    report = handed(officer, team)
    foreign = an_officer(sibling)
    sign_in(client, officer)

    assert str(foreign.id) not in page_of(client, "incident-assign", report.id)
    answer = client.post(reverse("incident-assign", args=[report.id]), {"officer": foreign.id})
    assert answer.status_code == 422
