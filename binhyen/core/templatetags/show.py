# SPDX-License-Identifier: AGPL-3.0-or-later
"""How values look on screens, papers and exports: one way each, in the reader's language."""

import enum
import functools
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from babel import Locale
from babel.numbers import parse_pattern
from django import template
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from binhyen.core import clock
from binhyen.core.ids import uuid7

register = template.Library()

NOTHING = "–"
Number = int | float | Decimal
_LOCALES = {"vi": Locale("vi"), "en": Locale("en")}


_pattern = functools.cache(parse_pattern)
"""Read once: a page of figures shows hundreds of numbers."""


def _locale() -> Locale:
    return _LOCALES.get((get_language() or "vi")[:2], _LOCALES["vi"])


@register.filter
def number(value: Number | str | None, decimals: int | None = None) -> str:
    """A figure with its separators: 1.234,5 in Vietnamese, 1,234.5 in English.

    `decimals` fixes how many stand after the comma; without it at most two, none for whole numbers.
    """
    if value is None or value == "":
        return NOTHING
    pattern = "#,##0.##" if decimals is None else f"#,##0.{'0' * decimals}".rstrip(".")
    return str(_pattern(pattern).apply(value, _locale()))


@register.filter
def dong(value: int | str | None) -> str:
    """Money in whole đồng: 2.340.000 đồng."""
    if value is None or value == "":
        return NOTHING
    return f"{number(value)}\u00a0đồng"


@register.filter
def percent(value: Number | str | None, decimals: int = 1) -> str:
    """A share between 0 and 1 as per cent: 12,5%."""
    if value is None or value == "":
        return NOTHING
    pattern = f"#,##0.{'#' * decimals}%" if decimals else "#,##0%"
    return str(_pattern(pattern).apply(value, _locale()))


@register.filter
def day(value: date | datetime | None) -> str:
    """A day: 21/11/2026."""
    if not value:
        return NOTHING
    return f"{_day_of(value):%d/%m/%Y}"


@register.filter
def weekday(value: date | datetime | None) -> str:
    """A day by which people plan: Thứ Bảy, 21/11/2026."""
    if not value:
        return NOTHING
    on = _day_of(value)
    return f"{_weekday_name(on.weekday())}, {day(on)}"


@register.filter
def moment(value: datetime | None) -> str:
    """A day and the time in Vietnam: 21/11/2026 22:30."""
    if not value:
        return NOTHING
    return f"{value.astimezone(clock.VIETNAM):%d/%m/%Y %H:%M}"


@register.filter
def or_dash(value: Any) -> Any:
    """The value, or a dash where there is none; zero is a value."""
    return NOTHING if value is None or value == "" else value


@register.filter
def show(value: Any) -> str:
    """Any value as its type is shown: days, moments, figures, yes and no, badges, choices.

    A year or a code is a text: hand it over as one, or it gets a thousands separator.
    """
    if value is None or value == "":
        return NOTHING
    if hasattr(value, "__html__"):
        return mark_safe(str(value.__html__()))  # noqa: S308 - __html__ is the promise to be safe
    if isinstance(value, enum.Enum) and hasattr(value, "label"):
        return str(value.label)
    if isinstance(value, str | Promise):
        return str(value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(show(one) for one in value) or NOTHING
    return _show_measured(value)


def _show_measured(value: Any) -> str:
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return day(value)
    if isinstance(value, int | float | Decimal):
        return number(value)
    return str(value)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from the sprite; without a label it is hidden from screen readers."""
    source = f"{static('office/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>',
            label,
            source,
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', source
    )


@register.simple_tag
def op_id() -> SafeString:
    """A hidden field with a fresh operation id, for one-button forms."""
    return format_html('<input type="hidden" name="op_id" value="{}">', uuid7())


def _day_of(value: date | datetime) -> date:
    return clock.day_of(value) if isinstance(value, datetime) else value


def _weekday_name(index: int) -> str:
    return (
        pgettext("weekday", "Monday"),
        pgettext("weekday", "Tuesday"),
        pgettext("weekday", "Wednesday"),
        pgettext("weekday", "Thursday"),
        pgettext("weekday", "Friday"),
        pgettext("weekday", "Saturday"),
        pgettext("weekday", "Sunday"),
    )[index]
