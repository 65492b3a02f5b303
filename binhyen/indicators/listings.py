# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of signed figures."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Badge
from binhyen.indicators import catalogue
from binhyen.indicators.models import TypedFigure
from binhyen.indicators.permissions import SIGN_FIGURE


def title_of(row: TypedFigure) -> Text:
    """What the figure counts; a code that is gone is shown as it was stored."""
    one = catalogue.ALL.get(row.indicator)
    return one.title if one else row.indicator


def _indicators(actor: Actor | None) -> list[tuple[str, Text]]:
    return [(one.code, one.title) for one in catalogue.ALL.values() if one.is_typed]


class TypedListing(Listing):
    """Figures that an authority signed, the newest period first."""

    name = "signed-figures"
    title = _("Signed figures")
    counted = ngettext_lazy("%(count)s signed figure", "%(count)s signed figures", "count")
    default_sort = "-last"
    columns = (
        Column("indicator", _("Indicator"), title_of, sort="indicator"),
        Column("place", _("Place"), lambda row: row.territory.full_name,
               sort="territory__path"),
        Column("value", pgettext_lazy("figures", "Number"), lambda row: row.value,
               sort="value", align="end"),
        Column("first", pgettext_lazy("figures", "First day"), lambda row: row.starts_on,
               sort="starts_on", hide_narrow=True),
        Column("last", pgettext_lazy("figures", "Last day"), lambda row: row.last_day,
               sort="ends_on"),
        Column("source", _("Source"), lambda row: row.source, hide_narrow=True),
        Column("signed", _("Signed on"), lambda row: row.signed_on, sort="signed_on",
               hide_narrow=True),
        Column("doubt", _("Doubt"), lambda row: Badge(_("in doubt"), "needs") if row.doubt else ""),
    )  # fmt: skip
    filters = (
        Filter("indicator", _("Indicator"), "choice",
               lambda rows, code: rows.filter(indicator=code), _indicators),
        Filter("doubt", _("In doubt"), "flag", lambda rows, on: rows.exclude(doubt="")),
    )  # fmt: skip
    empty_title = _("No signed figure yet")
    empty_help = _("Numbers that no record counts appear here when an authority signs them.")

    def row_url(self, row: Any) -> str:
        return reverse("typed-figure", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        if not request.actor.can_anywhere(SIGN_FIGURE):
            return []
        return [Action(_("Sign a figure"), reverse("typed-figure-sign"), "edit", primary=True)]
