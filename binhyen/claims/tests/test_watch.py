# SPDX-License-Identifier: AGPL-3.0-or-later
"""The system looks for the owner: accidents nobody claimed, steps nearly over, unused supports."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from binhyen.claims import actions, actions_accidents, watch
from binhyen.claims.choices import Harm, Kind, Left, State
from binhyen.claims.permissions import VIEW_CLAIM, VIEW_OWN_CLAIM
from binhyen.claims.tests.making import CLERK, DAY, POLICE, a_draft, an_accident, in_state, received
from binhyen.core.actors import Scope
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.models import Insurance
from binhyen.entitlements.tests.making import a_resolution
from tests import cast

pytestmark = pytest.mark.django_db
HERE = CLERK.scope(VIEW_CLAIM)
TODAY = CLERK.on


def found(scope=HERE):
    return [(one.accident.harm, list(one.kinds)) for one in watch.unclaimed(scope=scope)]


def test_an_injury_is_found_until_something_is_claimed_and_again_after_a_withdrawal(member):
    an_accident(member)
    assert found() == [(Harm.INJURY, [Kind.TREATMENT, Kind.CAPACITY])]
    draft = a_draft(member, Kind.CAPACITY)
    assert found() == []
    actions.withdraw_claim(by=CLERK, claim=draft)
    assert len(found()) == 1


def test_after_a_death_both_claims_are_looked_for(member):
    an_accident(member, Harm.DEATH)
    assert found() == [(Harm.DEATH, [Kind.SURVIVOR, Kind.FUNERAL])]
    a_draft(member, Kind.FUNERAL)
    assert found() == [(Harm.DEATH, [Kind.SURVIVOR])]
    a_draft(member, Kind.SURVIVOR)
    assert found() == []


def test_what_was_closed_with_a_reason_is_not_looked_for(member):
    noted = an_accident(member, Harm.ILLNESS)
    actions_accidents.leave_accident(by=POLICE, accident=noted, left=Left.INSURED)
    assert found() == []


def test_each_sees_only_what_is_theirs(member, member_actor, leader_member, other_commune):
    an_accident(member)
    an_accident(leader_member)
    own = Scope(member=member_actor.scope(VIEW_OWN_CLAIM).member)
    assert [one.accident.member_id for one in watch.unclaimed(scope=own)] == [member.pk]
    elsewhere = cast.an_actor("commune_clerk", cast.OTHER_COMMUNE)
    assert found(elsewhere.scope(VIEW_CLAIM)) == []


@pytest.mark.parametrize(
    ("received_on", "is_found", "left"),
    [
        # Wednesday 18 November 2026 is today; 2 working days after the day of receipt.
        (date(2026, 11, 18), False, 2),
        (date(2026, 11, 17), True, 1),
        (date(2026, 11, 16), True, 0),
        (date(2026, 11, 13), True, -1),
        (date(2026, 9, 7), True, -50),
    ],
)
def test_a_step_warns_one_working_day_before_its_last_day(member, received_on, is_found, left):
    row = received(a_draft(member, day=received_on), day=received_on)
    assert (row in watch.due(scope=HERE, on=TODAY)) is is_found
    assert watch.days_left(row, TODAY) == left


@pytest.mark.parametrize("state", [State.MISSING, State.REFUSED, State.PAID, State.WITHDRAWN])
def test_nothing_is_due_where_no_time_runs(member, state):
    row = in_state(member, state)
    assert watch.days_left(row, TODAY) is None
    assert not watch.due(scope=HERE, on=TODAY)


def test_an_unused_support_is_named_with_its_value_until_an_insurance_is_recorded(member):
    a_resolution(("HI", "all", 100, "percent"), ("VSI", "leader", 50, "percent"))
    (one,) = watch.unused_insurance(scope=HERE, on=TODAY)
    assert (one.member_id, one.kind, one.instrument) == (
        member.pk, InsuranceKind.HI, "9/NQ-HĐND"
    )  # fmt: skip
    assert one.value.startswith("100 ")
    Insurance.everything.create(member=member, kind="hi", valid_from=DAY)
    assert watch.unused_insurance(scope=HERE, on=TODAY) == []


def test_a_support_for_the_own_role_goes_before_one_for_everybody(leader_member):
    a_resolution(("VSI", "all", 50, "percent"), ("VSI", "leader", 100, "percent"))
    (one,) = watch.unused_insurance(scope=HERE, on=TODAY)
    assert one.value.startswith("100 ")


def test_the_command_names_what_is_due_and_what_nobody_claimed(member, leader_member, capsys):
    account = cast.an_account(CLERK)
    call_command("claims", "due", "--as", account.username)
    assert "Không có bước nào đến hạn" in capsys.readouterr().out
    received(a_draft(member))
    an_accident(leader_member)
    call_command("claims", "due", "--as", account.username)
    said = capsys.readouterr().out
    assert f"{member.full_name}, Khám bệnh, chữa bệnh, Đã tiếp nhận: 09/09/2026 (quá" in said
    assert f"Chưa đề nghị: {leader_member.full_name}, Bị thương, 07/09/2026" in said


def test_the_command_tells_nothing_to_whoever_may_not_see_claims(officer):
    with pytest.raises(CommandError):
        call_command("claims", "due", "--as", cast.an_account(officer).username)
