# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about the roster; each one's fields become the arguments of one action."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.forms import (
    ActionForm,
    DateField,
    DateTimeField,
    TextField,
    WholeNumberField,
)
from binhyen.core.forms_span import SpanForm, as_span
from binhyen.duty.choices import DeclineReason, LeaveKind, ShiftKind
from binhyen.duty.models import MOST_NEEDED, Shift
from binhyen.duty.rules import Found
from binhyen.personnel.fields import MembersField, OneMemberField, offer_members
from binhyen.personnel.models import Member

_NO_REASON = {"required": _("Write the reason in a few words.")}


class ShiftForm(SpanForm):
    """One shift: what, when, where, under which plan."""

    start_name = "starts_at"
    end_name = "ends_at"
    field_order = ("op_id", "kind", "day", "from_time", "to_time")
    kind = forms.ChoiceField(label=_("Kind"), choices=ShiftKind.choices, initial=ShiftKind.STANDBY)
    place = TextField(label=_("Where"), max_length=120)
    needed = WholeNumberField(
        label=_("Members needed"), min_value=1, max_value=MOST_NEEDED, initial=2
    )
    plan_number = TextField(
        label=_("Plan or assignment of a competent person"),
        max_length=60,
        required=False,
        help_text=_(
            "Its number, such as 05/KH-CAX. Without one the shift stays a draft: nobody is"
            " assigned, and none is paid (Law 30/2023 Art. 23(2))."
        ),
    )


class PlanForm(ShiftForm):
    """Planning a shift, with whoever is assigned at once."""

    submit_label = _("Put it into the roster")
    members = MembersField(
        label=_("Who serves"),
        required=False,
        help_text=_("Nobody yet: the shift stays a draft and can be filled later."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, crew: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        offer_members(self, "members", crew)
        if "although" in self.data:
            self._ask()

    def _ask(self) -> None:
        self.fields["although"] = forms.BooleanField(
            label=_("Save it all the same"), required=False
        )

    def values(self) -> dict[str, Any]:
        given = super().values()
        given.pop("seen", None)
        given.pop("although", None)
        return given

    def settles(self, found: Sequence[Found]) -> bool:
        """Whether nothing was found, or exactly this was shown and is wanted all the same.

        Otherwise the form shows it, with a box to tick.
        """
        warnings = [str(one) for one in found if not one.blocks]
        digest = hashlib.sha256("\n".join(warnings).encode()).hexdigest()
        wanted = self.cleaned_data.get("although") and self.cleaned_data.get("seen") == digest
        if not warnings or wanted:
            return True
        shown = {name: value for name, value in self.data.items() if name != "although"}
        shown |= {"seen": digest, "members": [str(one.pk) for one in self.cleaned_data["members"]]}
        self.data = MultiValueDict(
            {name: value if isinstance(value, list) else [value] for name, value in shown.items()}
        )
        self._ask()
        for words in warnings:
            self.add_error(None, words)
        self.add_error(
            "although", gettext("Tick this to save it all the same, or change the shift.")
        )
        return False


class ChangeForm(ShiftForm):
    """Changing a shift."""

    submit_label = _("Save the change")


def as_form(shift: Shift) -> dict[str, Any]:
    """What a form shows at first for a shift."""
    return as_span(shift.starts_at, shift.ends_at) | {
        "kind": shift.kind,
        "place": shift.place,
        "needed": shift.needed,
        "plan_number": shift.plan_number,
    }


class AssignForm(ActionForm):
    """Putting members on a shift; beside each name stands what the rules say."""

    submit_label = _("Assign")
    members = MembersField(
        label=_("Who serves"), error_messages={"required": _("Choose who serves.")}
    )

    def __init__(
        self, *args: Any, crew: Sequence[Member], notes: Mapping[UUID, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer_members(self, "members", crew, notes)


class ReplaceForm(ActionForm):
    """Putting somebody else in a member's place."""

    submit_label = _("Put on the shift")
    member = OneMemberField(
        label=_("Who serves instead"), error_messages={"required": _("Choose who serves.")}
    )

    def __init__(
        self, *args: Any, crew: Sequence[Member], notes: Mapping[UUID, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer_members(self, "member", crew, notes)

    def _show(self, refusal: Refused) -> None:
        refusal.field = "member" if refusal.field == "members" else refusal.field
        super()._show(refusal)


class OfferForm(ReplaceForm):
    """Offering one's duty to a colleague."""

    submit_label = _("Offer it")

    def values(self) -> dict[str, Any]:
        return {"colleague": self.cleaned_data["member"]}


class TellForm(ActionForm):
    """Saying when a shift began or ended."""

    submit_label = _("Say so")
    at = DateTimeField(label=_("When"), initial=clock.now)


class ReasonForm(ActionForm):
    """Calling off or refusing, with the reason."""

    submit_label = _("Call it off")
    reason = TextField(label=_("Reason"), max_length=200, error_messages=_NO_REASON)


class RefuseForm(ReasonForm):
    """Refusing what somebody asked for, with the reason."""

    submit_label = _("Refuse")


class DeclineForm(ActionForm):
    """Saying that one cannot serve."""

    submit_label = _("Say that I cannot")
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        help_text=_("A word is enough; nobody asks about your health."),
    )


class LeaveForm(ActionForm):
    """Asking for leave; the last day is included."""

    submit_label = _("Ask for leave")
    valid_from = DateField(label=_("First day"))
    valid_to = DateField(label=_("Last day"))
    kind = forms.ChoiceField(
        label=_("Why"),
        choices=LeaveKind.choices,
        help_text=_("A word is enough; nobody asks about your health."),
    )

    def values(self) -> dict[str, Any]:
        """People type the last day included."""
        given = super().values()
        given["valid_to"] = given["valid_to"] + timedelta(days=1)
        return given


class RepeatForm(ActionForm):
    """Repeating a week until a day."""

    submit_label = _("Repeat the week")
    week = DateField(label=_("A day of the week to copy"))
    until = DateField(
        label=_("Copy to every week until"),
        help_text=_("This day is included, such as the last day of the month."),
    )
