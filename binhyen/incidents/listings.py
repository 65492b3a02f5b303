# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of reports, cases and disputes: by category, state, village, team and days, never by text.

A sealed report shows "Sealed" and its times; filters do not tell more about it than the list.
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.core.actors import Actor, Verb
from binhyen.core.errors import Text
from binhyen.core.listing import Column, DateRange, Filter, Listing
from binhyen.core.pages import Action, Badge, Tone
from binhyen.incidents import queries
from binhyen.incidents.choices import (
    Category,
    DisputeKind,
    DisputeState,
    Outcome,
    ReportState,
)
from binhyen.incidents.forms import SEALED
from binhyen.incidents.models import Case, Report
from binhyen.incidents.permissions import (
    NOTE_DISPUTE,
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_DISPUTE,
    VIEW_REPORT,
    VIEW_SEALED,
)
from binhyen.patrols.log_book import said_minutes

_REPORT_TONES: dict[ReportState, Tone] = {
    ReportState.RECEIVED: "needs",
    ReportState.HANDED: "main",
    ReportState.ASSIGNED: "main",
    ReportState.CLOSED: "good",
}
_DISPUTE_TONES: dict[DisputeState, Tone] = {
    DisputeState.OPEN: "main",
    DisputeState.SETTLED: "good",
}
_DAYS = _("Days")


def report_badge(state: ReportState) -> Badge:
    """A report's state in a few words."""
    return Badge(state.label, _REPORT_TONES.get(state, "plain"))


def dispute_badge(state: DisputeState) -> Badge:
    """A dispute's state in a few words."""
    return Badge(state.label, _DISPUTE_TONES.get(state, "plain"))


def case_badge(case: Case) -> Badge:
    """Whether a case is concluded."""
    if case.concluded_on is not None:
        return Badge(pgettext_lazy("case", "Concluded"), "good")
    return Badge(pgettext_lazy("case", "Confirmed"), "main")


def said_class(row: Report | Case) -> Text:
    """The category as a list shows it."""
    return SEALED if row.is_sealed else Category(row.category).label


