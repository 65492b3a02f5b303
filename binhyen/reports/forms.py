# SPDX-License-Identifier: AGPL-3.0-or-later
"""The form that makes a review."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core.forms import ActionForm, DateField, field_of
from binhyen.core.periods import Period, from_days


class ReviewForm(ActionForm):
    """A place and the first and last day."""

    submit_label = _("Make the review")
    area = forms.ChoiceField(label=_("Place"))
    first = DateField(label=_("First day"))
    last = DateField(label=_("Last day"))

    def __init__(self, *args: Any, places: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "area", forms.ChoiceField).choices = places

    def clean(self) -> dict[str, Any]:
        """Both days together make the period."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day lies before the first. Correct one of the two."))
        return cleaned

    def period(self) -> Period:
        """The period typed."""
        return from_days(self.cleaned_data["first"], self.cleaned_data["last"])

    def values(self) -> dict[str, Any]:
        """The period as one argument; the view finds the place."""
        return {"period": self.period()}
