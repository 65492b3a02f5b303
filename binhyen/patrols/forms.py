# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about patrols; each one's fields become the arguments of one action."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.forms import (
    ActionForm,
    DateTimeField,
    LongTextField,
    TextField,
    WholeNumberField,
)
from binhyen.core.forms_span import SpanForm, as_span
from binhyen.patrols.choices import FindingKind, TrafficKind
from binhyen.patrols.kit import USUAL, sorted_out
from binhyen.patrols.models import Patrol
from binhyen.personnel.fields import MembersField, offer_members
from binhyen.personnel.models import Member
from binhyen.teams.choices import TaskGroup

_SHORT = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
_NO_REASON = {"required": _("Write the reason in a few words.")}
_AFTER_MIDNIGHT = _("Such as 02:00. An hour before the start is understood as the next day.")


class ShiftForm(SpanForm):
    """One shift: a day, from and to on the clock, and who goes."""

    members = MembersField(label=_("Who goes"), error_messages={"required": _("Choose who goes.")})
    route = TextField(label=_("Route or places"), max_length=200)

    def __init__(self, *args: Any, crew: Sequence[Member], **options: Any) -> None:
        super().__init__(*args, **options)
        offer_members(self, "members", crew)


class PlanForm(ShiftForm):
    """Planning a patrol."""

    submit_label = _("Plan the patrol")
    start_name = "planned_start"
    end_name = "planned_end"
    plan_number = TextField(
        label=_("Plan or assignment of commune police"),
        max_length=60,
        required=False,
        help_text=_("Its number, such as 05/KH-CAX; a duty without one cannot be paid."),
    )
    objective = TextField(label=_("Objective"), max_length=200, required=False)
    task_group = forms.ChoiceField(
        label=_("Task group"), choices=TaskGroup.choices, initial=TaskGroup.PATROL
    )
    kit = forms.MultipleChoiceField(
        label=_("What to take along"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(str(one), one) for one in USUAL],
        help_text=_(
            "The phone shows it before the start. Batons, vest and gloves only for"
            " those who are trained for them."
        ),
    )
    more_kit = TextField(
        label=_("Other things to take along"),
        max_length=600,
        required=False,
        help_text=_("Separated by commas, such as “rope, loudhailer”. Things, never people."),
    )
    places = LongTextField(
        label=_("Places to check off"),
        max_length=4000,
        rows=4,
        required=False,
        help_text=_("One a line, such as “alley 12, houses 1 to 20”. Places, never people."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        given: dict[str, Any] = dict(options.pop("initial", None) or {})
        given["kit"], given["more_kit"] = sorted_out(given.get("kit", ""))
        super().__init__(*args, initial=given, **options)

    def values(self) -> dict[str, Any]:
        given = super().values()
        kit = [*given["kit"], *given.pop("more_kit").split(",")]
        return given | {"kit": kit, "places": str(self.data.get("places", "")).splitlines()}


class RecordPlannedForm(ShiftForm):
    """Recording afterwards a patrol that was planned."""

    submit_label = _("Record the patrol")
    note = LongTextField(label=_("Note"), max_length=300, rows=3, required=False)


class RecordForm(RecordPlannedForm):
    """Recording afterwards a patrol that nobody had planned here."""

    plan_number = TextField(
        label=_("Plan or assignment of commune police"),
        max_length=60,
        required=False,
        help_text=_("Its number, such as 05/KH-CAX; a duty without one cannot be paid."),
    )
    task_group = forms.ChoiceField(
        label=_("Task group"), choices=TaskGroup.choices, initial=TaskGroup.PATROL
    )


class CorrectForm(RecordPlannedForm):
    """Correcting a patrol that was done."""

    submit_label = _("Record the correction")
    reason = TextField(label=_("Why it is corrected"), max_length=200, error_messages=_NO_REASON)


def shift_of(patrol: Patrol) -> dict[str, Any]:
    """What a form of a shift shows at first for a patrol."""
    start = patrol.started_at or patrol.planned_start
    end = patrol.ended_at or patrol.planned_end
    return as_span(start, end) | {
        "route": patrol.route,
        "note": patrol.note,
        "members": [str(pk) for pk in patrol.members.values_list("pk", flat=True)],
    }


class StartForm(ActionForm):
    """Starting a planned patrol."""

    submit_label = _("Start now")
    at = DateTimeField(label=_("Started at"), initial=clock.now)


class EndForm(ActionForm):
    """Ending a patrol."""

    submit_label = _("End the patrol")
    at = DateTimeField(label=_("Ended at"), initial=clock.now)
    note = LongTextField(
        label=_("Note"),
        max_length=300,
        rows=3,
        required=False,
        help_text=_("What matters, in few words; no names of residents."),
    )


class ReasonForm(ActionForm):
    """Taking something back, with the reason."""

    submit_label = _("Take it back")
    reason = TextField(label=_("Reason"), max_length=200, error_messages=_NO_REASON)


class CancelForm(ReasonForm):
    """Calling a plan off."""

    submit_label = _("Call the patrol off")


class FindingForm(ActionForm):
    """Something found on a patrol."""

    submit_label = _("Note the finding")
    kind = forms.ChoiceField(
        label=_("What was found"), choices=FindingKind.choices, widget=forms.RadioSelect
    )
    found_at = DateTimeField(label=_("Found at"))
    place = TextField(label=_("Where it was"), max_length=120, required=False)
    note = TextField(
        label=_("Note"),
        max_length=200,
        required=False,
        help_text=_("What matters, in few words; no names of residents."),
    )
    handed_at = DateTimeField(label=_("Handed to commune police at"), required=False)


class HandOverForm(ActionForm):
    """Handing a finding to commune police."""

    submit_label = _("Record the hand-over")
    handed_at = DateTimeField(label=_("Handed to commune police at"), initial=clock.now)


class TrafficForm(ActionForm):
    """Help with traffic."""

    submit_label = _("Record the traffic help")
    kind = forms.ChoiceField(
        label=_("What was done"), choices=TrafficKind.choices, widget=forms.RadioSelect
    )
    started_at = DateTimeField(label=_("Began at"))
    duration_min = WholeNumberField(label=_("How many minutes"), min_value=1, max_value=1440)
    place = TextField(label=_("Where it was"), max_length=120)
