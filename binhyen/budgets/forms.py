# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about budgets; each one's fields become the arguments of one action."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.budgets.choices import ITEM_CHOICES, RECEIVED, TYPED_CHOICES, Giver, Source
from binhyen.core.forms import ActionForm, DateField, DongField, TextField, field_of
from binhyen.territory.models import Territory

_NUMBER = _("Number of the paper")


class PlaceAndYearForm(ActionForm):
    """A form that says of which place and year."""

    place = forms.ChoiceField(label=_("Commune or province"))
    year = forms.ChoiceField(label=_("Year"))

    def __init__(
        self, *args: Any, places: Iterable[Territory], years: Sequence[int], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.places = {one.code: one for one in places}
        field_of(self, "place", forms.ChoiceField).choices = [
            (code, one.full_name) for code, one in self.places.items()
        ]
        field_of(self, "year", forms.ChoiceField).choices = [(str(one), str(one)) for one in years]

    def values(self) -> dict[str, Any]:
        """The place itself, and the year as a number."""
        given = super().values()
        return given | {"place": self.places[given["place"]], "year": int(given["year"])}


class BudgetForm(PlaceAndYearForm):
    """Which year is planned."""

    submit_label = _("Begin the plan")


class LineForm(ActionForm):
    """What is planned for one item from one source."""

    submit_label = _("Set the line")
    item = forms.ChoiceField(label=_("Item"), choices=ITEM_CHOICES)
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices, initial=Source.COMMUNE)
    amount = DongField(
        label=_("Planned for the year"),
        help_text=_("In đồng, such as 2.340.000; 0 takes the line away."),
    )


class SubmitForm(ActionForm):
    """Handing a plan on."""

    submit_label = _("Submit it to the chair")


class DropForm(ActionForm):
    """Putting aside."""

    submit_label = _("Drop it")


class AdjustForm(ActionForm):
    """Beginning an adjusted version."""

    submit_label = _("Begin the adjusted version")
    why = TextField(label=_("Why it is adjusted"), max_length=300)


class ApproveForm(ActionForm):
    """Approving what somebody else made."""

    submit_label = _("Approve the budget")
    number = TextField(label=_("Decision number"), max_length=60)


class SendBackForm(ActionForm):
    """Giving back."""

    submit_label = _("Send it back")
    why = TextField(label=_("Why it goes back"), max_length=300)


class CloseForm(ActionForm):
    """Handing in a settlement."""

    submit_label = _("Hand in the settlement")


class SettleForm(ActionForm):
    """Approving a settlement."""

    submit_label = _("Approve the settlement")


class AllocationForm(PlaceAndYearForm):
    """A decision that gives money."""

    submit_label = _("Record the allocation")
    source = forms.ChoiceField(label=_("From"))
    amount = DongField(label=pgettext_lazy("budget", "Amount"))
    number = TextField(label=_("Decision number"), max_length=60)
    on_day = DateField(label=_("Decided on"))
    body = TextField(label=pgettext_lazy("budget", "Decided by"), max_length=120,
                     help_text=_("The body, such as UBND tỉnh Lâm Đồng."))  # fmt: skip

    def __init__(self, *args: Any, sources: Iterable[Source], **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "source", forms.ChoiceField).choices = [
            (one.value, one.label) for one in sources
        ]


class ReceiptForm(ActionForm):
    """What a fund or donor gave."""

    submit_label = _("Record the receipt")
    source = forms.ChoiceField(
        label=_("From"), choices=[(one.value, one.label) for one in RECEIVED]
    )
    item = forms.ChoiceField(label=_("What for"), choices=ITEM_CHOICES)
    amount = DongField(label=_("Amount, or value of the thing"))
    thing = TextField(label=_("What was given, if not money"), max_length=120, required=False,
                      help_text=_("Such as: 10 torches. Empty for money. No names."))  # fmt: skip
    on_day = DateField(label=_("Received on"))
    number = TextField(label=_NUMBER, max_length=60)
    giver = forms.ChoiceField(label=_("Who gave"), choices=Giver.choices)
    giver_name = TextField(
        label=_("Name"), max_length=120, required=False,
        help_text=_("Of an organisation, or of a person who agreed in writing to be named: the"
                    " list of receipts is posted."),
    )  # fmt: skip
    agreed_on = DateField(label=_("Agreed in writing on"), required=False)


class SpendingForm(ActionForm):
    """What left by a paper."""

    submit_label = _("Record the spending")
    item = forms.ChoiceField(label=_("Item"), choices=TYPED_CHOICES)
    source = forms.ChoiceField(label=_("Source"), choices=Source.choices, initial=Source.COMMUNE)
    amount = DongField(label=pgettext_lazy("budget", "Amount"))
    on_day = DateField(label=_("Paid on"))
    number = TextField(label=_NUMBER, max_length=60)


class StrikeForm(ActionForm):
    """Taking out of the sums what was recorded wrongly."""

    submit_label = _("Strike it")
    why = TextField(label=_("Why it is struck"), max_length=200)
