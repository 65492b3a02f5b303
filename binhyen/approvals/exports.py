# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gate that lists with personal data call before a file leaves."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.approvals import actions, queries
from binhyen.approvals.choices import State, What
from binhyen.approvals.permissions import ASK
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.pages import actor_of
from binhyen.core.templatetags.show import number
from binhyen.territory.models import Territory

__all__ = ["What", "check_alone", "let_out"]


class NarrowFirst(Refused):
    """A file with more rows than this reader may take, or ask for."""

    what = _("The file was not made.")
    why = _("It would hold %(rows)s rows with personal data; alone you take at most %(limit)s.")
    remedy = _("Narrow the list with a filter.")


class SecondPersonNeeded(NarrowFirst):
    """A file that somebody else must approve first."""

    remedy = _("Narrow the list with a filter, or ask a second person to approve the file.")


class SecondPersonWaits(NarrowFirst):
    """A file that was asked for and waits."""

    remedy = _("You have asked for it; it waits for a second person.")


class ReadyOnce(Refused):
    """A file that was approved: one more click, which a link from elsewhere cannot make."""

    what = _("The file is approved.")
    why = _("%(name)s approved it. It can be made once; this one holds %(rows)s rows.")
    remedy = _("Keep it where only those can open it who need it, and delete it afterwards.")


def check_alone(rows: int) -> None:
    """Refuse a program what a person takes only with a second one. Raises NarrowFirst."""
    if rows > settings.EXPORT_ROWS_ALONE:
        raise NarrowFirst(rows=number(rows), limit=number(settings.EXPORT_ROWS_ALONE))


def let_out(request: HttpRequest, *, what: What, rows: int, where: Territory | None) -> None:
    """Let a file with so many rows of personal data go, or raise what is missing.

    A few rows go at once. More go once, by a click of their own, when somebody else approved them;
    the approval is used up even if the file gets lost on its way.
    """
    actor = actor_of(request)
    if actor is None:
        raise Forbidden
    if rows <= settings.EXPORT_ROWS_ALONE:
        return
    said, limit = number(rows), number(settings.EXPORT_ROWS_ALONE)
    if where is None or not actor.can(ASK, where):
        raise NarrowFirst(rows=said, limit=limit)
    approved = queries.own(actor, what=what, territory=where, state=State.APPROVED)
    found = approved.filter(rows__gte=rows).order_by("rows", "id").first()
    if found is None:
        waiting = queries.own(actor, what=what, territory=where, state=State.ASKED).first()
        if waiting is not None:
            address = reverse("approval", args=[waiting.id])
            raise SecondPersonWaits(rows=said, limit=limit).offering(_("See the request"), address)
        address = reverse("approval-ask", args=[what, where.code, rows])
        refusal = SecondPersonNeeded(rows=said, limit=limit)
        raise refusal.offering(_("Ask a second person"), address)
    if request.method != "POST":
        ready = ReadyOnce(name=found.answered_by_name, rows=said)
        raise ready.offering(_("Make the file now"), request.get_full_path(), posts=True)
    actions.use(by=actor, approval=found, rows=rows)
