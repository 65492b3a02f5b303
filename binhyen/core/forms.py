# SPDX-License-Identifier: AGPL-3.0-or-later
"""Forms that call one action each and lose nothing that was typed.

A refusal of the action stands beside its field and in the summary at the top; the operation's id
travels hidden in the form, so that a double click applies once.
"""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.errors import Forbidden, Refused, Text
from binhyen.core.ids import uuid7
from binhyen.core.money import Dong
from binhyen.core.templatetags.show import day, number
from binhyen.core.text import clean

F = TypeVar("F", bound=forms.Field)
_DAY = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_TIME = re.compile(r"(\d{1,2})\s*(?::|h|g|giờ)\s*(\d{2})?(?:\s*phút)?", re.IGNORECASE)
_MONEY = re.compile(r"\d{1,3}(?:[.,\s\u00a0]\d{3})+|\d+")


class BadDay(Refused):
    """A text that names no day."""

    why = _("“%(text)s” is not a day.")
    remedy = _("Write day, month and year, such as 21/11/2026.")


def read_day(text: str) -> date:
    """The day that a person wrote: 21/11/2026, 21-11-2026 or 2026-11-21.

    >>> read_day("1/9/2026")
    datetime.date(2026, 9, 1)

    Raises BadDay.
    """
    text = text.strip()[:40]
    try:
        if match := _DAY.fullmatch(text):
            return date(int(match[3]), int(match[2]), int(match[1]))
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise BadDay(text=text) from error
    raise BadDay(text=text)


class TextField(forms.CharField):
    """One line of text, stored as `core.text.clean` leaves it."""

    def __init__(self, *, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, strip=True, **options)

    def to_python(self, value: Any) -> str:
        return clean(_capped(value)) if value else ""


class LongTextField(forms.CharField):
    """Some lines of text; line breaks are kept, everything else is cleaned."""

    def __init__(self, *, max_length: int = 4000, rows: int = 5, **options: Any) -> None:
        options.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **options)

    def to_python(self, value: Any) -> str:
        lines = _capped(value).replace("\r\n", "\n").split("\n") if value else []
        return re.sub(r"\n{3,}", "\n\n", "\n".join(clean(line) for line in lines)).strip()


def _capped(value: Any) -> str:
    """A text short enough to be worked on; the field's own limit speaks of the rest."""
    return str(value)[:20_000]


class DateField(forms.DateField):
    """A day as it is written in Viet Nam; ISO is understood as well."""

    widget = forms.TextInput

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Day/month/year, such as 21/11/2026."))
        super().__init__(**options)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return clock.day_of(value)
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except BadDay as refusal:
            raise ValidationError(str(_short(refusal)), code="invalid") from refusal

    def prepare_value(self, value: Any) -> Any:
        return day(value) if isinstance(value, date) else value

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {
            "inputmode": "numeric",
            "autocomplete": "off",
            "class": "short",
        }


class TimeField(forms.TimeField):
    """A time of day: 22:30, 22h30, 22 giờ."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, time):
            return value
        if match := _TIME.fullmatch(str(value).strip()[:20]):
            try:
                return time(int(match[1]), int(match[2] or 0))
            except ValueError:
                pass
        raise ValidationError(
            _("This is not a time of day. Write hours and minutes, such as 22:30."), code="invalid"
        )


class DayTimeWidget(forms.MultiWidget):
    """A day and a time beside each other."""

    template_name = "core/day_time.html"
    use_fieldset = True

    def __init__(self) -> None:
        short = {"inputmode": "numeric", "autocomplete": "off", "class": "short"}
        super().__init__(
            {
                "day": forms.TextInput(attrs=short | {"aria-label": _("Day")}),
                "time": forms.TextInput(attrs=short | {"aria-label": _("Time")}),
            }
        )

    def decompress(self, value: Any) -> list[Any]:
        if not isinstance(value, datetime):
            return [None, None]
        here = value.astimezone(clock.VIETNAM)
        return [day(here), f"{here:%H:%M}"]


class DateTimeField(forms.MultiValueField):
    """A moment on Vietnam's clock, typed as day and time."""

    widget = DayTimeWidget

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("Such as 21/11/2026 and 22:30, Viet Nam time."))
        super().__init__(fields=(DateField(), TimeField()), require_all_fields=True, **options)

    def compress(self, data_list: list[Any]) -> datetime | None:
        if not data_list:
            return None
        on, at = data_list
        return clock.at_vietnam(on, at.hour, at.minute)


