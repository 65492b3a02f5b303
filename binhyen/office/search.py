# SPDX-License-Identifier: AGPL-3.0-or-later
"""One box: places, teams, papers and one's own staff; never a resident, never a report by its text.

Each app's own query decides what this person may find, and reads an index: what somebody types is
found as quickly among 276,000 as among a hundred.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.periods import Period
from binhyen.core.templatetags.show import day
from binhyen.core.text import clean, fold
from binhyen.personnel import queries as personnel
from binhyen.personnel.permissions import VIEW_MEMBER
from binhyen.personnel.queries_names import members_named
from binhyen.reports import queries as reports
from binhyen.reports.permissions import PRINT_REVIEW
from binhyen.teams import queries as teams
from binhyen.teams.permissions import VIEW_TEAM
from binhyen.territory import queries as territory

MAX_TEXT = 80
SHORTEST = 2
AT_MOST = 20


@dataclass(frozen=True)
class Hit:
    """Something found."""

    title: str
    where: str
    url: str


@dataclass(frozen=True)
class Hits:
    """What was found of one kind."""

    title: Text
    hits: list[Hit]
    more: bool = False
    """Whether there is more than is shown, so that another word helps."""


def search(actor: Actor, text: str) -> list[Hits]:
    """What this person may find under these words: tone-free, by name, code or number."""
    text = clean(text[:MAX_TEXT])
    if len(fold(text)) < SHORTEST:
        return []
    kinds: list[tuple[Text, Callable[[Actor, str], list[Hit]]]] = [
        (_("People of the force"), _people),
        (_("Teams"), _teams),
        (_("Places"), _places),
        (_("Decisions"), _decisions),
        (_("Reviews"), _reviews),
    ]
    found = [(title, find(actor, text)) for title, find in kinds]
    return [Hits(title, hits[:AT_MOST], len(hits) > AT_MOST) for title, hits in found if hits]


def _places(actor: Actor, text: str) -> list[Hit]:
    units = territory.named(text, on=actor.on, limit=AT_MOST + 1)
    return [
        Hit(unit.full_name, unit.parent.full_name if unit.parent else "",
            reverse("place", args=[unit.code]))
        for unit in units
    ]  # fmt: skip


def _teams(actor: Actor, text: str) -> list[Hit]:
    if not actor.can_anywhere(VIEW_TEAM):
        return []
    scope = actor.scope(VIEW_TEAM)
    rows = teams.teams_named(scope=scope, on=actor.on, text=text, limit=AT_MOST + 1)
    return [Hit(t.name, t.territory.full_name, reverse("team", args=[t.id])) for t in rows]


def _people(actor: Actor, text: str) -> list[Hit]:
    """The force's own people in one's area, if the role sees their names at all."""
    if not actor.can_anywhere(VIEW_MEMBER):
        return []
    reach = personnel.list_reach(actor)
    if not reach.shows("full_name"):
        return []
    rows = members_named(scope=reach.scope, text=text, limit=AT_MOST + 1)
    return [
        Hit(row.full_name, row.team.name if row.team else row.territory.full_name,
            reverse("member", args=[row.id]))
        for row in rows
    ]  # fmt: skip


def _decisions(actor: Actor, text: str) -> list[Hit]:
    if not actor.can_anywhere(VIEW_TEAM):
        return []
    scope = actor.scope(VIEW_TEAM)
    return [
        Hit(gettext("Decision %(number)s of %(day)s") % {"number": one.number,
                                                      "day": day(one.decided_on)},
            one.team.name, reverse("team", args=[one.team_id]))
        for one in teams.decisions_numbered(scope=scope, text=text, limit=AT_MOST + 1)
    ]  # fmt: skip


def _reviews(actor: Actor, text: str) -> list[Hit]:
    if not actor.can_anywhere(PRINT_REVIEW):
        return []
    found = reports.reviews_named(scope=actor.scope(PRINT_REVIEW), text=text, limit=AT_MOST + 1)
    return [
        Hit(gettext("Annual review, %(first)s to %(last)s")
            % {"first": day(one.starts_on), "last": day(Period(one.starts_on, one.ends_on).last)},
            one.territory.full_name, reverse("review", args=[one.id]))
        for one in found
    ]  # fmt: skip
