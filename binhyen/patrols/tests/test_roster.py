# SPDX-License-Identifier: AGPL-3.0-or-later
"""The roster sees patrols that were planned outside it."""

from datetime import timedelta

import pytest

from binhyen.core import clock
from binhyen.core.periods import Period
from binhyen.duty import actions as duty
from binhyen.duty import checks, gathering
from binhyen.duty.filling import stopping
from binhyen.duty.refusals import RulesForbid
from binhyen.duty.rules import Code, Stretch
from binhyen.duty.tests.roster import HOUR, at, day, shift
from binhyen.patrols import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def patrol(officer, team, member):
    """Tomorrow from 22:00 to midnight."""
    return actions.plan_patrol(
        by=officer, team=team, planned_start=at(1, 22), planned_end=at(2, 0), route="Chợ",
        members=[member],
    )  # fmt: skip


def found(officer, team, member, hour, hours):
    start = at(1, hour)
    said = checks.find(officer, team, Stretch(start, start + hours * HOUR), [member],
                       plan_number="1/KH", needed=1)  # fmt: skip
    return [one.code for one in said]


@pytest.mark.parametrize(
    ("hour", "hours", "codes"),
    [
        (21, 2, [Code.ON_PATROL]),
        (23, 4, [Code.ON_PATROL]),
        (16, 4, [Code.PATROL_REST]),
        (10, 4, []),
        (22, 2, []),
        (20, 8, []),
    ],
)
def test_shift_beside_a_patrol_leaves_its_rest_or_holds_it_whole(
    officer, team, member, patrol, hour, hours, codes
):
    assert found(officer, team, member, hour, hours) == codes


def test_refusal_says_when_the_patrol_is(officer, team, member, patrol):
    with pytest.raises(RulesForbid) as refused:
        shift(officer, team, member, start=at(1, 23))
    words = " ".join(map(str, refused.value.sentences()))
    assert "đi tuần tra theo kế hoạch từ" in words
    assert "22:00" in words


def test_patrol_that_was_called_off_or_that_a_shift_holds_is_no_second_duty(
    officer, team, member, patrol
):
    shift(officer, team, member, start=at(1, 20), hours=5)
    assert found(officer, team, member, 16, 2) == [Code.SHORT_REST]
    actions.cancel_patrol(by=officer, patrol=patrol, reason="Bão")
    assert (
        checks.services(officer, team, Stretch(at(2, 6), at(2, 8)), [member], besides=None)[
            member.pk
        ].patrols
        == ()
    )


def test_fair_filling_leaves_out_who_is_on_patrol(officer, team, member, leader_member, patrol):
    shift(officer, team, start=at(1, 23))
    asked = gathering.gather(officer, team, Period(day(1), day(2)), now=clock.now())
    [slot] = asked.problem.slots
    stops = {one.id: [it.code for it in stopping(slot, one, asked.problem.limits)]
             for one in asked.problem.people}  # fmt: skip
    assert stops == {member.pk: [Code.ON_PATROL], leader_member.pk: []}


def test_planning_a_patrol_asks_the_roster_nothing(officer, team, member):
    made = shift(officer, team, member, start=at(1, 22))
    actions.plan_patrol(
        by=officer, team=team, planned_start=at(1, 22), planned_end=at(1, 22) + timedelta(hours=4),
        route="Chợ", members=[member],
    )  # fmt: skip
    duty.change_shift(
        by=officer, shift=made, kind=made.kind, starts_at=made.starts_at, ends_at=made.ends_at,
        place="Trụ sở", needed=1, plan_number=made.plan_number,
    )  # fmt: skip
