# SPDX-License-Identifier: AGPL-3.0-or-later
"""Two persons, each refusal in words, days, papers, recipients and complaints."""

from datetime import date, timedelta

import pytest

from binhyen.accounts.choices import Role
from binhyen.claims import actions, actions_accidents, actions_decided
from binhyen.claims.choices import (
    Appellant,
    Channel,
    Harm,
    Kind,
    Left,
    Means,
    Outcome,
    Paper,
    Present,
    Recipient,
    State,
)
from binhyen.claims.models import Accident, Claim
from binhyen.claims.refusals import (
    AccidentClosed,
    ClaimChanged,
    ClaimStands,
    DayNotPossible,
    InsuranceRecorded,
    NameNeeded,
    NoAssignment,
    NoOpenComplaint,
    NotDecided,
    NothingMissing,
    NothingToGrant,
    NotOfThis,
    NotOneself,
    NotServing,
    NotSigned,
    OtherDuty,
    OwnClaim,
    PaperNotAsked,
    PapersLacking,
    WrongRecipient,
)
from binhyen.claims.tests.making import (
    CHAIR,
    CLERK,
    DAY,
    PLAN,
    POLICE,
    a_draft,
    an_accident,
    appraised,
    checked,
    granted,
    received,
    refused,
)
from binhyen.core.errors import Forbidden, Invalid
from binhyen.core.ids import uuid7
from binhyen.core.models import Event
from binhyen.entitlements.models import Insurance
from binhyen.entitlements.tests.making import a_patrol, at
from tests import cast

pytestmark = pytest.mark.django_db
TODAY = CLERK.on


def _receive(claim, **more):
    given = {"signed_on": DAY, "received_on": DAY, "channel": Channel.IN_PERSON,
             "recipient": Recipient.SELF, "means": Means.CASH, "papers": []}  # fmt: skip
    return actions.receive_claim(by=CLERK, claim=claim, **(given | more))


def _grant(claim, by=CHAIR, day=None):
    return actions_decided.grant_claim(
        by=by, claim=claim, decision="12/QĐ-UBND", decided_on=day or by.on
    )


# --- accidents ---------------------------------------------------------------------------------


def test_an_accident_on_a_patrol_takes_the_patrols_plan(team, member):
    patrol = a_patrol(team, [member], at(7, 22), at(7, 26))
    noted = actions_accidents.note_accident(
        by=POLICE, member=member, harm=Harm.INJURY, on_day=date(2026, 9, 8), patrol=patrol
    )
    assert noted.plan_number == PLAN
    assert Event.everything.filter(kind="accident.noted", object_id=noted.pk).count() == 1


def test_an_accident_on_a_duty_of_others_is_refused(team, member):
    patrol = a_patrol(team, [], at(7, 22), at(7, 26))
    with pytest.raises(OtherDuty):
        actions_accidents.note_accident(
            by=POLICE, member=member, harm=Harm.INJURY, on_day=DAY, patrol=patrol
        )


def test_an_accident_before_the_membership_is_refused(member, team):
    member.memberships.update(recognised_on=date(2026, 10, 1))
    with pytest.raises(NotServing, match=member.full_name):
        an_accident(member)


@pytest.mark.parametrize("day", [date(2024, 6, 30), TODAY + timedelta(days=1)])
def test_an_accident_before_the_law_or_in_the_future_is_refused(member, day):
    with pytest.raises(DayNotPossible):
        an_accident(member, day=day)


def test_the_same_accident_is_noted_once(member):
    an_accident(member)
    with pytest.raises(Invalid):
        an_accident(member)


def test_a_closed_accident_gives_rise_to_no_claim_and_is_closed_once(member):
    noted = an_accident(member)
    actions_accidents.leave_accident(by=POLICE, accident=noted, left=Left.INSURED)
    with pytest.raises(AccidentClosed):
        actions_accidents.leave_accident(by=POLICE, accident=noted, left=Left.NO_LOSS)
    with pytest.raises(AccidentClosed):
        actions.draft_claim(by=CLERK, member=member, kind=Kind.TREATMENT, on_day=DAY,
                            accident=Accident.everything.get())  # fmt: skip


def test_an_accident_with_a_claim_is_not_closed(member):
    noted = an_accident(member)
    a_draft(member).__class__.everything.update(accident=noted)
    with pytest.raises(ClaimStands):
        actions_accidents.leave_accident(by=POLICE, accident=noted, left=Left.NO_LOSS)


@pytest.mark.parametrize(("harm", "kind"), [(Harm.ILLNESS, Kind.CAPACITY),
                                            (Harm.INJURY, Kind.FUNERAL),
                                            (Harm.DEATH, Kind.TREATMENT)])  # fmt: skip
