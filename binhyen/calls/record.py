# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of one call: how it stands, what can be done, where and when, who answered."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from binhyen.calls import rules
from binhyen.calls.choices import CallState, Outcome
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import ANSWER_CALL, TAKE_BACK_CALL
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge
from binhyen.core.templatetags.show import moment


def call_badge(call: HelpCall) -> Badge:
    """A call's state in a few words; only one of these hours asks to be run to."""
    if call.state == CallState.CLOSED:
        return Badge(CallState.CLOSED.label, "good")
    if not rules.is_alarm(call.state, call.called_at, clock.now()):
        return Badge(_("Old, not closed"), "needs")
    return Badge(CallState(call.state).label, "main" if call.state == CallState.SEEN else "bad")


def late_words(call: HelpCall) -> str:
    """That a call came late and by how much; empty for one that came at once."""
    gap = rules.late_by(call.called_at, call.arrived_at)
    if gap is None:
        return ""
    return gettext("Made %(gap)s before it arrived here.") % {"gap": _gap(gap)}


def _gap(gap: timedelta) -> str:
    """A stretch of time in its largest unit.

    >>> _gap(timedelta(minutes=20)) and _gap(timedelta(days=3))
    '3 ngày'
    """
    minutes = int(gap.total_seconds() // 60)
    if minutes >= 48 * 60:
        days = minutes // (24 * 60)
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if minutes >= 120:
        hours = minutes // 60
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def call_facts(call: HelpCall) -> list[tuple[Text, Any]]:
    """Who, when, where, and what became of it."""
    facts: list[tuple[Text, Any]] = [
        (_("Who called"), call.called_by),
        (_("Team"), call.team.name),
        (_("Commune"), call.territory.full_name),
        (_("Called at"), moment(call.called_at)),
        (_("Arrived here at"), moment(call.arrived_at)),
    ]
    if late := late_words(call):
        facts.append((_("Came late"), late))
    if call.place:
        facts.append((_("Where"), call.place))
    if call.latitude is not None and call.longitude is not None:
        facts.append((_("Point of the phone"), _point(call.latitude, call.longitude)))
    if call.seen_at is not None:
        facts.append((_("Seen by"), f"{call.seen_by}, {moment(call.seen_at)}"))
    if call.closed_at is not None:
        facts.append((_("Closed by"), f"{call.closed_by}, {moment(call.closed_at)}"))
        facts.append((_("How it came out"), Outcome(call.outcome).label))
    if call.note:
        facts.append((_("Note"), call.note))
    return facts


def _point(latitude: float, longitude: float) -> str:
    """Opens the telephone's or computer's own map, if it has one; nothing is asked of others."""
    place = f"{latitude:.5f},{longitude:.5f}"
    return format_html('<a href="geo:{}">{}</a>', place, place)


def call_steps(actor: Actor, call: HelpCall) -> list[Action]:
    """What this reader can do with a call, the most likely step first."""
    if call.state == CallState.CLOSED:
        return []
    own = call.called_by_id == actor.id
    answers = actor.can(ANSWER_CALL, call.territory, team=call.team_id)
    shown = []
    if answers and not own and call.state == CallState.CALLED:
        shown.append(Action(_("I have seen it"), reverse("help-call-see", args=[call.id]), "eye",
                            primary=True, method="post"))  # fmt: skip
    if answers:
        shown.append(Action(_("It is over"), reverse("help-call-close", args=[call.id]), "check",
                            primary=not shown))  # fmt: skip
    elif actor.can(TAKE_BACK_CALL, call.territory, member=call.member_id):
        shown.append(Action(_("My call is over"), reverse("help-call-take-back", args=[call.id]),
                            "check", primary=True))  # fmt: skip
    return shown
