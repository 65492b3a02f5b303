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
    TimeField,
    WholeNumberField,
)
from binhyen.duty.choices import DeclineReason, LeaveKind, ShiftKind
from binhyen.duty.models import MOST_NEEDED, Shift
from binhyen.duty.rules import Found
from binhyen.personnel.models import Member

_SHORT = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
_NO_REASON = {"required": _("Write the reason in a few words.")}


class CrewField(forms.TypedMultipleChoiceField):
    """Members of one team as check boxes; gives the members themselves."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, **options)
        self.members: dict[UUID, Member] = {}

    def offer(self, members: Sequence[Member], notes: Mapping[UUID, str]) -> None:
        """Set the members to choose from, each with what the rules say about it."""
        self.members = {member.id: member for member in members}
        self.choices = [
            (str(member.id), _with_note(member.full_name, notes.get(member.id, "")))
            for member in members
        ]

    def clean(self, value: Any) -> list[Member]:
        return [self.members[chosen] for chosen in super().clean(value)]


class OneMemberField(forms.TypedChoiceField):
    """One member of a team; gives the member."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, **options)
        self.members: dict[UUID, Member] = {}

    def offer(self, members: Sequence[Member], notes: Mapping[UUID, str]) -> None:
        """Set the members to choose from, each with what the rules say about it."""
        self.members = {member.id: member for member in members}
        self.choices = [
            (str(member.id), _with_note(member.full_name, notes.get(member.id, "")))
            for member in members
        ]

    def clean(self, value: Any) -> Member:
        return self.members[super().clean(value)]


def _with_note(name: str, note: str) -> str:
    return f"{name} – {note}" if note else name


class ShiftForm(ActionForm):
    """One shift: what, when, where, under which plan."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ShiftKind.choices, initial=ShiftKind.STANDBY)
    day = DateField(label=_("Day on which it begins"))
    from_time = TimeField(
        label=_("From"), help_text=_("Such as 22:00."), widget=forms.TextInput(attrs=_SHORT)
    )
    to_time = TimeField(
        label=_("Until"),
        help_text=_("Such as 02:00. An hour before the start is understood as the next day."),
        widget=forms.TextInput(attrs=_SHORT),
    )
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

    def values(self) -> dict[str, Any]:
        """The day and the two times become two moments; an end before the start is tomorrow's."""
        given = super().values()
        day, first, last = given.pop("day"), given.pop("from_time"), given.pop("to_time")
        end_day = day + timedelta(days=1) if last < first else day
        given["starts_at"] = clock.at_vietnam(day, first.hour, first.minute)
        given["ends_at"] = clock.at_vietnam(end_day, last.hour, last.minute)
        return given

    def _show(self, refusal: Refused) -> None:
        places = {"starts_at": "day", "ends_at": "to_time"}
        refusal.field = places.get(refusal.field, refusal.field)
        super()._show(refusal)


class PlanForm(ShiftForm):
    """Planning a shift, with whoever is assigned at once."""

    submit_label = _("Put it into the roster")
    members = CrewField(
        label=_("Who serves"),
        required=False,
        help_text=_("Nobody yet: the shift stays a draft and can be filled later."),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, crew: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["members"]
        assert isinstance(field, CrewField)  # noqa: S101 - tells the type checker
        field.offer(crew, {})
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
    start, end = (moment.astimezone(clock.VIETNAM) for moment in (shift.starts_at, shift.ends_at))
    return {
        "kind": shift.kind,
        "day": start.date(),
        "from_time": f"{start:%H:%M}",
        "to_time": f"{end:%H:%M}",
        "place": shift.place,
        "needed": shift.needed,
        "plan_number": shift.plan_number,
    }


class AssignForm(ActionForm):
    """Putting members on a shift; beside each name stands what the rules say."""

    submit_label = _("Assign")
    members = CrewField(label=_("Who serves"), error_messages={"required": _("Choose who serves.")})

    def __init__(
        self, *args: Any, crew: Sequence[Member], notes: Mapping[UUID, str], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field = self.fields["members"]
        assert isinstance(field, CrewField)  # noqa: S101 - tells the type checker
        field.offer(crew, notes)


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
        field = self.fields["member"]
        assert isinstance(field, OneMemberField)  # noqa: S101 - tells the type checker
        field.offer(crew, notes)

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
