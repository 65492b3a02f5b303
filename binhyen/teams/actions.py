# SPDX-License-Identifier: AGPL-3.0-or-later
"""Founding, changing and dissolving teams, and deciding their strength."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.text import clean, fold, natural_order
from binhyen.core.validation import save
from binhyen.teams import checks
from binhyen.teams.checks import said
from binhyen.teams.choices import DecisionKind
from binhyen.teams.models import DecidedStrength, ServedVillage, Team, TeamDecision
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory


class NoVillage(Refused):
    """A team without an area of responsibility."""

    field = "villages"
    why = _("A team serves at least one village or residential group (Law 30/2023 Art. 14(2)).")
    remedy = _("Choose the villages that the decision names.")


class VillageOutsideCommune(Refused):
    """A village of another commune."""

    field = "villages"
    why = _(
        "%(village)s does not lie in %(commune)s; a team serves villages of one commune"
        " (Law 30/2023 Art. 14(2))."
    )
    remedy = _("Choose villages of this commune, or establish the team in the other commune.")


class CommuneNotInForce(Refused):
    """A commune that does not stand on the day of the decision."""

    field = "decided_on"
    why = _("%(commune)s does not stand on %(day)s.")
    remedy = _("Check the date of the decision, or choose the unit that stands on that day.")


class NotACommune(Refused):
    """A team founded in something else than a commune."""

    field = "commune"
    why = _("A team belongs to a commune, ward or special zone; %(place)s is none.")
    remedy = _("Choose the commune.")


class TeamDissolved(Refused):
    """A decision about a team that no longer exists on that day."""

    field = "decided_on"
    why = _("The team “%(team)s” does not exist on %(day)s.")
    remedy = _("Check the date of the decision.")


class TeamStillHasMembers(Refused):
    """Dissolving a team whose members still serve."""

    what = _("The team was not dissolved.")
    why = _("%(count)s members still serve in it on %(day)s or later.")
    remedy = _("End or move their memberships by decision first (Circular 14/2024 Art. 5).")


class NotYetEstablished(Refused):
    """Dissolving a team on the day on which it is established."""

    field = "decided_on"
    what = _("The team was not dissolved.")
    why = _("The team “%(team)s” is established on %(day)s; it exists for a day at least.")
    remedy = _("Choose a later day.")


class StrengthOverlaps(Refused):
    """A decided number that would begin before the one in force."""

    field = "valid_from"
    why = _("A number for this village is already decided from %(day)s on.")
    remedy = _("Choose a later first day; earlier decisions stay as they were.")


@transaction.atomic
def establish_team(
    *,
    by: Actor,
    commune: Territory,
    name: str,
    villages: Sequence[Territory],
    decision: str,
    decided_on: date,
    op_id: UUID | None = None,
) -> Team:
    """Establish a team by the chair's decision and return it.

    Source: Law 30/2023 Art. 14(5), Circular 14/2024 Art. 4.
    Raises NotACommune, CommuneNotInForce, NoVillage, VillageOutsideCommune, VillageNotInForce,
    VillageAlreadyServed.
    """
    by.require(DECIDE_TEAM, commune)
    if done := done_before(op_id, Team, "team.established", by=by, territory_id=commune.pk,
                           name=clean(name), established_on=decided_on):  # fmt: skip
        return done
    _check_commune(commune, decided_on)
    _check_villages(commune, villages, None, decided_on)
    name = clean(name)
    team = Team(
        territory=commune,
        name=name,
        name_folded=fold(name),
        name_order=natural_order(name),
        established_on=decided_on,
    )
    save(team)
    _decide(team, DecisionKind.ESTABLISH, decision, decided_on)
    for village in villages:
        save(ServedVillage(team=team, village=village, valid_from=decided_on))
    record("team.established", team, by=by, where=commune, on=decided_on, op_id=op_id,
           decision=decision, villages=[village.code for village in villages])  # fmt: skip
    return team


@transaction.atomic
def change_team(
    *,
    by: Actor,
    team: Team,
    name: str,
    villages: Sequence[Territory],
    decision: str,
    decided_on: date,
    op_id: UUID | None = None,
) -> Team:
    """Rename a team or change the villages it serves, by decision, from a day on.

    Source: Law 30/2023 Art. 17(1)(b).
    Raises TeamDissolved, DecidedTooEarly, NoVillage, VillageOutsideCommune, VillageNotInForce,
    VillageAlreadyServed, VillageJustJoined.
    """
    by.require(DECIDE_TEAM, team.territory, team=team.id)
    if done := done_before(op_id, Team, "team.changed", by=by, pk=team.pk):
        return done
    _check_in_force(team, decided_on)
    checks.check_order(team, decided_on)
    _check_villages(team.territory, villages, team, decided_on)
    old_name, team.name = team.name, clean(name)
    team.name_folded, team.name_order = fold(team.name), natural_order(team.name)
    save(team, only=["name", "name_folded", "name_order"])
    _decide(team, DecisionKind.CHANGE, decision, decided_on)
    _serve(team, villages, decided_on)
    record("team.changed", team, by=by, where=team.territory, on=decided_on, op_id=op_id,
           decision=decision, old_name=old_name, new_name=team.name,
           villages=[village.code for village in villages])  # fmt: skip
    return team


@transaction.atomic
def dissolve_team(
    *, by: Actor, team: Team, decision: str, decided_on: date, op_id: UUID | None = None
) -> Team:
    """Dissolve a team by decision; from that day it no longer exists.

    Source: Law 30/2023 Art. 17(1)(b), Circular 14/2024 Art. 5.
    Raises TeamDissolved, NotYetEstablished, TeamStillHasMembers, DecidedTooEarly,
    VillageJustJoined.
    """
    by.require(DECIDE_TEAM, team.territory, team=team.id)
    if done := done_before(op_id, Team, "team.dissolved", by=by, pk=team.pk):
        return done
    _check_in_force(team, decided_on)
    if decided_on == team.established_on:
        raise NotYetEstablished(team=team.name, day=said(decided_on))
    # `memberships` is the relation that `personnel`, one layer higher, adds to a team.
    serving = team.memberships.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=decided_on)).count()
    if serving:
        raise TeamStillHasMembers(count=serving, day=said(decided_on))
    checks.check_order(team, decided_on)
    _decide(team, DecisionKind.DISSOLVE, decision, decided_on)
    _serve(team, [], decided_on)
    team.dissolved_on = decided_on
    save(team, only=["dissolved_on"])
    record("team.dissolved", team, by=by, where=team.territory, on=decided_on, op_id=op_id,
           decision=decision)  # fmt: skip
    return team


@transaction.atomic
def decide_strength(
    *,
    by: Actor,
    village: Territory,
    number: int,
    valid_from: date,
    decision: str,
    op_id: UUID | None = None,
) -> DecidedStrength:
    """Set the number of members that the province decided for a village, from a day on.

    Source: Law 30/2023 Art. 14(4).
    Raises NoVillage, VillageNotInForce, and StrengthOverlaps when a number already begins on or
    after that day.
    """
    commune = village.parent
    if village.level != Level.VILLAGE or commune is None:
        raise NoVillage
    by.require(DECIDE_STRENGTH, commune)
    if done := done_before(op_id, DecidedStrength, "strength.decided", by=by,
                           village_id=village.pk, number=number,
                           valid_from=valid_from):  # fmt: skip
        return done
    if not village.is_in_force(valid_from):
        raise checks.VillageNotInForce(field="valid_from", village=village.full_name,
                                       day=said(valid_from))  # fmt: skip
    current = DecidedStrength.everything.filter(village=village, valid_to__isnull=True).first()
    if current:
        if current.valid_from >= valid_from:
            raise StrengthOverlaps(day=said(current.valid_from))
        current.valid_to = valid_from
        save(current, only=["valid_to"])
    strength = DecidedStrength(territory=commune, village=village, number=number,
                               valid_from=valid_from, decision=clean(decision))  # fmt: skip
    save(strength)
    record("strength.decided", strength, by=by, where=commune, on=valid_from, op_id=op_id,
           village=village.code, old=current.number if current else None,
           new=number, decision=decision)  # fmt: skip
    return strength


def _decide(team: Team, kind: DecisionKind, number: str, decided_on: date) -> None:
    save(TeamDecision(team=team, kind=kind, number=clean(number), decided_on=decided_on))


def _check_commune(commune: Territory, day: date) -> None:
    if commune.level != Level.COMMUNE:
        raise NotACommune(place=commune.full_name)
    if not commune.is_in_force(day):
        raise CommuneNotInForce(commune=commune.full_name, day=said(day))


def _check_in_force(team: Team, day: date) -> None:
    if not team.is_in_force(day):
        raise TeamDissolved(team=team.name, day=said(day))


def _check_villages(
    commune: Territory, villages: Sequence[Territory], team: Team | None, day: date
) -> None:
    if not villages:
        raise NoVillage
    for village in villages:
        if village.parent_id != commune.id or village.level != Level.VILLAGE:
            raise VillageOutsideCommune(village=village.full_name, commune=commune.full_name)
    checks.check_villages_stand(villages, day)
    checks.check_unserved(villages, team, day)


def _serve(team: Team, villages: Sequence[Territory], day: date) -> None:
    """Close what is no longer served and open what is new; the rest stays untouched."""
    wanted = {village.id: village for village in villages}
    for served in team.served.filter(valid_to__isnull=True).select_related("village"):
        if served.village_id not in wanted:
            checks.check_leaving(served, day)
            served.valid_to = day
            save(served, only=["valid_to"])
        else:
            del wanted[served.village_id]
    for village in wanted.values():
        save(ServedVillage(team=team, village=village, valid_from=day))
