# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about patrols, as people meet them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from binhyen.core import clock
from binhyen.core.models import Event
from binhyen.patrols import actions
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Finding, Patrol, PatrolMember, TrafficHelp
from binhyen.patrols.tests.duty import ago, evening, found, helped, planned, recorded
from tests import cast

pytestmark = pytest.mark.django_db
WALK = [(10.9287 + i * 0.0002, 108.2871) for i in range(51)]


def shift(start, hours=2, **more):
    """What a form of a shift sends."""
    here, end = (one.astimezone(clock.VIETNAM) for one in (start, start + timedelta(hours=hours)))
    return {
        "day": f"{here:%d/%m/%Y}", "from_time": f"{here:%H:%M}", "to_time": f"{end:%H:%M}",
        "route": "Bãi sau – chợ", "op_id": str(uuid4()),
    } | more  # fmt: skip


def moment(name, at):
    here = at.astimezone(clock.VIETNAM)
    return {f"{name}_day": f"{here:%d/%m/%Y}", f"{name}_time": f"{here:%H:%M}"}


def test_an_officer_plans_a_night_patrol_that_ends_on_the_next_day(
    client, sign_in, officer, team, member
):
    sign_in(client, officer)
    at = evening(-1, 23)

    answer = client.post(
        reverse("patrol-plan-team", args=[team.id]),
        shift(at, 3, members=[str(member.id)], plan_number="05/KH-CAX", task_group="patrol"),
        follow=True,
    )

    patrol = Patrol.everything.get()
    assert (patrol.planned_start, patrol.planned_end) == (at, at + timedelta(hours=3))
    assert list(patrol.members.all()) == [member]
    page = answer.content.decode()
    assert "Bãi sau – chợ" in page
    assert member.full_name in page
    assert "05/KH-CAX" in page


def test_an_earlier_plan_fills_in_everything_but_the_day_and_who_goes(
    client, sign_in, officer, team, member
):
    planned(officer, team, member, start=evening(2, 20))
    sign_in(client, officer)
    address = reverse("patrol-plan-team", args=[team.id])

    (row,) = client.get(address).context["sections"][0].rows

    filled = client.get(row.url).context["form"]
    earlier = Patrol.everything.get()
    assert filled["route"].value() == earlier.route
    assert filled["from_time"].value() == "20:00"
    assert not filled["members"].value()
    assert not filled.errors


def test_the_same_form_sent_twice_plans_one_patrol(client, sign_in, officer, team, member):
    sign_in(client, officer)
    sent = shift(evening(-1), members=[str(member.id)], task_group="patrol")

    for _time in range(2):
        client.post(reverse("patrol-plan-team", args=[team.id]), sent)

    assert Patrol.everything.count() == 1


def test_a_member_starts_notes_and_ends_from_the_patrols_page(
    client, sign_in, officer, member_actor, team, member
):
    patrol = planned(officer, team, member, start=ago(1))
    sign_in(client, member_actor)
    page = client.get(reverse("patrol", args=[patrol.id])).content.decode()
    assert reverse("patrol-start", args=[patrol.id]) in page
    assert reverse("patrol-cancel", args=[patrol.id]) not in page

    client.post(reverse("patrol-start", args=[patrol.id]), moment("at", ago(1)))
    client.post(
        reverse("patrol-finding", args=[patrol.id]),
        {"kind": "gambling", "place": "Chợ", "note": ""} | moment("found_at", ago(0.75)),
    )
    client.post(
        reverse("patrol-traffic", args=[patrol.id]),
        {"kind": "jam", "place": "Ngã ba", "duration_min": "15"} | moment("started_at", ago(0.5)),
    )
    answer = client.post(
        reverse("patrol-end", args=[patrol.id]), {"note": "Yên"} | moment("at", ago(0.25)),
        follow=True,
    )  # fmt: skip

    patrol.refresh_from_db()
    assert (patrol.state, patrol.member_minutes) == (PatrolState.DONE, 45)
    assert TrafficHelp.everything.get().patrol == patrol
    finding = Finding.everything.get()
    assert reverse("finding-hand-over", args=[finding.id]) in answer.content.decode()


def test_a_finding_is_handed_over_from_its_form(client, sign_in, leader, team, member):
    finding = found(leader, recorded(leader, team, member))
    handed_at = ago(0)
    sign_in(client, leader)

    client.post(reverse("finding-hand-over", args=[finding.id]), moment("handed_at", handed_at))

    finding.refresh_from_db()
    assert finding.handed_at == handed_at
    page = client.get(reverse("finding", args=[finding.id])).content.decode()
    assert "Đã chuyển" in page


