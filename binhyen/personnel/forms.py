# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about members; each one's fields are the arguments of one action."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.forms import ActionForm, DateField, TextField, field_of
from binhyen.personnel.choices import EndGround, Origin, Sex
from binhyen.personnel.queries import Area
from binhyen.teams.choices import Post
from binhyen.territory.models import Territory

_EMPTY: list[tuple[str, Any]] = [("", "–")]
_AN_EXAMPLE = _("Such as 20/QĐ-UBND.")


class AreaField(forms.ChoiceField):
    """A village below the team that serves it; gives both, since a village has one team."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.found: dict[str, dict[str, Any]] = {}

    def offer(self, areas: list[Area]) -> None:
        """Set the teams and villages to choose from."""
        self.found = {
            key(area.team.id, village.id): {"team": area.team, "village": village}
            for area in areas
            for village in area.villages
        }
        self.choices = [
            *_EMPTY,
            *(
                (
                    _title(area, areas),
                    [(key(area.team.id, one.id), one.full_name) for one in area.villages],
                )
                for area in areas
            ),
        ]

    def clean(self, value: Any) -> dict[str, Any]:
        chosen = super().clean(value)
        return self.found.get(chosen, {})


def key(team_id: UUID, village_id: int) -> str:
    """How a team and village travel in a form."""
    return f"{team_id}.{village_id}"


def _title(area: Area, areas: list[Area]) -> str:
    """The team's name, with its commune where the reader has several."""
    if len({one.team.territory_id for one in areas}) == 1:
        return area.team.name
    return f"{area.team.name} ({area.team.territory.full_name})"


class _RecognitionFields(ActionForm):
    """What a recognition says, without the person."""

    village = AreaField(
        label=_("Village and team"), help_text=_("The village decides the team that serves it.")
    )
    post = forms.ChoiceField(label=_("Role in the team"), choices=Post.choices, initial=Post.MEMBER)
    recognised_on = DateField(label=_("Serves from"))
    decision = TextField(label=_("Recognition decision"), max_length=60, help_text=_AN_EXAMPLE)
    over_age_decision = TextField(
        label=_("Decision on a member over 70"),
        max_length=60,
        required=False,
        help_text=_("Only for someone over 70: the number of the chair's decision (Art. 13(1))."),
    )

    def __init__(self, *args: Any, areas: list[Area], **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "village", AreaField).offer(areas)

    def values(self) -> dict[str, Any]:
        values = super().values()
        chosen: dict[str, Any] = values.pop("village")
        return values | chosen


class _PersonFields(ActionForm):
    """What the file says about a person."""

    full_name = TextField(label=_("Full name"), max_length=120)
    born_on = DateField(label=_("Date of birth"))
    sex = forms.ChoiceField(
        label=_("Sex"),
        choices=[*_EMPTY, *Sex.choices],
        required=False,
        help_text=_("For equipment sizes and equality figures; may be left empty."),
    )
    phone = TextField(label=_("Phone"), max_length=30, required=False)
    origin = forms.ChoiceField(label=_("Former force"), choices=Origin.choices, initial=Origin.NEW)


_PERSON: tuple[Text, tuple[str, ...]] = (
    _("Person"),
    ("full_name", "born_on", "sex", "phone", "origin"),
)


class RecogniseForm(_RecognitionFields, _PersonFields):
    """Opening the file of a newly recognised member."""

    submit_label = _("Recognise the member")
    groups = (
        _PERSON,
        (_("Place and role"), ("village", "post")),
        (_("Decision"), ("recognised_on", "decision", "over_age_decision")),
    )


class RecogniseAgainForm(_RecognitionFields):
    """Recognising a former member."""

    submit_label = _("Recognise the member")


class RecognitionForm(_RecognitionFields):
    """Mending what was typed about a recognition."""

    submit_label = _("Record the correction")

    def values(self) -> dict[str, Any]:
        values = super().values()
        del values["team"]
        return values


class CorrectForm(_PersonFields):
    """Mending what was typed about a person."""

    submit_label = _("Record the correction")


class RoleForm(ActionForm):
    """Another role, by decision, from a day on."""

    submit_label = _("Change the role")
    post = forms.ChoiceField(
        label=_("Role in the team"), choices=Post.choices, widget=forms.RadioSelect
    )
    valid_from = DateField(label=_("Held from"))
    decision = TextField(label=_("Decision number"), max_length=60, help_text=_AN_EXAMPLE)


class EndForm(ActionForm):
    """Ending a membership on one of the closed grounds."""

    submit_label = _("End the membership")
    ground = forms.ChoiceField(
        label=_("Ground"), choices=EndGround.choices, widget=forms.RadioSelect
    )
    ended_on = DateField(label=_("No longer serves from"))
    decision = TextField(
        label=_("Decision number"),
        max_length=60,
        required=False,
        help_text=_("Needed for every ground but death."),
    )


class TakeBackForm(ActionForm):
    """One button: undoing an ending."""

    submit_label = _("Take the ending back")


class UploadForm(ActionForm):
    """A file with records of one commune."""

    submit_label = _("Check the file")
    commune = forms.ChoiceField(label=_("Commune"))
    file = forms.FileField(
        label=_("File to import"),
        allow_empty_file=True,
        help_text=_("Excel, OpenDocument or CSV in Unicode, up to 5 megabytes; it is not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )

    def __init__(self, *args: Any, communes: list[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = [(one.code, one.full_name) for one in communes]
        field_of(self, "commune", forms.ChoiceField).choices = offered


class ConfirmForm(ActionForm):
    """What was checked, on its way back to be written; signed, since it travels in the page."""

    submit_label = _("Write the rows")
    table = forms.CharField(widget=forms.HiddenInput)
    skip_bad = forms.BooleanField(required=False, widget=forms.HiddenInput)
