# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a value must be before it is kept, against the schema, and the words when it is not."""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused, Text
from binhyen.core.templatetags.show import number
from binhyen.norms import rules
from binhyen.norms.choices import Case, Counted, For, Item, Unit
from binhyen.norms.models import NormValue, Resolution
from binhyen.territory.choices import Level

_FORMULA = re.compile(r"\s*(?:[=＝@＠]|[+＋\-－]\s*[\dA-Za-z(=])")
MOST_ABOVE = 10_000_000


class UnknownItem(Refused):
    """A code that names nothing a resolution sets."""

    field = "item"
    why = _("“%(item)s” is nothing that a resolution sets here.")
    remedy = _("Choose from the list, or write it as OTHER_SUPPORT with a note.")


class OtherLevel(Refused):
    """A value of the nation in a province's resolution, or the reverse."""

    field = "item"
    why = _("“%(item)s” is set by %(level)s (Law 30/2023 Art. 14, 23, 26).")
    remedy = _("Leave it out here.")


class WrongChoice(Refused):
    """A unit, role or case that the item does not take."""

    why = _("“%(item)s” does not take “%(given)s”.")
    remedy = _("Choose one of: %(known)s.")


class OutOfBounds(Refused):
    """An amount that nobody would write."""

    field = "amount"
    why = _("%(item)s: %(amount)s %(unit)s cannot be; it lies between %(least)s and %(most)s.")
    remedy = _("Check the zeros and the unit against the resolution.")


class BelowFloor(Refused):
    """Less than the nation lets a province set."""

    field = "amount"
    why = _("%(item)s: %(amount)s percent is less than the nation's floor of %(floor)s percent,"
            " in force since %(since)s (%(instrument)s).")  # fmt: skip
    remedy = _("Set at least the floor, or mark the value as not usable until it is clarified.")


class NoName(Refused):
    """Other support without saying what it is."""

    field = "note"
    why = _("“%(item)s” says nothing by itself.")
    remedy = _("Write in the note what it is and when it is paid.")


class NoSteps(Refused):
    """Thresholds on a value that has none, or a threshold without what is counted."""

    field = "above"
    why = _("“%(item)s” needs either no threshold, or one with what is counted.")
    remedy = _("Say above how many residents, households or km² it holds, or leave both empty.")


class LooksLikeFormula(Refused):
    """A text that a spreadsheet would compute."""

    why = _("“%(text)s” begins like a formula of a spreadsheet.")
    remedy = _("Write the words or the number that it stands for.")


def check_text(text: str, *, field: str) -> str:
    """The same text. Raises LooksLikeFormula."""
    if _FORMULA.match(text):
        raise LooksLikeFormula(field=field, text=text[:30])
    return text


def check_value(value: NormValue, resolution: Resolution, floor: rules.Floor | None) -> None:
    """Whether a value is one that its item takes; what is marked unusable only has to be known.

    `floor` is what this percent may not lie below on its first day.
    Raises UnknownItem, OtherLevel, WrongChoice, OutOfBounds, BelowFloor, NoName, NoSteps.
    """
    spec = spec_of(value.item)
    for field in ("note", "source"):
        check_text(getattr(value, field), field=field)
    _check_level(value, spec, resolution)
    _check_choices(value, spec)
    if not value.is_plain:
        return
    _check_amount(value, spec)
    if spec.needs_note and not value.note:
        raise NoName(item=Item(value.item).label)
    if floor is not None and rules.is_below(value.amount, value.unit, floor):
        raise BelowFloor(
            item=Item(value.item).label, amount=value.amount, floor=floor.percent,
            since=_day(floor.since), instrument=floor.instrument,
        )  # fmt: skip


def spec_of(item: str) -> rules.Spec:
    """What an item may hold. Raises UnknownItem."""
    if item not in Item.values:
        raise UnknownItem(item=item[:40])
    return rules.SCHEMA[Item(item)]


def _check_level(value: NormValue, spec: rules.Spec, resolution: Resolution) -> None:
    if spec.is_national != (resolution.territory.level == Level.NATION):
        level = _("the nation") if spec.is_national else _("the province")
        raise OtherLevel(item=Item(value.item).label, level=level)


def _check_choices(value: NormValue, spec: rules.Spec) -> None:
    cases: set[Case] = set(spec.cases) if spec.needs_case else {Case.ANY, *spec.cases}
    for field, known, every in (
        ("unit", set(spec.units), Unit),
        ("role", set(spec.roles), For),
        ("case", cases, Case),
    ):
        given = getattr(value, field)
        if given not in {str(one) for one in known}:
            labels = ", ".join(str(one.label) for one in every if one in known)
            raise WrongChoice(field=field, item=Item(value.item).label, known=labels,
                              given=_said(given, every))  # fmt: skip
    wants = bool(value.above or value.every)
    if wants != bool(value.counted) or (wants and not spec.has_steps):
        raise NoSteps(item=Item(value.item).label)
    if value.counted and value.counted not in Counted.values:
        raise NoSteps(item=Item(value.item).label)


def _said(given: str, every: type[Unit] | type[For] | type[Case]) -> Text:
    return every(given).label if given in every.values else given[:40]


def _check_amount(value: NormValue, spec: rules.Spec) -> None:
    least, most = spec.bounds(Unit(value.unit))
    if not least <= value.amount <= most:
        raise OutOfBounds(
            item=Item(value.item).label, amount=number(value.amount), unit=value.get_unit_display(),
            least=number(least), most=number(most),
        )  # fmt: skip
    for field in ("above", "every"):
        if not 0 <= getattr(value, field) <= MOST_ABOVE:
            raise NoSteps(field=field, item=Item(value.item).label)


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
