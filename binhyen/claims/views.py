# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages to read: claims, one claim, accidents, and what nobody has claimed."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.claims import queries, watch
from binhyen.claims.choices import Harm, Kind, State
from binhyen.claims.models import Accident
from binhyen.claims.permissions import (
    DRAFT_CLAIM,
    NOTE_ACCIDENT,
    VIEW_ACCIDENT,
    VIEW_CLAIM,
)
from binhyen.claims.record import (
    accident_facts,
    claim_actions,
    claim_facts,
    claim_sections,
    claims_section,
    due_of,
    state_of,
    title_of,
)
from binhyen.claims.views_papers import files_section
from binhyen.core import clock, events
from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Badge, Section, record_page
from binhyen.core.templatetags.show import dong
from binhyen.entitlements.permissions import KEEP_INSURANCE


class ClaimListing(Listing):
    """Claims of the reader's area, what is due first in front."""

    name = "claims"
    title = _("Benefit claims")
    counted = ngettext_lazy("%(count)s claim", "%(count)s claims", "count")
    columns = (
        Column("member", _("Member"), lambda row: row.member.full_name, sort="member__name_order"),
        Column("kind", _("What is claimed"), title_of, sort="kind"),
        Column("day", _("Day"), lambda row: row.on_day, sort="on_day", hide_narrow=True),
        Column("due", _("Due on"), due_of, sort="due_on"),
        Column("total", pgettext_lazy("claim", "Amount"), lambda row: row.total or None,
               sort="total", align="end", look=dong, hide_narrow=True),
        Column("state", _("State"), state_of, sort="state"),
    )  # fmt: skip
    filters = (
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda actor: list(State.choices)),
        Filter("kind", _("What is claimed"), "choice", lambda rows, kind: rows.filter(kind=kind),
               lambda actor: list(Kind.choices)),
        Filter("signed", _("Signed, waits to be received"), "flag",
               lambda rows, yes: rows.filter(state=State.DRAFT, signed_on__isnull=False)),
        Filter("due", _("Due now or overdue"), "flag",
               lambda rows, yes: queries.due_of(rows, watch.near(clock.today()))),
    )  # fmt: skip
    empty_title = _("No claim yet")
    empty_help = _("A claim is drafted on a member's page, or from what nobody has claimed.")

    def row_url(self, row: Any) -> str:
        return reverse("claim", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        return [Action(_("What nobody has claimed"), reverse("claim-watch"), "eye",
                       verb=VIEW_CLAIM)]  # fmt: skip


class AccidentListing(Listing):
    """Accidents on duty in the reader's area."""

    name = "accidents"
    title = _("Accidents on duty")
    counted = ngettext_lazy("%(count)s accident", "%(count)s accidents", "count")
    columns = (
        Column("member", _("Member"), lambda row: row.member.full_name, sort="member__name_order"),
        Column("harm", pgettext_lazy("claim", "What happened"), lambda row: row.get_harm_display()),
        Column("day", _("Day"), lambda row: row.on_day, sort="on_day"),
        Column("plan", _("Plan or assignment"), lambda row: row.plan_number, hide_narrow=True),
        Column("left", _("Why no claim follows"), lambda row: row.get_left_display(),
               hide_narrow=True),
    )  # fmt: skip
    filters = (
        Filter("harm", pgettext_lazy("claim", "What happened"), "choice",
               lambda rows, harm: rows.filter(harm=harm), lambda actor: list(Harm.choices)),
        Filter("open", _("Nothing claimed yet"), "flag",
               lambda rows, yes: queries.unclaimed_of(rows)),
    )  # fmt: skip
    empty_title = _("No accident is noted")
    empty_help = _("Who fell ill, was hurt or died on duty is noted on the member's page.")

    def row_url(self, row: Any) -> str:
        return reverse("accident", args=[row.id])


@signed_in(VIEW_CLAIM)
def claim_list(request: ActorRequest) -> HttpResponseBase:
    """The claims of the reader's area."""
    rows = queries.claims_in(scope=request.actor.scope(VIEW_CLAIM))
    return ClaimListing().respond(request, rows)


@signed_in(VIEW_CLAIM)
def claim_page(request: ActorRequest, claim_id: UUID) -> HttpResponse:
    """One claim: checklist, amounts opened to article and value, steps with their days."""
    actor = request.actor
    row = queries.claim(scope=actor.scope(VIEW_CLAIM), claim_id=claim_id)
    record_reading(row, by=actor, where=row.territory, purpose=Purpose.MANAGE_FORCE)
    return record_page(
        request,
        kind=title_of(row),
        title=row.member.full_name,
        state=state_of(row),
        actions=claim_actions(actor, row),
        facts=claim_facts(row),
        sections=[
            *claim_sections(row),
            *files_section(row, "claim-file", purpose=Purpose.MANAGE_FORCE),
        ],
        history=events.history(row),
        template="claims/claim.html",
    )


@signed_in(VIEW_ACCIDENT)
def accident_list(request: ActorRequest) -> HttpResponseBase:
    """The accidents on duty of the reader's area."""
    rows = queries.accidents_in(scope=request.actor.scope(VIEW_ACCIDENT))
    return AccidentListing().respond(request, rows)


@signed_in(VIEW_ACCIDENT)
def accident_page(request: ActorRequest, accident_id: UUID) -> HttpResponse:
    """One accident, and what was claimed for it, for those who handle claims."""
    actor = request.actor
    row = queries.accident(scope=actor.scope(VIEW_ACCIDENT), accident_id=accident_id)
    record_reading(row, by=actor, where=row.territory, purpose=Purpose.MANAGE_FORCE)
    sees = actor.can(VIEW_CLAIM, row.territory)
    return record_page(
        request,
        kind=_("Accident on duty"),
        title=row.member.full_name,
        state=Badge(row.get_harm_display()),
        actions=_accident_actions(actor, row),
        facts=accident_facts(row),
        sections=[claims_section(queries.claims_of(row))] if sees else [],
        history=events.history(row),
    )


def _accident_actions(actor: Actor, row: Accident) -> list[Action]:
    found: list[Action] = []
    if row.left:
        return found
    if actor.can(DRAFT_CLAIM, row.territory):
        for one in watch.missing_of(row):
            label = _("Draft: %(kind)s") % {"kind": Kind(one).label}
            found.append(Action(label, reverse("accident-claim", args=[row.pk, one]), "plus",
                                primary=not found))  # fmt: skip
    made = any(one.state != State.WITHDRAWN for one in queries.claims_of(row))
    if not made and actor.can(NOTE_ACCIDENT, row.territory):
        found.append(Action(_("Close it without a claim"),
                            reverse("accident-leave", args=[row.pk]), "close"))  # fmt: skip
    return found


@signed_in(VIEW_CLAIM)
def watch_page(request: ActorRequest) -> HttpResponse:
    """What nobody has claimed, what is nearly too late, and supports that nobody uses."""
    actor = request.actor
    scope = actor.scope(VIEW_CLAIM)
    drafts = actor.can_anywhere(DRAFT_CLAIM)
    keeps = actor.can_anywhere(KEEP_INSURANCE)
    sections = [
        Section(
            _("Nothing claimed after an accident on duty"), template="claims/unclaimed.html",
            data=[{"one": one, "drafts": drafts_of(one, "accident-claim") if drafts else [],
                   "url": reverse("accident", args=[one.accident.pk])}
                  for one in watch.unclaimed(scope=scope)],
        ),
        Section(
            _("Steps that are due now or overdue"),
            columns=ClaimListing.columns[:4],
            records=watch.due(scope=scope, on=actor.on),
            row_url=lambda one: reverse("claim", args=[one.pk]),
            empty=_("No step is near its last day."),
        ),
        Section(
            _("Insurance that the province supports and nobody has recorded"),
            columns=(
                Column("member", _("Member"), lambda one: one.full_name),
                Column("kind", _("Insurance"), lambda one: one.kind.label),
                Column("value", pgettext_lazy("insurance", "Support"), lambda one: one.value),
                Column("by", _("By"), lambda one: one.instrument, hide_narrow=True),
            ),
            records=watch.unused_insurance(scope=scope, on=actor.on),
            row_url=lambda one: reverse("insurance", args=[one.member_id]) if keeps else None,
            empty=_("Every support in force here is used, or none is in force."),
            note=_("Whoever has the insurance brings the receipt; then it is recorded and paid."),
        ),
    ]  # fmt: skip
    return record_page(
        request, title=_("What nobody has claimed"), facts=[], sections=sections,
        actions=[Action(_("All claims"), reverse("claims"))], template="claims/claim.html",
    )  # fmt: skip


def drafts_of(one: watch.Unclaimed, page: str, leave: Collection[Kind] = ()) -> list[Action]:
    """One button for each kind that may still be claimed; a press drafts it."""
    return [
        Action(_("Draft: %(kind)s") % {"kind": kind.label},
               reverse(page, args=[one.accident.pk, kind]), "plus", method="post")
        for kind in one.kinds
        if kind not in leave
    ]  # fmt: skip
