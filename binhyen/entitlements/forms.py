# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about pay; each one's fields become the arguments of one action."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.forms import ActionForm, DateField, DongField, TextField, field_of
from binhyen.entitlements.choices import Contested, InsuranceKind, NotedKind, Unpaid, Why
from binhyen.entitlements.models import MOST_CONTRIBUTION, Sheet, Slip
from binhyen.entitlements.models_noted import MOST_COST
from binhyen.personnel.models import Member
from binhyen.territory.models import Territory

_MONTHS = 12
_PAID = ("", _("paid"))


def months_before(day: date, count: int = _MONTHS) -> list[date]:
    """The first days of the months that are over on a day, the last one first."""
    found = [day.replace(day=1)]
    while len(found) <= count:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found[1:]


class ComputeForm(ActionForm):
    """Which month of which commune."""

    submit_label = _("Compute the sheet")
    month = forms.ChoiceField(label=_("Month"))
    commune = forms.ChoiceField(label=_("Commune"))

    def __init__(self, *args: Any, communes: Iterable[Territory], on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.communes = {one.code: one for one in communes}
        field_of(self, "month", forms.ChoiceField).choices = [
            (f"{one:%Y-%m}", f"{one:%m/%Y}") for one in months_before(on)
        ]
        field_of(self, "commune", forms.ChoiceField).choices = [
            (code, one.full_name) for code, one in self.communes.items()
        ]

    def values(self) -> dict[str, Any]:
        """The first day of the month, and the commune itself."""
        return {
            "month": date.fromisoformat(f"{self.cleaned_data['month']}-01"),
            "commune": self.communes[self.cleaned_data["commune"]],
        }


class FreezeForm(ActionForm):
    """Handing a sheet on."""

    submit_label = _("Freeze and hand it to the chair")


class ApproveForm(ActionForm):
    """Approving what somebody else made."""

    submit_label = _("Approve the sheet")


class VoidForm(ActionForm):
    """Declaring void."""

    submit_label = _("Declare it void")


class SendBackForm(ActionForm):
    """Giving back."""

    submit_label = _("Send it back")
    why = TextField(label=_("Why it goes back"), max_length=300)


class CorrectForm(ActionForm):
    """Correcting by difference."""

    submit_label = _("Compute the correction")
    why = forms.ChoiceField(label=_("Why it is corrected"), choices=Why.choices)
    note = TextField(label=_("Note"), max_length=300, required=False)


class PaymentForm(ActionForm):
    """What was paid, and for each slip that was not the reason."""

    submit_label = _("Record the payment")
    paid_on = DateField(label=_("Paid on"))

    def __init__(self, *args: Any, slips: Iterable[Slip], **options: Any) -> None:
        super().__init__(*args, **options)
        self.names: Mapping[str, UUID] = {f"unpaid_{slip.pk.hex}": slip.pk for slip in slips}
        for name, slip in zip(self.names, slips, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=slip.full_name, choices=[_PAID, *Unpaid.choices], required=False
            )

    def values(self) -> dict[str, Any]:
        """The day, and the reasons by slip."""
        reasons = {pk: self.cleaned_data[name] for name, pk in self.names.items()}
        return {
            "paid_on": self.cleaned_data["paid_on"],
            "unpaid": {pk: reason for pk, reason in reasons.items() if reason},
        }


class PayLaterForm(ActionForm):
    """Paying a slip that had not been paid."""

    submit_label = _("Record the payment")
    paid_on = DateField(label=_("Paid on"))


class InsuranceForm(ActionForm):
    """An insurance with its contribution."""

    submit_label = _("Record the insurance")
    kind = forms.ChoiceField(label=_("Insurance"), choices=InsuranceKind.choices)
    valid_from = DateField(label=_("From"))
    contribution = DongField(
        label=_("Contribution a month, in đồng"), required=False, max_value=MOST_CONTRIBUTION,
        help_text=_("Empty if it is not known; then a support that is a share of it is not paid."),
    )  # fmt: skip


class EndInsuranceForm(ActionForm):
    """The last day of an insurance."""

    submit_label = _("End the insurance")
    last_day = DateField(label=_("Last day"))


class NotedForm(ActionForm):
    """Days of several members."""

    submit_label = _("Note the days")
    kind = forms.ChoiceField(label=_("Kind"), choices=NotedKind.choices)
    first_day = DateField(label=_("First day"))
    last_day = DateField(label=_("Last day"), required=False, help_text=_("Empty for one day."))
    plan_number = TextField(label=_("Plan, summons or assignment"), max_length=60)
    amount = DongField(
        label=_("Costs of each, in đồng"), required=False, max_value=MOST_COST,
        help_text=_("Only for costs outside the area: travel, meals and rest by the receipts."),
    )  # fmt: skip
    members = forms.MultipleChoiceField(label=_("Members"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, people: Iterable[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        self.people = {str(one.pk): one for one in people}
        field_of(self, "members", forms.MultipleChoiceField).choices = [
            (pk, one.full_name) for pk, one in self.people.items()
        ]

    def values(self) -> dict[str, Any]:
        """The members themselves."""
        given = super().values()
        return given | {"members": [self.people[pk] for pk in given["members"]]}


class TakeBackForm(ActionForm):
    """Why a noted day does not count."""

    submit_label = _("Take the day back")
    why = TextField(label=_("Why it was taken back"), max_length=300)


class AccountForm(ActionForm):
    """A member's bank account."""

    submit_label = _("Record the account")
    bank = TextField(label=_("Bank and branch"), max_length=120)
    number = TextField(
        label=_("Account number"), max_length=40,
        help_text=_("Of an account in the member's own name. It is stored sealed; only the bank's"
                    " file holds it whole."),
    )  # fmt: skip


class RemoveAccountForm(ActionForm):
    """Back to cash."""

    submit_label = _("Erase the account")


class ContestForm(ActionForm):
    """What a member says about a record."""

    submit_label = _("Send it to the office")
    kind = forms.ChoiceField(label=_("What is missing or wrong"), choices=Contested.choices)
    on_day = DateField(label=_("On which day"))
    words = TextField(
        label=_("In your words"), max_length=300,
        help_text=_("Time, place and plan are enough. Name no resident, and no amount: amounts"
                    " follow from the records."),
    )  # fmt: skip


class WithdrawContestForm(ActionForm):
    """Taking back."""

    submit_label = _("Withdraw it")


class AcceptContestForm(ActionForm):
    """The record was wrong."""

    submit_label = _("Accept")
    answer = TextField(label=_("How the record was mended"), max_length=300)


class RefuseContestForm(ActionForm):
    """The record is right."""

    submit_label = pgettext_lazy("contest", "Refuse")
    answer = TextField(label=_("Why the record stays as it is"), max_length=300)


class AgainForm(ActionForm):
    """Computing the same month of the same commune anew."""

    submit_label = _("Compute anew")

    def __init__(self, *args: Any, sheet: Sheet, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sheet = sheet

    def values(self) -> dict[str, Any]:
        """The month and commune of the sheet."""
        return {"month": self.sheet.month, "commune": self.sheet.territory}
