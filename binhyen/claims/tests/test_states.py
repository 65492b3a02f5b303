# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every state against every action: what follows, and what is refused."""

import pytest
from django.db import transaction

from binhyen.claims import actions, actions_decided
from binhyen.claims.choices import Appellant, Channel, Means, Paper, Recipient, State
from binhyen.claims.models import Claim
from binhyen.claims.refusals import NotDecided, WrongStep
from binhyen.claims.rules import OPEN, STEPS
from binhyen.claims.tests import making
from binhyen.claims.tests.making import CHAIR, CLERK, PLAN, in_state

pytestmark = pytest.mark.django_db
ALL = (Paper.APPLICATION, Paper.RECEIPT, Paper.DISCHARGE)


def _receive(claim):
    return actions.receive_claim(
        by=CLERK, claim=claim, signed_on=claim.on_day, received_on=CLERK.on,
        channel=Channel.POST, recipient=Recipient.SELF, means=Means.CASH, papers=ALL,
    )  # fmt: skip


ACTIONS = {
    "receive": (_receive, {State.DRAFT: State.RECEIVED}),
    "papers": (
        lambda claim: actions.add_papers(by=CLERK, claim=claim, came_on=CLERK.on, papers=ALL),
        {State.MISSING: State.RECEIVED, State.RECEIVED: State.RECEIVED},
    ),
    "ask": (
        lambda claim: actions.ask_papers(by=CLERK, claim=claim, papers=[Paper.RECEIPT]),
        {State.RECEIVED: State.MISSING, State.CHECKED: State.MISSING},
    ),
    "pass on": (
        lambda claim: actions.pass_on(by=CLERK, claim=claim), {State.RECEIVED: State.CHECKED}
    ),
    "appraise": (
        lambda claim: actions_decided.appraise_claim(
            by=CLERK, claim=claim, facts={"on_duty": 1, "cost": 1}, plan_number=PLAN),
        {State.CHECKED: State.APPRAISED},
    ),
    "send back": (
        lambda claim: actions_decided.send_back(by=CHAIR, claim=claim, why="Thiếu ngày"),
        {State.APPRAISED: State.CHECKED},
    ),
    "grant": (
        lambda claim: actions_decided.grant_claim(
            by=CHAIR, claim=claim, decision="1/QĐ", decided_on=CHAIR.on),
        {State.APPRAISED: State.GRANTED},
    ),
    "refuse": (
        lambda claim: actions_decided.refuse_claim(
            by=CHAIR, claim=claim, decision="1/TB", decided_on=CHAIR.on, why="Ngoài nhiệm vụ"),
        {State.APPRAISED: State.REFUSED},
    ),
    "pay": (
        lambda claim: actions_decided.pay_claim(by=CLERK, claim=claim, paid_on=CLERK.on),
        {State.GRANTED: State.PAID},
    ),
    "withdraw": (
        lambda claim: actions.withdraw_claim(by=CLERK, claim=claim),
        {state: State.WITHDRAWN for state in OPEN if state != State.GRANTED},
    ),
    "complain": (
        lambda claim: actions_decided.note_appeal(
            by=CLERK, claim=claim, lodged_on=CLERK.on, lodged_by=Appellant.MEMBER),
        {state: state for state in (State.GRANTED, State.REFUSED, State.PAID)},
    ),
}  # fmt: skip


def test_the_actions_reach_what_the_rules_allow_and_nothing_else():
    reached = {(before, after) for _act, follows in ACTIONS.values()
               for before, after in follows.items() if before != after}  # fmt: skip
    allowed = {(before, after) for before, found in STEPS.items() for after in found}
    assert reached == allowed


@pytest.mark.parametrize("state", State)
def test_from_each_state_only_its_own_steps_follow(commune, member, state):
    claim = in_state(member, state)
    assert claim.state == state
    for name, (act, follows) in ACTIONS.items():
        with transaction.atomic():
            if state in follows:
                act(claim)
                assert Claim.everything.get(pk=claim.pk).state == follows[state], name
            else:
                with pytest.raises((WrongStep, NotDecided)):
                    act(claim)
            transaction.set_rollback(True)


def test_an_appraised_claim_that_goes_back_is_appraised_anew_with_new_facts(commune, member):
    row = making.appraised(making.a_draft(member))
    actions_decided.send_back(by=CHAIR, claim=row, why="Thiếu hóa đơn")
    again = actions_decided.appraise_claim(
        by=CLERK, claim=row, facts={"on_duty": 1, "cost": 900_000}, plan_number=PLAN
    )
    assert (again.total, again.sent_back_why) == (900_000, "")
