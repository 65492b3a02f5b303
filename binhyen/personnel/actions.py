# SPDX-License-Identifier: AGPL-3.0-or-later
"""Recognising members, changing their roles, ending memberships, and mending what was typed.

Every event is about the member's file, so that one history tells all. No event holds personal data:
a correction names the fields, never what stood in them.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.events import done_before, record
from binhyen.core.phones import phone_number
from binhyen.core.text import clean, fold, name_order
from binhyen.core.validation import save
from binhyen.personnel import checks, rules
from binhyen.personnel.choices import EndGround
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.personnel.permissions import END_MEMBERSHIP, RECOGNISE
from binhyen.personnel.rights import end_rights
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


class NotServing(Refused):
    """A change to a membership that has ended."""

    why = _("This membership ended on %(day)s.")
    remedy = _("Recognise the person again by a new decision, or take the ending back.")


class SameRole(Refused):
    """A change to the role that is already held."""

    field = "post"
    why = _("This person holds this role already, since %(day)s.")
    remedy = _("Choose another role.")


class RoleOverlaps(Refused):
    """A change that would begin before the present role."""

    field = "valid_from"
    why = _("The present role is held from %(day)s on; another one can begin after that day.")
    remedy = _("Choose a later day, or correct the recognition if the present role is wrong.")


class EndsTooEarly(Refused):
    """An ending before the present role began."""

    field = "ended_on"
    why = _("The present role is held from %(day)s on; the ending must lie after that day.")
    remedy = _("Check the day of the ending.")


class RecognisedTooLate(Refused):
    """A corrected recognition after the first role had ended."""

    field = "recognised_on"
    why = _("The first role was held until %(day)s; the recognition must lie before that day.")
    remedy = _("Check the day of the recognition.")


class NothingChanged(Refused):
    """A correction that corrects nothing."""

    why = _("Nothing differs from what is recorded.")
    remedy = _("Change a field, or leave the page.")


class NotEnded(Refused):
    """Taking back an ending that is not there, or that a later recognition has followed."""

    why = _("There is no ending here that could be taken back.")
    remedy = _("Open the file anew; somebody may have changed it meanwhile.")


@dataclass(frozen=True)
class _Terms:
    """What a recognition says."""

    team: Team
    village: Territory
    post: str
    decision: str
    recognised_on: date
    over_age_decision: str


@transaction.atomic
def recognise_member(
    *,
    by: Actor,
    team: Team,
    village: Territory,
    full_name: str,
    born_on: date,
    sex: str,
    phone: str,
    origin: str,
    post: str,
    decision: str,
    recognised_on: date,
    over_age_decision: str = "",
    op_id: UUID | None = None,
) -> Member:
    """Open the file of a newly recognised member, with membership and role, and return it.

    Source: Law 30/2023 Art. 13(1), 14(5), 16; Circular 14/2024 Art. 4.
    Raises the refusals of `rules` and `checks`.
    """
    by.require(RECOGNISE, team.territory, team=team.id)
    if done := done_before(op_id, Member, "member.recognised", by=by,
                           full_name=rules.person_name(full_name), born_on=born_on):  # fmt: skip
        return done
    _wait_for(team.territory)
    name = rules.person_name(full_name)
    checks.check_no_file(team.territory, name, born_on)
    member = Member(territory=team.territory, born_on=born_on, sex=sex, origin=origin,
                    phone=phone_number(phone))  # fmt: skip
    _name(member, name)
    save(member)
    _begin(member, _Terms(team, village, post, decision, recognised_on, over_age_decision), by)
    record("member.recognised", member, by=by, where=member.territory, on=recognised_on,
           op_id=op_id, team=str(team.id), village=village.code, post=post)  # fmt: skip
    return member


@transaction.atomic
def recognise_again(
    *,
    by: Actor,
    member: Member,
    team: Team,
    village: Territory,
    post: str,
    decision: str,
    recognised_on: date,
    over_age_decision: str = "",
    op_id: UUID | None = None,
) -> Member:
    """Give a former member a new membership and role in the same file.

    Source: Law 30/2023 Art. 14(5), 17(1)(a).
    Raises TeamElsewhere and the refusals of `rules` and `checks`.
    """
    by.require(RECOGNISE, team.territory, team=team.id)
    by.require(RECOGNISE, member.territory)
    if done := done_before(op_id, Member, "member.recognised", by=by, pk=member.pk):
        return done
    if team.territory_id != member.territory_id:
        raise checks.TeamElsewhere(commune=member.territory.full_name)
    _wait_for(team.territory)
    _begin(member, _Terms(team, village, post, decision, recognised_on, over_age_decision), by)
    record("member.recognised", member, by=by, where=member.territory, on=recognised_on,
           op_id=op_id, team=str(team.id), village=village.code, post=post)  # fmt: skip
    return member


@transaction.atomic
def change_role(
    *,
    by: Actor,
    membership: Membership,
    post: str,
    decision: str,
    valid_from: date,
    op_id: UUID | None = None,
) -> Member:
    """Give a serving member another role from a day on; the role before closes on that day.

    The account's rights of the old role end with it; those of the new one are given by whoever
    appoints (`accounts.actions.appoint`).
    Source: Law 30/2023 Art. 16(1).
    Raises NotServing, SameRole, RoleOverlaps, NotYet, NoDecision, TeamHasLeader.
    """
    by.require(RECOGNISE, membership.territory, team=membership.team_id)
    if done := done_before(op_id, Member, "role.changed", by=by, pk=membership.member_id):
        return done
    membership = _locked(membership)
    current = _present_role(membership)
    if current.post == post:
        raise SameRole(day=rules.said(current.valid_from))
    rules.check_past(on=valid_from, today=by.on, field="valid_from")
    if valid_from <= current.valid_from:
        raise RoleOverlaps(day=rules.said(current.valid_from))
    _wait_for(membership.territory)
    checks.check_leader(membership.team, post, valid_from)
    number = rules.decision_number(decision)
    _close(current, valid_from)
    save(RoleHeld(membership=membership, team=membership.team, post=post, valid_from=valid_from,
                  decision=number))  # fmt: skip
    end_rights(membership, but=post, on=valid_from, by=by)
    record("role.changed", membership.member, by=by, where=membership.territory, on=valid_from,
           op_id=op_id, team=str(membership.team_id), old=current.post, new=post,
           decision=number)  # fmt: skip
    return membership.member


@transaction.atomic
def end_membership(
    *,
    by: Actor,
    membership: Membership,
    ground: str,
    decision: str,
    ended_on: date,
    op_id: UUID | None = None,
) -> Member:
    """End a membership from a day on; the role closes with it and the member has no team.

    The account's rights in the team end too. The file keeps its phone number until the retention
    job removes it. A death needs no decision.
    Source: Law 30/2023 Art. 17(3), Circular 14/2024 Art. 5(3).
    Raises NotServing, NotYet, EndsTooEarly, NoDecision.
    """
    by.require(END_MEMBERSHIP, membership.territory, team=membership.team_id)
    if done := done_before(op_id, Member, "membership.ended", by=by, pk=membership.member_id):
        return done
    membership = _locked(membership)
    current = _present_role(membership)
    rules.check_past(on=ended_on, today=by.on, field="ended_on")
    if ended_on <= current.valid_from:
        raise EndsTooEarly(day=rules.said(current.valid_from))
    number = clean(decision) if ground == EndGround.DEATH else rules.decision_number(decision)
    _close(current, ended_on)
    membership.ended_on, membership.ending, membership.end_ground = ended_on, number, ground
    save(membership, only=["ended_on", "ending", "end_ground"])
    _place(membership.member, None)
    end_rights(membership, but="", on=ended_on, by=by)
    record("membership.ended", membership.member, by=by, where=membership.territory, on=ended_on,
           op_id=op_id, team=str(membership.team_id))  # fmt: skip
    return membership.member


@transaction.atomic
def take_back_ending(*, by: Actor, membership: Membership, op_id: UUID | None = None) -> Member:
    """Undo an ending that was recorded by mistake: membership and last role go on.

    The account's rights stay ended until they are given again.
    Raises NotEnded, TeamNotThere, TeamGone, VillageNotServed, TeamHasLeader.
    """
    by.require(END_MEMBERSHIP, membership.territory, team=membership.team_id)
    if done := done_before(op_id, Member, "ending.taken_back", by=by, pk=membership.member_id):
        return done
    membership = _locked(membership)
    day = membership.ended_on
    if day is None or membership.member.memberships.filter(recognised_on__gte=day).exists():
        raise NotEnded
    last = membership.roles.order_by("-valid_from")[:1].get()
    checks.check_place(membership.team, membership.village, day)
    checks.check_leader(membership.team, last.post, last.valid_from, beside=last)
    last.valid_to = None
    save(last, only=["valid_to"])
    membership.ended_on, membership.ending, membership.end_ground = None, "", ""
    save(membership, only=["ended_on", "ending", "end_ground"])
    _place(membership.member, membership.team)
    record("ending.taken_back", membership.member, by=by, where=membership.territory, on=day,
           op_id=op_id, team=str(membership.team_id))  # fmt: skip
    return membership.member


@transaction.atomic
def correct_member(
    *,
    by: Actor,
    member: Member,
    full_name: str,
    born_on: date,
    sex: str,
    phone: str,
    origin: str,
    op_id: UUID | None = None,
) -> Member:
    """Mend what was typed about a person; the event names the fields, never their values.

    Raises NothingChanged, the refusals of `rules`, AlreadyServes, FileExists.
    """
    by.require(RECOGNISE, member.territory, team=member.team_id)
    if done := done_before(op_id, Member, "member.corrected", by=by, pk=member.pk):
        return done
    wanted = {
        "full_name": rules.person_name(full_name),
        "born_on": born_on,
        "sex": sex,
        "phone": phone_number(phone),
        "origin": origin,
    }
    changed = sorted(name for name, value in wanted.items() if getattr(member, name) != value)
    if not changed:
        raise NothingChanged
    checks.check_no_file(member.territory, str(wanted["full_name"]), born_on, beside=member)
    for membership in member.memberships.all():
        rules.check_age(born_on=born_on, on=membership.recognised_on,
                        over_age_decision=membership.over_age_decision)  # fmt: skip
    for name in changed:
        setattr(member, name, wanted[name])
    _name(member, member.full_name)
    save(member, only=[*changed, "name_folded", "name_order"])
    record("member.corrected", member, by=by, where=member.territory, on=by.on, op_id=op_id,
           fields=changed)  # fmt: skip
    return member


@transaction.atomic
def correct_recognition(
    *,
    by: Actor,
    membership: Membership,
    village: Territory,
    post: str,
    decision: str,
    recognised_on: date,
    over_age_decision: str = "",
    op_id: UUID | None = None,
) -> Member:
    """Mend what was typed about a recognition: day, village, first role, decision.

    The event carries the day on which the membership began before, so that figures follow.
    Raises NothingChanged, RecognisedTooLate and the refusals of `rules` and `checks`.
    """
    by.require(RECOGNISE, membership.territory, team=membership.team_id)
    if done := done_before(op_id, Member, "member.corrected", by=by, pk=membership.member_id):
        return done
    membership = _locked(membership)
    first = membership.roles.order_by("valid_from")[:1].get()
    was_on = membership.recognised_on
    terms = _Terms(membership.team, village, post, decision, recognised_on, over_age_decision)
    before = _said_by(membership, first)
    _check_first_role(first, recognised_on)
    checks.check_leader(membership.team, post, recognised_on, first.valid_to, beside=first)
    _check_terms(membership.member, terms, by.on, beside=membership)
    _apply(membership, terms)
    first.post, first.valid_from = post, recognised_on
    first.decision = membership.recognition
    changed = sorted(
        name for name, value in _said_by(membership, first).items() if value != before[name]
    )
    if not changed:
        raise NothingChanged
    save(membership)
    save(first, only=["post", "valid_from", "decision"])
    record("member.corrected", membership.member, by=by, where=membership.territory,
           on=recognised_on, was_on=was_on, op_id=op_id, fields=changed)  # fmt: skip
    return membership.member


def _begin(member: Member, terms: _Terms, by: Actor) -> None:
    """Write the membership and the first role of a recognition, after every check."""
    _check_terms(member, terms, by.on)
    checks.check_leader(terms.team, terms.post, terms.recognised_on)
    membership = Membership(member=member, team=terms.team, territory=terms.team.territory)
    _apply(membership, terms)
    save(membership)
    save(RoleHeld(membership=membership, team=terms.team, post=terms.post,
                  valid_from=terms.recognised_on, decision=membership.recognition))  # fmt: skip
    _place(member, terms.team)


def _check_terms(
    member: Member, terms: _Terms, today: date, *, beside: Membership | None = None
) -> None:
    on = terms.recognised_on
    rules.check_day(on=on, today=today)
    rules.check_age(born_on=member.born_on, on=on, over_age_decision=terms.over_age_decision)
    last = beside.ended_on if beside else None
    checks.check_place(terms.team, terms.village, on, last)
    checks.check_serves_once(member, on, last, beside=beside)


def _check_first_role(first: RoleHeld, recognised_on: date) -> None:
    if first.valid_to is not None and recognised_on >= first.valid_to:
        raise RecognisedTooLate(day=rules.said(first.valid_to))


def _apply(membership: Membership, terms: _Terms) -> None:
    membership.village = terms.village
    membership.recognised_on = terms.recognised_on
    membership.recognition = rules.decision_number(terms.decision)
    membership.over_age_decision = clean(terms.over_age_decision)


def _said_by(membership: Membership, first: RoleHeld) -> dict[str, object]:
    return {
        "village": membership.village_id,
        "recognised_on": membership.recognised_on,
        "recognition": membership.recognition,
        "over_age_decision": membership.over_age_decision,
        "post": first.post,
    }


def _present_role(membership: Membership) -> RoleHeld:
    if membership.ended_on is not None:
        raise NotServing(day=rules.said(membership.ended_on))
    return membership.roles.get(valid_to__isnull=True)


def _locked(membership: Membership) -> Membership:
    """The membership as it stands now, kept for this transaction."""
    rows = Membership.everything.select_for_update(of=("self",), no_key=True)
    return rows.select_related("member", "team", "territory", "village").get(pk=membership.pk)


def _wait_for(commune: Territory) -> None:
    """Let one recognition at a time judge a commune's files, so that nobody is written twice."""
    Territory.everything.select_for_update(no_key=True).get(pk=commune.pk)


def _close(role: RoleHeld, day: date) -> None:
    role.valid_to = day
    save(role, only=["valid_to"])


def _place(member: Member, team: Team | None) -> None:
    member.team = team
    save(member, only=["team"])


def _name(member: Member, name: str) -> None:
    member.full_name, member.name_folded, member.name_order = name, fold(name), name_order(name)
