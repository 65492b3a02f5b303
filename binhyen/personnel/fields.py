# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members of one team to choose from in a form."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django import forms

from binhyen.core.forms import field_of
from binhyen.personnel.models import Member

_NONE: Mapping[UUID, str] = MappingProxyType({})


class OffersMembers(forms.ChoiceField):
    """A field that offers members of a team."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.members: dict[UUID, Member] = {}


class MembersField(forms.TypedMultipleChoiceField, OffersMembers):
    """Members as check boxes; gives the members themselves."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, **options)

    def clean(self, value: Any) -> list[Member]:
        return [self.members[chosen] for chosen in super().clean(value)]


class OneMemberField(forms.TypedChoiceField, OffersMembers):
    """One member; gives the member."""

    widget = forms.RadioSelect

    def __init__(self, **options: Any) -> None:
        super().__init__(coerce=UUID, **options)

    def clean(self, value: Any) -> Member:
        return self.members[super().clean(value)]


def offer_members(
    form: forms.Form, name: str, members: Sequence[Member], notes: Mapping[UUID, str] = _NONE
) -> None:
    """Set the members that a field of a form offers, each with what is worth knowing about it."""
    field = field_of(form, name, OffersMembers)
    field.members = {member.id: member for member in members}
    field.choices = [
        (str(one.id), " – ".join(filter(None, (one.full_name, notes.get(one.id, "")))))
        for one in members
    ]
