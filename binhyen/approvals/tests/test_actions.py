# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests of two persons: every step, every refusal, who may not."""

from dataclasses import replace
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from binhyen.approvals import actions, queries
from binhyen.approvals.choices import State, What
from binhyen.approvals.models import Approval
from binhyen.approvals.permissions import ANSWER
from binhyen.approvals.rules import STEPS, state_on
from binhyen.core import clock
from binhyen.core.actors import Limits, Scope
from binhyen.core.errors import Forbidden, Invalid, OperationIdReused
from binhyen.core.models import Event
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def ask(commune, clerk, today):
    def ask(**changed):
        given = {"by": clerk, "what": What.MEMBERS, "territory": commune, "rows": 300,
                 "why": "Chi trợ cấp tháng 10", "valid_to": today + timedelta(days=7)}  # fmt: skip
        return actions.ask_export(**given | changed)

    return ask


def in_state(state, asked, head, clerk):
    """The request, brought to a state by the actions."""
    if state == State.DECLINED:
        return actions.decline(by=head, approval=asked, reason="Không cần")
    if state in (State.APPROVED, State.USED):
        actions.approve(by=head, approval=asked)
    if state == State.USED:
        actions.use(by=clerk, approval=asked, rows=300)
    return asked


def test_a_request_is_approved_by_somebody_else_and_used_once(ask, head, clerk):
    asked = ask()
    approved = actions.approve(by=head, approval=asked)
    assert (approved.state, approved.answered_by_name) == (State.APPROVED, head.name)
    used = actions.use(by=clerk, approval=asked, rows=300)
    assert used.state == State.USED
    with pytest.raises(actions.NotOpen):
        actions.use(by=clerk, approval=asked, rows=1)
    kinds = list(Event.everything.order_by("id").values_list("kind", flat=True))
    assert kinds == ["approval.asked", "approval.approved", "approval.used"]


@pytest.mark.parametrize("step", ["approve", "decline"])
def test_whoever_asked_never_answers(ask, chair, step):
    asked = ask(by=chair)
    more = {"reason": "x"} if step == "decline" else {}
    with pytest.raises(actions.OwnRequest):
        getattr(actions, step)(by=chair, approval=asked, **more)


def test_the_table_itself_refuses_one_person_as_both(ask):
    asked = ask()
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.everything.filter(pk=asked.pk).update(answered_by_id=asked.asked_by_id)


@pytest.mark.parametrize("role", ["officer", "clerk", "leader", "member_actor", "operator",
                                  "analyst", "finance", "sibling", "outsider"])  # fmt: skip
def test_who_holds_no_right_there_does_not_answer(ask, role, request, chair):
    asked = ask(by=chair)
    actor = request.getfixturevalue(role)
    with pytest.raises(Forbidden):
        actions.approve(by=actor, approval=asked)
    with pytest.raises(Forbidden):
        actions.decline(by=actor, approval=asked, reason="x")


def test_a_head_of_another_commune_does_not_answer(ask, other_commune):
    with pytest.raises(Forbidden):
        actions.approve(by=cast.an_actor("commune_police_head", cast.OTHER_COMMUNE), approval=ask())


@pytest.mark.parametrize("role", ["leader", "member_actor", "operator", "analyst", "finance",
                                  "sibling", "outsider"])  # fmt: skip
def test_who_holds_no_list_there_does_not_ask(ask, role, request):
    with pytest.raises(Forbidden):
        ask(by=request.getfixturevalue(role))


def test_a_key_never_approves(ask, head):
    key = replace(head, limits=Limits("", frozenset({ANSWER.key})))
    with pytest.raises(Forbidden):
        actions.approve(by=key, approval=ask())


@pytest.mark.parametrize(
    ("now", "wanted"), list(product([State.ASKED, State.APPROVED, State.DECLINED, State.USED,
                                State.LAPSED], [State.APPROVED, State.DECLINED, State.USED]))
)  # fmt: skip
def test_every_step_follows_only_from_its_state(ask, head, clerk, now, wanted):
    asked = in_state(now, ask(), head, clerk)
    later = timedelta(days=7 if now is State.LAPSED else 0)
    head, clerk = (replace(one, on=one.on + later) for one in (head, clerk))
    step = {
        State.APPROVED: lambda: actions.approve(by=head, approval=asked),
        State.DECLINED: lambda: actions.decline(by=head, approval=asked, reason="Không"),
        State.USED: lambda: actions.use(by=clerk, approval=asked, rows=2),
    }[wanted]
    if wanted in STEPS[now]:
        assert step().state == wanted
    else:
        with pytest.raises(actions.NotOpen):
            step()


