# SPDX-License-Identifier: AGPL-3.0-or-later
"""Drafting, signing, receiving, completing and withdrawing a claim.

Appraising, deciding and paying stand in `actions_decided.py`, accidents in `actions_accidents.py`.
"""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext

from binhyen.claims.choices import (
    Channel,
    Harm,
    Kind,
    Left,
    Means,
    Paper,
    Present,
    Recipient,
    State,
)
from binhyen.claims.dossiers import dossier_of
from binhyen.claims.models import Accident, Claim, ClaimPaper
from binhyen.claims.permissions import DRAFT_CLAIM, RECEIVE_CLAIM, SIGN_OWN_CLAIM
from binhyen.claims.refusals import (
    AccidentClosed,
    NameNeeded,
    NothingMissing,
    NotOfThis,
    NotOneself,
    NotSigned,
    PaperNotAsked,
    PapersLacking,
    WrongRecipient,
    WrongStep,
)
from binhyen.claims.rules import AFTER_DEATH, OF_HARM, is_complete, recipients_of
from binhyen.claims.steps import (
    check_day,
    check_serving,
    locked,
    require,
    said,
    set_due,
    stepped,
)
from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.personnel.models import Member


@transaction.atomic
def draft_claim(
    *,
    by: Actor,
    member: Member,
    kind: Kind,
    on_day: date,
    accident: Accident | None = None,
    op_id: UUID | None = None,
) -> Claim:
    """Draft a claim of a member, by the office or by the member; nothing is claimed before it is
    signed. Source: Law 30/2023 Art. 24.

    Raises DayNotPossible, NotServing, NotOneself, NotOfThis, AccidentClosed, Invalid.
    """
    own = _require_draft(by, member)
    if done := done_before(op_id, Claim, "claim.drafted", by=by, member_id=member.pk, kind=kind,
                           on_day=on_day):  # fmt: skip
        return done
    if own and kind in AFTER_DEATH:
        raise NotOneself(kind=Kind(kind).label)
    check_day(on_day, field="on_day", first=None, last=by.on)
    check_serving(member, on_day)
    if accident is not None:
        _check_accident(accident, member, kind, on_day)
    made = Claim(
        territory=member.territory, member=member, kind=kind, on_day=on_day, accident=accident,
        plan_number=accident.plan_number if accident else "", recipient=recipients_of(kind)[0],
    )  # fmt: skip
    save(made)
    record("claim.drafted", made, by=by, where=made.territory, on=on_day, op_id=op_id)
    return made


