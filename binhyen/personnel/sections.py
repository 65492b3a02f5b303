# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables about members for record pages: here, and on the pages of teams."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core.events import readings
from binhyen.core.forms import BadDay, read_day
from binhyen.core.models import Event
from binhyen.core.pages import Action, Column, Section, actor_of
from binhyen.core.templatetags.show import day, moment
from binhyen.personnel import queries
from binhyen.personnel.choices import PURPOSES
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.personnel.permissions import VIEW_MEMBER
from binhyen.teams.models import Team

DAY = "on"
"""The name in a team page's address of the day whose roles are shown."""


def roles_section(request: HttpRequest, team: Team) -> Section | None:
    """Who held what in a team on the day that the page's address asks for, today without one.

    None for a reader who may not see members. Names and roles are posted publicly by law (Law
    30/2023 Art. 16(2)), so no reading is noted; the files behind them note theirs.
    """
    actor = actor_of(request)
    if actor is None or not actor.can(VIEW_MEMBER, team.territory, team=team.id):
        return None
    shown, is_wrong = _day_asked(request, actor.on)
    roles = queries.roles_on(scope=actor.scope(VIEW_MEMBER), team=team, day=shown)
    table = Section(
        _("Who held what"),
        columns=(
            Column("name", _("Full name"), lambda role: role.membership.member.full_name),
            Column("post", _("Role in the team"), lambda role: role.get_post_display()),
            Column("village", _("Village"), lambda role: role.membership.village.full_name),
            Column("since", _("Since"), lambda role: role.valid_from),
        ),
        records=roles,
        row_url=_file_url if shown == actor.on else None,
    )
    return Section(
        table.title,
        template="personnel/roles_on.html",
        data={"table": table, "day": day(shown), "name": DAY, "is_wrong": is_wrong},
    )


def _file_url(role: RoleHeld) -> str:
    return reverse("member", args=[role.membership.member_id])


def _day_asked(request: HttpRequest, today: date) -> tuple[date, bool]:
    """The day in the address, and whether it could not be understood."""
    asked = request.GET.get(DAY, "")
    if not asked:
        return today, False
    try:
        return read_day(asked), False
    except BadDay:
        return today, True


def roles_of(memberships: Sequence[Membership]) -> Section:
    """Every role that a member has held, newest first."""
    return Section(
        _("Roles over time"),
        columns=(
            Column("post", _("Role in the team"), lambda role: role.get_post_display()),
            Column("from", _("From"), lambda role: role.valid_from),
            Column("until", _("Up to"), lambda role: last_day(role.valid_to), look=day),
            Column("decision", _("Decision"), lambda role: role.decision),
        ),
        records=[role for membership in memberships for role in membership.roles.all()],
        empty=_("No role is recorded."),
    )


def memberships_section(memberships: Sequence[Membership], mend: Action | None = None) -> Section:
    """Every membership of a member, newest first, with the step that mends the newest."""
    return Section(
        _("Memberships"),
        action=mend,
        columns=(
            Column("team", _("Team"), lambda row: row.team.name),
            Column("village", _("Village"), lambda row: row.village.full_name),
            Column("from", _("From"), lambda row: row.recognised_on),
            Column("recognition", _("Decision"), lambda row: row.recognition),
            Column("until", _("Up to"), lambda row: last_day(row.ended_on), look=day),
            Column("ground", _("Ground"), lambda row: row.get_end_ground_display()),
            Column("ending", _("Ending decision"), lambda row: row.ending),
        ),
        records=memberships,
        empty=_("No membership is recorded."),
    )


def readings_section(member: Member) -> Section:
    """Who opened a file, when and why; for the person, and for those who watch over access."""
    return Section(
        _("Who opened this file"),
        columns=(
            Column("at", _("When"), lambda event: event.at, look=moment),
            Column("who", _("Read by"), lambda event: event.actor_name),
            Column("purpose", _("Why"), _purpose),
            Column("how", _("How"), _how),
        ),
        records=readings(member),
        empty=_("Nobody has opened it yet."),
    )


def _purpose(event: Event) -> str:
    return str(PURPOSES.get(event.purpose, event.purpose))


def _how(event: Event) -> str:
    return str(_("in an export") if event.kind == "member.exported" else _("opened the file"))


def last_day(end: date | None) -> date | None:
    """The last day included, as people write it."""
    return None if end is None else end - timedelta(days=1)
