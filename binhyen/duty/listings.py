# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lists of leave and of swaps, for whoever decides about them and for oneself."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.core.actors import Purpose
from binhyen.core.events import record_reading
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Badge, Tone, actor_of
from binhyen.core.templatetags.show import weekday
from binhyen.duty.choices import LeaveState, SwapState
from binhyen.duty.models import Leave, SwapOffer
from binhyen.duty.month import hours
from binhyen.duty.permissions import ANSWER_DUTY

_LEAVE_TONES: dict[str, Tone] = {LeaveState.ASKED: "needs", LeaveState.GRANTED: "good"}
_SWAP_TONES: dict[str, Tone] = {
    SwapState.OFFERED: "main", SwapState.ACCEPTED: "needs", SwapState.APPROVED: "good",
}  # fmt: skip


def leave_badge(leave: Leave) -> Badge:
    """A leave's state in one or two words."""
    return Badge(LeaveState(leave.state).label, _LEAVE_TONES.get(leave.state, "plain"))


def swap_badge(offer: SwapOffer) -> Badge:
    """An offer's state in one or two words."""
    return Badge(SwapState(offer.state).label, _SWAP_TONES.get(offer.state, "plain"))


class _NamingListing(Listing):
    """A list that names members: what is shown is recorded, once for each team."""

    exports = False

    def team_of(self, row: Any) -> Any:
        """The team to which a row belongs."""
        return row.team

    def on_rows(self, request: HttpRequest, rows: Sequence[Any]) -> None:
        actor = actor_of(request)
        if actor is None:
            return
        for team in {one.pk: one for one in map(self.team_of, rows)}.values():
            record_reading(team, by=actor, where=team.territory, purpose=Purpose.DIRECT_DUTY,
                           what="roster")  # fmt: skip


class LeaveListing(_NamingListing):
    """Leave, the newest first."""

    name = "leave"
    title = _("Leave")
    counted = ngettext_lazy("%(count)s leave", "%(count)s leaves", "count")
    columns = (
        Column("first", _("First day"), lambda row: weekday(row.valid_from), sort="valid_from"),
        Column("last", _("Last day"), lambda row: weekday(row.valid_to - timedelta(days=1))),
        Column("member", _("Member"), lambda row: row.member.full_name,
               sort=("member__name_order", "valid_from")),
        Column("team", _("Team"), lambda row: row.team.name, hide_narrow=True),
        Column("state", _("State"), leave_badge, sort="state"),
    )  # fmt: skip
    filters = (
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _actor: LeaveState.choices),
    )  # fmt: skip
    empty_title = _("No leave yet")
    empty_help = _("When a member asks not to be assigned for some days, it is here.")

    def row_url(self, row: Any) -> str:
        return reverse("leave", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        if not request.actor.can_anywhere(ANSWER_DUTY):
            return []
        return [Action(_("Ask for leave"), reverse("leave-ask"), "plus", primary=True)]


class SwapListing(_NamingListing):
    """Swaps, the newest first."""

    name = "swaps"
    title = _("Swaps")
    counted = ngettext_lazy("%(count)s swap", "%(count)s swaps", "count")
    columns = (
        Column("day", _("Day"), lambda row: weekday(row.assignment.shift.on_day),
               sort="assignment__shift__on_day"),
        Column("time", _("Time"), lambda row: hours(row.assignment.shift)),
        Column("from", _("Whose duty"), lambda row: row.assignment.member.full_name),
        Column("to", _("Offered to"), lambda row: row.colleague.full_name),
        Column("state", _("State"), swap_badge, sort="state"),
    )  # fmt: skip
    filters = (
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _actor: SwapState.choices),
    )  # fmt: skip
    empty_title = _("No swap yet")
    empty_help = _("When a member offers a duty to a colleague, it is here.")

    def team_of(self, row: Any) -> Any:
        return row.assignment.shift.team

    def row_url(self, row: Any) -> str:
        return reverse("swap", args=[row.id])