@transaction.atomic
def sign_claim(*, by: Actor, claim: Claim, op_id: UUID | None = None) -> Claim:
    """Sign one's own draft: it is the application from now on, and waits to be received.

    A program with a key never signs. Raises WrongStep.
    """
    by.require(SIGN_OWN_CLAIM, claim.territory, member=claim.member_id)
    if by.limits is not None:
        raise Forbidden
    if done := done_before(op_id, Claim, "claim.signed", by=by, pk=claim.pk):
        return done
    row = locked(claim)
    if row.state != State.DRAFT or row.signed_on is not None:
        raise WrongStep(**said(row))
    row.signed_on = by.on
    save(row, only=["signed_on"])
    record("claim.signed", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def receive_claim(
    *,
    by: Actor,
    claim: Claim,
    received_on: date,
    channel: Channel,
    recipient: Recipient,
    means: Means,
    papers: Collection[Paper],
    shared: Collection[Paper] = (),
    recipient_name: str = "",
    signed_on: date | None = None,
    op_id: UUID | None = None,
) -> Claim:
    """Receive a signed claim with the papers that came; from here on time runs.

    Source: Decree 40/2024 Art. 5; Decision 8211/QD-BCA (2 working days). Raises WrongStep,
    NotSigned, DayNotPossible, WrongRecipient, NameNeeded, PaperNotAsked, OwnClaim.
    """
    require(by, RECEIVE_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.received", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.RECEIVED, after=State.DRAFT)
    row.signed_on = row.signed_on or signed_on
    if row.signed_on is None:
        raise NotSigned
    check_day(row.signed_on, field="signed_on", first=row.on_day, last=received_on)
    check_day(received_on, field="received_on", first=row.signed_on, last=by.on)
    _put_recipient(row, recipient, clean(recipient_name), means)
    row.channel, row.received_on = channel, received_on
    row.received_by_id, row.received_by_name = by.id, by.name
    set_due(row, received_on)
    save(row)
    _make_dossier(row)
    # The signed application is there: nothing is received without it.
    _mark(row, received_on, {Present.PRESENT: {Paper.APPLICATION, *papers},
                             Present.SHARED: {*shared} - {Paper.APPLICATION}})  # fmt: skip
    record("claim.received", row, by=by, where=row.territory, on=received_on, op_id=op_id)
    return row


@transaction.atomic
def ask_papers(
    *, by: Actor, claim: Claim, papers: Collection[Paper] = (), op_id: UUID | None = None
) -> Claim:
    """Ask for the missing papers of a dossier, and for those that turned out not to do.

    No time runs until they came [own]. Raises WrongStep, PaperNotAsked, NothingMissing, OwnClaim.
    """
    require(by, RECEIVE_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.papers_asked", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.MISSING)
    _mark(row, by.on, {Present.MISSING: set(papers)})
    if is_complete(row.papers.values_list("present", flat=True)):
        raise NothingMissing
    row.asked_on, row.checked_on = by.on, None
    set_due(row, by.on)
    save(row, only=["state", "asked_on", "checked_on", "due_on"])
    record("claim.papers_asked", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def add_papers(
    *,
    by: Actor,
    claim: Claim,
    came_on: date,
    papers: Collection[Paper] = (),
    shared: Collection[Paper] = (),
    op_id: UUID | None = None,
) -> Claim:
    """Note papers that came, or that an authority shares; with the last of them time runs again.

    Raises WrongStep, DayNotPossible, PaperNotAsked, OwnClaim.
    """
    require(by, RECEIVE_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.papers_came", by=by, pk=claim.pk):
        return done
    row = locked(claim)
    if row.state not in {State.RECEIVED, State.MISSING}:
        raise WrongStep(**said(row))
    check_day(came_on, field="came_on", first=row.asked_on or row.received_on, last=by.on)
    _mark(row, came_on, {Present.PRESENT: set(papers), Present.SHARED: set(shared)})
    complete = is_complete(row.papers.values_list("present", flat=True))
    if complete and row.state == State.MISSING:
        row.state, row.complete_on = State.RECEIVED, came_on
        set_due(row, came_on)
        save(row, only=["state", "complete_on", "due_on"])
    record("claim.papers_came", row, by=by, where=row.territory, on=came_on, op_id=op_id)
    return row


@transaction.atomic
def pass_on(*, by: Actor, claim: Claim, op_id: UUID | None = None) -> Claim:
    """Pass a complete dossier on to be appraised. Raises WrongStep, PapersLacking, OwnClaim."""
    require(by, RECEIVE_CLAIM, claim)
    if done := done_before(op_id, Claim, "claim.passed_on", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.CHECKED, after=State.RECEIVED)
    lacking = row.papers.filter(present=Present.MISSING).values_list("paper", flat=True)
    if lacking:
        raise PapersLacking(papers=", ".join(str(Paper(one).label) for one in lacking))
    row.checked_on = by.on
    set_due(row, by.on)
    save(row, only=["state", "checked_on", "due_on"])
    record("claim.passed_on", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def withdraw_claim(*, by: Actor, claim: Claim, op_id: UUID | None = None) -> Claim:
    """Take a claim back before it is decided; it may be made again. Raises WrongStep."""
    _require_draft(by, claim.member)
    if done := done_before(op_id, Claim, "claim.withdrawn", by=by, pk=claim.pk):
        return done
    row = stepped(claim, State.WITHDRAWN)
    row.due_on = None
    save(row, only=["state", "due_on"])
    record("claim.withdrawn", row, by=by, where=row.territory, on=by.on, op_id=op_id)
    return row


def _require_draft(by: Actor, member: Member) -> bool:
    """Whether the actor drafts as the member themselves. Raises Forbidden."""
    if by.can(DRAFT_CLAIM, member.territory):
        return False
    by.require(SIGN_OWN_CLAIM, member.territory, member=member.pk)
    return True


def _check_accident(accident: Accident, member: Member, kind: Kind, day: date) -> None:
    """Raises AccidentClosed, NotOfThis."""
    if accident.left:
        raise AccidentClosed(left=Left(accident.left).label)
    fits = accident.member_id == member.pk and accident.on_day == day
    if not fits or kind not in OF_HARM[Harm(accident.harm)]:
        raise NotOfThis(kind=Kind(kind).label, harm=Harm(accident.harm).label)


def _put_recipient(claim: Claim, recipient: Recipient, name: str, means: Means) -> None:
    """Raises WrongRecipient, NameNeeded."""
    allowed = recipients_of(claim.kind)
    if recipient not in allowed:
        raise WrongRecipient(
            recipient=Recipient(recipient).label, kind=Kind(claim.kind).label,
            allowed=", ".join(str(one.label) for one in allowed),
        )  # fmt: skip
    if bool(name) == (recipient == Recipient.SELF):
        raise NameNeeded
    claim.recipient, claim.recipient_name, claim.means = recipient, name, means


def _make_dossier(claim: Claim) -> None:
    """The papers that its kind asks for today, all of them missing."""
    wanted = dossier_of(claim.kind).papers
    if claim.recipient == Recipient.REPRESENTATIVE and Paper.AUTHORISATION not in wanted:
        wanted = (*wanted, Paper.AUTHORISATION)
    ClaimPaper.everything.bulk_create(
        [ClaimPaper(claim=claim, paper=paper, place=place) for place, paper in enumerate(wanted)]
    )


def _mark(claim: Claim, day: date, marks: Mapping[Present, Collection[Paper]]) -> None:
    """Raises PaperNotAsked."""
    there = {one.paper: one for one in claim.papers.all()}
    for present, papers in marks.items():
        for paper in sorted(papers):
            if paper not in there:
                raise PaperNotAsked(paper=_named(paper))
            row = there[paper]
            row.present = present
            row.came_on = day if present == Present.PRESENT else None
            save(row, only=["present", "came_on"])


def _named(paper: str) -> str:
    return str(Paper(paper).label) if paper in Paper.values else gettext("another paper")
