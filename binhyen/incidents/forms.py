# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about reports, cases and disputes; each one's fields are the arguments of one action."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.errors import Text
from binhyen.core.forms import (
    ActionForm,
    DateField,
    DateTimeField,
    LongTextField,
    TextField,
    field_of,
)
from binhyen.core.templatetags.show import day, moment
from binhyen.incidents.checks import NoCategory, NoOutcome, NoReason, NoReports
from binhyen.incidents.choices import (
    Category,
    Channel,
    DisputeKind,
    DisputeState,
    Outcome,
    WithdrawReason,
)
from binhyen.incidents.models import Case, Report
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

SEALED = _("Sealed")
FEW = 8
"""Up to so many places stand side by side; more of them in a list that opens."""

_ACCOUNT_HELP = _("What and where, no names, no numbers. At most 500 characters.")


class RecordField(forms.ChoiceField):
    """One record of a few; gives the record itself, or None where none was chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.records: dict[str, models.Model] = {}

    def offer(
        self, records: Sequence[models.Model], label: Callable[[Any], Text], *, none: Text = ""
    ) -> None:
        """Set the records to choose from, and what choosing none is called."""
        self.records = {str(record.pk): record for record in records}
        offered = [(key, label(record)) for key, record in self.records.items()]
        self.choices = [("", none), *offered] if none else offered

    def clean(self, value: Any) -> models.Model | None:
        return self.records.get(super().clean(value))


class RecordsField(forms.MultipleChoiceField):
    """Some records of a few, as check boxes; gives the records themselves."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.records: dict[str, models.Model] = {}

    def offer(self, records: Sequence[models.Model], label: Callable[[Any], Text]) -> None:
        """Set the records to choose from."""
        self.records = {str(record.pk): record for record in records}
        self.choices = [(key, label(record)) for key, record in self.records.items()]

    def clean(self, value: Any) -> list[models.Model]:
        return [self.records[chosen] for chosen in super().clean(value)]


def category_field() -> forms.ChoiceField:
    """The closed list as tiles; a form without a category is refused with the law's reason."""
    return forms.ChoiceField(
        label=_("What is it about?"),
        choices=Category.choices,
        widget=forms.RadioSelect,
        error_messages={"required": format_lazy("{} {}", NoCategory.why, NoCategory.remedy)},
        help_text=_(
            "Domestic violence: call commune police at once, in danger 113. The report is sealed:"
            " afterwards commune police alone read it."
        ),
    )


class TextForm(ActionForm):
    """A form with a short text; what it may not hold is asked about once."""

    account = LongTextField(
        label=_("What happened"), max_length=500, rows=3, required=False, help_text=_ACCOUNT_HELP
    )
    confirm_words = forms.BooleanField(label=_("Keep these words"), required=False)

    def visible_fields(self) -> list[forms.BoundField]:
        """Without the confirmation as long as nobody asked for it."""
        asked = bool(self.is_bound and (self["confirm_words"].errors or self["confirm_words"].data))
        return [one for one in super().visible_fields() if asked or one.name != "confirm_words"]


