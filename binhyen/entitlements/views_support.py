# SPDX-License-Identifier: AGPL-3.0-or-later
"""How high support is: the provinces of the nation, or the communes of a province, side by side."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.actors import Actor
from binhyen.core.errors import Forbidden, Text
from binhyen.core.files import table_file
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import Action, Column, Section, record_page
from binhyen.core.small import HIDDEN
from binhyen.core.templatetags.show import dong, number, percent
from binhyen.entitlements.forms import months_before
from binhyen.entitlements.permissions import VIEW_SUPPORT
from binhyen.entitlements.support import ALL, INSURED, Month, Row, latest_month, month_of
from binhyen.law.choices import Pay
from binhyen.teams.choices import Post
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from binhyen.territory.queries import area_of, provinces

_MONTHS = 24
NOT_SHOWN = _("not shown")
TITLE = _("How high support is")
TOTAL = pgettext_lazy("pay", "All together")


def _column(
    key: str,
    label: Text,
    of: Callable[[Row], Any],
    look: Callable[[Any], Any] = number,
    *,
    narrow: bool = False,
) -> Column:
    """A number, or that it is not shown."""

    def value(row: Row) -> Any:
        found = of(row)
        return NOT_SHOWN if found == HIDDEN else found

    def shown(value: Any) -> Any:
        return look(value) if isinstance(value, int | float) else value

    return Column(key, label, value, align="end", look=shown, hide_narrow=not narrow)


def _median(key: str, label: Text, role: str, *, narrow: bool = False) -> Column:
    return _column(key, label, lambda row: row.medians[role], narrow=narrow)


def _share(item: Pay) -> Column:
    return _column(item.value, item.label, lambda row: row.shares[item.value], percent, narrow=True)


def _free(item: Pay, members: Text, amount: Text) -> tuple[Column, Column]:
    return (
        _column(f"{item.value}-members", members, lambda row: row.counts[item.value], narrow=True),
        _column(item.value, amount, lambda row: row.paid[item.value]),
    )


PLACE = Column("place", _("Place"),
               lambda row: row.territory.full_name if row.territory else TOTAL)  # fmt: skip
MONTHLY_COLUMNS = (
    PLACE,
    _column("sheets", _("Sheets counted"), lambda row: row.sheets),
    _column("without", _("Communes without one"), lambda row: row.without),
    _column("members", _("Members"), lambda row: row.members),
    _median("median", _("Median of all"), ALL, narrow=True),
    _median("leader", Post.LEADER.label, Post.LEADER),
    _median("deputy", Post.DEPUTY.label, Post.DEPUTY),
    _median("member", Post.MEMBER.label, Post.MEMBER),
)
FREE_COLUMNS = (
    *map(_share, INSURED),
    *_free(Pay.FUEL, _("Members with fuel"), _("Fuel, đồng")),
    *_free(Pay.VEHICLE, _("Members with vehicle"), _("Vehicle, đồng")),
    *_free(Pay.OTHER, _("Members with other support"), _("Other support, đồng")),
)


@signed_in(VIEW_SUPPORT)
def support_page(request: ActorRequest) -> HttpResponseBase:
    """Medians by role, shares with insurance, free items; by name or where it is lowest first."""
    actor = request.actor
    places, months = _places(actor), months_before(actor.on, _MONTHS)
    place = _asked_place(request, places)
    scope = actor.scope(VIEW_SUPPORT)
    asked = {f"{one:%Y-%m}": one for one in months}.get(request.GET.get("month", ""))
    month = asked or latest_month(scope=scope) or months[0]
    found = month_of(scope=scope, place=place, month=month)
    is_low = request.GET.get("sort") == "low"
    rows = found.lowest_first() if is_low else found.rows
    if request.GET.get("format") == "xlsx":
        return table_file(
            (*MONTHLY_COLUMNS, *FREE_COLUMNS), [*rows, found.total], kind="xlsx", title=TITLE,
            name=f"support-{place.code}-{month:%Y-%m}",
        )  # fmt: skip
    return record_page(
        request,
        kind=place.full_name,
        title=_("How high support is: %(month)s") % {"month": f"{month:%m/%Y}"},
        actions=_actions(place, month, is_low=is_low),
        facts=_facts(found),
        sections=_sections(found, rows),
        template="entitlements/support.html",
        places=places,
        place=place,
        months=[(f"{one:%Y-%m}", f"{one:%m/%Y}") for one in months],
        month=f"{month:%Y-%m}",
        sort="low" if is_low else "",
    )


def _places(actor: Actor) -> list[Territory]:
    """What the reader may look at: the own places, and the provinces of the nation."""
    found: dict[str, Territory] = {}
    for path in actor.scope(VIEW_SUPPORT).areas:
        own = area_of(path, on=actor.on)
        if own is not None:
            found[own.code] = own
        if own is not None and own.level == Level.NATION:
            found |= {one.code: one for one in provinces(on=actor.on)}
    return list(found.values())


def _asked_place(request: ActorRequest, places: list[Territory]) -> Territory:
    code = request.GET.get("place", "") or next((one.code for one in places), "")
    for one in places:
        if one.code == code:
            return one
    raise Forbidden


def _address(place: Territory, month: date, **more: str) -> str:
    return "?" + urlencode({"place": place.code, "month": f"{month:%Y-%m}"} | more)


def _actions(place: Territory, month: date, *, is_low: bool) -> list[Action]:
    kept = {"sort": "low"} if is_low else {}
    other = (
        Action(_("By name"), _address(place, month))
        if is_low
        else Action(_("Lowest median first"), _address(place, month, sort="low"), "up")
    )
    file = _address(place, month, **kept, format="xlsx")
    return [other, Action(_("Excel file"), file, "download")]


def _facts(found: Month) -> list[tuple[Text, Any]]:
    total = found.total
    median = total.medians[ALL]
    facts: list[tuple[Text, Any]] = [
        (_("Sheets counted"), total.sheets),
        (_("Communes without one"), total.without),
    ]
    if total.sheets:
        facts.append((_("Median of all"), NOT_SHOWN if median == HIDDEN else dong(median)))
    return facts


def _sections(found: Month, rows: Sequence[Row]) -> list[Section]:
    """Two tables of the places that have a sheet, and their sum."""
    counting = [row for row in rows if row.sheets]
    shown = [*counting, found.total] if counting else []
    empty = _("No sheet of this month is approved here yet.")

    def below(row: Row) -> str | None:
        is_province = row.territory is not None and row.territory.level == Level.PROVINCE
        return _address(row.territory, found.month) if is_province and row.territory else None

    return [
        Section(
            _("Monthly support, in đồng"), columns=MONTHLY_COLUMNS, records=shown, row_url=below,
            empty=empty,
            note=_("The median is the amount in the middle of all members; of two the lower one."
                   " Who got nothing counts with 0, who served a part of the month with that part,"
                   " each in the role of the last day. Approved and paid sheets count, corrections"
                   " do not. What fewer than five members are behind is not shown, nor what would"
                   " tell it."),
        ),
        Section(
            _("Insurance, fuel, vehicle and other support"), columns=(PLACE, *FREE_COLUMNS),
            records=shown, row_url=below, empty=empty,
            note=_("Insurance: the share of members who got support for it. Fuel, vehicle and"
                   " other support are what a resolution gives beyond Art. 23."),
        ),
    ]  # fmt: skip
