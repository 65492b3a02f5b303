# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members of one commune with memberships and roles, many at once: same right, checks, events.

A refusal names the row, counted from 1; then nothing of the set is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core import bulk
from binhyen.core.actors import Actor
from binhyen.core.bulk import BadRow, Row
from binhyen.core.errors import Refused
from binhyen.core.phones import phone_number
from binhyen.core.text import clean, fold, name_order
from binhyen.personnel import rules
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.personnel.permissions import END_MEMBERSHIP, RECOGNISE
from binhyen.teams.bulk import OTHER_VILLAGE, villages_of
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

OTHER_TEAM = _("The team does not belong to this commune.")
NO_TEAM_YET = _("The team does not exist on the day of the recognition.")
NO_MEMBER = _("The membership names a member who is not in the set.")
TWO_TEAMS = _("This person would serve in two teams on the same day.")
ROLES_APART = _("The roles do not follow each other from the recognition to the ending.")
ENDS_BEFORE = _("The membership ends before it begins.")


@dataclass(slots=True)
class NewMember:
    """One of the force's own people."""

    id: UUID
    full_name: str
    born_on: date
    sex: str
    phone: str
    origin: str


@dataclass(slots=True)
class NewRole:
    """A role from a day to a day."""

    post: str
    valid_from: date
    valid_to: date | None
    decision: str


@dataclass(slots=True)
class NewMembership:
    """A member in a team and village, with every role held there, the earliest first."""

    id: UUID
    member_id: UUID
    team_id: UUID
    village: str
    recognised_on: date
    recognition: str
    roles: tuple[NewRole, ...]
    recorded_at: datetime
    ended_on: date | None = None
    ending: str = ""
    end_ground: str = ""
    end_recorded_at: datetime | None = None


@transaction.atomic
def load_members(
    *,
    by: Actor,
    commune: Territory,
    members: Sequence[NewMember],
    memberships: Sequence[NewMembership],
) -> int:
    """Open files with their memberships and roles, past ones too; how many files.

    Source: Law 30/2023 Art. 13(1), 14(5), 16, 17(3). Raises BadRow.
    """
    by.require(RECOGNISE, commune)
    by.require(END_MEMBERSHIP, commune)
    villages = villages_of(commune)
    born = {member.id: member.born_on for member in members}
    _check(commune, memberships, born, villages)
    serving = {one.member_id: one.team_id for one in memberships if one.ended_on is None}
    bulk.insert(
        Member,
        ("id", "territory_id", "team_id", "full_name", "name_folded", "name_order", "born_on",
         "sex", "phone", "origin"),
        [(one.id, commune.pk, serving.get(one.id), *_named(one.full_name), one.born_on, one.sex,
          phone_number(one.phone), one.origin) for one in members],
    )  # fmt: skip
    bulk.insert(
        Membership,
        ("id", "member_id", "team_id", "territory_id", "village_id", "recognised_on",
         "recognition", "over_age_decision", "ended_on", "ending", "end_ground"),
        [(one.id, one.member_id, one.team_id, commune.pk, villages[one.village], one.recognised_on,
          clean(one.recognition), "", one.ended_on, clean(one.ending), one.end_ground)
         for one in memberships],
    )  # fmt: skip
    bulk.insert(
        RoleHeld,
        ("id", "membership_id", "team_id", "post", "valid_from", "valid_to", "decision"),
        [(bulk.child_id(one.id, place), one.id, one.team_id, role.post, role.valid_from,
          role.valid_to, clean(role.decision))
         for one in memberships for place, role in enumerate(one.roles, start=1)],
    )  # fmt: skip
    bulk.record(event for one in memberships for event in _events(by, commune, one))
    return len(members)


def _named(full_name: str) -> tuple[str, str, str]:
    name = rules.person_name(full_name)
    return name, fold(name), name_order(name)


def _check(
    commune: Territory,
    memberships: Sequence[NewMembership],
    born: dict[UUID, date],
    villages: dict[str, int],
) -> None:
    teams = {team.pk: team for team in Team.everything.filter(territory=commune)}
    spans: dict[UUID, list[tuple[date, date]]] = {}
    for row, one in enumerate(memberships, start=1):
        if one.member_id not in born:
            raise BadRow(row, NO_MEMBER)
        if one.village not in villages:
            raise BadRow(row, OTHER_VILLAGE, village=one.village)
        _check_team(row, one, teams.get(one.team_id))
        try:
            rules.check_age(born_on=born[one.member_id], on=one.recognised_on, over_age_decision="")
            rules.decision_number(one.recognition)
        except Refused as refused:
            raise BadRow(row, refused.sentences()[1]) from refused
        _check_roles(row, one)
        span = (one.recognised_on, one.ended_on or date.max)
        others = spans.setdefault(one.member_id, [])
        if any(span[0] < end and start < span[1] for start, end in others):
            raise BadRow(row, TWO_TEAMS)
        others.append(span)


def _check_team(row: int, one: NewMembership, team: Team | None) -> None:
    if team is None:
        raise BadRow(row, OTHER_TEAM)
    if not team.is_in_force(one.recognised_on):
        raise BadRow(row, NO_TEAM_YET)
    if one.ended_on is not None and one.ended_on <= one.recognised_on:
        raise BadRow(row, ENDS_BEFORE)


def _check_roles(row: int, one: NewMembership) -> None:
    """Roles join without a gap, from the recognition to the ending."""
    day: date | None = one.recognised_on
    for role in one.roles:
        if role.valid_from != day:
            raise BadRow(row, ROLES_APART)
        day = role.valid_to
    if day != one.ended_on:
        raise BadRow(row, ROLES_APART)


def _events(by: Actor, commune: Territory, one: NewMembership) -> list[Row]:
    """What the actions would have recorded, about the member's file."""
    team = str(one.team_id)
    found = [
        bulk.event("member.recognised", Member, one.member_id, by=by, where=commune,
                   on=one.recognised_on, at=one.recorded_at, team=team, village=one.village,
                   post=one.roles[0].post)
    ]  # fmt: skip
    found += [
        bulk.event("role.changed", Member, one.member_id, by=by, where=commune,
                   on=role.valid_from, at=one.recorded_at, team=team, old=before.post,
                   new=role.post, decision=role.decision)
        for before, role in zip(one.roles, one.roles[1:], strict=False)
    ]  # fmt: skip
    if one.ended_on is not None:
        found.append(
            bulk.event("membership.ended", Member, one.member_id, by=by, where=commune,
                       on=one.ended_on, at=one.end_recorded_at or one.recorded_at, team=team)
        )  # fmt: skip
    return found
