# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pay sheets say to budgets: what was paid, what is known, what is on its way, to how many."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from binhyen.entitlements.choices import Kind, State
from binhyen.entitlements.models import Sheet, Slip

Pays = dict[tuple[int, int], Counter[str]]
"""đồng by item, of a place in a year."""


def paid(places: Collection[int], years: Iterable[int]) -> Pays:
    """What was paid out by place and year: paid sheets without the slips that were not paid.

    A slip stands on one sheet and counts by its payment alone, so nothing counts twice.
    """
    found: Pays = defaultdict(Counter)
    spans = [_within("month", year) for year in years]
    if not spans:
        return found
    when = spans[0]
    for one in spans[1:]:
        when |= one
    sheets = Sheet.everything.filter(when, territory__in=places, state=State.PAID).order_by()
    for place, month, totals in sheets.values_list("territory_id", "month", "totals"):
        _add(found[place, month.year], totals)
    unpaid = Slip.everything.filter(
        when, sheet__territory__in=places, sheet__state=State.PAID, payment__paid_on__isnull=True
    ).order_by()
    for place, month, lines in unpaid.values_list("sheet__territory_id", "month", "lines"):
        for line in lines:
            found[place, month.year][line["item"]] -= line["amount"]
    return found


@dataclass
class Known:
    """What the sheets of a place say about a year, paid or on their way."""

    months: set[date] = field(default_factory=set)
    totals: Counter[str] = field(default_factory=Counter)


def known(places: Collection[int], year: int) -> dict[int, Known]:
    """The sheets of a year that stand, by place; a correction adds to its month."""
    found: dict[int, Known] = defaultdict(Known)
    rows = Sheet.everything.filter(_within("month", year), territory__in=places)
    rows = rows.exclude(state=State.VOID).order_by()
    for place, month, kind, totals in rows.values_list("territory_id", "month", "kind", "totals"):
        if kind == Kind.REGULAR:
            found[place].months.add(month)
        _add(found[place].totals, totals)
    return found


def on_their_way(place: int, year: int) -> list[date]:
    """The months of a year that have a sheet which stands and is not paid."""
    rows = _on_their_way(place, year).order_by("month").values_list("month", flat=True)
    return list(dict.fromkeys(rows))


def _on_their_way(place: int, year: int) -> QuerySet[Sheet]:
    rows = Sheet.everything.filter(_within("month", year), territory=place)
    return rows.exclude(state__in=[State.VOID, State.PAID])


def people_by_item(place: int, year: int) -> dict[str, set[str]]:
    """Who got each item in a year, on any sheet that stands; only their number is ever shown."""
    found: dict[str, set[str]] = defaultdict(set)
    slips = Slip.everything.filter(_within("month", year), sheet__territory=place)
    slips = slips.exclude(sheet__state=State.VOID).order_by()
    for member, lines in slips.values_list("member_id", "lines"):
        for line in lines:
            if line["amount"]:
                found[line["item"]].add(str(member))
    return found


def _add(counter: Counter[str], totals: dict[str, int]) -> None:
    for item, amount in totals.items():
        counter[item] += amount


def _within(name: str, year: int) -> Q:
    return Q(**{f"{name}__gte": date(year, 1, 1), f"{name}__lte": date(year, 12, 31)})
