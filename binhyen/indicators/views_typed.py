# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of signed figures: list, one of them, signing, correcting."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.pages import Action, Badge, form_page, record_page, say
from binhyen.indicators import actions, doubts, forms, queries
from binhyen.indicators.listings import TypedListing, title_of
from binhyen.indicators.permissions import SIGN_FIGURE, VIEW_FIGURES
from binhyen.territory.queries import places_within


@signed_in(VIEW_FIGURES)
def typed_list(request: ActorRequest) -> HttpResponseBase:
    """Signed figures of the reader's area that are in force."""
    rows = queries.typed_figures(scope=request.actor.scope(VIEW_FIGURES))
    return TypedListing().respond(request, rows)


@signed_in(VIEW_FIGURES)
def typed_page(request: ActorRequest, figure_id: UUID) -> HttpResponse:
    """One signed figure with its source, its doubt, and what it replaced."""
    actor = request.actor
    row = queries.typed_figure(scope=actor.scope(VIEW_FIGURES), figure_id=figure_id)
    newer = queries.replacement_of(row)
    older = row.supersedes
    may_correct = newer is None and actor.can(SIGN_FIGURE, row.territory)
    return record_page(
        request,
        kind=_("Signed figure"),
        title=title_of(row),
        state=_state(in_force=newer is None, in_doubt=bool(row.doubt)),
        actions=[
            Action(_("Correct"), reverse("typed-figure-correct", args=[row.id]), primary=True)
        ] if may_correct else [],
        facts=[
            (_("Place"), row.territory.full_name),
            (pgettext_lazy("figures", "Number"), row.value),
            (pgettext_lazy("figures", "First day"), row.starts_on),
            (pgettext_lazy("figures", "Last day"), row.last_day),
            (_("Source"), row.source),
            (_("Signed by"), row.signed_by),
            (_("Signed on"), row.signed_on),
            (_("Doubt"), doubts.told(row.doubt)),
            (_("Number before the correction"), older.value if older else None),
            (_("Corrected to"), newer.value if newer else None),
        ],
        history=events.history(row),
    )  # fmt: skip


def _state(*, in_force: bool, in_doubt: bool) -> Badge:
    if not in_force:
        return Badge(_("Corrected"))
    return (
        Badge(_("In doubt"), "needs")
        if in_doubt
        else Badge(pgettext_lazy("figures", "In force"), "good")
    )


@signed_in(SIGN_FIGURE)
def sign(request: ActorRequest) -> HttpResponse:
    """Sign a number for a place and days."""
    actor = request.actor
    places = places_within(actor.scope(SIGN_FIGURE), actor.on)
    form = forms.SignForm(request.POST or None, places=places)
    if form.done(actions.sign_figure, by=actor):
        say(request, _("The figure was signed."))
        return redirect("typed-figure", form.result.id)
    return form_page(
        request, form, kind=_("Figures"), title=_("Sign a figure"),
        intro=_(
            "For numbers that no record counts here. You answer for the number; a correction is"
            " a new figure beside the old one."
        ),
        cancel_url=reverse("typed-figures"),
    )  # fmt: skip


@signed_in(SIGN_FIGURE)
def correct(request: ActorRequest, figure_id: UUID) -> HttpResponse:
    """Replace a signed number by a new one."""
    actor = request.actor
    row = queries.typed_figure(scope=actor.scope(SIGN_FIGURE), figure_id=figure_id)
    start = {"value": row.value, "source": row.source, "doubt": doubts.own_words(row.doubt)}
    form = forms.CorrectForm(request.POST or None, initial=start)
    if form.done(actions.correct_figure, by=actor, figure=row):
        say(request, _("The correction was signed."))
        return redirect("typed-figure", form.result.id)
    return form_page(
        request, form, kind=title_of(row), title=_("Correct the figure"),
        cancel_url=reverse("typed-figure", args=[row.id]),
    )  # fmt: skip