def test_a_leader_records_corrects_and_takes_back(client, sign_in, leader, team, member):
    sign_in(client, leader)
    sent = shift(evening(2, 22), members=[str(member.id)], task_group="patrol")
    client.post(reverse("patrol-record-team", args=[team.id]), sent)
    patrol = Patrol.everything.get()

    again = shift(evening(1, 22), 3, members=[str(member.id)], note="", reason="Nhầm ngày")
    client.post(reverse("patrol-correct", args=[patrol.id]), again)
    patrol.refresh_from_db()
    assert (patrol.on_day, patrol.member_minutes) == (clock.today() - timedelta(days=1), 180)

    client.post(reverse("patrol-void", args=[patrol.id]), {"reason": "Ghi hai lần"})
    patrol.refresh_from_db()
    assert patrol.state == PatrolState.VOID


def test_a_plan_is_recorded_afterwards_from_its_page(
    client, sign_in, officer, leader, team, member
):
    patrol = planned(officer, team, member, start=evening(1, 20))
    sign_in(client, leader)
    page = client.get(reverse("patrol-record-planned", args=[patrol.id])).content.decode()
    assert "20:00" in page

    client.post(
        reverse("patrol-record-planned", args=[patrol.id]),
        shift(evening(1, 21), members=[str(member.id)], note=""),
    )

    patrol.refresh_from_db()
    assert (patrol.state, patrol.started_at) == (PatrolState.DONE, evening(1, 21))


def test_a_plan_is_called_off_with_a_reason(client, sign_in, officer, team, member):
    patrol = planned(officer, team, member)
    sign_in(client, officer)

    empty = client.post(reverse("patrol-cancel", args=[patrol.id]), {"reason": ""})
    assert empty.status_code == 422
    client.post(reverse("patrol-cancel", args=[patrol.id]), {"reason": "Bão số 13"})

    patrol.refresh_from_db()
    assert patrol.state == PatrolState.CANCELLED


def test_a_refused_form_keeps_what_was_typed_and_marks_the_field(
    client, sign_in, officer, team, member
):
    planned(officer, team, member, start=evening(-1, 22))
    sign_in(client, officer)

    answer = client.post(
        reverse("patrol-plan-team", args=[team.id]),
        shift(evening(-1, 23), members=[str(member.id)], task_group="patrol",
              objective="Chợ đêm"),
    )  # fmt: skip

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Chợ đêm" in page
    assert f"{member.full_name} có lượt tuần tra khác" in page
    assert Patrol.everything.count() == 1


