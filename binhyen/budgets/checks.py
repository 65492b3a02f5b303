# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every amount, item, source, year and day of a budget must be."""

from datetime import date

from django.utils.translation import gettext as _

from binhyen.budgets.choices import ITEMS, Source
from binhyen.budgets.models import MOST_AMOUNT
from binhyen.budgets.refusals import AbsurdAmount, InFuture, OtherYear, UnknownItem, YearOutOfReach
from binhyen.budgets.rules import FIRST_YEAR
from binhyen.core.actors import Actor
from binhyen.core.templatetags.show import dong
from binhyen.territory.models import Territory


def check_item(item: str) -> None:
    """Raises UnknownItem."""
    if item not in ITEMS:
        raise UnknownItem(text=item[:30])


def check_source(source: str) -> None:
    """Raises UnknownItem."""
    if source not in Source.values:
        raise UnknownItem(text=source[:30], field="source")


def check_amount(amount: int) -> None:
    """Raises AbsurdAmount."""
    if not 0 < amount <= MOST_AMOUNT:
        said = dong(amount) if abs(amount) <= 10 * MOST_AMOUNT else _("So much")
        raise AbsurdAmount(amount=said, most=dong(MOST_AMOUNT))


def check_year(by: Actor, year: int) -> None:
    """Raises YearOutOfReach."""
    if not FIRST_YEAR <= year <= by.on.year + 1:
        raise YearOutOfReach(year=str(year))


def check_past(by: Actor, day: date) -> None:
    """Raises InFuture."""
    if day > by.on:
        raise InFuture(day=f"{day:%d/%m/%Y}")


def check_within(day: date, year: int, first: int, last: int) -> None:
    """Refuse a day whose year does not lie from `first` to `last`. Raises OtherYear."""
    if not first <= day.year <= last:
        raise OtherYear(day=f"{day:%d/%m/%Y}", year=str(year))


def lock(place: Territory) -> None:
    """Nobody else plans or records money for this place meanwhile."""
    list(Territory.everything.select_for_update().filter(pk=place.pk).values_list("pk"))