class ReportListing(Listing):
    """Reports of the reader's area, the newest first."""

    name = "reports-received"
    title = pgettext_lazy("incidents", "Reports")
    counted = ngettext_lazy("%(count)s report received", "%(count)s reports received", "count")
    default_sort = "-received"
    empty_title = _("No report yet")
    empty_help = _(
        "What people tell a team, or what it notices, appears here: what happened, where, when, and"
        " when commune police had it. Never who."
    )

    def __init__(self, actor: Actor) -> None:
        self.sealed = actor.scope(VIEW_SEALED)
        self.columns = (
            Column("what", _("What"), said_class),
            Column("received", _("Received at"), lambda row: row.received_at, sort="received_at"),
            Column("village", _("Where"), self._where),
            Column("team", _("Team"), lambda row: row.team.name, hide_narrow=True),
            Column("state", _("State"), self._state, look=report_badge),
            Column("minutes", _("Until the hand-over"), lambda row: row.handover_min,
                   sort="handover_min", align="end", look=said_minutes),
        )  # fmt: skip
        self.filters = (
            Filter("category", _("Category"), "choice",
                   lambda rows, key: self._known(rows).filter(category=key),
                   lambda _actor: Category.choices),
            Filter("state", _("State"), "choice",
                   lambda rows, key: self._known(rows).filter(state=key),
                   lambda _actor: ReportState.choices),
            Filter("village", _("Where"), "choice",
                   lambda rows, key: self._known(rows).filter(village__code=key),
                   lambda actor: _villages(actor, VIEW_REPORT)),
            Filter("team", _("Team"), "choice", _of_team,
                   lambda actor: _teams(actor, VIEW_REPORT)),
            Filter("day", _DAYS, "date-range", lambda rows, days: _between(rows, "on_day", days)),
        )  # fmt: skip

    def _known(self, rows: QuerySet[Report]) -> QuerySet[Report]:
        return queries.readable(rows, sealed=self.sealed)

    def _may_know(self, row: Report) -> bool:
        return not row.is_sealed or self.sealed.covers(row.territory.path)

    def _where(self, row: Report) -> str:
        return row.village.full_name if row.village and self._may_know(row) else ""

    def _state(self, row: Report) -> ReportState:
        return ReportState(row.state) if self._may_know(row) else queries.told_state(row)

    def row_url(self, row: Any) -> str:
        return reverse("incident", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        shown = []
        if request.actor.can_anywhere(RECEIVE_REPORT):
            shown.append(
                Action(_("Record a report"), reverse("incident-new"), "plus", primary=True)
            )
        if request.actor.can_anywhere(TRIAGE_REPORT):
            shown.append(Action(_("Cases"), reverse("cases")))
        return shown


class CaseListing(Listing):
    """Cases that commune police confirmed, the newest first."""

    name = "cases"
    title = _("Cases")
    counted = ngettext_lazy("%(count)s case", "%(count)s cases", "count")
    default_sort = "-confirmed"
    columns = (
        Column("number", _("Case number"), lambda row: row.number, sort="number"),
        Column("what", _("What"), said_class),
        Column("confirmed", _("Confirmed on"), lambda row: row.confirmed_on, sort="confirmed_on"),
        Column("reports", pgettext_lazy("incidents", "Reports"), lambda row: row.reports_count,
               sort="reports_count", align="end"),
        Column("outcome", _("Outcome"), lambda row: Outcome(row.outcome) if row.outcome else ""),
        Column("concluded", _("Concluded on"), lambda row: row.concluded_on, sort="concluded_on"),
    )  # fmt: skip
    filters = (
        Filter("category", _("Category"), "choice", lambda rows, key: rows.filter(category=key),
               lambda _actor: Category.choices),
        Filter("outcome", _("Outcome"), "choice", lambda rows, key: rows.filter(outcome=key),
               lambda _actor: Outcome.choices),
        Filter("open", _("Not concluded yet"), "flag",
               lambda rows, _on: rows.filter(concluded_on__isnull=True)),
        Filter("day", _DAYS, "date-range",
               lambda rows, days: _between(rows, "confirmed_on", days)),
    )  # fmt: skip
    empty_title = _("No case yet")
    empty_help = _("A case appears here when commune police confirm it from a report.")

    def row_url(self, row: Any) -> str:
        return reverse("case", args=[row.id])


class DisputeListing(Listing):
    """Disputes noticed early in the reader's area, the newest first."""

    name = "disputes"
    title = _("Disputes")
    counted = ngettext_lazy("%(count)s dispute", "%(count)s disputes", "count")
    default_sort = "-noticed"
    columns = (
        Column("kind", _("Kind"), lambda row: DisputeKind(row.kind), sort="kind"),
        Column("noticed", _("Noticed on"), lambda row: row.noticed_on, sort="noticed_on"),
        Column("village", _("Where"),
               lambda row: row.village.full_name if row.village else ""),
        Column("team", _("Team"), lambda row: row.team.name, hide_narrow=True),
        Column("state", _("State"), lambda row: DisputeState(row.state), sort="state",
               look=dispute_badge),
        Column("closed", _("Closed on"), lambda row: row.closed_on, sort="closed_on"),
    )  # fmt: skip
    filters = (
        Filter("kind", _("Kind"), "choice", lambda rows, key: rows.filter(kind=key),
               lambda _actor: DisputeKind.choices),
        Filter("state", _("State"), "choice", lambda rows, key: rows.filter(state=key),
               lambda _actor: DisputeState.choices),
        Filter("village", _("Where"), "choice",
               lambda rows, key: rows.filter(village__code=key),
               lambda actor: _villages(actor, VIEW_DISPUTE)),
        Filter("team", _("Team"), "choice", lambda rows, key: _of_team(rows, key),
               lambda actor: _teams(actor, VIEW_DISPUTE)),
        Filter("day", _DAYS, "date-range", lambda rows, days: _between(rows, "noticed_on", days)),
    )  # fmt: skip
    empty_title = _("No dispute yet")
    empty_help = _("A dispute that a team notices early appears here: kind, place and day only.")

    def row_url(self, row: Any) -> str:
        return reverse("dispute", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        if not request.actor.can_anywhere(NOTE_DISPUTE):
            return []
        return [Action(_("Note a dispute"), reverse("dispute-new"), "plus", primary=True)]


def _teams(actor: Actor | None, verb: Verb) -> list[tuple[str, Text]]:
    if actor is None:
        return []
    teams = queries.teams_to_choose(scope=actor.scope(verb), on=actor.on)
    return [(str(team.pk), team.name) for team in teams]


def _villages(actor: Actor | None, verb: Verb) -> list[tuple[str, Text]]:
    if actor is None:
        return []
    teams = queries.teams_to_choose(scope=actor.scope(verb), on=actor.on)
    villages = queries.villages_to_choose(teams, actor.on)
    return [(village.code, village.full_name) for village in villages]


def _of_team(rows: QuerySet[Any], key: str) -> QuerySet[Any]:
    return rows.filter(team=key)


def _between(rows: QuerySet[Any], field: str, days: DateRange) -> QuerySet[Any]:
    if days.first is not None:
        rows = rows.filter(**{f"{field}__gte": days.first})
    if days.last is not None:
        rows = rows.filter(**{f"{field}__lte": days.last})
    return rows
