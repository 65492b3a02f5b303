# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closing a call for help."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.calls.choices import OWN_OUTCOMES, Outcome
from binhyen.core.forms import ActionForm, TextField


class CloseForm(ActionForm):
    """How a call came out."""

    submit_label = _("Close the call")
    outcome = forms.ChoiceField(
        label=_("How it came out"), choices=Outcome.choices, widget=forms.RadioSelect
    )
    note = TextField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("What was done and where; no names, no state of health."),
    )

    def values(self) -> dict[str, Any]:
        given = super().values()
        return given | {"outcome": Outcome(given["outcome"])}


class TakeBackForm(ActionForm):
    """The caller says that it is over."""

    submit_label = _("Say that it is over")
    outcome = forms.ChoiceField(
        label=_("How it came out"),
        choices=[(one.value, one.label) for one in OWN_OUTCOMES],
        widget=forms.RadioSelect,
    )

    def values(self) -> dict[str, Any]:
        given = super().values()
        return given | {"outcome": Outcome(given["outcome"])}
