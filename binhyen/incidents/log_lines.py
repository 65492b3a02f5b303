# SPDX-License-Identifier: AGPL-3.0-or-later
"""What reports and disputes add to the log book that writes itself: class, place, times."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from binhyen.core import clock
from binhyen.core.actors import Scope
from binhyen.core.models import path_range
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import day, moment
from binhyen.incidents import queries
from binhyen.incidents.choices import DisputeState, ReportState
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import VIEW_DISPUTE, VIEW_REPORT
from binhyen.patrols.log_book import LogLine, LogRequest, said_minutes
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


def log_lines(
    *,
    reports: Scope,
    disputes: Scope,
    period: Period,
    team: Team | None = None,
    commune: Territory | None = None,
) -> Iterator[LogLine]:
    """Lines for a period: every report that counts and is not sealed, and every dispute.

    `reports` and `disputes` are the reader's scopes for these two verbs: who sees patrols does not
    see reports for that. No line holds a text.
    """
    rows = queries.in_period(
        queries.reports_in(scope=reports), period, team=team, commune=commune
    ).exclude(state=ReportState.WITHDRAWN)
    for report in rows.order_by("received_at", "id"):
        yield LogLine(
            at=report.received_at,
            team=report.team.name,
            what=_("Report: %(category)s") % {"category": report.get_category_display()},
            where=report.village.full_name if report.village else "",
            who="",
            result=_handed(report),
            url=reverse("incident", args=[report.id]),
        )
    noticed = queries.disputes_in(scope=disputes).filter(
        noticed_on__gte=period.start, noticed_on__lt=period.end
    )
    if team is not None:
        noticed = noticed.filter(team=team)
    if commune is not None:
        noticed = noticed.filter(path_range("territory__path", commune.path))
    for dispute in noticed.order_by("noticed_on", "id"):
        yield LogLine(
            at=clock.at_vietnam(dispute.noticed_on),
            has_hour=False,
            team=dispute.team.name,
            what=_("Dispute: %(kind)s") % {"kind": dispute.get_kind_display()},
            where=dispute.village.full_name if dispute.village else "",
            who="",
            result=_ended(DisputeState(dispute.state), dispute.closed_on),
            url=reverse("dispute", args=[dispute.id]),
        )


def log_source(asked: LogRequest) -> Iterator[LogLine]:
    """These lines for the log book, as far as its reader may see reports and disputes."""
    return log_lines(
        reports=asked.scope_for(VIEW_REPORT),
        disputes=asked.scope_for(VIEW_DISPUTE),
        period=asked.period,
        team=asked.team,
        commune=asked.commune,
    )


def _handed(report: Report) -> str:
    if report.handed_at is None or report.handover_min is None:
        return _("Not handed over yet")
    return _("Handed to commune police at %(moment)s, after %(minutes)s") % {
        "moment": moment(report.handed_at), "minutes": said_minutes(report.handover_min)
    }  # fmt: skip


def _ended(state: DisputeState, closed_on: date | None) -> str:
    return str(state.label) if closed_on is None else f"{state.label} ({day(closed_on)})"
