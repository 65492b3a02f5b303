# SPDX-License-Identifier: AGPL-3.0-or-later
"""A member contests a record, the office answers; no amount is contested, shown or changed."""

import pytest
from django.db import transaction
from django.urls import reverse

from binhyen.core.errors import Forbidden
from binhyen.core.ids import uuid7
from binhyen.entitlements.actions_contests import (
    accept_contest,
    contest_record,
    refuse_contest,
    withdraw_contest,
)
from binhyen.entitlements.actions_corrections import correct_sheet
from binhyen.entitlements.choices import Contested, ContestState, Why
from binhyen.entitlements.models import Contest
from binhyen.entitlements.refusals import (
    AlreadyContested,
    ContestClosed,
    DayOutsideMonth,
    NotYetPayable,
)
from binhyen.entitlements.rules import CONTEST_STEPS
from binhyen.entitlements.tests.making import (
    CLERK,
    MONTH,
    a_contest,
    a_patrol,
    a_resolution,
    a_sheet,
    approved,
    at,
    computed,
    day,
)
from tests import cast

pytestmark = pytest.mark.django_db
WORDS = "Đêm 7 đi tuần cùng tổ, kế hoạch 05/KH-CAX"


@pytest.fixture
def month(commune, team, member):
    a_resolution(("NIGHT", "all", 50_000, "dong_night"))
    a_patrol(team, [member], at(3, 22), at(3, 26))
    return commune


def contested(by, slip, on=None, kind=Contested.MISSING):
    return contest_record(by=by, slip=slip, kind=kind, on_day=on or day(7), words=WORDS)


@pytest.mark.parametrize("state", ContestState)
def test_answers_follow_from_a_state_or_are_refused(state, commune, member, member_actor):
    row = a_contest(a_sheet(commune, member).slips.get())
    Contest.everything.filter(pk=row.pk).update(
        state=state, answer="Đã rõ", answered_by_id=CLERK.id, answered_by_name="x"
    )
    steps = {
        ContestState.ACCEPTED: lambda: accept_contest(by=CLERK, contest=row, answer="Đã bổ sung"),
        ContestState.REFUSED: lambda: refuse_contest(by=CLERK, contest=row, answer="Không trực"),
        ContestState.WITHDRAWN: lambda: withdraw_contest(by=member_actor, contest=row),
    }
    for step, take in steps.items():
        with transaction.atomic():
            if step in CONTEST_STEPS[state]:
                assert take().state == step
            else:
                with pytest.raises(ContestClosed):
                    take()
            transaction.set_rollback(True)


def test_an_accepted_contest_leads_to_a_correction_from_the_mended_record(
    month, team, member, member_actor
):
    sheet = approved(month)
    row = contested(member_actor, sheet.slips.get())
    a_patrol(team, [member], at(7, 22), at(7, 26))
    accept_contest(by=CLERK, contest=row, answer="Đã ghi bổ sung cuộc tuần tra")
    assert correct_sheet(by=CLERK, sheet=sheet, why=Why.ERROR).total == 50_000
    sheet.refresh_from_db()
    assert sheet.total == 50_000


def test_the_same_day_is_contested_once_and_again_after_the_answer(month, member_actor):
    slip = approved(month).slips.get()
    first = contested(member_actor, slip)
    with pytest.raises(AlreadyContested):
        contested(member_actor, slip)
    refuse_contest(by=CLERK, contest=first, answer="Sổ không có")
    assert contested(member_actor, slip).pk != first.pk


def test_a_day_of_another_month_and_a_sheet_that_may_change_are_refused(month, member_actor):
    slip = approved(month).slips.get()
    with pytest.raises(DayOutsideMonth):
        contested(member_actor, slip, on=MONTH.replace(month=8))
    slip.sheet.state = "computed"
    with pytest.raises(NotYetPayable):
        contested(member_actor, slip)


def test_the_answer_is_due_after_working_days_as_configured(month, member_actor, settings):
    settings.CONTEST_DAYS = 3
    row = contested(member_actor, approved(month).slips.get())
    assert f"{row.due_on}" == "2026-11-23"  # from a Wednesday, over a weekend


def test_nobody_contests_for_somebody_else(month, member_actor, leader, clerk):
    slip = approved(month).slips.get()
    for actor in (leader, clerk):
        with pytest.raises(Forbidden):
            contested(actor, slip)
    row = contested(member_actor, slip)
    for actor in (member_actor, leader):
        with pytest.raises(Forbidden):
            accept_contest(by=actor, contest=row, answer="Được")


def test_a_member_contests_on_the_own_slip_and_reads_the_answer_there(
    client, member_actor, officer, clerk, month
):
    slip = approved(month).slips.get()
    cast.sign_in(client, member_actor)
    given = {"kind": "missing", "on_day": "03/09/2026", "words": WORDS}
    client.post(reverse("my-contest", args=[slip.pk]), given)
    row = Contest.everything.get()

    cast.sign_in(client, officer)
    assert reverse("contests") + "?state=open" in client.get("/").content.decode()
    page = client.get(reverse("contest", args=[row.pk])).content.decode()
    patrol = slip.counted.get().duty_id
    assert WORDS in page
    assert reverse("patrol", args=[patrol]) in page
    assert "50.000" not in page
    client.post(reverse("contest-refuse", args=[row.pk]), {"answer": "Sổ trực không có"})

    cast.sign_in(client, member_actor)
    assert "Sổ trực không có" in client.get(reverse("my-slip", args=[slip.pk])).content.decode()
    page = client.post(reverse("my-contest-withdraw", args=[row.pk]), {"op_id": str(uuid7())})
    assert page.status_code == 422


def test_a_sheet_that_is_not_approved_shows_no_way_to_contest(client, member_actor, month):
    slip = computed(month).slips.get()
    cast.sign_in(client, member_actor)
    assert client.get(reverse("my-contest", args=[slip.pk])).status_code == 404
