# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of requests."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.approvals import queries
from binhyen.approvals.choices import State, What
from binhyen.approvals.models import Approval
from binhyen.core.actors import Actor
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Badge, Tone

_TONES: dict[str, Tone] = {State.ASKED: "main", State.APPROVED: "good", State.DECLINED: "bad"}


def badge(state: State) -> Badge:
    """A state in a word."""
    return Badge(state.label, _TONES.get(state, "plain"))


def last_day(row: Approval) -> date:
    """The last day included, as people write it."""
    return row.valid_to - timedelta(days=1)


class ApprovalListing(Listing):
    """Requests of the reader's area, the newest first."""

    name = "approvals"
    title = _("Acts of two persons")
    counted = ngettext_lazy("%(count)s request", "%(count)s requests", "count")
    default_sort = "-asked"
    exports = False
    empty_title = _("Nobody has asked for anything")
    empty_help = _(
        "Whoever wants to take away a long list with personal data asks here; somebody else"
        " approves it."
    )

    def __init__(self, actor: Actor) -> None:
        on = actor.on
        self.columns = (
            Column("what", _("What"), lambda row: capfirst(What(row.what).label), sort="what"),
            Column("place", _("Place"), lambda row: row.territory.full_name,
                   sort="territory__name_order"),
            Column("rows", _("Rows at most"), lambda row: row.rows, sort="rows", align="end",
                   hide_narrow=True),
            Column("asked", _("Asked at"), lambda row: row.asked_at, sort="asked_at"),
            Column("by", _("Asked by"), lambda row: row.asked_by_name, sort="asked_by_name"),
            Column("state", _("State"), lambda row: row.state_on(on), look=badge),
        )  # fmt: skip
        self.filters = (
            Filter("state", _("State"), "choice",
                   lambda rows, state: queries.standing(rows, state, on),
                   lambda _actor: State.choices),
            Filter("what", _("What"), "choice", lambda rows, what: rows.filter(what=what),
                   lambda _actor: What.choices),
        )  # fmt: skip

    def row_url(self, row: Any) -> str:
        return reverse("approval", args=[row.id])