class PlaceForm(ActionForm):
    """A form that names a team and a village of its commune."""

    team = RecordField(label=_("Team"))
    village = RecordField(label=_("Where"), required=False)

    def __init__(
        self, *args: Any, teams: Sequence[Team], villages: Sequence[Territory], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        field_of(self, "team", RecordField).offer(teams, lambda team: team.name)
        if len(teams) == 1:
            self.fields["team"].widget = forms.HiddenInput()
            self.fields["team"].initial = str(teams[0].pk)
        if len(villages) <= FEW:
            self.fields["village"].widget = forms.RadioSelect()
        field_of(self, "village", RecordField).offer(villages, lambda village: village.full_name,
               none=_("Somewhere in the commune"))  # fmt: skip


class ReportForm(TextForm, PlaceForm):
    """Recording a report on one page: category, how, where, handed over, save."""

    submit_label = _("Save the report")
    field_order = ("category", "channel", "village", "team", "handing", "account",
                   "confirm_words", "received_at", "handed_at")  # fmt: skip

    category = category_field()
    channel = forms.ChoiceField(
        label=_("How did it come?"), choices=Channel.choices, widget=forms.RadioSelect
    )
    handing = forms.ChoiceField(
        label=_("Handed over to commune police?"),
        choices=(
            ("now", _("Yes, just now")),
            ("before", _("Yes, at the time below")),
            ("not_yet", pgettext_lazy("hand-over", "Not yet")),
        ),
        widget=forms.RadioSelect,
        help_text=_("Law 30/2023 Art. 7(2): at once."),
    )
    handed_at = DateTimeField(label=_("Handed over at"), required=False)
    received_at = DateTimeField(label=_("Received at"), initial=clock.now)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("handing") == "before" and not cleaned.get("handed_at"):
            self.add_error("handed_at", ValidationError(_("Write day and time of the hand-over.")))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The hand-over becomes a moment: now, the one that was typed, or none."""
        given = super().values()
        handing, typed = given.pop("handing"), given["handed_at"]
        given["handed_at"] = {"now": clock.now(), "before": typed}.get(handing)
        return given


class HandOverForm(ActionForm):
    """Handing a report to commune police; without a time it is handed over now."""

    submit_label = _("Handed over")
    handed_at = DateTimeField(label=_("Handed over at"), required=False)

    def values(self) -> dict[str, Any]:
        """The moment that was typed, or this one."""
        given = super().values()
        return given | {"handed_at": given["handed_at"] or clock.now()}


class AssignForm(ActionForm):
    """Giving a report to an officer."""

    submit_label = _("Give to this officer")
    officer = RecordField(label=pgettext_lazy("report", "Officer"))

    def __init__(self, *args: Any, officers: Sequence[User], **options: Any) -> None:
        super().__init__(*args, **options)
        if len(officers) <= FEW:
            self.fields["officer"].widget = forms.RadioSelect()
        field_of(self, "officer", RecordField).offer(officers, lambda officer: officer.full_name)


class ConfirmForm(ActionForm):
    """Confirming a case to which one or several reports led."""

    submit_label = _("Confirm the case")
    number = TextField(
        label=_("Case number"), max_length=40, help_text=_("As in the police register.")
    )
    category = category_field()
    confirmed_on = DateField(label=_("Confirmed on"), initial=clock.today)
    reports = RecordsField(
        label=_("Reports that led to it"),
        error_messages={"required": format_lazy("{} {}", NoReports.why, NoReports.remedy)},
        help_text=_("Several reports may lead to one case; it counts once."),
    )

    def __init__(self, *args: Any, reports: Sequence[Report], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["category"].help_text = ""
        field_of(self, "reports", RecordsField).offer(reports, said_report)


class LinkForm(ActionForm):
    """Saying to which case a report led."""

    submit_label = _("Link to this case")
    case = RecordField(label=_("Case"))

    def __init__(self, *args: Any, cases: Sequence[Case], **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "case", RecordField).offer(cases, said_case)


class CloseForm(ActionForm):
    """Closing a report, with the case to which it led or without one."""

    submit_label = _("Close the report")
    case = RecordField(label=_("Case"), required=False)
    closed_at = DateTimeField(label=_("Closed at"), initial=clock.now)

    def __init__(self, *args: Any, cases: Sequence[Case], **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "case", RecordField).offer(cases, said_case, none=_("It led to no case"))


class WithdrawForm(ActionForm):
    """Taking a report out of the figures."""

    submit_label = _("Withdraw the report")
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=WithdrawReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": format_lazy("{} {}", NoReason.why, NoReason.remedy)},
    )


class CorrectForm(TextForm):
    """Putting a report right."""

    submit_label = _("Save the correction")
    field_order = ("category", "account", "confirm_words", "received_at", "handed_at")
    category = category_field()
    received_at = DateTimeField(label=_("Received at"))
    handed_at = DateTimeField(label=_("Handed over at"), required=False)

    def __init__(self, *args: Any, is_handed: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_handed:
            del self.fields["handed_at"]

    def values(self) -> dict[str, Any]:
        """Without a hand-over there is no time of it."""
        return {"handed_at": None} | super().values()


class ConcludeForm(ActionForm):
    """Recording how a case ended."""

    submit_label = _("Conclude the case")
    outcome = forms.ChoiceField(
        label=_("Outcome"),
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": format_lazy("{} {}", NoOutcome.why, NoOutcome.remedy)},
    )
    concluded_on = DateField(label=_("Concluded on"), initial=clock.today)


class DisputeForm(PlaceForm):
    """Noting a dispute: kind, place and day, nothing else."""

    submit_label = _("Save the dispute")
    field_order = ("kind", "village", "team", "noticed_on")
    kind = forms.ChoiceField(
        label=_("What kind?"), choices=DisputeKind.choices, widget=forms.RadioSelect
    )
    noticed_on = DateField(label=_("Noticed on"), initial=clock.today)


class CloseDisputeForm(ActionForm):
    """Recording how a dispute ended."""

    submit_label = _("Save the result")
    state = forms.ChoiceField(
        label=_("Result"),
        choices=[one for one in DisputeState.choices if one[0] != DisputeState.OPEN],
        widget=forms.RadioSelect,
    )
    closed_on = DateField(label=_("Closed on"), initial=clock.today)


def said_report(report: Report) -> Text:
    """A report in a list to choose from: class, time, village; a sealed one says that it is."""
    what = SEALED if report.is_sealed else Category(report.category).label
    where = report.village.full_name if report.village else ""
    return " · ".join(str(part) for part in (what, moment(report.received_at), where) if part)


def said_case(case: Case) -> Text:
    """A case in a list to choose from."""
    what = SEALED if case.is_sealed else Category(case.category).label
    return pgettext_lazy("case to choose", "%(number)s · %(what)s · %(day)s") % {
        "number": case.number, "what": what, "day": day(case.confirmed_on)
    }  # fmt: skip


def initial_of(report: Report) -> dict[str, datetime | str | None]:
    """What a correction shows at first."""
    return {
        "category": report.category,
        "received_at": report.received_at,
        "handed_at": report.handed_at,
        "account": report.account,
    }
