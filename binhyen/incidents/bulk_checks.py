# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checks of the actions over a whole set of reports, cases and disputes."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.bulk import BadRow
from binhyen.core.errors import Refused
from binhyen.incidents.checks import CLOCK_SKEW
from binhyen.incidents.choices import Category, Channel, DisputeKind, DisputeState, ReportState
from binhyen.incidents.models import Case
from binhyen.incidents.rules import WITH_POLICE
from binhyen.incidents.words import check_account
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

if TYPE_CHECKING:
    from binhyen.incidents.bulk import NewCase, NewDispute, NewReport

UNKNOWN = _("“%(value)s” is not in the closed list.")
OTHER_TEAM = _("The team does not belong to this commune, or does not exist on that day.")
OTHER_VILLAGE = _("%(village)s is no village of this commune.")
AHEAD = _("It lies ahead of today.")
WRONG_ORDER = _("The times do not follow each other: received, handed over, closed.")
NO_TIME = _("The state does not fit the times that are given.")
NO_CASE = _("It names a case that is not in the set, or that was confirmed before.")
NO_REPORT = _("No report of the set leads to the case.")
NUMBER_TWICE = _("The commune already has a case with the number %(number)s.")

_HANDED = {*WITH_POLICE, ReportState.CLOSED}


def check_reports(
    commune: Territory,
    reports: Sequence["NewReport"],
    cases: Sequence["NewCase"],
    villages: dict[str, int],
) -> None:
    """Reports in the closed lists, in order of time, with cases of the set. Raises BadRow."""
    teams = _in_force(commune)
    confirmed = {one.id: one.confirmed_on for one in cases}
    latest = clock.now() + CLOCK_SKEW
    for row, one in enumerate(reports, start=1):
        _check_listed(row, (one.category, Category), (one.channel, Channel))
        _check_place(row, one.team_id, one.village, clock.day_of(one.received_at), teams, villages)
        _check_moments(row, one, latest)
        if one.case_id is not None and (
            one.case_id not in confirmed or confirmed[one.case_id] < clock.day_of(one.received_at)
        ):
            raise BadRow(row, NO_CASE)
        _check_words(row, one.account)
    _check_cases(commune, cases, {one.case_id for one in reports})


def check_disputes(
    commune: Territory, disputes: Iterable["NewDispute"], villages: dict[str, int]
) -> None:
    """Disputes in the closed lists and in order of time. Raises BadRow."""
    teams = _in_force(commune)
    today = clock.today()
    for row, one in enumerate(disputes, start=1):
        _check_listed(row, (one.kind, DisputeKind), (one.state, DisputeState))
        _check_place(row, one.team_id, one.village, one.noticed_on, teams, villages)
        if (one.closed_on or one.noticed_on) > today:
            raise BadRow(row, AHEAD)
        if one.closed_on is not None and one.closed_on < one.noticed_on:
            raise BadRow(row, WRONG_ORDER)


def _check_listed(row: int, *pairs: tuple[str, type[TextChoices]]) -> None:
    for value, closed_list in pairs:
        if value not in closed_list.values:
            raise BadRow(row, UNKNOWN, value=value[:40])


def _check_place(
    row: int,
    team: UUID,
    village: str | None,
    day: date,
    teams: dict[UUID, tuple[date, date]],
    villages: dict[str, int],
) -> None:
    start, end = teams.get(team, (date.max, date.max))
    if not start <= day < end:
        raise BadRow(row, OTHER_TEAM)
    if village is not None and village not in villages:
        raise BadRow(row, OTHER_VILLAGE, village=village)


def _check_moments(row: int, one: "NewReport", latest: datetime) -> None:
    moments = [moment for moment in (one.received_at, one.handed_at, one.closed_at) if moment]
    if moments != sorted(moments):
        raise BadRow(row, WRONG_ORDER)
    if moments[-1] > latest:
        raise BadRow(row, AHEAD)
    if one.state in _HANDED and one.handed_at is None:
        raise BadRow(row, NO_TIME)


def _check_words(row: int, account: str) -> None:
    if account and (reason := _wrong_words(account)):
        raise BadRow(row, reason)


@lru_cache(maxsize=500)
def _wrong_words(account: str) -> str:
    """Why a text may not be kept; empty when it may. Logs repeat themselves, scanning is slow."""
    try:
        check_account(account, confirm_words=False)
    except Refused as refused:
        return refused.sentences()[1]
    return ""


def _check_cases(commune: Territory, cases: Sequence["NewCase"], led: set[UUID | None]) -> None:
    numbers = set(
        Case.everything.filter(territory=commune).order_by().values_list("number", flat=True)
    )
    today = clock.today()
    for row, one in enumerate(cases, start=1):
        if one.id not in led:
            raise BadRow(row, NO_REPORT)
        if one.number in numbers:
            raise BadRow(row, NUMBER_TWICE, number=one.number)
        numbers.add(one.number)
        if (one.concluded_on or one.confirmed_on) > today:
            raise BadRow(row, AHEAD)
        if one.concluded_on is not None and one.concluded_on < one.confirmed_on:
            raise BadRow(row, WRONG_ORDER)


def _in_force(commune: Territory) -> dict[UUID, tuple[date, date]]:
    rows = Team.everything.filter(territory=commune).order_by()
    return {
        team: (start, end or date.max)
        for team, start, end in rows.values_list("id", "established_on", "dissolved_on")
    }