@pytest.mark.parametrize("stored", [State.ASKED, State.APPROVED, State.DECLINED, State.USED])
def test_only_what_is_open_lapses_and_on_the_day_after_the_last(stored, today):
    end = today + timedelta(days=1)
    assert state_on(stored, end, today) == stored
    is_open = stored in (State.ASKED, State.APPROVED)
    assert state_on(stored, end, end) == (State.LAPSED if is_open else stored)


@pytest.mark.parametrize("state", list(State))
def test_the_list_and_the_rules_agree_on_every_state(ask, head, clerk, state, today):
    later = today + timedelta(days=7 if state is State.LAPSED else 0)
    asked = in_state(state, ask(), head, clerk)
    rows = queries.approvals_in(scopes=(Scope(areas=("",)),))
    for one in State:
        found = queries.standing(rows, one, later).filter(pk=asked.pk).exists()
        assert found == (one is state), one


@pytest.mark.parametrize("days", [-1, 0, 15, 400])
def test_a_request_counts_for_one_to_fourteen_days(ask, today, days):
    with pytest.raises(actions.WrongLastDay):
        ask(valid_to=today + timedelta(days=days))


@pytest.mark.parametrize("rows", [0, -1, 2**31, 2**70])
def test_rows_are_a_sensible_number(ask, rows):
    with pytest.raises(Invalid):
        ask(rows=rows)


def test_one_person_waits_for_one_answer_at_a_time(ask, officer, head):
    asked = ask()
    with pytest.raises(actions.AlreadyAsked):
        ask()
    ask(by=officer)
    ask(what=What.LOG_BOOK)
    actions.decline(by=head, approval=asked, reason="Quá nhiều")
    assert ask().pk != asked.pk


def test_a_request_that_lapsed_does_not_stand_in_the_way(ask, clerk, today):
    ask()
    later = replace(clerk, on=today + timedelta(days=7))
    assert ask(by=later, valid_to=today + timedelta(days=9)).state == State.ASKED


def test_an_approval_is_for_the_asker_only(ask, head, officer):
    asked = ask()
    actions.approve(by=head, approval=asked)
    with pytest.raises(Forbidden):
        actions.use(by=officer, approval=asked, rows=1)


def test_a_file_with_more_rows_than_approved_is_not_made(ask, head, clerk):
    asked = ask()
    actions.approve(by=head, approval=asked)
    with pytest.raises(actions.MoreRows):
        actions.use(by=clerk, approval=asked, rows=301)
    asked.refresh_from_db()
    assert asked.state == State.APPROVED


@pytest.mark.parametrize("step", ["ask_export", "approve", "decline", "use"])
def test_the_same_operation_twice_is_done_once(ask, head, clerk, step):
    op_id = uuid4()
    if step == "ask_export":
        assert ask(op_id=op_id) == ask(op_id=op_id)
        return
    asked = ask()
    if step == "use":
        actions.approve(by=head, approval=asked)
    given = {"approve": {"by": head}, "decline": {"by": head, "reason": "Không"},
             "use": {"by": clerk, "rows": 3}}[step]  # fmt: skip
    first = getattr(actions, step)(approval=asked, op_id=op_id, **given)
    assert getattr(actions, step)(approval=asked, op_id=op_id, **given) == first
    assert Event.everything.filter(op_id=op_id).count() == 1


def test_an_operation_of_something_else_is_refused(ask, clerk, commune):
    op_id = uuid4()
    Event.everything.create(
        kind="x", object_type="teams.team", path=commune.path, on_day=clerk.on, at=clock.now(),
        actor_id=clerk.id, actor_name="x", op_id=op_id,
    )  # fmt: skip
    with pytest.raises(OperationIdReused):
        ask(op_id=op_id)


def test_the_id_of_one_request_does_not_answer_for_another(ask, head):
    op_id = uuid4()
    actions.approve(by=head, approval=ask(), op_id=op_id)
    with pytest.raises(OperationIdReused):
        actions.approve(by=head, approval=ask(what=What.LOG_BOOK), op_id=op_id)


def test_what_waits_for_me_is_in_reach_and_not_my_own(ask, chair, head, province_chair):
    ask(by=chair)
    for actor, count in ((chair, 0), (head, 1), (province_chair, 1)):
        assert queries.waiting_for(actor, scope=actor.scope(ANSWER)).count() == count


@pytest.mark.parametrize(
    ("areas", "place"),
    [
        (("68.22918.",), "68.22918."),
        (("68.22918.", "68.23272."), "68."),
        (("68.22918.", "56.22366."), ""),
        (("68.",), "68."),
    ],
)
def test_several_areas_are_asked_for_at_the_unit_above_them(
    areas, place, today, commune, other_commune, other_province_commune
):
    assert queries.place_of(Scope(areas=areas), on=today).path == place


def test_teams_and_oneself_have_no_area_to_ask_for(today):
    assert queries.place_of(Scope(teams=(uuid4(),)), on=today) is None
