# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, cases and disputes of the cast, made by the actions themselves."""

from datetime import datetime, timedelta
from typing import Any

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.incidents import actions
from binhyen.incidents.choices import Category, Channel, DisputeKind, ReportState
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.teams.models import Team
from tests import cast

MORNING = clock.at_vietnam(clock.today() - timedelta(days=10), 8, 30)
TEXT = "Đánh nhau trước chợ cá, có người bị thương"


def minutes_after(moment: datetime, minutes: int) -> datetime:
    """A moment some minutes later."""
    return moment + timedelta(minutes=minutes)


def a_report(by: Actor, team: Team, **more: Any) -> Report:
    """A report received in the morning of ten days ago, not handed over."""
    given = {
        "category": Category.VIOLATION,
        "channel": Channel.IN_PERSON,
        "received_at": MORNING,
        "account": TEXT,
    }
    return actions.receive_report(by=by, team=team, **(given | more))


def handed(by: Actor, team: Team, **more: Any) -> Report:
    """A report that was handed over five minutes after it was received."""
    at = more.get("received_at", MORNING)
    return a_report(by, team, **({"handed_at": minutes_after(at, 5)} | more))


def sealed(by: Actor, team: Team, **more: Any) -> Report:
    """A report of domestic violence, handed over."""
    return handed(by, team, category=Category.DOMESTIC_VIOLENCE, **more)


def assigned(police: Actor, team: Team, **more: Any) -> Report:
    """A report that the officer deals with."""
    report = handed(police, team, **more)
    return actions.assign_report(by=police, report=report, officer=an_officer(police))


def an_officer(police: Actor) -> User:
    """The account of a commune police officer."""
    return cast.an_account(police)


def a_case(police: Actor, *reports: Report, **more: Any) -> Case:
    """A case to which these reports led, confirmed the day after the morning."""
    given = {
        "number": "12/2026",
        "category": Category.VIOLATION,
        "confirmed_on": clock.day_of(MORNING) + timedelta(days=1),
    }
    return actions.confirm_case(by=police, reports=reports, **(given | more))


def a_dispute(by: Actor, team: Team, **more: Any) -> Dispute:
    """A dispute between neighbours, noticed ten days ago."""
    given = {"kind": DisputeKind.NEIGHBOURS, "noticed_on": clock.day_of(MORNING)}
    return actions.notice_dispute(by=by, team=team, **(given | more))


def in_state(state: ReportState, police: Actor, team: Team) -> Report:
    """A report in any of its states, come there step by step."""
    if state is ReportState.RECEIVED:
        return a_report(police, team)
    if state is ReportState.HANDED:
        return handed(police, team)
    if state is ReportState.ASSIGNED:
        return assigned(police, team)
    if state is ReportState.CLOSED:
        report = assigned(police, team)
        return actions.close_report(by=police, report=report, closed_at=minutes_after(MORNING, 600))
    return actions.withdraw_report(by=police, report=handed(police, team), reason="in_error")
