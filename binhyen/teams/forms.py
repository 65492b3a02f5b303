# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about teams; each one's fields are the arguments of one action."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from binhyen.core.forms import ActionForm, DateField, TextField, WholeNumberField, field_of
from binhyen.territory.models import Territory


class VillagesField(forms.TypedMultipleChoiceField):
    """Villages of one commune as check boxes; gives the villages themselves."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=int, **options)
        self.villages: dict[int, Territory] = {}

    def offer(self, villages: list[Territory]) -> None:
        """Set the villages to choose from."""
        self.villages = {village.id: village for village in villages}
        self.choices = [(village.id, village.full_name) for village in villages]

    def clean(self, value: Any) -> list[Territory]:
        return [self.villages[chosen] for chosen in super().clean(value)]


class EstablishForm(ActionForm):
    """Establishing a team by the chair's decision."""

    submit_label = _("Establish the team")
    name = TextField(label=_("Name of the team"), max_length=120)
    villages = VillagesField(
        label=_("Villages it serves"),
        required=False,
        help_text=_("One team serves one or several villages of this commune."),
    )
    decision = TextField(
        label=_("Decision number"), max_length=60, help_text=_("Such as 12/QĐ-UBND.")
    )
    decided_on = DateField(label=_("Date of the decision"))

    def __init__(self, *args: Any, villages: list[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "villages", VillagesField).offer(villages)


class ChangeForm(EstablishForm):
    """Renaming a team or changing its villages by decision."""

    submit_label = _("Record the change")


class DissolveForm(ActionForm):
    """Dissolving a team by decision."""

    submit_label = _("Dissolve the team")
    decision = TextField(label=_("Decision number"), max_length=60)
    decided_on = DateField(
        label=_("Day from which the team no longer exists"),
    )


class StrengthForm(ActionForm):
    """The number of members that the province decided for a village."""

    submit_label = _("Record the decided number")
    number = WholeNumberField(label=_("Decided number of members"), min_value=0, max_value=50)
    decision = TextField(
        label=_("Decision number"), max_length=60, help_text=_("Such as 2451/QĐ-UBND.")
    )
    valid_from = DateField(label=_("In force from"))
