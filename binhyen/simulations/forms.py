# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about simulations; each one's fields become the arguments of one action."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core.forms import (
    ActionForm,
    DongField,
    LongTextField,
    WholeNumberField,
    field_of,
)
from binhyen.entitlements.forms import months_before
from binhyen.norms.communes import communes_named, split_list
from binhyen.simulations.actions import Shares
from binhyen.simulations.bases import MOST_MONTHS, Months
from binhyen.simulations.choices import FORMULAS, Rule
from binhyen.simulations.values import Floor
from binhyen.territory.choices import Flag, Level
from binhyen.territory.models import Territory


class MonthsForm(ActionForm):
    """Which months the answer is computed from."""

    submit_label = _("Simulate")
    last_month = forms.ChoiceField(label=_("Last month of the basis"))
    months = WholeNumberField(
        label=_("Months"), min_value=1, max_value=MOST_MONTHS, initial=1,
        help_text=_("1 to 12. More months even out a quiet or a busy one."),
    )  # fmt: skip
    anew = forms.BooleanField(
        label=_("Gather the facts again"), required=False,
        help_text=_("Otherwise what was gathered last for these months is used."),
    )  # fmt: skip

    def __init__(self, *args: Any, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.on = on
        field_of(self, "last_month", forms.ChoiceField).choices = [
            (f"{one:%Y-%m}", f"{one:%m/%Y}") for one in months_before(on)
        ]

    def values(self) -> dict[str, Any]:
        """The months as one."""
        given = super().values()
        last = date.fromisoformat(f"{given.pop('last_month')}-01")
        return given | {"months": Months(last, given.pop("months"), given.pop("anew"))}


class DraftForm(MonthsForm):
    """Asking what a draft would cost."""

    submit_label = _("What would it cost?")


class FloorForm(MonthsForm):
    """A floor, and where."""

    place = forms.ChoiceField(label=_("Where"))
    leader = DongField(label=_("Team leader, at least a month"), required=False)
    deputy = DongField(label=_("Deputy team leader, at least a month"), required=False)
    member = DongField(label=_("Team member, at least a month"), required=False)
    health_percent = WholeNumberField(
        label=_("Health insurance, at least so many percent"), required=False, min_value=0,
        max_value=100, help_text=_("Empty leaves it as it is."),
    )  # fmt: skip
    field_order: tuple[str, ...] = (
        "op_id",
        "place",
        "leader",
        "deputy",
        "member",
        "health_percent",
    )

    def __init__(self, *args: Any, places: Sequence[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {one.code: one for one in places}
        field_of(self, "place", forms.ChoiceField).choices = [
            (one.code, one.full_name) for one in places
        ]

    def values(self) -> dict[str, Any]:
        """The place itself, and the floor as one."""
        given = super().values()
        names = ("leader", "deputy", "member", "health_percent")
        floor = Floor(**{name: given.pop(name) or 0 for name in names})
        return given | {"place": self.places[given.pop("place")], "floor": floor}


class SupportForm(FloorForm):
    """A sum, by which rule and for which communes."""

    money = DongField(label=_("Sum to share"), min_value=1)
    rule = forms.ChoiceField(
        label=_("Rule"), initial=Rule.BY_GAP, widget=forms.RadioSelect,
        choices=[(rule.value, rule.label) for rule in Rule],
        help_text=_("The formulas stand below the form."),
    )  # fmt: skip
    marks = forms.MultipleChoiceField(
        label=_("Communes with one of these marks"), required=False,
        choices=Flag.choices, widget=forms.CheckboxSelectMultiple,
        help_text=_("As the list of places has them."),
    )  # fmt: skip
    listed = LongTextField(
        label=_("And these communes"), required=False, rows=3,
        help_text=_("One a line: five digits, or in a province the name."),
    )  # fmt: skip
    field_order = ("op_id", "place", "money", "rule", "marks", "listed", "leader", "deputy",
                   "member", "health_percent")  # fmt: skip
    formulas = tuple((rule.label, FORMULAS[rule]) for rule in Rule)

    def values(self) -> dict[str, Any]:
        """The sum with its rule and communes as one."""
        given = super().values()
        texts = split_list(given.pop("listed"))
        place = given["place"]
        codes = texts
        if texts and place.level == Level.PROVINCE:
            codes = [one.code for one in communes_named(texts, place, on=self.on)]
        shares = Shares(given.pop("money"), Rule(given.pop("rule")), given.pop("marks"), codes)
        return given | {"shares": shares}