def test_a_claim_that_cannot_follow_from_what_happened_is_refused(member, harm, kind):
    noted = an_accident(member, harm)
    with pytest.raises(NotOfThis):
        actions.draft_claim(by=CLERK, member=member, kind=kind, on_day=DAY, accident=noted)


# --- drafting and signing ----------------------------------------------------------------------


def test_a_member_drafts_and_signs_and_only_then_it_is_received(member, member_actor):
    draft = actions.draft_claim(by=member_actor, member=member, kind=Kind.TREATMENT, on_day=DAY)
    with pytest.raises(NotSigned):
        _receive(draft, signed_on=None)
    actions.sign_claim(by=member_actor, claim=draft)
    row = _receive(draft, signed_on=None, received_on=TODAY)
    assert (row.state, row.signed_on) == (State.RECEIVED, TODAY)
    there = dict(row.papers.values_list("paper", "present"))
    assert there == {"application": "present", "receipt": "missing", "discharge": "missing"}


def test_a_member_does_not_claim_after_a_death(member, member_actor):
    with pytest.raises(NotOneself):
        actions.draft_claim(by=member_actor, member=member, kind=Kind.FUNERAL, on_day=DAY)


def test_nobody_signs_for_somebody_else(member, leader):
    with pytest.raises(Forbidden):
        actions.sign_claim(by=leader, claim=a_draft(member))
    with pytest.raises(Forbidden):
        actions.sign_claim(by=CLERK, claim=Claim.everything.get())


def test_the_same_is_claimed_once_until_it_is_refused_or_withdrawn(member):
    first = a_draft(member)
    with pytest.raises(Invalid):
        a_draft(member)
    actions.withdraw_claim(by=CLERK, claim=first)
    refused(a_draft(member))
    assert a_draft(member).state == State.DRAFT


def test_an_operation_sent_twice_is_done_once(member):
    draft, op_id = a_draft(member), uuid7()
    for _time in range(2):
        row = _receive(draft, op_id=op_id)
    assert row.papers.count() == 3
    assert Event.everything.filter(kind="claim.received").count() == 1


# --- receiving ---------------------------------------------------------------------------------


@pytest.mark.parametrize("days", [{"signed_on": DAY - timedelta(days=1)},
                                  {"received_on": TODAY + timedelta(days=1)},
                                  {"signed_on": DAY + timedelta(days=2)}])  # fmt: skip
def test_days_that_cannot_be_are_refused(member, days):
    with pytest.raises(DayNotPossible):
        _receive(a_draft(member), **days)


def test_nobody_but_the_right_persons_is_paid_and_a_name_is_kept_only_of_others(member):
    with pytest.raises(WrongRecipient):
        _receive(a_draft(member), recipient=Recipient.FAMILY, recipient_name="Ai")
    with pytest.raises(NameNeeded):
        _receive(Claim.everything.get(), recipient_name="Ai")
    with pytest.raises(NameNeeded):
        _receive(a_draft(member, Kind.FUNERAL), recipient=Recipient.BURIED)


def test_a_paper_that_the_dossier_does_not_ask_for_is_refused(member):
    with pytest.raises(PaperNotAsked):
        _receive(a_draft(member), papers=[Paper.COUNCIL])


def test_a_representative_brings_an_authorisation(member):
    row = _receive(a_draft(member), recipient=Recipient.REPRESENTATIVE, recipient_name="Ai")
    assert row.papers.filter(paper=Paper.AUTHORISATION, present=Present.MISSING).exists()


def test_an_incomplete_dossier_is_not_passed_on_and_says_what_is_missing(member):
    row = received(a_draft(member), papers=[Paper.RECEIPT])
    with pytest.raises(PapersLacking, match="ra viện"):
        actions.pass_on(by=CLERK, claim=row)


def test_a_complete_dossier_asks_for_nothing(member):
    with pytest.raises(NothingMissing):
        actions.ask_papers(by=CLERK, claim=received(a_draft(member)))


def test_data_that_an_authority_shares_replaces_a_copy(member):
    row = _receive(a_draft(member), papers=[Paper.RECEIPT], shared=[Paper.DISCHARGE])
    assert actions.pass_on(by=CLERK, claim=row).state == State.CHECKED


