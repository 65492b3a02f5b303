# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attachments on a page and as an answer to a request."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from binhyen.attachments import queries, store
from binhyen.attachments.choices import Kind
from binhyen.attachments.models import Attachment
from binhyen.attachments.preparing import NotAPhoto, PhotoTooLarge, Prepared, prepared_photo
from binhyen.attachments.rules import LARGEST_PHOTO, SOUND_TYPES
from binhyen.core.errors import Refused, Text
from binhyen.core.forms import ActionForm
from binhyen.core.pages import Action, Section, form_page, say

NO_FACES = _(
    "Things and places, no faces. Whoever can be recognised in a photo must have agreed to it."
)


class PhotoField(forms.FileField):
    """A photo; what the form hands on is drawn anew already."""

    default_error_messages = {"contradiction": _("Choose a file.")}

    def clean(self, data: Any, initial: Any = None) -> Prepared:
        file: Any = super().clean(data, initial)
        try:
            if file.size is None or file.size > LARGEST_PHOTO:
                raise PhotoTooLarge
            return prepared_photo(file.read())
        except NotAPhoto as refusal:
            raise forms.ValidationError(_short(refusal)) from refusal


def _short(refusal: Refused) -> str:
    _what, why, remedy = refusal.sentences()
    return f"{why} {remedy}"


class EraseForm(ActionForm):
    """One button: the file is gone for good."""

    submit_label = _("Erase for good")


class AddPhotoForm(ActionForm):
    """One photo."""

    submit_label = _("Add the photo")
    photo = PhotoField(
        label=_("Photo"),
        allow_empty_file=True,
        help_text=_("JPEG, PNG or WebP, up to 10 megabytes. What a camera writes into it besides"
                    " the picture (place, time, device) is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip


def section(
    thing: models.Model, *, url: Callable[[Attachment], str], add: Action | None, may_erase: bool
) -> Section:
    """The photos and recordings of a record, for whoever may open it."""
    shown = [(one, "" if one.erased_at else url(one)) for one in queries.attachments_of(thing)]
    return Section(
        _("Photos and recordings"), template="attachments/shown.html", data=(shown, may_erase),
        action=add,
        note=_("Each opening is written down. Files are erased after 90 days.") if shown else "",
    )  # fmt: skip


def add_page(
    request: HttpRequest, attach: Callable[..., object], *, kind: Text, back: str, **given: Any
) -> HttpResponse:
    """The page on which a photo is added to a record; `given` goes to the action."""
    form = AddPhotoForm(request.POST or None, request.FILES or None)
    if form.done(attach, **given):
        say(request, _("The photo was added."))
        return redirect(back)
    return form_page(
        request, form, kind=kind, title=_("Add a photo"), intro=NO_FACES, cancel_url=back
    )


def erase_page(
    request: HttpRequest, erase: Callable[..., object], *, kind: Text, back: str, **given: Any
) -> HttpResponse:
    """The page on which a photo or a recording is erased before its time."""
    form = EraseForm(request.POST or None)
    if form.done(erase, **given):
        say(request, _("The file was erased."))
        return redirect(back)
    return form_page(
        request, form, kind=kind, title=_("Erase the file"),
        intro=_("It is gone for good; the history keeps that there was one."), cancel_url=back,
    )  # fmt: skip


def answer(one: Attachment) -> HttpResponse:
    """The file itself: a photo to look at, a recording to take away; nobody stores it on the way.

    The reading has been recorded before. A recording is bytes of a stranger: it is never opened
    inside the office's pages. Raises FileGone.
    """
    is_photo = one.kind == Kind.PHOTO
    response = HttpResponse(store.read(one.id), content_type=one.media_type)
    name = f"{one.kind}-{one.id.hex[-8:]}.{'jpg' if is_photo else SOUND_TYPES[one.media_type]}"
    how = "inline" if is_photo else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