def test_an_end_that_equals_the_start_is_refused_beside_its_field(
    client, sign_in, officer, team, member
):
    sign_in(client, officer)

    answer = client.post(
        reverse("patrol-plan-team", args=[team.id]),
        shift(evening(-1), 0, members=[str(member.id)], task_group="patrol"),
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors["to_time"]


def test_a_foreign_member_in_the_form_is_refused(client, sign_in, officer, team, other_team,
                                                 other_villages):  # fmt: skip
    foreign = cast.a_member(other_team, other_villages[0], name="Phạm Thị Xa")
    sign_in(client, officer)

    answer = client.post(
        reverse("patrol-plan-team", args=[team.id]),
        shift(evening(-1), members=[str(foreign.id)], task_group="patrol"),
    )

    assert answer.status_code == 422
    assert "Phạm Thị Xa" not in answer.content.decode()
    assert not Patrol.everything.exists()


@pytest.mark.parametrize("sent", [{"duration_min": "0"}, {"duration_min": "1441"}, {"kind": "x"},
                                  {"place": ""}, {"started_at_day": "31/02/2026"}])  # fmt: skip
def test_bad_traffic_help_is_refused_with_its_field(sent, client, sign_in, leader, team):
    sign_in(client, leader)
    good = {"kind": "jam", "place": "Ngã ba", "duration_min": "15"} | moment("started_at", ago(1))

    answer = client.post(reverse("traffic-record-team", args=[team.id]), good | sent)

    assert answer.status_code == 422
    assert not TrafficHelp.everything.exists()
    (name,) = sent
    assert name.removesuffix("_day") in answer.context["form"].errors


def test_traffic_help_is_recorded_listed_and_taken_back(client, sign_in, leader, team):
    sign_in(client, leader)
    sent = {"kind": "guidance", "place": "Cổng trường", "duration_min": "30"}

    client.post(reverse("traffic-record-team", args=[team.id]), sent | moment("started_at", ago(1)))

    one = TrafficHelp.everything.get()
    assert "Cổng trường" in client.get(reverse("traffic")).content.decode()
    client.post(reverse("traffic-void", args=[one.id]), {"reason": "Ghi nhầm"})
    assert "Cổng trường" not in client.get(reverse("traffic")).content.decode()


def test_a_single_team_is_not_asked_for(client, sign_in, leader, officer, team, villages):
    sign_in(client, leader)
    answer = client.get(reverse("patrol-record"))
    assert answer.url == reverse("patrol-record-team", args=[team.id])

    second = type(team).everything.create(
        territory=team.territory, name="Tổ 2", name_folded="to 2", name_order="to 00002",
        established_on=cast.SINCE,
    )  # fmt: skip
    sign_in(client, officer)
    page = client.get(reverse("patrol-plan")).content.decode()
    assert reverse("patrol-plan-team", args=[second.id]) in page


def every_address(team, patrol, finding, traffic):
    """Every page that needs a right to one team, patrol, finding or traffic help."""
    of_patrol = ("patrol", "patrol-start", "patrol-end", "patrol-record-planned", "patrol-cancel",
                 "patrol-correct", "patrol-void", "patrol-finding", "patrol-traffic")  # fmt: skip
    of_team = ("patrol-plan-team", "patrol-record-team", "traffic-record-team")
    return [
        *(reverse(name, args=[patrol.id]) for name in of_patrol),
        *(reverse(name, args=[team.id]) for name in of_team),
        *(reverse(n, args=[finding.id]) for n in ("finding", "finding-hand-over", "finding-void")),
        *(reverse(name, args=[traffic.id]) for name in ("traffic-help", "traffic-void")),
        reverse("log-book") + f"?of={team.id}",
        reverse("log-book") + f"?of={team.territory.code}",
    ]


@pytest.mark.parametrize("role", ["sibling", "outsider", "province_officer", "analyst", "operator"])
def test_for_those_outside_everything_looks_missing(
    role, request, client, sign_in, officer, team, member
):
    patrol = recorded(officer, team, member)
    addresses = every_address(team, patrol, found(officer, patrol), helped(officer, team))
    sign_in(client, request.getfixturevalue(role))
    before = Event.everything.count()

    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address).status_code == 404, address
    assert Event.everything.count() == before


def test_the_commune_police_open_every_page(client, sign_in, officer, team, member):
    patrol = recorded(officer, team, member)
    addresses = every_address(team, patrol, found(officer, patrol), helped(officer, team))
    sign_in(client, officer)

    for address in [*addresses, reverse("patrols"), reverse("traffic")]:
        assert client.get(address).status_code == 200, address


def test_without_signing_in_pages_lead_to_the_sign_in(client, officer, team, member):
    patrol = recorded(officer, team, member)

    answer = client.get(reverse("patrol", args=[patrol.id]))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_the_list_shows_the_own_area_and_nothing_else(
    client, sign_in, officer, sibling, team, member, other_team, other_villages
):
    foreign = cast.a_member(other_team, other_villages[0], name="Phạm Thị Xa")
    own, other = recorded(officer, team, member), recorded(sibling, other_team, foreign)
    sign_in(client, officer)

    page = client.get(reverse("patrols")).content.decode()

    assert reverse("patrol", args=[own.id]) in page
    assert reverse("patrol", args=[other.id]) not in page
    assert member.full_name not in page


def test_filters_narrow_the_list(client, sign_in, officer, team, member):
    done = recorded(officer, team, member, start=evening(3))
    found(officer, done)
    coming = planned(officer, team, member, start=evening(-2))
    late = planned(officer, team, member, start=ago(5))
    sign_in(client, officer)
    day = f"{evening(3):%d/%m/%Y}"

    def shown(**query):
        page = client.get(reverse("patrols"), query).content.decode()
        return {one for one in (done, coming, late) if reverse("patrol", args=[one.id]) in page}

    assert shown() == {done, coming, late}
    assert shown(state="planned") == {coming, late}
    assert shown(day_from=day, day_to=day) == {done}
    assert shown(team=str(team.id)) == {done, coming, late}
    assert shown(team=str(uuid4())) == {done, coming, late}
    assert shown(task_group="movement") == set()
    assert shown(late="1") == {late}
    assert shown(kept="1") == {done}