def test_no_time_runs_while_papers_are_missing_and_it_begins_anew_with_the_last(member):
    row = actions.ask_papers(by=CLERK, claim=received(a_draft(member), papers=[]))
    assert row.due_on is None
    row = actions.add_papers(by=CLERK, claim=row, came_on=TODAY, papers=[Paper.RECEIPT])
    assert (row.state, row.due_on) == (State.MISSING, None)
    row = actions.add_papers(by=CLERK, claim=row, came_on=TODAY, papers=[Paper.DISCHARGE])
    # Wednesday 18 November 2026: Thu 19, Fri 20.
    assert (row.state, row.due_on) == (State.RECEIVED, date(2026, 11, 20))


# --- appraising --------------------------------------------------------------------------------


def test_duty_without_an_assignment_is_not_appraised(member):
    with pytest.raises(NoAssignment):
        actions_decided.appraise_claim(
            by=CLERK, claim=checked(a_draft(member)), facts={"on_duty": 1, "cost": 1}
        )


def test_a_recorded_insurance_is_not_overlooked(member):
    Insurance.everything.create(member=member, kind="hi", valid_from=date(2026, 1, 1))
    with pytest.raises(InsuranceRecorded, match="07/09/2026"):
        appraised(a_draft(member))


def test_who_is_insured_gets_nothing_here_and_nothing_is_granted(member):
    Insurance.everything.create(member=member, kind="hi", valid_from=date(2026, 1, 1))
    row = appraised(a_draft(member), has_health_insurance=1)
    assert row.total == 0
    with pytest.raises(NothingToGrant):
        _grant(row)


# --- deciding ----------------------------------------------------------------------------------


def test_who_appraised_or_received_never_decides(member, commune):
    both = cast.an_actor(Role.COMMUNE_CHAIR, cast.COMMUNE)
    row = appraised(a_draft(member))
    for name in ("received_by_id", "appraised_by_id"):
        Claim.everything.filter(pk=row.pk).update(received_by_id=CLERK.id, appraised_by_id=CLERK.id)
        Claim.everything.filter(pk=row.pk).update(**{name: both.id})
        with pytest.raises(OwnClaim):
            _grant(row, by=both)


def test_nobody_handles_a_claim_of_their_own(member):
    own = cast.an_actor(Role.COMMUNE_CLERK, cast.COMMUNE, member_id=member.pk)
    with pytest.raises(OwnClaim):
        actions.pass_on(by=own, claim=received(a_draft(member)))


def test_the_database_itself_wants_two_persons(member):
    row = appraised(a_draft(member))
    row.decided_by_id = row.appraised_by_id
    with pytest.raises(Invalid):
        actions.save(row)


def test_a_clerk_does_not_decide_and_a_chair_does_not_appraise(member):
    row = appraised(a_draft(member))
    with pytest.raises(Forbidden):
        _grant(row, by=CLERK)
    with pytest.raises(Forbidden):
        actions_decided.appraise_claim(by=CHAIR, claim=row, facts={})


def test_an_amount_that_was_changed_underneath_is_not_granted(member):
    row = appraised(a_draft(member))
    Claim.everything.filter(pk=row.pk).update(total=9_999_999)
    with pytest.raises(ClaimChanged):
        _grant(row)


def test_a_decision_before_the_appraisal_is_refused(member):
    with pytest.raises(DayNotPossible):
        _grant(appraised(a_draft(member)), day=TODAY - timedelta(days=1))


def test_a_refusal_needs_its_reason(member):
    with pytest.raises(Invalid):
        actions_decided.refuse_claim(by=CHAIR, claim=appraised(a_draft(member)), why=" ",
                                     decision="1/TB", decided_on=TODAY)  # fmt: skip


# --- complaints --------------------------------------------------------------------------------


def test_a_complaint_is_noted_and_answered_once(member):
    row = granted(a_draft(member))
    with pytest.raises(NoOpenComplaint):
        actions_decided.answer_appeal(
            by=CLERK, claim=row, outcome=Outcome.UPHELD, answered_on=TODAY
        )
    actions_decided.note_appeal(by=CLERK, claim=row, lodged_on=TODAY, lodged_by=Appellant.FAMILY)
    with pytest.raises(Invalid):
        actions_decided.note_appeal(
            by=CLERK, claim=row, lodged_on=TODAY, lodged_by=Appellant.MEMBER
        )
    done = actions_decided.answer_appeal(
        by=CLERK, claim=row, outcome=Outcome.CHANGED, answered_on=TODAY, answer="9/QĐ-UBND"
    )
    assert (done.outcome, done.answer) == (Outcome.CHANGED, "9/QĐ-UBND")


def test_a_complaint_before_a_decision_is_refused(member):
    with pytest.raises(NotDecided):
        actions_decided.note_appeal(by=CLERK, claim=a_draft(member), lodged_on=TODAY,
                                    lodged_by=Appellant.MEMBER)  # fmt: skip
