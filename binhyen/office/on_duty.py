# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is on duty now, who is overdue, who has not acknowledged: shifts and patrols on one page.

Silence is the alarm: a duty that should have begun or ended, and about which nobody said anything,
stands first. A shift for a patrol has begun when a patrol of its team has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.calls.alarm import alarm_for
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Text
from binhyen.core.pages import Action, Badge, Column, Section, record_page
from binhyen.core.templatetags.show import moment
from binhyen.duty import queries as duty
from binhyen.duty.choices import ShiftKind
from binhyen.duty.models import Shift
from binhyen.duty.month import hours
from binhyen.duty.permissions import VIEW_ROSTER
from binhyen.patrols import queries as patrols
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import VIEW_PATROL

SOON = timedelta(hours=24)
"""How far ahead a duty that nobody acknowledged is shown."""
AROUND = timedelta(hours=2)
"""How long before a shift its patrol may have begun."""
LONG_SILENT = timedelta(days=7)
"""After how long a silent shift is left to the history."""
MOST = 200


@dataclass(frozen=True)
class OnDuty:
    """One shift or patrol as this page shows it."""

    what: Text
    team: str
    since: datetime
    until: datetime
    place: str
    state: Badge
    url: str


def overdue_shifts(actor: Actor, now: datetime) -> QuerySet[Shift]:
    """Shifts of the reader's area that should have begun or ended, and nobody said so."""
    silence = timedelta(minutes=settings.DUTY_SILENCE_MINUTES)
    rows = duty.shifts_in(scope=actor.scope(VIEW_ROSTER)).filter(duty.late(now, silence))
    walked = Patrol.everything.filter(
        team=OuterRef("team"),
        state__in=[PatrolState.UNDER_WAY, PatrolState.DONE],
        started_at__gte=OuterRef("starts_at") - AROUND,
        started_at__lt=OuterRef("ends_at"),
    )
    rows = rows.filter(on_day__gte=clock.day_of(now - LONG_SILENT))
    return rows.exclude(Q(kind=ShiftKind.PATROL) & Exists(walked))


def unacknowledged_shifts(actor: Actor, now: datetime) -> QuerySet[Shift]:
    """Shifts that begin within a day with somebody who has not acknowledged."""
    rows = duty.shifts_in(scope=actor.scope(VIEW_ROSTER)).filter(
        on_day__gte=clock.day_of(now), on_day__lte=clock.day_of(now + SOON)
    )
    return duty.unacknowledged(rows, now, SOON)


@signed_in(VIEW_ROSTER, VIEW_PATROL)
def on_duty(request: ActorRequest) -> HttpResponse:
    """The three lists. They name teams and places; whoever serves stands behind each link."""
    actor, now = request.actor, clock.now()
    recent = clock.day_of(now - LONG_SILENT)
    shifts = duty.shifts_in(scope=actor.scope(VIEW_ROSTER)).filter(on_day__gte=recent)
    rows = patrols.patrols_in(scope=actor.scope(VIEW_PATROL))
    out = rows.filter(state=PatrolState.UNDER_WAY)
    late = overdue_shifts(actor, now)
    silent = [
        *(_shift(one, Badge(_silence(one), "needs")) for one in late[:MOST]),
        *(_patrol(one, Badge(_patrol_silence(one), "needs"))
          for one in rows.filter(patrols.late(now))[:MOST]),
    ]  # fmt: skip
    now_out = [
        *(_shift(one, _shift_state(one))
          for one in shifts.filter(duty.under_way(now)).exclude(pk__in=_keys(late))[:MOST]),
        *(_patrol(one, Badge(PatrolState.UNDER_WAY.label, "main"))
          for one in out.exclude(patrols.late(now))[:MOST]),
    ]  # fmt: skip
    waiting = [
        _shift(one, Badge(_("Not acknowledged by everybody"), "needs"))
        for one in unacknowledged_shifts(actor, now)[:MOST]
    ]
    return record_page(
        request,
        title=_("Who is on duty"),
        kind=moment(now),
        template="office/on_duty.html",
        alarm=alarm_for(actor),
        facts=[],
        actions=[Action(_("Duty roster"), reverse("roster"), "calendar", verb=VIEW_ROSTER)],
        sections=[
            _section(_("Overdue"), silent, _("Nothing is overdue."),
                     _("Something should have begun or ended by now, and nobody said so."
                       " Call the team.")),
            _section(_("On duty now"), now_out, _("Nobody is on duty at this moment."), ""),
            _section(_("Not acknowledged, within a day"), waiting,
                     _("Everybody who serves within a day has acknowledged."), ""),
        ],
    )  # fmt: skip


def _keys(rows: QuerySet[Shift]) -> QuerySet[Any, Any]:
    return rows.order_by().values("pk")


def _section(title: Text, records: list[OnDuty], empty: Text, note: Text) -> Section:
    records.sort(key=lambda one: one.since)
    return Section(
        title,
        columns=(
            Column("team", _("Team"), lambda one: one.team),
            Column("what", _("What"), lambda one: one.what),
            Column("since", _("From"), lambda one: one.since),
            Column("until", _("Until"), lambda one: one.until, hide_narrow=True),
            Column("place", _("Where"), lambda one: one.place),
            Column("state", _("State"), lambda one: one.state),
        ),
        records=records,
        row_url=lambda one: one.url,
        empty=empty,
        note=note if records else "",
    )


def _shift(one: Any, state: Badge) -> OnDuty:
    return OnDuty(
        f"{one.get_kind_display()}, {hours(one)}", one.team.name, one.began_at or one.starts_at,
        one.ends_at, one.place, state, reverse("shift", args=[one.id]),
    )  # fmt: skip


def _patrol(one: Patrol, state: Badge) -> OnDuty:
    return OnDuty(
        _("Patrol"), one.team.name, one.started_at or one.planned_start, one.planned_end,
        one.route, state, reverse("patrol", args=[one.id]),
    )  # fmt: skip


def _silence(one: Shift) -> Text:
    return _("Has not begun") if one.began_at is None else _("Has not ended")


def _patrol_silence(one: Patrol) -> Text:
    return _("Has not begun") if one.started_at is None else _("Has not ended")


def _shift_state(one: Shift) -> Badge:
    if one.began_at is None:
        return Badge(_("Should have begun"), "plain")
    return Badge(_("Under way"), "main")