@pytest.mark.parametrize("name", ["patrols", "traffic"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_lists_are_exported_without_names(kind, name, client, sign_in, officer, team, member):
    recorded(officer, team, member, route="=1+1")
    helped(officer, team, place="=1+1")
    sign_in(client, officer)

    answer = client.get(reverse(name), {"format": kind})

    content = b"".join(answer.streaming_content)
    assert answer.status_code == 200
    assert len(content) > 100
    if kind == "csv":
        assert b"'=1+1" in content
        assert member.full_name.encode() not in content


@pytest.mark.parametrize("count", [10, 200])
def test_the_list_takes_the_same_few_queries_whatever_its_size(
    client, sign_in, officer, team, member, count, django_assert_max_num_queries
):
    patrols = Patrol.everything.bulk_create(
        Patrol(
            team=team, territory=team.territory, state="done", route=f"Tuyến {i}",
            on_day=clock.day_of(evening(i)), planned_start=evening(i), planned_end=evening(i, 23),
            started_at=evening(i), ended_at=evening(i, 23),
        )
        for i in range(1, count + 1)
    )  # fmt: skip
    PatrolMember.everything.bulk_create(PatrolMember(patrol=p, member=member) for p in patrols)
    sign_in(client, officer)

    with django_assert_max_num_queries(12):
        client.get(reverse("patrols"))
    with django_assert_max_num_queries(12):
        client.get(reverse("traffic"))
    with django_assert_max_num_queries(16):
        client.get(reverse("log-book"), {"of": team.territory.code, "from": "01/01/2026"})


def test_opening_a_patrol_records_who_read_it_and_why(client, sign_in, officer, team, member):
    patrol = recorded(officer, team, member)
    sign_in(client, officer)

    client.get(reverse("patrol", args=[patrol.id]))
    client.get(reverse("patrol", args=[patrol.id]), {"purpose": "verify_figure"})
    client.get(reverse("patrol", args=[patrol.id]), {"purpose": "manage_force"})

    readings = Event.everything.filter(object_id=patrol.id).exclude(purpose="").order_by("id")
    assert [(one.actor_id, one.purpose) for one in readings] == [
        (officer.id, "direct_duty"), (officer.id, "verify_figure"), (officer.id, "direct_duty"),
    ]  # fmt: skip


def test_a_form_that_offers_names_records_the_reading(client, sign_in, leader, team, member):
    sign_in(client, leader)

    client.get(reverse("patrol-record-team", args=[team.id]))

    assert Event.everything.get(kind="team.crew").object_id == team.id


def test_the_page_draws_the_way_and_says_it_in_words(client, sign_in, officer, team, member):
    patrol = recorded(officer, team, member, track=WALK)
    sign_in(client, officer)

    page = client.get(reverse("patrol", args=[patrol.id])).content.decode()

    assert '<polyline class="track-line"' in page
    assert "Sơ đồ đường đi" in page
    assert "style=" not in page


def test_the_history_tells_who_corrected_and_why(client, sign_in, leader, team, member):
    patrol = recorded(leader, team, member)
    actions.void_patrol(by=leader, patrol=patrol, reason="Ghi hai lần")
    sign_in(client, leader)

    page = client.get(reverse("patrol", args=[patrol.id])).content.decode()

    assert "đã thu hồi lượt tuần tra vì ghi nhầm: Ghi hai lần" in page
    assert reverse("patrol-correct", args=[patrol.id]) not in page


def test_what_people_typed_is_text_and_never_markup(client, sign_in, officer, team, member):
    patrol = recorded(
        officer, team, member, route="<script>alert(1)</script>", note="%(x)s {{ y }}"
    )
    sign_in(client, officer)

    for address in (reverse("patrols"), reverse("patrol", args=[patrol.id]), reverse("log-book")):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_the_pages_speak_both_languages(client, sign_in, officer, team, member):
    patrol = recorded(officer, team, member)
    sign_in(client, officer)

    assert "lượt tuần tra" in client.get(reverse("patrols")).content.decode()
    client.cookies["binhyen_language"] = "en"
    assert "1 patrol" in client.get(reverse("patrols")).content.decode()
    assert "Take back" in client.get(reverse("patrol", args=[patrol.id])).content.decode()
    assert "1 line from" in client.get(
        reverse("log-book"), {"from": f"{patrol.on_day:%d/%m/%Y}"}
    ).content.decode()  # fmt: skip
