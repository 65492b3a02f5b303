# SPDX-License-Identifier: AGPL-3.0-or-later
"""A form field for a place, typed as its code."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.territory.models import Territory
from binhyen.territory.queries import MAX_TEXT, UnknownTerritory, territory_by_code


class PlaceField(forms.CharField):
    """The code of a unit that stands today; a wrong one is refused with near names."""

    def __init__(self, *, on: date | None = None, **options: Any) -> None:
        options.setdefault("label", _("Place"))
        options.setdefault(
            "help_text",
            _("The code: two digits for a province (68), five for a commune (23272)."),
        )
        self.on = on
        super().__init__(max_length=MAX_TEXT, **options)

    def clean(self, value: Any) -> Territory | None:
        """The unit of the code."""
        code = super().clean(value)
        if not code:
            return None
        try:
            return territory_by_code(code, on=self.on or clock.today())
        except UnknownTerritory as refusal:
            raise ValidationError(str(refusal), code="unknown") from refusal

    def prepare_value(self, value: Any) -> Any:
        """The code of a unit given as the first value."""
        return value.code if isinstance(value, Territory) else value
