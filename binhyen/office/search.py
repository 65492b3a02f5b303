# SPDX-License-Identifier: AGPL-3.0-or-later
"""One box: places, teams, and one's own staff; never a resident, never a report by its text."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.text import fold
from binhyen.personnel import queries as personnel
from binhyen.personnel.permissions import VIEW_MEMBER
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


def search(actor: Actor, text: str) -> list[Hits]:
    """What this person may find under these words, without tones and by code."""
    words = fold(text[:MAX_TEXT])
    if len(words) < SHORTEST:
        return []
    found = [_places(actor, text), _teams(actor, words), _people(actor, words)]
    return [kind for kind in found if kind.hits]


def _places(actor: Actor, text: str) -> Hits:
    units = territory.named(text, on=actor.on, limit=AT_MOST)
    hits = [
        Hit(unit.full_name, unit.parent.full_name if unit.parent else "",
            reverse("place", args=[unit.code]))
        for unit in units
    ]  # fmt: skip
    return Hits(_("Places"), hits)


def _teams(actor: Actor, words: str) -> Hits:
    if not actor.can_anywhere(VIEW_TEAM):
        return Hits(_("Teams"), [])
    rows = teams.teams_in(scope=actor.scope(VIEW_TEAM), on=actor.on)
    rows = rows.filter(name_folded__contains=words).order_by("name_order")[:AT_MOST]
    hits = [Hit(t.name, t.territory.full_name, reverse("team", args=[t.id])) for t in rows]
    return Hits(_("Teams"), hits)


def _people(actor: Actor, words: str) -> Hits:
    """The force's own people in one's area, by the fields that the role may see."""
    if not actor.can_anywhere(VIEW_MEMBER):
        return Hits(_("People of the force"), [])
    reach = personnel.list_reach(actor)
    rows = personnel.members_in(scope=reach.scope, on=actor.on, fields=reach.fields)
    rows = rows.filter(member__name_folded__contains=words)
    rows = rows.order_by("member__name_order")[:AT_MOST]
    hits = [
        Hit(row.member.full_name, row.team.name, reverse("member", args=[row.member_id]))
        for row in rows
    ]
    return Hits(_("People of the force"), hits)
