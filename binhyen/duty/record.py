# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page of one shift: state, what can happen next, facts, who is on it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge, Column, Section, Tone
from binhyen.core.templatetags.show import weekday
from binhyen.duty import queries
from binhyen.duty.choices import AssignmentState, DeclineReason, ShiftState
from binhyen.duty.models import Assignment, Shift
from binhyen.duty.month import hours
from binhyen.duty.permissions import ASSIGN_DUTY, TELL_DUTY
from binhyen.duty.readings import OpenShift

_TONES: dict[str, Tone] = {
    AssignmentState.ACKNOWLEDGED: "good",
    AssignmentState.ASSIGNED: "needs",
    AssignmentState.DECLINED: "bad",
    ShiftState.DRAFT: "plain",
}


def shift_badge(shift: Shift) -> Badge:
    """A shift's state in one or two words."""
    if shift.state == ShiftState.ASSIGNED and shift.ended_at is not None:
        return Badge(_("Has ended"), "good")
    if shift.state == ShiftState.ASSIGNED and is_overdue(shift):
        return Badge(_("Overdue: nothing was said"), "needs")
    if shift.state == ShiftState.ASSIGNED and shift.began_at is not None:
        return Badge(_("Under way"), "main")
    return Badge(ShiftState(shift.state).label, "plain")


def is_overdue(shift: Shift) -> bool:
    """Whether a beginning or an end should have been said by now."""
    silence = settings.DUTY_SILENCE_MINUTES * 60
    expected = shift.starts_at if shift.began_at is None else shift.ends_at
    return shift.ended_at is None and (clock.now() - expected).total_seconds() > silence


def assignment_badge(held: Assignment) -> Badge:
    """An assignment's state in one or two words."""
    return Badge(AssignmentState(held.state).label, _TONES.get(held.state, "plain"))


def shift_actions(actor: Actor, opened: OpenShift) -> list[Action]:
    """What can be done next, the most likely step first."""
    shift = opened.shift
    if shift.state == ShiftState.CANCELLED or shift.ended_at is not None:
        return []
    live = [one for one in opened.assignments if one.state in queries.LIVE]
    may = {
        verb: actor.can(verb, shift.territory, team=shift.team_id)
        for verb in (ASSIGN_DUTY, TELL_DUTY)
    }
    steps = []
    if shift.state == ShiftState.ASSIGNED and clock.now() >= shift.starts_at - _SOON:
        if shift.began_at is None:
            steps.append((TELL_DUTY, _step(shift, _("It has begun"), "shift-begin", "clock")))
        else:
            steps.append((TELL_DUTY, _step(shift, _("It has ended"), "shift-end", "check")))
    if shift.began_at is None:
        if len(live) < shift.needed:
            steps.append((ASSIGN_DUTY, _step(shift, _("Assign members"), "shift-assign", "plus")))
        steps.append((ASSIGN_DUTY, _step(shift, _("Change"), "shift-change")))
        steps.append((ASSIGN_DUTY, _step(shift, _("Call the shift off"), "shift-cancel")))
    shown = [action for verb, action in steps if may[verb]]
    return [
        Action(one.label, one.url, one.icon, primary=number == 0 and bool(one.icon))
        for number, one in enumerate(shown)
    ]


_SOON = timedelta(minutes=30)


def _step(shift: Shift, label: Text, name: str, icon: str = "") -> Action:
    return Action(label, reverse(name, args=[shift.id]), icon)


def shift_facts(opened: OpenShift) -> list[tuple[Text, Any]]:
    """What a shift is."""
    shift = opened.shift
    live = sum(one.state in queries.LIVE for one in opened.assignments)
    facts: list[tuple[Text, Any]] = [
        (_("Day"), weekday(shift.on_day)),
        (_("Time"), hours(shift)),
        (_("Team"), shift.team.name),
        (_("Commune"), shift.territory.full_name),
        (_("Where"), shift.place),
        (_("Plan or assignment of a competent person"), shift.plan_number),
        (_("Strength"), _("%(assigned)s of %(needed)s members") % {
            "assigned": live, "needed": shift.needed}),
    ]  # fmt: skip
    if shift.began_at is not None:
        facts.append((_("Began at"), shift.began_at))
    if shift.ended_at is not None:
        facts.append((_("Ended at"), shift.ended_at))
    return facts


def shift_sections(actor: Actor, opened: OpenShift) -> list[Section]:
    """Who is or was on it."""
    shift = opened.shift
    may = actor.can(ASSIGN_DUTY, shift.territory, team=shift.team_id)
    can_change = may and shift.state != ShiftState.CANCELLED and shift.ended_at is None

    def url(held: Assignment) -> str | None:
        live = held.state in queries.LIVE
        return reverse("duty-replace", args=[held.id]) if can_change and live else None

    note = _("Opening this page is recorded: who, when, why.")
    return [
        Section(
            _("Who serves"),
            columns=(
                Column("name", _("Full name"), lambda one: one.member.full_name),
                Column("state", _("State"), assignment_badge),
                Column("reason", _("Reason"), _reason),
                Column("answered", _("Answered at"), lambda one: one.answered_at,
                       hide_narrow=True),
            ),
            records=opened.assignments,
            row_url=url,
            empty=_("Nobody is assigned yet."),
            note=note,
        )
    ]  # fmt: skip


def _reason(held: Assignment) -> Text:
    return DeclineReason(held.reason).label if held.reason else ""
