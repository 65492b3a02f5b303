# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the days of earlier decisions forbid: leaving before joining, deciding in the past."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.teams.models import ServedVillage, Team
from binhyen.territory.models import Territory


class VillageNotInForce(Refused):
    """A village that does not stand on the day of the decision."""

    field = "villages"
    why = _("%(village)s does not stand on %(day)s.")
    remedy = _("Leave it out, or check the day.")


class VillageAlreadyServed(Refused):
    """A village that another team serves on that day or later."""

    field = "villages"
    why = _("%(village)s is already served by the team “%(team)s”.")
    remedy = _("Change the other team first, or leave this village out.")


class DecidedTooEarly(Refused):
    """A decision dated before one that is already recorded of the team."""

    field = "decided_on"
    why = _("Something is recorded of the team “%(team)s” from %(day)s on, which is later.")
    remedy = _("Check the date of the decision; decisions are recorded in the order of their days.")


class VillageJustJoined(Refused):
    """A village that would leave a team's area before, or as, it joins."""

    field = "decided_on"
    why = _("%(village)s joins the team's area on %(day)s; it cannot leave on that day or earlier.")
    remedy = _("Choose a later day.")


def check_villages_stand(villages: Sequence[Territory], day: date) -> None:
    """Whether every village stands on a day. Raises VillageNotInForce."""
    for village in villages:
        if not village.is_in_force(day):
            raise VillageNotInForce(village=village.full_name, day=said(day))


def check_unserved(villages: Sequence[Territory], team: Team | None, day: date) -> None:
    """Whether no other team serves a village from a day on. Raises VillageAlreadyServed."""
    taken = (
        ServedVillage.everything.filter(
            Q(valid_to__isnull=True) | Q(valid_to__gt=day), village__in=villages
        )
        .exclude(team=team)
        .select_related("team", "village")
        .first()
    )
    if taken:
        raise VillageAlreadyServed(village=taken.village.full_name, team=taken.team.name)


def check_order(team: Team, day: date) -> None:
    """Whether nothing of a later day is recorded of a team. Raises DecidedTooEarly."""
    days = set(team.decisions.values_list("decided_on", flat=True))
    for dates in team.served.values_list("valid_from", "valid_to"):
        days.update(one for one in dates if one is not None)
    latest = max(days, default=day)
    if latest > day:
        raise DecidedTooEarly(team=team.name, day=said(latest))


def check_leaving(served: ServedVillage, day: date) -> None:
    """Whether a village joined a team's area before it leaves. Raises VillageJustJoined."""
    if served.valid_from >= day:
        raise VillageJustJoined(village=served.village.full_name, day=said(served.valid_from))


def said(day: date) -> str:
    """A day in a sentence."""
    return f"{day:%d/%m/%Y}"
