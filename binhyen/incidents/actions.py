# SPDX-License-Identifier: AGPL-3.0-or-later
"""Receiving, handing over, assigning, closing, withdrawing and correcting reports.

Cases stand in `actions_cases.py`, disputes in `actions_disputes.py`; both are offered here as well.
Events hold classes and times, never a text; the class of a sealed report is written as "sealed".
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from binhyen.accounts.models import User
from binhyen.attachments.keeping import erase_of
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.ids import uuid7
from binhyen.core.models import path_range
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.incidents import checks, queries
from binhyen.incidents.actions_cases import conclude_case, confirm_case, link_report
from binhyen.incidents.actions_disputes import close_dispute, notice_dispute
from binhyen.incidents.choices import Category, Channel, ReportState, WithdrawReason
from binhyen.incidents.models import Case, Report
from binhyen.incidents.permissions import (
    RECEIVE_REPORT,
    TRIAGE_REPORT,
    VIEW_SEALED,
    verb_to_change,
)
from binhyen.incidents.rules import handover_minutes, is_sealed
from binhyen.incidents.words import check_account
from binhyen.teams.models import Team
from binhyen.territory.models import Territory

__all__ = [
    "assign_report",
    "close_dispute",
    "close_report",
    "conclude_case",
    "confirm_case",
    "correct_report",
    "forget_accounts",
    "hand_over",
    "link_report",
    "notice_dispute",
    "receive_report",
    "withdraw_report",
]

_HAND_OVER = ["handed_at", "handed_on", "handover_min"]


@transaction.atomic
def receive_report(
    *,
    by: Actor,
    team: Team,
    category: Category | str,
    channel: Channel | str,
    received_at: datetime,
    village: Territory | None = None,
    account: str = "",
    handed_at: datetime | None = None,
    confirm_words: bool = False,
    commune: Territory | None = None,
    as_id: UUID | None = None,
    op_id: UUID | None = None,
) -> Report:
    """Record what a team was told or saw, handed over at once if `handed_at` is given.

    Source: Law 30/2023 Art. 7(1) (what a report is about), 7(2) (report at once).
    Raises NoCategory, UnknownCategory, InTheFuture, HandedBeforeReceived, TeamOutsideCommune,
    TeamNotInForce, VillageElsewhere, PersonInText, MinorInText, WordsToConfirm.
    """
    by.require(RECEIVE_REPORT, team.territory, team=team.id)
    if done := done_before(op_id, Report, "report.received", by=by, team_id=team.pk,
                           category=category, received_at=received_at,
                           account=clean(account)):  # fmt: skip
        return done
    category = checks.check_category(category)
    checks.check_times(received_at, handed_at)
    day = clock.day_of(received_at)
    checks.check_team(team, day, commune)
    checks.check_village(village, team.territory, day)
    account = clean(account)
    was_confirmed = check_account(account, confirm_words=confirm_words)
    report = Report(
        id=as_id or uuid7(),
        territory=team.territory,
        team=team,
        village=village,
        category=category,
        channel=channel,
        on_day=day,
        received_at=received_at,
        account=account,
        is_sealed=is_sealed(category),
    )
    if handed_at is not None:
        report.state = ReportState.HANDED
        _hand(report, handed_at)
    save(report)
    record("report.received", report, by=by, where=report.territory, on=day, op_id=op_id,
           category=_class_of(report), channel=str(channel), minutes=report.handover_min,
           words_confirmed=was_confirmed)  # fmt: skip
    return report


@transaction.atomic
def hand_over(
    *, by: Actor, report: Report, handed_at: datetime, op_id: UUID | None = None
) -> Report:
    """Hand a report to commune police and keep the minutes that it took.

    Source: Law 30/2023 Art. 7(2).
    Raises WrongState, InTheFuture, HandedBeforeReceived.
    """
    by.require(RECEIVE_REPORT, report.territory, team=report.team_id)
    if done := done_before(op_id, Report, "report.handed", by=by, pk=report.pk):
        return done
    report = queries.fresh_report(report)
    checks.check_report_step(report, ReportState.HANDED)
    checks.check_times(report.received_at, handed_at)
    report.state = ReportState.HANDED
    _hand(report, handed_at)
    save(report, only=["state", *_HAND_OVER])
    record("report.handed", report, by=by, where=report.territory, on=report.on_day, op_id=op_id,
           minutes=report.handover_min)  # fmt: skip
    return report


@transaction.atomic
def assign_report(*, by: Actor, report: Report, officer: User, op_id: UUID | None = None) -> Report:
    """Give a handed-over report to an officer, or one that is dealt with to another officer.

    Source: Law 30/2023 Art. 5(1)(b).
    Raises WrongState, OfficerElsewhere.
    """
    by.require(TRIAGE_REPORT, report.territory)
    if done := done_before(op_id, Report, "report.assigned", by=by, pk=report.pk):
        return done
    report = queries.fresh_report(report)
    if report.state != ReportState.ASSIGNED:
        checks.check_report_step(report, ReportState.ASSIGNED)
    checks.check_officer(officer, report.territory, by.on)
    report.state, report.assigned_to = ReportState.ASSIGNED, officer.id
    save(report, only=["state", "assigned_to"])
    record("report.assigned", report, by=by, where=report.territory, on=report.on_day, op_id=op_id)
    return report


@transaction.atomic
def close_report(
    *,
    by: Actor,
    report: Report,
    closed_at: datetime,
    case: Case | None = None,
    op_id: UUID | None = None,
) -> Report:
    """Close a report that was dealt with; with a case, it led to that case.

    Raises WrongState, InTheFuture, ClosedBeforeHanded, ReportElsewhere, AlreadyInCase.
    """
    by.require(TRIAGE_REPORT, report.territory)
    if done := done_before(op_id, Report, "report.closed", by=by, pk=report.pk):
        return done
    report = queries.fresh_report(report)
    checks.check_report_step(report, ReportState.CLOSED)
    checks.check_closed(report, closed_at)
    if case is not None and report.case_id != case.pk:
        link_report(by=by, report=report, case=case)
        report = queries.fresh_report(report)
    report.state, report.closed_at = ReportState.CLOSED, closed_at
    save(report, only=["state", "closed_at"])
    record("report.closed", report, by=by, where=report.territory, on=report.on_day, op_id=op_id)
    return report


@transaction.atomic
def withdraw_report(
    *, by: Actor, report: Report, reason: WithdrawReason | str, op_id: UUID | None = None
) -> Report:
    """Take a report out of the figures, for a reason of the closed list.

    While the team has it the team may; once commune police have it, only they.
    Raises WrongState, NoReason.
    """
    by.require(verb_to_change(report.state), report.territory, team=report.team_id)
    if done := done_before(op_id, Report, "report.withdrawn", by=by, pk=report.pk):
        return done
    report = _fresh_to_change(by, report)
    checks.check_report_step(report, ReportState.WITHDRAWN)
    reason = checks.check_reason(reason)
    report.state = ReportState.WITHDRAWN
    save(report, only=["state"])
    record("report.withdrawn", report, by=by, where=report.territory, on=report.on_day,
           op_id=op_id, reason=str(reason))  # fmt: skip
    return report


@transaction.atomic
def correct_report(
    *,
    by: Actor,
    report: Report,
    category: Category | str,
    received_at: datetime,
    handed_at: datetime | None,
    account: str,
    confirm_words: bool = False,
    op_id: UUID | None = None,
) -> Report:
    """Put category, times or text right; the event keeps old and new class, never the text.

    While the team has it the team may; once commune police have it, only they. Taking a report out
    of domestic violence unseals it, which those may who read sealed reports.
    Raises WrongState, NoCategory, UnknownCategory, HandOverNotCorrected, InTheFuture,
    HandedBeforeReceived, TeamNotInForce, PersonInText, MinorInText, WordsToConfirm.
    """
    by.require(verb_to_change(report.state), report.territory, team=report.team_id)
    if done := done_before(op_id, Report, "report.corrected", by=by, pk=report.pk):
        return done
    report = _fresh_to_change(by, report)
    if report.is_sealed:
        by.require(VIEW_SEALED, report.territory)
    checks.check_correctable(report, handed_at)
    category = checks.check_category(category)
    checks.check_times(received_at, handed_at)
    day = clock.day_of(received_at)
    checks.check_team(report.team, day)
    account = clean(account)
    was_confirmed = check_account(account, confirm_words=confirm_words)
    old_class, old_day, old_account = _class_of(report), report.on_day, report.account
    report.category, report.is_sealed = category, is_sealed(category)
    report.received_at, report.on_day, report.account = received_at, day, account
    if handed_at is not None:
        _hand(report, handed_at)
    save(report, only=["category", "is_sealed", "received_at", "on_day", "account", *_HAND_OVER])
    if report.is_sealed and report.case is not None:
        report.case.is_sealed = True
        save(report.case, only=["is_sealed"])
    record("report.corrected", report, by=by, where=report.territory, on=day, op_id=op_id,
           was_on=old_day if old_day != day else None, old=old_class, new=_class_of(report),
           minutes=report.handover_min, text_changed=old_account != account,
           words_confirmed=was_confirmed)  # fmt: skip
    return report


@transaction.atomic
def forget_accounts(*, by: Actor, territory: Territory, before: date) -> int:
    """Erase texts and files of reports handed over before a day, in one area; how many texts.

    A bulk action with one event. Category, place and times stay; a withdrawn report that was
    never handed over counts from the day of receipt.
    Raises TextStillKept when the day lies within the 90 days for which a text is kept.
    """
    by.require(TRIAGE_REPORT, territory)
    checks.check_forgettable(before, by.on)
    due = Q(handed_on__lt=before) | Q(
        state=ReportState.WITHDRAWN, handed_on__isnull=True, on_day__lt=before
    )
    rows = Report.everything.filter(due, path_range("territory__path", territory.path))
    files = erase_of(rows)
    erased = rows.exclude(account="").update(account="")
    record("incidents.texts_erased", territory, by=by, where=territory, on=by.on,
           before=before.isoformat(), reports=erased, files=files)  # fmt: skip
    return erased


def _hand(report: Report, handed_at: datetime) -> None:
    report.handed_at, report.handed_on = handed_at, clock.day_of(handed_at)
    report.handover_min = handover_minutes(report.received_at, handed_at)


def _class_of(report: Report) -> str:
    """The class that an event may hold."""
    return "sealed" if report.is_sealed else str(report.category)


def _fresh_to_change(by: Actor, report: Report) -> Report:
    """The report as it stands now; the right is asked again, as it may have moved on meanwhile."""
    report = queries.fresh_report(report)
    by.require(verb_to_change(report.state), report.territory, team=report.team_id)
    return report
