# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing a figure and correcting it."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.forms import ActionForm, DateField, TextField, field_of
from binhyen.core.templatetags.show import number
from binhyen.indicators import catalogue
from binhyen.indicators.choices import Group
from binhyen.territory.models import Territory

_PLAIN = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_GROUPED = re.compile(r"\d{1,3}(?:[.\s\u00a0]\d{3})+")


class ExactField(forms.Field):
    """A number as people write it: 7.596 and 8,1 in Vietnamese, 7,596 and 8.1 in English."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> Decimal | None:
        text = str(value or "").strip()[:30]
        if not text:
            return None
        if (get_language() or "vi").startswith("en"):
            text = text.replace(".", "\0").replace(",", ".").replace("\0", ",")
        whole, comma, rest = text.partition(",")
        if _GROUPED.fullmatch(whole):
            whole = re.sub(r"\D", "", whole)
        text = f"{whole}.{rest}" if comma else whole
        if not _PLAIN.fullmatch(text):
            raise ValidationError(
                _("This is not a number. Write it such as 7.596 or 8,1."), code="invalid"
            )
        return Decimal(text)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "decimal", "class": "short"}

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, Decimal) else value


class CorrectForm(ActionForm):
    """A new number for the same place and days."""

    submit_label = _("Sign the correction")

    value = ExactField(label=pgettext_lazy("figures", "Number"))
    source = TextField(
        label=_("Source"), help_text=_("A report with number and date, or a publication.")
    )
    doubt = TextField(
        label=_("Doubt"),
        required=False,
        help_text=_("When two sources differ: what the other one says."),
    )


class SignForm(CorrectForm):
    """A number that an authority signs."""

    submit_label = _("Sign the figure")

    indicator = forms.ChoiceField(label=_("Indicator"))
    territory = forms.ChoiceField(label=_("Place"))
    first_day = DateField(label=pgettext_lazy("figures", "First day"))
    last_day = DateField(label=_("Last day, included"))
    field_order = (
        "indicator", "territory", "first_day", "last_day", "value", "source", "doubt",
    )  # fmt: skip

    def __init__(self, *args: Any, places: Sequence[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        self._places = {place.code: place for place in places}
        field_of(self, "indicator", forms.ChoiceField).choices = [
            ("", _("Choose an indicator")),
            *indicator_choices(),
        ]
        field_of(self, "territory", forms.ChoiceField).choices = [
            (place.code, place.full_name) for place in places
        ]

    def values(self) -> dict[str, Any]:
        """The action takes the place itself."""
        values = super().values()
        return values | {"territory": self._places[values["territory"]]}


def indicator_choices() -> list[tuple[Text, list[tuple[str, Text]]]]:
    """What can be signed, by group."""
    typed = [one for one in catalogue.ALL.values() if one.is_typed]
    return [
        (group.label, [(one.code, f"{one.title} ({one.unit.label})") for one in inside])
        for group in Group
        if (inside := [one for one in typed if one.group is group])
    ]
