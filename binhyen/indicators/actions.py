# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing figures that no record counts, and correcting them by a new row."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.periods import Period, from_days
from binhyen.core.templatetags.show import day, number
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.indicators import catalogue, doubts
from binhyen.indicators.choices import Unit
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.permissions import SIGN_FIGURE
from binhyen.territory.models import Territory

WITH_DECIMALS = frozenset({Unit.KILOGRAM, Unit.PERCENT})


class NotSigned(Refused):
    """A figure that was not taken."""

    what = _("The figure was not signed.")


class NotTypedIn(NotSigned):
    """An indicator that the product counts itself, derives, or does not know yet."""

    field = "indicator"
    why = _("“%(title)s” is not typed in: %(source)s.")
    remedy = _("Choose an indicator that an authority signs.")


class WrongLevel(NotSigned):
    """A place at whose level the indicator is not signed."""

    field = "territory"
    why = _("“%(title)s” is not signed for %(place)s.")
    remedy = _("Choose a place of the level at which the authority publishes it.")


class PeriodNotOver(NotSigned):
    """Days that have not passed."""

    field = "last_day"
    why = _("The period ends on %(last)s and is not over.")
    remedy = _("Sign it after its last day, or choose a period that is over.")


class LastBeforeFirst(NotSigned):
    """A period that ends before it begins."""

    field = "last_day"
    why = _("The last day, %(last)s, lies before the first, %(first)s.")
    remedy = _("Check both days.")


class NotWhole(NotSigned):
    """A count with decimals."""

    field = "value"
    why = _("“%(title)s” counts %(unit)s, and %(value)s is no whole number.")
    remedy = _("Enter a whole number.")


class OutOfRange(NotSigned):
    """A share that cannot be, or a number too great to be a count."""

    field = "value"
    why = _("The value lies outside %(low)s to %(high)s.")
    remedy = _("Check the number and the unit.")


class NoSource(NotSigned):
    """A number that does not say where it was published."""

    field = "source"
    why = _("A typed-in figure names its source: a report with number and date, or a publication.")
    remedy = _("Name the source.")


class AlreadySigned(NotSigned):
    """A second figure for days that have one, without a word why."""

    field = "doubt"
    why = _("For some of these days “%(title)s” is already signed with %(value)s.")
    remedy = _("Correct that figure; or, if two sources differ, say so under “doubt” to keep both.")


class AlreadyCorrected(NotSigned):
    """Correcting a row that a newer one has replaced."""

    why = _("It was corrected before.")
    remedy = _("Open the newest figure and correct that one.")


@transaction.atomic
def sign_figure(
    *,
    by: Actor,
    indicator: str,
    territory: Territory,
    first_day: date,
    last_day: date,
    value: Decimal,
    source: str,
    doubt: str = "",
    op_id: UUID | None = None,
) -> TypedFigure:
    """Sign a number for a place and a period, the last day included, and return it.

    When it contradicts another signed figure, both are kept and both say so.
    Source: Decree 09/2019 Art. 12 (periods of reports).
    Raises UnknownIndicator, NotTypedIn, WrongLevel, LastBeforeFirst, PeriodNotOver, NotWhole,
    OutOfRange, NoSource, AlreadySigned.
    """
    by.require(SIGN_FIGURE, territory)
    if done := done_before(op_id, TypedFigure, "figure.signed", by=by, indicator=indicator,
                           territory_id=territory.pk, starts_on=first_day,
                           value=value):  # fmt: skip
        return done
    days = _days(first_day, last_day, by.on)
    row = _row(by, indicator, territory, days, value, source)
    row.doubt = clean(doubt)
    _save_beside_others(row)
    record("figure.signed", row, by=by, where=territory, on=last_day, op_id=op_id,
           indicator=indicator, value=str(row.value), in_doubt=bool(row.doubt))  # fmt: skip
    return row


@transaction.atomic
def correct_figure(
    *,
    by: Actor,
    figure: TypedFigure,
    value: Decimal,
    source: str,
    doubt: str = "",
    op_id: UUID | None = None,
) -> TypedFigure:
    """Replace a signed number by a new one for the same place and period; the old row stays.

    Raises AlreadyCorrected, NotWhole, OutOfRange, NoSource, AlreadySigned.
    """
    by.require(SIGN_FIGURE, figure.territory)
    if done := done_before(op_id, TypedFigure, "figure.corrected", by=by, supersedes_id=figure.pk,
                           value=value):  # fmt: skip
        return done
    old = TypedFigure.everything.select_for_update().get(pk=figure.pk)
    if TypedFigure.everything.filter(supersedes=old).exists():
        raise AlreadyCorrected
    days = Period(old.starts_on, old.ends_on)
    row = _row(by, old.indicator, figure.territory, days, value, source)
    row.supersedes = old
    row.doubt = clean(doubt)
    _save_beside_others(row)
    record("figure.corrected", row, by=by, where=figure.territory, on=days.last,
           op_id=op_id, indicator=row.indicator, old=str(old.value),
           new=str(row.value))  # fmt: skip
    return row


def _days(first_day: date, last_day: date, on: date) -> Period:
    if last_day > on:
        raise PeriodNotOver(last=day(last_day))
    if last_day < first_day:
        raise LastBeforeFirst(first=day(first_day), last=day(last_day))
    return from_days(first_day, last_day)


def _row(
    by: Actor, code: str, territory: Territory, days: Period, value: Decimal, source: str
) -> TypedFigure:
    one = catalogue.indicator(code)
    if not one.is_typed:
        raise NotTypedIn(
            title=one.title, source=one.form.label if one.is_derived else one.source.label
        )
    if territory.level not in one.typed_at:
        raise WrongLevel(title=one.title, place=territory.full_name)
    highest = 100 if one.unit is Unit.PERCENT else 999_999_999_999
    if not value.is_finite() or not 0 <= value <= highest:
        raise OutOfRange(low=0, high=number(highest))
    if one.unit not in WITH_DECIMALS and value != value.to_integral_value():
        raise NotWhole(title=one.title, unit=one.unit.label, value=number(value))
    if not clean(source):
        raise NoSource
    return TypedFigure(
        indicator=code,
        territory=territory,
        starts_on=days.start,
        ends_on=days.end,
        value=value,
        source=clean(source),
        signed_by=by.name,
        signed_by_id=by.id,
        signed_on=by.on,
    )


def _save_beside_others(row: TypedFigure) -> None:
    """Save a row; it and those it contradicts say so."""
    others = list(
        TypedFigure.everything.select_for_update(of=("self",))
        .filter(territory=row.territory, superseded_by__isnull=True)
        .filter(starts_on__lt=row.ends_on, ends_on__gt=row.starts_on)
    )
    others = [other for other in others if other.id != row.supersedes_id]
    overlaps = doubts.overlapping(row, others)
    if overlaps and not row.doubt:
        raise AlreadySigned(title=catalogue.ALL[row.indicator].title, value=overlaps[0].value)
    row.doubt = doubts.marked(row, others)
    save(row)
    everyone = [*others, row]
    for other in others:
        doubt = doubts.marked(other, everyone)
        if doubt != other.doubt:
            other.doubt = doubt
            save(other, only=["doubt"])
