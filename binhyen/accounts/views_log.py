# SPDX-License-Identifier: AGPL-3.0-or-later
"""The access log: who opened which record, when and why."""

from collections.abc import Sequence
from typing import Any, cast

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.accounts import queries
from binhyen.accounts.guards import ActorRequest, signed_in
from binhyen.accounts.permissions import VIEW_ACCESS_LOG
from binhyen.accounts.words import PURPOSE, purpose_name
from binhyen.approvals.exports import What, let_out
from binhyen.approvals.queries import place_of
from binhyen.core.listing import Column, DateRange, Filter, Listing, Query
from binhyen.core.pages import told
from binhyen.territory.queries import names_of


def _on_days(rows: Query, days: DateRange) -> Query:
    if days.first:
        rows = rows.filter(on_day__gte=days.first)
    if days.last:
        rows = rows.filter(on_day__lte=days.last)
    return rows


class AccessListing(Listing):
    """Readings of personal data, the newest first."""

    name = "access-log"
    title = _("Access log")
    counted = ngettext_lazy("%(count)s reading", "%(count)s readings", "count")
    default_sort = "-at"
    columns = (
        Column("at", _("When"), lambda event: event.at, sort="id"),
        Column("who", _("Who"), lambda event: event.actor_name, sort="actor_name"),
        Column("what", _("What was opened"), lambda event: told(event).sentence),
        Column("why", _("Why"), lambda event: purpose_name(event.purpose), sort="purpose"),
        Column("place", _("Place"), lambda event: getattr(event, "place_name", event.path),
               sort="path", hide_narrow=True),
    )  # fmt: skip
    filters = (
        Filter("why", _("Why"), "choice", lambda rows, why: rows.filter(purpose=why),
               lambda actor: [(str(purpose), word) for purpose, word in PURPOSE.items()]),
        Filter("day", _("Day"), "date-range", _on_days),
    )  # fmt: skip
    empty_title = _("Nothing was opened yet")
    empty_help = _("Whoever opens a file, a patrol with its crew or a report leaves a line here.")

    def on_export(self, request: HttpRequest, count: int, kind: str) -> None:
        actor = cast(ActorRequest, request).actor
        scope = actor.scope(VIEW_ACCESS_LOG)
        if scope.areas:  # who read one's own file is one's own to take
            place = place_of(scope, on=actor.on)
            let_out(request, what=What.ACCESS_LOG, rows=count, where=place)

    def on_rows(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        names = names_of({event.place_id for event in rows if event.place_id})
        for event in rows:
            event.place_name = names.get(event.place_id, event.path)


@signed_in(VIEW_ACCESS_LOG)
def access_log(request: ActorRequest) -> HttpResponseBase:
    """Who opened my file, or for those who watch over data: any record of their area."""
    rows = queries.access_log(scope=request.actor.scope(VIEW_ACCESS_LOG))
    return AccessListing().respond(request, rows)
