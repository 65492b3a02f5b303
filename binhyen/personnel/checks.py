# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the records themselves forbid: two teams, two leaders, a village that is not served."""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.text import fold
from binhyen.personnel.models import Member, Membership, RoleHeld
from binhyen.personnel.rules import said
from binhyen.teams.choices import Post
from binhyen.teams.models import Team
from binhyen.teams.queries import in_force
from binhyen.territory.models import Territory


class TeamNotThere(Refused):
    """A team that does not exist on the day."""

    field = "team"
    why = _("The team “%(team)s” does not exist on %(day)s; it was established on %(since)s.")
    remedy = _("Check the day, or choose the team that exists then.")


class TeamGone(Refused):
    """A membership that would outlast its team."""

    field = "team"
    why = _("The team “%(team)s” was dissolved on %(day)s; nobody serves in it from then on.")
    remedy = _("Choose a team that still exists.")


class TeamElsewhere(Refused):
    """A team of another commune than the one that keeps the file."""

    field = "team"
    why = _("The file belongs to %(commune)s; the team serves in another commune.")
    remedy = _("Let the other commune recognise the person with a file of its own.")


class VillageNotServed(Refused):
    """A village outside the team's area on the day."""

    field = "village"
    why = _("%(village)s is not served by the team “%(team)s” on %(day)s.")
    remedy = _("Choose a village of the team's area, or change the team by decision first.")


class AlreadyServes(Refused):
    """A member in two teams."""

    field = "full_name"
    why = _(
        "A member in two teams: this person already serves in the team “%(team)s”, and nobody"
        " serves in two."
    )
    remedy = _(
        "End that membership first. If it is another person of the same name and birthday, add a"
        " letter to the name, such as “(B)”."
    )


class FileExists(Refused):
    """A former member who would get a second file."""

    field = "full_name"
    why = _("The commune already keeps a file of this name and birthday, of a former member.")
    remedy = _(
        "Open that file and recognise the person again. If it is another person, add a letter to"
        " the name, such as “(B)”."
    )


class ServedUntil(Refused):
    """A recognition that would begin before an earlier membership ended."""

    field = "recognised_on"
    why = _("This person served until %(day)s; a membership cannot begin before that day.")
    remedy = _("Choose that day or a later one.")


class TeamHasLeader(Refused):
    """A second leader."""

    field = "post"
    why = _("The team “%(team)s” has a leader on %(day)s; a team has one (Law 30/2023 Art. 16).")
    remedy = _("End the leader's role first, by another role or an ending from the same day on.")


def check_place(team: Team, village: Territory, on: date, until: date | None = None) -> None:
    """Whether a team serves a village on a day and exists up to another (excluded) or for good.

    Raises TeamNotThere, TeamGone, VillageNotServed.
    """
    if not team.is_in_force(on):
        raise TeamNotThere(team=team.name, day=said(on), since=said(team.established_on))
    gone = team.dissolved_on
    if gone is not None and (until is None or until > gone):
        raise TeamGone(team=team.name, day=said(gone))
    served = team.served.filter(in_force(on, "valid_from", "valid_to"), village=village)
    if not served.exists():
        raise VillageNotServed(village=village.full_name, team=team.name, day=said(on))


def check_no_file(
    commune: Territory, name: str, born_on: date, *, beside: Member | None = None
) -> None:
    """Whether the commune keeps no other file of this name and birthday.

    Looks into the one commune only: an answer must not tell of files elsewhere.
    Raises AlreadyServes, FileExists.
    """
    same = Member.everything.filter(territory=commune, name_folded=fold(name), born_on=born_on)
    if beside is not None:
        same = same.exclude(pk=beside.pk)
    serving = Membership.everything.filter(member__in=same, ended_on__isnull=True)
    found = serving.select_related("team").first()
    if found is not None:
        raise AlreadyServes(team=found.team.name)
    if same.exists():
        raise FileExists


def check_serves_once(
    member: Member, first: date, last: date | None = None, *, beside: Membership | None = None
) -> None:
    """Whether no other membership touches the days from `first` up to `last` (excluded).

    Raises AlreadyServes, ServedUntil.
    """
    others = member.memberships.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=first))
    if last is not None:
        others = others.filter(recognised_on__lt=last)
    if beside is not None:
        others = others.exclude(pk=beside.pk)
    other = others.select_related("team").order_by("-recognised_on").first()
    if other is None:
        return
    if other.ended_on is None:
        raise AlreadyServes(team=other.team.name)
    raise ServedUntil(day=said(other.ended_on))


def check_leader(
    team: Team, post: str, first: date, last: date | None = None, *, beside: RoleHeld | None = None
) -> None:
    """Whether the place of the leader is free from a day up to another. Raises TeamHasLeader."""
    if post != Post.LEADER:
        return
    leaders = RoleHeld.everything.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=first), team=team, post=Post.LEADER
    )
    if last is not None:
        leaders = leaders.filter(valid_from__lt=last)
    if beside is not None:
        leaders = leaders.exclude(pk=beside.pk)
    held = leaders.order_by("valid_from").first()
    if held is not None:
        raise TeamHasLeader(team=team.name, day=said(max(first, held.valid_from)))
