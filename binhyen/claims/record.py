# SPDX-License-Identifier: AGPL-3.0-or-later
"""The parts of the pages about claims: facts, the checklist, steps with their days, badges."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from binhyen.claims import queries, watch
from binhyen.claims.choices import Kind, Left, Present, State
from binhyen.claims.dossiers import dossier_of
from binhyen.claims.explaining import explained, facts_said
from binhyen.claims.models import Accident, Appeal, Claim
from binhyen.claims.permissions import (
    APPRAISE_CLAIM,
    DECIDE_CLAIM,
    DRAFT_CLAIM,
    NOTE_ACCIDENT,
    PAY_CLAIM,
    RECEIVE_CLAIM,
    VIEW_CLAIM,
)
from binhyen.claims.rules import BENEFITS, DECIDED, OPEN, due
from binhyen.core import clock
from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Text
from binhyen.core.holidays import calendar
from binhyen.core.pages import Action, Badge, Column, Section, Tone, actor_of
from binhyen.core.templatetags.show import day, dong
from binhyen.law.choices import ARTICLES

_TONES: dict[str, Tone] = {State.MISSING: "needs", State.APPRAISED: "needs", State.GRANTED: "good",
                           State.PAID: "good"}  # fmt: skip
_STEPS: tuple[tuple[str, Text, str, Verb, tuple[State, ...]], ...] = (
    ("claim-receive", _("Receive"), "check", RECEIVE_CLAIM, (State.DRAFT,)),
    ("claim-papers", _("Papers came"), "papers", RECEIVE_CLAIM, (State.MISSING,)),
    ("claim-pass-on", _("Pass on to be appraised"), "check", RECEIVE_CLAIM, (State.RECEIVED,)),
    ("claim-ask", _("Ask for missing papers"), "", RECEIVE_CLAIM, (State.RECEIVED,)),
    ("claim-papers", _("Papers came"), "", RECEIVE_CLAIM, (State.RECEIVED,)),
    ("claim-appraise", _("Appraise"), "check", APPRAISE_CLAIM, (State.CHECKED,)),
    ("claim-ask", _("Ask for papers once more"), "", RECEIVE_CLAIM, (State.CHECKED,)),
    ("claim-grant", pgettext_lazy("claim", "Grant"), "check", DECIDE_CLAIM, (State.APPRAISED,)),
    ("claim-refuse", pgettext_lazy("claim", "Refuse"), "close", DECIDE_CLAIM, (State.APPRAISED,)),
    ("claim-send-back", _("Send back"), "", DECIDE_CLAIM, (State.APPRAISED,)),
    ("claim-pay", _("Record the payment"), "money", PAY_CLAIM, (State.GRANTED,)),
    ("claim-appeal", _("Note a complaint"), "", PAY_CLAIM, DECIDED),
    ("claim-withdraw", pgettext_lazy("claim", "Withdraw"), "close", DRAFT_CLAIM,
     (State.DRAFT, State.RECEIVED, State.MISSING, State.CHECKED, State.APPRAISED)),
)  # fmt: skip
"""Page, words, icon, right and the states in which it follows; the first that fits leads."""


_UNSEEN = _("The Decree's own list of papers was not seen; check this one.")


@dataclass(frozen=True)
class Step:
    """One of the three steps with its days."""

    state: State
    """In which the claim stands while the step lasts."""
    name: Text
    since: date | None
    last_day: date | None
    done_on: date | None


def title_of(claim: Claim) -> Text:
    """What is claimed."""
    return claim.get_kind_display()


def state_of(claim: Claim) -> Badge:
    """Where a claim stands; a signed draft waits to be received."""
    if claim.state == State.DRAFT and claim.signed_on:
        return Badge(pgettext_lazy("claim", "Signed, waits to be received"), "needs")
    return Badge(claim.get_state_display(), _TONES.get(claim.state, "plain"))


def due_of(claim: Claim) -> Badge | str:
    """The last day of the present step, and how near it is."""
    left = watch.days_left(claim, clock.today()) if claim.state in OPEN else None
    if claim.due_on is None or left is None:
        return ""
    if left < 0:
        return Badge(_("%(day)s, overdue") % {"day": day(claim.due_on)}, "bad")
    return Badge(day(claim.due_on), "needs" if left <= watch.NEAR else "plain")


def left_said(claim: Claim) -> str:
    """“3 working days left” until the last day of the step."""
    left = watch.days_left(claim, clock.today()) if claim.state in OPEN else None
    if claim.due_on is None or left is None:
        return ""
    words = (
        ngettext("%(count)s working day left", "%(count)s working days left", left)
        if left >= 0
        else ngettext("%(count)s working day over", "%(count)s working days over", -left)
    )
    return f"{day(claim.due_on)} ({words % {'count': abs(left)}})"


def claim_actions(actor: Actor, claim: Claim) -> list[Action]:
    """What this reader may do with the claim now."""
    found: list[Action] = []
    complete = all(one.present != Present.MISSING for one in claim.papers.all())
    for page, label, icon, verb, states in _STEPS:
        if claim.state not in states or not actor.can(verb, claim.territory):
            continue
        if page == "claim-pass-on" and not complete:
            continue
        if page == "claim-papers" and claim.state == State.RECEIVED and complete:
            continue
        if not _is_apart(actor, claim, page):
            continue
        found.append(Action(label, reverse(page, args=[claim.pk]), icon, primary=not found))
    if claim.appeals.filter(outcome="").exists() and actor.can(PAY_CLAIM, claim.territory):
        found.append(Action(_("Note the answer"), reverse("claim-answer", args=[claim.pk])))
    return found


def _is_apart(actor: Actor, claim: Claim, page: str) -> bool:
    """Whether the two persons stay two, and whether a grant has anything to grant."""
    own = actor.id in {claim.received_by_id, claim.appraised_by_id}
    if page == "claim-grant":
        return not own and claim.total > 0
    if page == "claim-appeal":
        return not claim.appeals.filter(outcome="").exists()
    return not (own and page == "claim-refuse")


def claim_facts(claim: Claim) -> list[tuple[Text, Any]]:
    """Whose, since when, due when, how much."""
    recipient = claim.get_recipient_display()
    if claim.recipient_name:
        recipient = f"{claim.recipient_name} ({recipient})"
    facts: list[tuple[Text, Any]] = [
        (_("Day of the illness, accident or death"), claim.on_day),
        (_("Plan or assignment"), claim.plan_number),
        (_("Commune that receives, appraises and decides"), claim.territory.full_name),
        (_("Due on"), left_said(claim)),
        (pgettext_lazy("claim", "Amount"), dong(claim.total) if claim.total else ""),
        (_("Who is paid"), recipient if claim.received_on else ""),
        (_("How it is paid"), claim.get_means_display()),
        (_("Application signed on"), claim.signed_on),
        (pgettext_lazy("claim", "Received on"), claim.received_on),
        (_("Received by"), claim.received_by_name),
        (_("How it came in"), claim.get_channel_display()),
        (_("Missing papers asked for on"), claim.asked_on),
        (_("Last missing paper came on"), claim.complete_on),
        (_("Appraised by"), claim.appraised_by_name),
        (_("Remark"), claim.remark),
        (_("Sent back because"), claim.sent_back_why),
        (_("Decision number"), claim.decision),
        (_("Decided on"), claim.decided_on),
        (_("Decided by"), claim.decided_by_name),
        (_("Refused because"), claim.refused_why),
        (_("Paid on"), claim.paid_on),
        (_("Check sum"), claim.digest[:16]),
    ]
    return [(label, value) for label, value in facts if value]


def claim_sections(claim: Claim) -> list[Section]:
    """The checklist, the amounts opened to article and value, the facts, steps, complaints."""
    sections = [_papers_section(claim)]
    if claim.appraised_on:
        sections.append(
            Section(pgettext_lazy("claim", "Amount"), template="claims/lines.html",
                    data=explained(claim),
                    note=_("Open a line to see its article, values and facts."))
        )  # fmt: skip
        sections.append(
            Section(
                _("Facts from the papers"),
                columns=(Column("fact", _("Fact"), lambda one: one[0]),
                         Column("value", _("As appraised"), lambda one: one[1])),
                records=facts_said(claim.facts),
            )
        )  # fmt: skip
    if claim.received_on:
        sections.append(_steps_section(claim))
    if appeals := queries.appeals_of(claim):
        sections.append(_appeals_section(appeals))
    return sections


def _papers_section(claim: Claim) -> Section:
    dossier = dossier_of(claim.kind)
    papers: Iterable[Any] = queries.papers_of(claim)
    note = dossier.article or str(ARTICLES[BENEFITS[Kind(claim.kind)][0]])
    if dossier.is_unverified:
        note = f"{note}. {_UNSEEN}"
    if not claim.received_on:
        return Section(
            _("Papers that the dossier asks for"), note=note,
            columns=(Column("paper", pgettext_lazy("claim", "Paper"), lambda one: one.label),),
            records=dossier.papers,
        )  # fmt: skip
    return Section(
        _("Dossier"),
        columns=(
            Column("paper", pgettext_lazy("claim", "Paper"), lambda one: one.get_paper_display()),
            Column("present", _("State"), _present),
            Column("came", _("Came on"), lambda one: one.came_on),
        ),
        records=papers,
        note=note,
    )


def _present(paper: Any) -> Badge:
    tones: dict[str, Tone] = {Present.MISSING: "needs", Present.PRESENT: "good"}
    return Badge(paper.get_present_display(), tones.get(paper.present, "plain"))


def _steps_section(claim: Claim) -> Section:
    return Section(
        _("Steps"),
        columns=(
            Column("step", _("Step"), lambda one: one.name),
            Column("since", _("Begun on"), lambda one: one.since, hide_narrow=True),
            Column("last", pgettext_lazy("claim", "Last day"), lambda one: one.last_day),
            Column("done", _("Done on"), lambda one: one.done_on),
        ),
        records=steps_of(claim),
        note=_("Decree 40/2024/NĐ-CP and Decision 8211/QĐ-BCA: 2, 5 and 2 working days. While"
               " papers are missing no time runs, and each step begins on the day on which the one"
               " before was done."),
    )  # fmt: skip


def steps_of(claim: Claim) -> list[Step]:
    """The three steps of a claim with their last days, as far as they began."""
    begun = (
        (_("Receive and check"), State.RECEIVED, claim.complete_on or claim.received_on,
         claim.checked_on),
        (_("Appraise"), State.CHECKED, claim.checked_on, claim.appraised_on),
        (_("Decide and pay"), State.APPRAISED, claim.appraised_on, claim.paid_on
         or (claim.decided_on if claim.state == State.REFUSED else None)),
    )  # fmt: skip
    found = []
    for name, state, since, done_on in begun:
        limit = due(state, since=since, calendar=calendar()) if since else None
        found.append(Step(state, name, since, limit.last_day if limit else None, done_on))
    return found


def _appeals_section(appeals: Sequence[Appeal]) -> Section:
    return Section(
        _("Complaints"),
        columns=(
            Column("lodged", _("Lodged on"), lambda one: one.lodged_on),
            Column("by", _("Lodged by"), lambda one: one.get_lodged_by_display()),
            Column("outcome", _("Outcome"), lambda one: one.get_outcome_display() or _("open")),
            Column("answered", _("Answered on"), lambda one: one.answered_on),
            Column("answer", _("Number of the answer"), lambda one: one.answer),
        ),
        records=appeals,
    )


def accident_facts(one: Accident) -> list[tuple[Text, Any]]:
    """What happened, when, on which duty."""
    duty = one.patrol.route if one.patrol else one.shift.place if one.shift else ""
    facts: list[tuple[Text, Any]] = [
        (pgettext_lazy("claim", "What happened"), one.get_harm_display()),
        (_("Day"), one.on_day),
        (_("Duty"), duty),
        (_("Plan or assignment"), one.plan_number),
        (_("Commune"), one.territory.full_name),
        (_("Noted by"), one.noted_by_name),
        (_("Why no claim follows"), Left(one.left).label if one.left else ""),
    ]
    return [(label, value) for label, value in facts if value]


def claims_section(claims: Sequence[Claim], page: str = "claim") -> Section:
    """The claims of an accident or a member."""
    return Section(
        _("Claims"),
        columns=(
            Column("kind", _("What is claimed"), title_of),
            Column("day", _("Day"), lambda one: one.on_day),
            Column(
                "total",
                pgettext_lazy("claim", "Amount"),
                lambda one: one.total or None,
                align="end",
                look=dong,
            ),
            Column("due", _("Due on"), due_of),
            Column("state", _("State"), state_of),
        ),
        records=claims,
        row_url=lambda one: reverse(page, args=[one.pk]),
        empty=_("None was made."),
    )


def member_section(request: HttpRequest, record: Any) -> Section | None:
    """The claims of a member on the member's page, for the office that handles them."""
    member = getattr(record, "member", record)
    actor = actor_of(request)
    if actor is None or not actor.can(VIEW_CLAIM, member.territory):
        return None
    rows = queries.claims_in(scope=actor.scope(VIEW_CLAIM)).filter(member=member.pk)
    section = claims_section(list(rows.order_by("-on_day", "-id")))
    may = actor.can(DRAFT_CLAIM, member.territory)
    draft = Action(_("Draft a claim"), reverse("claim-new", args=[member.pk]), "plus")
    return Section(_("Benefit claims"), columns=section.columns, records=section.records,
                   row_url=section.row_url, empty=section.empty,
                   action=draft if may else None)  # fmt: skip


def accident_section(request: HttpRequest, record: Any) -> Section | None:
    """A way to note an accident on duty, on the member's page."""
    member = getattr(record, "member", record)
    actor = actor_of(request)
    if actor is None or not actor.can(NOTE_ACCIDENT, member.territory):
        return None
    rows = queries.accidents_in(scope=actor.scope(NOTE_ACCIDENT)).filter(member=member.pk)
    return Section(
        _("Accidents on duty"),
        columns=(
            Column(
                "harm", pgettext_lazy("claim", "What happened"), lambda one: one.get_harm_display()
            ),
            Column("day", _("Day"), lambda one: one.on_day),
            Column("left", _("Why no claim follows"), lambda one: one.get_left_display()),
        ),
        records=rows,
        row_url=lambda one: reverse("accident", args=[one.pk]),
        empty=_("None is noted."),
        action=Action(_("Note an accident"), reverse("accident-new", args=[member.pk]), "plus"),
    )
