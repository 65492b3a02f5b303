# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about villages; each one's fields are the arguments of one action."""

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core.forms import ActionForm, DateField, TextField
from binhyen.territory.points import NotAPoint, read_point


class VillageForm(ActionForm):
    """A new village or residential group."""

    submit_label = _("Add the village")
    kind = TextField(
        label=_("Kind"),
        max_length=20,
        help_text=_("As the decision calls it: thôn, ấp, bản, tổ dân phố, khu phố …"),
        widget=forms.TextInput(attrs={"list": "village-kinds", "autocomplete": "off"}),
    )
    name = TextField(label=_("Name without the kind"), max_length=120)
    decision = TextField(
        label=_("Decision number"), max_length=60, help_text=_("Such as 12/NQ-HĐND.")
    )
    valid_from = DateField(label=_("Stands from"))


class EndVillageForm(ActionForm):
    """The end of a village, by decision."""

    submit_label = _("End the village")
    decision = TextField(label=_("Decision number"), max_length=60)
    ended_on = DateField(label=_("Day from which it no longer stands"))


class DutyPhoneForm(ActionForm):
    """The duty phone of the commune's police."""

    submit_label = _("Save the number")
    phone = TextField(
        label=_("Duty phone of the commune police"),
        max_length=30,
        required=False,
        help_text=_("An office's number, such as 0252 384 7113; empty takes it away."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off", "class": "short"}),
    )


class PointForm(ActionForm):
    """Where a village lies."""

    submit_label = _("Save the point")
    point = TextField(
        label=_("Latitude, longitude"), max_length=60, help_text=_("Such as 10.92870, 108.28710.")
    )

    def clean_point(self) -> tuple[float, float]:
        """The two numbers of what was typed."""
        try:
            return read_point(self.cleaned_data["point"])
        except NotAPoint as refusal:
            _what, why, remedy = refusal.sentences()
            raise forms.ValidationError(f"{why} {remedy}") from refusal
