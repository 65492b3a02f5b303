# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages on which a resolution is drafted and completed: head, values, communes, document."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core.actors import Actor
from binhyen.core.pages import Action, form_page, say
from binhyen.norms import actions, actions_values, forms, queries
from binhyen.norms.drafts import NewArea
from binhyen.norms.files import read_resolution
from binhyen.norms.models import Resolution
from binhyen.norms.permissions import DRAFT_NORM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of, places_within


@signed_in(DRAFT_NORM)
def new(request: ActorRequest) -> HttpResponse:
    """Begin a draft."""
    actor = request.actor
    places = [one for one in places_within(actor.scope(DRAFT_NORM), actor.on)
              if one.level == Level.PROVINCE]  # fmt: skip
    form = forms.NewResolutionForm(request.POST or None, places=places)
    if form.done(_draft, by=actor):
        say(request, _("The draft was saved. Add what it sets."))
        return redirect("resolution", form.result.pk)
    return form_page(
        request, form, kind=_("Resolutions"), title=_("Enter a resolution"),
        intro=_("It counts when somebody else has approved it (Law 30/2023 Art. 23, 26)."),
        cancel_url=reverse("resolutions"),
    )  # fmt: skip


def _draft(*, by: Actor, territory: Territory, covers_all: bool, **given: Any) -> Resolution:
    """A draft whose one set are all communes of the province, if that is wanted."""
    areas = []
    if covers_all:
        name = gettext("All of %(place)s") % {"place": territory.full_name}
        areas = [NewArea(name, communes_of(territory, on=by.on))]
    return actions.draft_resolution(by=by, territory=territory, areas=areas, **given)


@signed_in(DRAFT_NORM)
def from_file(request: ActorRequest) -> HttpResponse:
    """Read a draft from a file."""
    form = forms.FileForm(request.POST or None, request.FILES or None)
    if form.done(_read, by=request.actor):
        say(request, _("The file was read into a draft."))
        return redirect("resolution", form.result.pk)
    return form_page(
        request, form, kind=_("Resolutions"), title=_("A resolution from a file"),
        intro=_("What the file holds becomes a draft, which can be completed here."),
        cancel_url=reverse("resolutions"),
    )  # fmt: skip


def _read(*, by: Actor, content: bytes, is_toml: bool) -> Resolution:
    given = read_resolution(content, on=by.on, is_toml=is_toml)
    return actions.draft_resolution(by=by, **given)


@signed_in(DRAFT_NORM)
def change(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """Change the head of a draft."""
    row = _row(request, resolution_id)
    form = forms.ResolutionForm(request.POST or None, initial=forms.head_of(row))
    if form.done(actions.revise_draft, by=request.actor, resolution=row):
        return _saved(request, row)
    return _page(request, form, row, _("Change the draft"))


@signed_in(DRAFT_NORM)
def add_value(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """Set one more value in a draft."""
    row = _row(request, resolution_id)
    form = forms.ValueForm(request.POST or None, resolution=row, sets=list(row.sets.all()))
    if form.done(actions_values.add_value, by=request.actor, resolution=row):
        return _saved(request, row)
    return _page(request, form, row, _("Add a value"))


@signed_in(DRAFT_NORM)
def change_value(request: ActorRequest, value_id: UUID) -> HttpResponse:
    """Change a value of a draft."""
    value = queries.value(scope=request.actor.scope(DRAFT_NORM), value_id=value_id)
    row = value.resolution
    form = forms.ValueForm(request.POST or None, resolution=row, sets=list(row.sets.all()),
                           initial=forms.value_shown(value))  # fmt: skip
    if form.done(actions_values.change_value, by=request.actor, value=value):
        return _saved(request, row)
    out = Action(_("Take it out"), reverse("norm-value-remove", args=[value.pk]), "close")
    return _page(request, form, row, value.get_item_display(), actions=[out])


@signed_in(DRAFT_NORM)
def remove_value(request: ActorRequest, value_id: UUID) -> HttpResponse:
    """Take a value out of a draft."""
    value = queries.value(scope=request.actor.scope(DRAFT_NORM), value_id=value_id)
    form = forms.RemoveForm(request.POST or None)
    if form.done(actions_values.remove_value, by=request.actor, value=value):
        return _saved(request, value.resolution)
    return _page(request, form, value.resolution, _("Take the value out"))


@signed_in(DRAFT_NORM)
def add_communes(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """Name a set of communes of a draft."""
    row = _row(request, resolution_id)
    form = forms.CommunesForm(request.POST or None, province=row.territory, on=request.actor.on,
                              initial={"how": "all"})  # fmt: skip
    if form.done(actions_values.name_communes, by=request.actor, resolution=row):
        return _saved(request, row)
    return _page(request, form, row, _("Name communes"))


@signed_in(DRAFT_NORM)
def change_communes(request: ActorRequest, set_id: UUID) -> HttpResponse:
    """Name the communes of a set anew."""
    actor = request.actor
    named = queries.commune_set(scope=actor.scope(DRAFT_NORM), set_id=set_id)
    row = named.resolution
    codes = [one.code for one in named.communes.all()]
    form = forms.CommunesForm(
        request.POST or None, province=row.territory, on=actor.on,
        initial={"name": named.name, "how": "ticked", "ticked": codes},
    )  # fmt: skip
    if form.done(actions_values.name_communes, by=actor, resolution=row, commune_set=named):
        return _saved(request, row)
    out = Action(_("Remove this set"), reverse("norm-set-remove", args=[named.pk]), "close")
    return _page(request, form, row, named.name, actions=[out])


@signed_in(DRAFT_NORM)
def remove_communes(request: ActorRequest, set_id: UUID) -> HttpResponse:
    """Take an unused set out of a draft."""
    actor = request.actor
    named = queries.commune_set(scope=actor.scope(DRAFT_NORM), set_id=set_id)
    form = forms.RemoveForm(request.POST or None)
    if form.done(actions_values.remove_communes, by=actor, commune_set=named):
        return _saved(request, named.resolution)
    return _page(request, form, named.resolution, _("Remove this set"))


@signed_in(DRAFT_NORM)
def scan(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """Keep the scanned document of a draft."""
    row = _row(request, resolution_id)
    form = forms.DocumentForm(request.POST or None, request.FILES or None)
    if form.done(actions_values.attach_document, by=request.actor, resolution=row):
        return _saved(request, row)
    return _page(request, form, row, _("Scanned document"))


@signed_in(DRAFT_NORM)
def withdraw(request: ActorRequest, resolution_id: UUID) -> HttpResponse:
    """Put a draft aside."""
    row = _row(request, resolution_id)
    form = forms.WithdrawForm(request.POST or None)
    if form.done(actions.withdraw_draft, by=request.actor, resolution=row):
        return _saved(request, row)
    intro = _("It stays in the list and in the history, and never counts.")
    return _page(request, form, row, _("Withdraw the draft"), intro=intro)


def _row(request: ActorRequest, resolution_id: UUID) -> Resolution:
    return queries.resolution(scope=request.actor.scope(DRAFT_NORM), resolution_id=resolution_id)


def _saved(request: ActorRequest, row: Resolution) -> HttpResponse:
    say(request, _("The draft was saved."))
    return redirect("resolution", row.pk)


def _page(
    request: ActorRequest, form: Any, row: Resolution, title: Any, **more: Any
) -> HttpResponse:
    return form_page(
        request, form, kind=row.number, title=title,
        cancel_url=reverse("resolution", args=[row.pk]), template="norms/form.html", **more,
    )  # fmt: skip
