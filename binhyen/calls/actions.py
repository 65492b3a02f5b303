# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calling for help, answering, closing, taking back, forgetting where it was."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.calls import rules
from binhyen.calls.choices import CallState, Outcome
from binhyen.calls.models import HelpCall
from binhyen.calls.permissions import ANSWER_CALL, CALL_FOR_HELP, TAKE_BACK_CALL
from binhyen.calls.refusals import CallIsOver, OwnCall, SeenAlready
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.models import path_range
from binhyen.core.templatetags.show import moment
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

POINT_DAYS, PLACE_DAYS = 30, 90
"""How long a call keeps its point, and its words about where it was and what came of it."""

_CLOSED = ["state", "closed_at", "closed_by", "outcome", "note"]


@transaction.atomic
def call_for_help(
    *,
    by: Actor,
    team: Team,
    at: datetime,
    place: str = "",
    patrol_id: UUID | None = None,
    point: tuple[float, float] | None = None,
    as_id: UUID | None = None,
    op_id: UUID | None = None,
) -> HelpCall:
    """Call for help in the name of whoever acts.

    However old, it is recorded; what lies in the future is now. A point is kept of a call on a
    patrol only, and one outside the country is left out rather than refused.
    """
    by.require(CALL_FOR_HELP, team.territory, team=team.id)
    if done := done_before(op_id, HelpCall, "help.called", by=by, team_id=team.pk):
        return done
    now = clock.now()
    known = rules.whole_point(*point) if point and patrol_id else None
    latitude, longitude = known or (None, None)
    called_at = min(at, now)
    call = HelpCall(
        id=as_id or uuid7(),
        team=team,
        territory=team.territory,
        member_id=by.member_id,
        called_by_id=by.id,
        called_by=by.name,
        on_day=clock.day_of(called_at),
        called_at=called_at,
        arrived_at=now,
        patrol_id=patrol_id,
        place=clean(place),
        latitude=latitude,
        longitude=longitude,
    )
    save(call)
    record("help.called", call, by=by, where=call.territory, on=call.on_day, op_id=op_id,
           at=called_at.isoformat())  # fmt: skip
    return call


@transaction.atomic
def see_call(
    *, by: Actor, call: HelpCall, at: datetime | None = None, op_id: UUID | None = None
) -> HelpCall:
    """Say that one knows of a call and does something: the caller reads one's name.

    Raises OwnCall, SeenAlready, CallIsOver.
    """
    by.require(ANSWER_CALL, call.territory, team=call.team_id)
    if done := done_before(op_id, HelpCall, "help.seen", by=by, pk=call.pk):
        return done
    call = _fresh(call)
    if call.called_by_id == by.id:
        raise OwnCall
    if call.seen_at is not None:
        raise SeenAlready(name=call.seen_by, moment=moment(call.seen_at))
    _step(call, CallState.SEEN)
    call.seen_at, call.seen_by = _not_after_now(at), by.name
    save(call, only=["state", "seen_at", "seen_by"])
    record("help.seen", call, by=by, where=call.territory, on=call.on_day, op_id=op_id)
    return call


@transaction.atomic
def close_call(
    *,
    by: Actor,
    call: HelpCall,
    outcome: Outcome,
    note: str = "",
    at: datetime | None = None,
    op_id: UUID | None = None,
) -> HelpCall:
    """Close a call with how it came out; seen or not. Raises CallIsOver, Invalid."""
    by.require(ANSWER_CALL, call.territory, team=call.team_id)
    return _close(by, call, outcome, note, at, op_id)


@transaction.atomic
def take_back_call(
    *,
    by: Actor,
    call: HelpCall,
    outcome: Outcome,
    at: datetime | None = None,
    op_id: UUID | None = None,
) -> HelpCall:
    """Say of one's own call that it is over. Raises CallIsOver."""
    by.require(TAKE_BACK_CALL, call.territory, member=call.member_id)
    return _close(by, call, outcome, "", at, op_id)


@transaction.atomic
def forget_places(*, by: Actor, territory: Territory, today: date) -> int:
    """Erase the points of calls after 30 days and their words after 90; how many calls it was.

    A bulk action with one event. Who called, when, and how it came out stay.
    """
    by.require(ANSWER_CALL, territory)
    rows = HelpCall.everything.filter(path_range("territory__path", territory.path))
    points = rows.filter(on_day__lt=today - timedelta(days=POINT_DAYS), latitude__isnull=False)
    erased = points.update(latitude=None, longitude=None)
    worded = rows.filter(on_day__lt=today - timedelta(days=PLACE_DAYS))
    erased += worded.exclude(place="", note="").update(place="", note="")
    record("help.places_erased", territory, by=by, where=territory, on=today, calls=erased)
    return erased


def _close(
    by: Actor, call: HelpCall, outcome: Outcome, note: str, at: datetime | None, op_id: UUID | None
) -> HelpCall:
    if done := done_before(op_id, HelpCall, "help.closed", by=by, pk=call.pk):
        return done
    call = _fresh(call)
    _step(call, CallState.CLOSED)
    call.closed_at, call.closed_by = _not_after_now(at), by.name
    call.outcome, call.note = outcome, clean(note)
    save(call, only=_CLOSED)
    record("help.closed", call, by=by, where=call.territory, on=call.on_day, op_id=op_id,
           outcome=str(outcome))  # fmt: skip
    return call


def _step(call: HelpCall, after: CallState) -> None:
    if not rules.may_go(CallState(call.state), after):
        raise CallIsOver(moment=moment(call.closed_at) if call.closed_at else "…")
    call.state = after


def _not_after_now(at: datetime | None) -> datetime:
    now = clock.now()
    return now if at is None else min(at, now)


def _fresh(call: HelpCall) -> HelpCall:
    """The call as it stands now, held until this transaction ends."""
    rows = HelpCall.everything.select_related("team", "territory")
    return rows.select_for_update(of=("self",)).get(pk=call.pk)