class WholeNumberField(forms.IntegerField):
    """A whole number; separators of thousands are understood."""

    widget = forms.TextInput

    def to_python(self, value: Any) -> int | None:
        if isinstance(value, str):
            text = value.strip()[:40]
            if _MONEY.fullmatch(text):
                value = re.sub(r"\D", "", text)
        return super().to_python(value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return super().widget_attrs(widget) | {"inputmode": "numeric", "class": "short"}

    def prepare_value(self, value: Any) -> Any:
        return number(value) if isinstance(value, int) else value


class DongField(WholeNumberField):
    """Money in whole đồng: 2.340.000, with or without the word."""

    def __init__(self, *, min_value: int = 0, **options: Any) -> None:
        options.setdefault("help_text", _("In đồng, such as 2.340.000."))
        super().__init__(min_value=min_value, **options)

    def to_python(self, value: Any) -> Dong | None:
        if isinstance(value, str):
            value = re.sub(r"\s*(đồng|đ|vnd|₫)\.?\s*$", "", value.strip()[:40], flags=re.IGNORECASE)
        amount = super().to_python(value)
        return None if amount is None else Dong(amount)


_FILL_IN = _("Fill this in.")
_CHOOSE = _("Choose one.")
_NOT_OFFERED = _("This choice is not offered here. Choose one from the list.")
_CHOOSE_FILE = _("Choose a file.")


def _speak_plainly(one: forms.Field) -> None:
    """Replace Django's own words, unless the form chose its own."""
    required: Any = _FILL_IN
    if isinstance(one, forms.FileField):
        required = _CHOOSE_FILE
    elif isinstance(one, forms.ChoiceField | forms.ModelChoiceField):
        required = _CHOOSE
    for code, words in (("required", required), ("invalid_choice", _NOT_OFFERED)):
        for kind in (forms.Field, forms.ChoiceField, forms.ModelChoiceField):
            if one.error_messages.get(code) is kind.default_error_messages.get(code, words):
                one.error_messages[code] = words


def field_of(form: forms.BaseForm, name: str, kind: type[F]) -> F:
    """A form's field as what it is. Raises TypeError for one of another kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, no {kind.__name__}")
    return field


class ActionForm(forms.Form):
    """A form whose fields are the arguments of one action.

    In a view: `if form.done(action, by=actor): redirect`.
    """

    op_id = forms.UUIDField(required=False, initial=uuid7, widget=forms.HiddenInput)

    submit_label: ClassVar[Text] = _("Save")
    groups: ClassVar[tuple[tuple[Text, tuple[str, ...]], ...]] = ()
    """Titles with the names of the fields below them; without groups all fields in order."""
    sends_op_id: ClassVar[bool] = True
    also_accepts: ClassVar[frozenset[str]] = frozenset({"csrfmiddlewaretoken", "next"})

    result: Any = None
    """What the action gave."""
    refusal: tuple[str, str, str] | None = None
    """What was refused, why and the remedy, when the action said no."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in self.fields.values():
            _speak_plainly(one)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str) and type(self.fields[name]) is forms.CharField:
                cleaned[name] = clean(value)
        self._refuse_unknown()
        return cleaned

    def _refuse_unknown(self) -> None:
        known = [self.add_prefix(name) for name in self.fields]
        unknown = [
            name
            for name in self.data
            if name not in self.also_accepts
            and not any(name == one or name.startswith(f"{one}_") for one in known)
        ]
        if unknown:
            raise ValidationError(
                _("The page sent something that this form does not know: %(names)s."),
                code="unknown",
                params={"names": ", ".join(name[:40] for name in unknown[:5])},
            )

    def values(self) -> dict[str, Any]:
        """The arguments for the action; a subclass renames or drops some here."""
        return {name: value for name, value in self.cleaned_data.items() if name != "op_id"}

    def done(self, action: Callable[..., Any], **fixed: Any) -> bool:
        """Whether the form was sent, filled in well, and the action was done with it."""
        return self.is_bound and self.is_valid() and self.run(action, **fixed)

    def run(self, action: Callable[..., Any], **fixed: Any) -> bool:
        """Call the action with the form's values and `fixed`; True when it was done.

        A refusal becomes an error of its field, or of the whole form. `Forbidden` passes through,
        so that the page answers as if nothing were there.
        """
        arguments = self.values() | fixed
        if self.sends_op_id:
            arguments.setdefault("op_id", self.cleaned_data.get("op_id"))
        try:
            self.result = action(**arguments)
        except Forbidden:
            raise
        except Refused as refusal:
            self._show(refusal)
            return False
        return True

    def _show(self, refusal: Refused) -> None:
        self.refusal = refusal.sentences()
        known = refusal.field if refusal.field in self.fields else None
        self.add_error(known, ValidationError(_short(refusal) if known else str(refusal)))

    def summary(self) -> list[tuple[str, str]]:
        """Every error with the id of the field to go to ('' for the whole form)."""
        lines = [("", str(error)) for error in self.non_field_errors()]
        for bound in self:
            if bound.errors and bound.name != "op_id":
                target = bound.id_for_label or bound.auto_id
                lines += [(target, f"{bound.label}: {error}") for error in bound.errors]
        return lines

    def grouped(self) -> list[tuple[Text, list[forms.BoundField]]]:
        """The visible fields below the titles of `groups`."""
        if not self.groups:
            return [("", self.visible_fields())]
        return [(title, [self[name] for name in names]) for title, names in self.groups]

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows this form again: 422 when something is wrong."""
        return 422 if self.is_bound and self.errors else 200


def _short(refusal: Refused) -> str:
    """Why and the remedy: what was refused is plain from the field."""
    what, why, remedy = refusal.sentences()
    return " ".join(part for part in (why or what, remedy) if part)
