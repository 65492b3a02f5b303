# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accidents, resolutions and claims in every state, for tests."""

from datetime import date
from typing import Any

from binhyen.accounts.choices import Role
from binhyen.claims import actions, actions_accidents, actions_decided
from binhyen.claims.choices import Channel, Harm, Kind, Means, Recipient, State
from binhyen.claims.dossiers import dossier_of
from binhyen.claims.models import Accident, Claim
from binhyen.claims.rules import recipients_of
from tests import cast

DAY = date(2026, 9, 7)
"""A Monday."""
CLERK = cast.an_actor(Role.COMMUNE_CLERK, cast.COMMUNE)
CHAIR = cast.an_actor(Role.COMMUNE_CHAIR, cast.COMMUNE)
POLICE = cast.an_actor(Role.COMMUNE_POLICE, cast.COMMUNE)
PLAN = "05/KH-CAX"
FACTS: dict[str, dict[str, int]] = {
    Kind.TREATMENT: {"on_duty": 1, "cost": 4_250_000, "inpatient_days": 10},
    Kind.CAPACITY: {"on_duty": 1, "loss_percent": 12, "council_concluded": 1},
    Kind.SURVIVOR: {"on_duty": 1},
    Kind.FUNERAL: {"on_duty": 1},
}


def an_accident(member: Any, harm: Harm = Harm.INJURY, day: date = DAY) -> Accident:
    """What happened to a member, under an assignment."""
    return actions_accidents.note_accident(
        by=POLICE, member=member, harm=harm, on_day=day, plan_number=PLAN
    )


def a_draft(member: Any, kind: Kind = Kind.TREATMENT, day: date = DAY) -> Claim:
    """A claim that nobody signed."""
    return actions.draft_claim(by=CLERK, member=member, kind=kind, on_day=day)


def a_claim(member: Any) -> Claim:
    """A draft for a noted accident."""
    noted = an_accident(member)
    return actions.draft_claim(
        by=CLERK, member=member, kind=Kind.TREATMENT, on_day=noted.on_day, accident=noted
    )


def received(claim: Claim, *, papers: Any = None, day: date | None = None) -> Claim:
    """The same, signed and received with all its papers or some."""
    recipient = recipients_of(claim.kind)[0]
    named = "" if recipient == Recipient.SELF else "Nguyễn Thị Thân Nhân"
    return actions.receive_claim(
        by=CLERK, claim=claim, signed_on=day or claim.on_day, received_on=day or claim.on_day,
        channel=Channel.IN_PERSON, recipient=recipient, recipient_name=named, means=Means.TRANSFER,
        papers=dossier_of(claim.kind).papers if papers is None else papers,
    )  # fmt: skip


def checked(claim: Claim) -> Claim:
    """Received and passed on."""
    return actions.pass_on(by=CLERK, claim=received(claim))


def appraised(claim: Claim, **facts: int) -> Claim:
    """Passed on and appraised with the usual facts of its kind, and some of its own."""
    return actions_decided.appraise_claim(
        by=CLERK, claim=checked(claim), facts=FACTS[claim.kind] | facts, plan_number=PLAN
    )


def granted(claim: Claim) -> Claim:
    """Appraised and granted by the chair."""
    row = appraised(claim)
    return actions_decided.grant_claim(
        by=CHAIR, claim=row, decision="12/QĐ-UBND", decided_on=CHAIR.on
    )


def refused(claim: Claim) -> Claim:
    """Appraised and refused by the chair."""
    row = appraised(claim)
    return actions_decided.refuse_claim(
        by=CHAIR, claim=row, decision="13/TB-UBND", decided_on=CHAIR.on, why="Ngoài nhiệm vụ"
    )


def in_state(member: Any, state: State) -> Claim:
    """A treatment claim in any state."""
    draft = a_draft(member)
    makers: dict[State, Any] = {
        State.DRAFT: lambda: draft,
        State.RECEIVED: lambda: received(draft),
        State.MISSING: lambda: actions.ask_papers(by=CLERK, claim=received(draft, papers=[])),
        State.CHECKED: lambda: checked(draft),
        State.APPRAISED: lambda: appraised(draft),
        State.GRANTED: lambda: granted(draft),
        State.REFUSED: lambda: refused(draft),
        State.PAID: lambda: actions_decided.pay_claim(
            by=CLERK, claim=granted(draft), paid_on=CLERK.on
        ),
        State.WITHDRAWN: lambda: actions.withdraw_claim(by=CLERK, claim=draft),
    }
    row: Claim = makers[state]()
    return row
