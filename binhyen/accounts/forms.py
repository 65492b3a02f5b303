# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about accounts, roles and keys; each one's fields are the arguments of one action."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from binhyen.accounts import queries
from binhyen.accounts.choices import TEAM_ROLES, RevokedWhy
from binhyen.accounts.models import User
from binhyen.accounts.permissions import ENROL_DEVICE, MAKE_TOKEN
from binhyen.accounts.queries_devices import serving_in
from binhyen.accounts.words import role_name
from binhyen.core.actors import Actor
from binhyen.core.forms import ActionForm, DateField, TextField, field_of
from binhyen.territory.fields import PlaceField

_USERNAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{2,59}$",
    _("Three or more small letters without marks, digits, points or hyphens, such as mai.le."),
)


class OpenAccountForm(ActionForm):
    """A new account; it sees nothing until it is given a role."""

    submit_label = _("Open the account")
    username = TextField(
        label=_("User name"), max_length=60, validators=[_USERNAME],
        help_text=_("Small letters without marks, digits and points, such as mai.le."),
    )  # fmt: skip
    full_name = TextField(label=_("Full name"), max_length=120)
    email = forms.EmailField(label=_("Email"), required=False)
    at = PlaceField(label=_("Place of work"))

    def clean_username(self) -> str:
        """User names are stored in small letters."""
        return str(self.cleaned_data["username"]).lower()


class AppointForm(ActionForm):
    """A role for somebody who has an account."""

    submit_label = _("Give the role")
    username = TextField(label=_("User name"), max_length=60)
    role = forms.ChoiceField(label=_("Role"))
    territory = PlaceField()
    team = forms.ChoiceField(
        label=_("Team"), required=False, help_text=_("For leaders, deputies and members only.")
    )
    valid_from = DateField(label=_("First day"))
    last_day = DateField(
        label=_("Last day"), required=False, help_text=_("Leave empty if no end is set.")
    )
    is_acting = forms.BooleanField(
        label=_("Acts for somebody else, until the last day"), required=False
    )
    decision = TextField(label=_("Decision number"), max_length=60, required=False)

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user: User | None = None
        self.teams = {str(team.id): team for team in queries.teams_for_roles(by)}
        field_of(self, "role", forms.ChoiceField).choices = [
            (role, role_name(role))
            for role in queries.roles_anywhere(by)
            if self.teams or role not in TEAM_ROLES
        ]
        field_of(self, "team", forms.ChoiceField).choices = [
            ("", _("no team")), *((key, team.name) for key, team in self.teams.items())
        ]  # fmt: skip
        if not self.teams:
            del self.fields["team"]

    def clean_username(self) -> str:
        """The account of the name."""
        name = str(self.cleaned_data["username"])
        try:
            self.user = queries.account_named(name)
        except queries.UnknownAccount as refusal:
            raise ValidationError(str(refusal), code="unknown") from refusal
        return name

    def values(self) -> dict[str, Any]:
        """The action's arguments: people write the last day, it is stored as the day after."""
        given = super().values()
        del given["username"]
        last_day = given.pop("last_day")
        return given | {
            "user": self.user,
            "team": self.teams.get(given.get("team", "")),
            "valid_to": last_day and last_day + timedelta(days=1),
        }


class EndRoleForm(ActionForm):
    """The end of a role."""

    submit_label = _("End the role")
    ended_on = DateField(
        label=_("Day from which the role is no longer held"),
        help_text=_("Today ends it at once."),
    )
    decision = TextField(label=_("Decision number"), max_length=60, required=False)


class ConfirmForm(ActionForm):
    """A step that asks for nothing but a yes."""


class TokenForm(ActionForm):
    """A key for a program."""

    submit_label = _("Make the key")
    label = TextField(label=_("What it is for"), max_length=80,
                      help_text=_("Such as: monthly table of the commune."))  # fmt: skip
    territory = PlaceField(label=_("Area"))
    verbs = forms.MultipleChoiceField(
        label=_("What it may do"), widget=forms.CheckboxSelectMultiple,
        help_text=_("No more than the program needs. A key never appoints anybody."),
    )  # fmt: skip
    last_day = DateField(label=_("Last day"), help_text=_("At most one year from now."))

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        field_of(self, "verbs", forms.ChoiceField).choices = [
            (verb.key, verb.title) for verb in queries.verbs_for_tokens_anywhere(by)
        ]
        self.fields["territory"].initial = queries.place_of_work(by, MAKE_TOKEN)

    def values(self) -> dict[str, Any]:
        """The action's arguments: the key is no longer good on the day after the last one."""
        given = super().values()
        return given | {"valid_to": given.pop("last_day") + timedelta(days=1)}


class TicketForm(ActionForm):
    """A ticket for the phone of somebody who serves."""

    submit_label = _("Show the ticket")
    holder = forms.ChoiceField(label=_("Whose phone"))

    def __init__(self, *args: Any, by: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        rows = serving_in(scope=by.scope(ENROL_DEVICE), on=by.on)
        self.people = {str(row.pk): row for row in rows}
        field_of(self, "holder", forms.ChoiceField).choices = [
            (key, f"{row.user.full_name} – {role_name(row.role)}")
            for key, row in self.people.items()
        ]

    def values(self) -> dict[str, Any]:
        """The action's arguments."""
        return {"holder": self.people[super().values()["holder"]]}


class RevokeForm(ActionForm):
    """Why a phone may no longer send."""

    submit_label = _("Revoke the phone")
    why = forms.ChoiceField(
        label=_("Why"), choices=RevokedWhy,
        help_text=_("What a lost phone recorded is looked at by commune police before it counts."),
    )  # fmt: skip
