# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms about resolutions; each one's fields are the arguments of one action."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.errors import Refused
from binhyen.core.forms import (
    ActionForm,
    DateField,
    LongTextField,
    TextField,
    WholeNumberField,
    field_of,
)
from binhyen.norms.choices import Case, Counted, For, Replaces, Subject, Unit
from binhyen.norms.communes import (
    communes_named,
    communes_of_former,
    former_provinces,
    split_list,
)
from binhyen.norms.documents import LARGEST, DocumentTooLarge
from binhyen.norms.files import MOST_BYTES
from binhyen.norms.models import CommuneSet, NormValue, Resolution
from binhyen.norms.rules import SCHEMA, items_of
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_of

_NOT_SAID = ("", "–")


class ResolutionForm(ActionForm):
    """The head of a resolution."""

    submit_label = _("Save the draft")
    number = TextField(
        label=_("Number"), max_length=120, help_text=_("As it stands on it: 54/2025/NQ-HĐND.")
    )
    adopted_on = DateField(label=_("Adopted on"), required=False)
    valid_from = DateField(label=_("In force from"))
    last_day = DateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty if it names none.")
    )
    replaces = forms.ChoiceField(
        label=_("Earlier resolutions in its communes"), choices=Replaces.choices,
        initial=Replaces.ALL, widget=forms.RadioSelect,
    )  # fmt: skip
    source = TextField(
        label=_("Source"), max_length=400, required=False,
        help_text=_("The address or the gazette in which it was read."),
    )  # fmt: skip
    note = TextField(label=_("Note"), max_length=400, required=False)
    is_unverified = forms.BooleanField(
        label=_("Its number, days or text are not verified against the original"), required=False
    )

    def values(self) -> dict[str, Any]:
        """The last day becomes the day after it, which is excluded."""
        given = super().values()
        last = given.pop("last_day")
        given["valid_to"] = last + timedelta(days=1) if last else None
        return given

    def _show(self, refusal: Refused) -> None:
        refusal.field = {"valid_to": "last_day"}.get(refusal.field, refusal.field)
        super()._show(refusal)


def head_of(row: Resolution) -> dict[str, Any]:
    """What the form shows at first of a draft."""
    names = ("number", "adopted_on", "valid_from", "replaces", "source", "note", "is_unverified")
    shown = {name: getattr(row, name) for name in names}
    return shown | {"last_day": row.valid_to - timedelta(days=1) if row.valid_to else None}


