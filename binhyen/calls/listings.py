# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of calls for help: when and where, without names; they stand behind each line."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.calls.choices import CallState, Outcome
from binhyen.calls.record import call_badge, late_words
from binhyen.core.listing import Column, Filter, Listing


class CallListing(Listing):
    """Calls for help, the newest first."""

    name = "help-calls"
    title = _("Calls for help")
    counted = ngettext_lazy("%(count)s call for help", "%(count)s calls for help", "count")
    exports = False
    columns = (
        Column("called", _("Called at"), lambda row: row.called_at, sort="called_at"),
        Column("team", _("Team"), lambda row: row.team.name, sort="team__name_order"),
        Column("late", _("Came late"), late_words, hide_narrow=True),
        Column("outcome", _("How it came out"),
               lambda row: Outcome(row.outcome).label if row.outcome else ""),
        Column("state", _("State"), call_badge, sort="state"),
    )  # fmt: skip
    filters = (
        Filter("state", _("State"), "choice", lambda rows, state: rows.filter(state=state),
               lambda _actor: CallState.choices),
        Filter("open", _("Not over"), "flag",
               lambda rows, _yes: rows.exclude(state=CallState.CLOSED)),
    )  # fmt: skip
    empty_title = _("No call for help yet")
    empty_help = _("When a member presses “Call for help” on the phone, it is here at once.")

    def row_url(self, row: Any) -> str:
        return reverse("help-call", args=[row.id])
