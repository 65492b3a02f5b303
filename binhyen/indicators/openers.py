# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the records behind a figure are opened: who may see which, what they are called, where.

Titles hold no personal data: a member's file, a patrol with its crew or a report's text is opened
on its own page, which notes the reading.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from binhyen.core.actors import Actor, Verb
from binhyen.incidents import queries as incidents
from binhyen.incidents.permissions import VIEW_DISPUTE, VIEW_REPORT, VIEW_SEALED
from binhyen.patrols.models import Finding, Patrol, TrafficHelp
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.personnel.models import Membership
from binhyen.personnel.permissions import VIEW_MEMBER
from binhyen.teams.models import DecidedStrength, Team
from binhyen.teams.permissions import VIEW_TEAM
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class Opener:
    """What is needed to list and open records of one kind.

    `visible` gives the rows that an actor may see; `title` what a row is called; `address` the
    name of a page with its arguments; `verb` the right without which none is seen.
    """

    verb: Verb
    visible: Callable[[Actor], QuerySet[Any]]
    title: Callable[[Any], str]
    address: Callable[[Any], tuple[str, list[object]]]
    sealed_verb: Verb | None = None
    """The right that some rows of this kind need besides."""

    def url(self, row: Model) -> str:
        """The page of a record; empty where this deployment has none."""
        name, arguments = self.address(row)
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            return ""


def _strength_page(commune: Territory | None) -> tuple[str, list[object]]:
    return "strength", [commune.code if commune else ""]


def _of_place(place: Territory) -> tuple[str, list[object]]:
    return _strength_page(place.parent if place.level == "village" else place)


OPENERS: dict[str, Opener] = {
    "teams.team": Opener(
        VIEW_TEAM,
        lambda actor: Team.objects.within(actor.scope(VIEW_TEAM)),
        lambda team: team.name,
        lambda team: ("team", [team.id]),
    ),
    "teams.decidedstrength": Opener(
        VIEW_TEAM,
        lambda actor: DecidedStrength.objects.within(actor.scope(VIEW_TEAM)).select_related(
            "village", "territory"
        ),
        lambda row: f"{row.village.full_name}: {row.number}",
        lambda row: _strength_page(row.territory),
    ),
    "territory.territory": Opener(
        VIEW_TEAM,
        lambda actor: Territory.objects.within(actor.scope(VIEW_TEAM)).select_related("parent"),
        lambda place: place.full_name,
        _of_place,
    ),
    "personnel.membership": Opener(
        VIEW_MEMBER,
        lambda actor: Membership.objects.within(actor.scope(VIEW_MEMBER)).select_related("team"),
        lambda served: _("Member of %(team)s") % {"team": served.team.name},
        lambda served: ("member", [served.member_id]),
    ),
    "patrols.patrol": Opener(
        VIEW_PATROL,
        lambda actor: Patrol.objects.within(actor.scope(VIEW_PATROL)).defer("track"),
        lambda patrol: patrol.route,
        lambda patrol: ("patrol", [patrol.id]),
    ),
    "patrols.finding": Opener(
        VIEW_PATROL,
        lambda actor: Finding.objects.within(actor.scope(VIEW_PATROL)),
        lambda finding: finding.get_kind_display(),
        lambda finding: ("finding", [finding.id]),
    ),
    "patrols.traffichelp": Opener(
        VIEW_PATROL,
        lambda actor: TrafficHelp.objects.within(actor.scope(VIEW_PATROL)),
        lambda helped: helped.get_kind_display(),
        lambda helped: ("traffic-help", [helped.id]),
    ),
    "incidents.report": Opener(
        VIEW_REPORT,
        lambda actor: incidents.reports_in(
            scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED)
        ),
        lambda report: report.get_category_display(),
        lambda report: ("incident", [report.id]),
        VIEW_SEALED,
    ),
    "incidents.case": Opener(
        VIEW_REPORT,
        lambda actor: incidents.cases_in(
            scope=actor.scope(VIEW_REPORT), sealed=actor.scope(VIEW_SEALED)
        ),
        lambda case: _("Case %(number)s") % {"number": case.number},
        lambda case: ("case", [case.id]),
        VIEW_SEALED,
    ),
    "incidents.dispute": Opener(
        VIEW_DISPUTE,
        lambda actor: incidents.disputes_in(scope=actor.scope(VIEW_DISPUTE)),
        lambda dispute: dispute.get_kind_display(),
        lambda dispute: ("dispute", [dispute.id]),
    ),
}