class NewResolutionForm(ResolutionForm):
    """A new draft of one of the places that somebody may draft for."""

    submit_label = _("Begin the draft")
    territory = forms.TypedChoiceField(label=_("Whose it is"))
    covers_all = forms.BooleanField(
        label=_("It covers all communes of the province"), required=False, initial=True,
        help_text=_("Otherwise name its communes on the next page."),
    )  # fmt: skip
    field_order = ("op_id", "territory")

    def __init__(self, *args: Any, places: Sequence[Territory], **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = {place.code: place for place in places}
        field = field_of(self, "territory", forms.TypedChoiceField)
        field.choices = [(place.code, place.full_name) for place in places]
        field.coerce = self.places.__getitem__


class FileForm(ActionForm):
    """A resolution as a file."""

    submit_label = _("Read it into a draft")
    sends_op_id = False
    file = forms.FileField(
        label=_("File"), widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml,.toml"}),
        help_text=_("YAML or TOML, as the handbook shows it, up to 300 kB."),
    )  # fmt: skip

    def values(self) -> dict[str, Any]:
        """The content, and one byte more than allowed so that its reader refuses it."""
        file = self.cleaned_data["file"]
        return {"content": file.read(MOST_BYTES + 1), "is_toml": file.name.endswith(".toml")}


class DocumentForm(ActionForm):
    """The scanned document."""

    submit_label = _("Keep the document")
    document = forms.FileField(
        label=_("Scanned document"), max_length=200,
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,image/jpeg,image/png"}),
        help_text=_("PDF, JPEG or PNG, up to 20 megabytes. It is kept as it comes; its SHA-256"
                    " proves later that it is the same."),
    )  # fmt: skip

    def clean_document(self) -> Any:
        """The file, if it is not too large to be read at all."""
        file = self.cleaned_data["document"]
        if file.size > LARGEST:
            raise forms.ValidationError(" ".join(DocumentTooLarge().sentences()[1:]))
        return file

    def values(self) -> dict[str, Any]:
        """Name and content."""
        file = self.cleaned_data["document"]
        return {"name": file.name, "content": file.read()}


class ValueForm(ActionForm):
    """One value of a draft."""

    submit_label = _("Save the value")
    item = forms.ChoiceField(label=_("What is set"))
    role = forms.ChoiceField(label=_("For whom"), choices=For.choices, initial=For.ALL)
    case = forms.ChoiceField(label=_("In which case"), choices=Case.choices, required=False)
    amount = WholeNumberField(
        label=_("Amount"),
        help_text=_("A whole number: đồng, percent, nights. For multiples of the base salary write"
                    " hundredths: 70 is 0.7 times."),
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("Unit"), required=False, choices=[("", _("the usual one")), *Unit.choices]
    )
    commune_set = forms.TypedChoiceField(label=_("Where it holds"), required=False)
    above = WholeNumberField(
        label=_("Only above so many"), required=False, min_value=0,
        help_text=_("Only for the size of teams: residents, households or km²."),
    )  # fmt: skip
    every = WholeNumberField(
        label=_("And again for each full"), required=False, min_value=0,
        help_text=_("900: one more for each full 900 above."),
    )  # fmt: skip
    counted = forms.ChoiceField(
        label=_("Counted by"), required=False, choices=[_NOT_SAID, *Counted.choices]
    )
    note = TextField(label=_("Condition or note"), max_length=300, required=False)
    source = TextField(label=_("Source, if another one"), max_length=400, required=False)
    is_unverified = forms.BooleanField(label=_("Not verified against the original"), required=False)
    is_plain = forms.BooleanField(
        label=_("It can be used as it stands"), required=False, initial=True,
        help_text=_("Not for the ends of a range, or where the base of a percent is not known: such"
                    " a value is kept and shown, and pays nobody."),
    )  # fmt: skip
    groups = (
        (pgettext_lazy("norm", "What"), ("item", "role", "case", "amount", "unit", "commune_set")),
        (_("Steps of a team's size"), ("above", "every", "counted")),
        (_("Where it was read"), ("note", "source", "is_unverified", "is_plain")),
    )

    def __init__(self, *args: Any, resolution: Resolution, sets: Sequence[CommuneSet],
                 **options: Any) -> None:  # fmt: skip
        super().__init__(*args, **options)
        national = resolution.territory.level == Level.NATION
        field_of(self, "item", forms.ChoiceField).choices = [
            (subject.label, shown)
            for subject in Subject
            if (shown := [(one.value, one.label) for one in items_of(subject)
                          if SCHEMA[one].is_national == national])
        ]  # fmt: skip
        by_id = {str(one.pk): one for one in sets}
        where = field_of(self, "commune_set", forms.TypedChoiceField)
        where.choices = [*((key, one.name) for key, one in by_id.items()), ("", _("not said yet"))]
        where.coerce, where.empty_value = by_id.__getitem__, None
        if not self.is_bound and len(sets) > 0:
            self.initial.setdefault("commune_set", str(sets[0].pk))

    def values(self) -> dict[str, Any]:
        """Empty numbers become 0."""
        given = super().values()
        for name in ("above", "every"):
            given[name] = given[name] or 0
        return given


def value_shown(value: NormValue) -> dict[str, Any]:
    """What the form shows at first of a value."""
    names = ("item", "role", "case", "amount", "unit", "above", "every", "counted", "note",
             "source", "is_unverified", "is_plain")  # fmt: skip
    shown = {name: getattr(value, name) or "" for name in names}
    return shown | {
        "is_plain": value.is_plain, "is_unverified": value.is_unverified,
        "commune_set": str(value.commune_set_id or ""),
    }  # fmt: skip


class CommunesForm(ActionForm):
    """A set of communes: all, a former province's, a list, or ticked."""

    submit_label = _("Save the communes")
    name = TextField(
        label=_("Name of this set"),
        max_length=120,
        help_text=_("As the resolution says it: “all of the province”, “border communes”."),
    )
    how = forms.ChoiceField(
        label=_("How they are named"), widget=forms.RadioSelect,
        choices=(
            ("all", _("All communes of the province")),
            ("former", _("Those of a former province")),
            ("listed", _("From a list")),
            ("ticked", _("Ticked below")),
        ),
    )  # fmt: skip
    former = forms.ChoiceField(label=_("Former province"), required=False)
    listed = LongTextField(
        label=_("List"), required=False, max_length=20_000, rows=6,
        help_text=_("Codes or names, one on each line; pasted from a table is fine."),
    )  # fmt: skip
    ticked = forms.MultipleChoiceField(
        label=_("Communes"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, province: Territory, on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.province, self.on = province, on
        self.communes = {one.code: one for one in communes_of(province, on=on)}
        self.known = {one.code: one for one in former_provinces(province)}
        field_of(self, "former", forms.ChoiceField).choices = [
            _NOT_SAID, *((code, one.full_name) for code, one in self.known.items()),
        ]  # fmt: skip
        field_of(self, "ticked", forms.MultipleChoiceField).choices = [
            (code, f"{one.full_name} ({code})") for code, one in self.communes.items()
        ]

    def clean(self) -> dict[str, Any]:
        """Find the communes that are meant, so that what is wrong stands beside its field."""
        cleaned = super().clean()
        how = cleaned.get("how")
        try:
            found = self._meant(cleaned) if how else []
        except Refused as refusal:
            self.add_error("listed", " ".join(refusal.sentences()[1:]))
            return cleaned
        if how in ("former", "listed", "ticked") and not found and how not in self.errors:
            self.add_error(how, forms.ValidationError(_("Name at least one commune.")))
        cleaned["communes"] = found
        return cleaned

    def _meant(self, cleaned: dict[str, Any]) -> list[Territory]:
        if cleaned["how"] == "all":
            return list(self.communes.values())
        if cleaned["how"] == "former":
            former = self.known.get(cleaned.get("former", ""))
            return communes_of_former(former, self.province, on=self.on) if former else []
        if cleaned["how"] == "listed":
            return communes_named(split_list(cleaned.get("listed", "")), self.province, on=self.on)
        return [self.communes[code] for code in cleaned.get("ticked", [])]

    def values(self) -> dict[str, Any]:
        """The name and the communes."""
        return {"name": self.cleaned_data["name"], "communes": self.cleaned_data["communes"]}


class ConfirmForm(ActionForm):
    """One button."""


class ApproveForm(ConfirmForm):
    """Approving what somebody else drafted."""

    submit_label = _("Approve; it counts from its first day")


class WithdrawForm(ConfirmForm):
    """Putting a draft aside."""

    submit_label = _("Withdraw the draft")


class RemoveForm(ConfirmForm):
    """Taking a value or a set out of a draft."""

    submit_label = _("Take it out")


class EndForm(ActionForm):
    """Ending what is in force."""

    submit_label = _("End it on this day")
    last_day = DateField(label=_("Last day on which it holds"))
    decision = TextField(
        label=_("By which decision"), max_length=120,
        help_text=_("The number of the resolution or decision that ends it."),
    )  # fmt: skip
