# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a report, a case and a dispute must satisfy, and the refusals that say what is wrong."""

import re
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from binhyen.accounts.choices import Role
from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.errors import Refused, Text
from binhyen.core.templatetags.show import day as said_day
from binhyen.core.templatetags.show import moment as said_moment
from binhyen.incidents.choices import (
    Category,
    DisputeState,
    Outcome,
    ReportState,
    WithdrawReason,
)
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.incidents.rules import WITH_POLICE, dispute_may_go, last_day_to_forget, report_may_go
from binhyen.teams.models import Team
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

CLOCK_SKEW = timedelta(minutes=10)
"""How far ahead a phone's clock may be."""
POLICE_ROLES = frozenset({Role.COMMUNE_POLICE, Role.COMMUNE_POLICE_HEAD})
_CASE_NUMBER = re.compile(r"[^\W_](?:[^\W_]|[./-])*")


class NoCategory(Refused):
    """A report or case without a category."""

    field = "category"
    why = _(
        "It has no category. A team reports violations of law, social evils and domestic violence"
        " (Law 30/2023 Art. 7(1)), and disputes, fires, accidents and natural disasters."
    )
    remedy = _("Choose the category that fits; what fits none is not recorded.")


class UnknownCategory(NoCategory):
    """A category that the closed list does not hold."""

    why = _(
        "“%(category)s” is not in the closed list: violations of law, social evils, domestic"
        " violence (Law 30/2023 Art. 7(1)), disputes, fires, accidents, natural disasters."
    )


class InTheFuture(Refused):
    """A moment or day that has not come yet."""

    why = _("%(moment)s has not come yet.")
    remedy = _("Correct day and time; Viet Nam time counts.")


class HandedBeforeReceived(Refused):
    """A hand-over before the receipt."""

    field = "handed_at"
    why = _("It was received at %(received)s and cannot be handed over at %(handed)s.")
    remedy = _("Correct one of the two times.")


class ClosedBeforeHanded(Refused):
    """A closing before commune police had the report."""

    field = "closed_at"
    why = _("Commune police received it at %(handed)s, which is after %(closed)s.")
    remedy = _("Correct the time of closing.")


class HandOverNotCorrected(Refused):
    """A correction that would make or undo a hand-over."""

    field = "handed_at"
    why = _("A correction mends the time of a hand-over; it neither makes nor undoes one.")
    remedy = _("Use “Hand over”, or withdraw the report and record it anew.")


class TeamOutsideCommune(Refused):
    """A report of a team in a commune that is not its own."""

    field = "team"
    why = _("The team “%(team)s” belongs to %(own)s, not to %(commune)s.")
    remedy = _("Choose a team of this commune.")


class TeamNotInForce(Refused):
    """A report of a team on a day on which it does not exist."""

    field = "team"
    why = _("The team “%(team)s” does not exist on %(day)s.")
    remedy = _("Check the date, or choose the team that exists on that day.")


class VillageElsewhere(Refused):
    """A place that is no village of the team's commune on that day."""

    field = "village"
    why = _("%(village)s is no village or residential group of %(commune)s on %(day)s.")
    remedy = _("Choose a village of this commune, or leave it empty.")


class WrongState(Refused):
    """A step that does not follow from the present state."""

    field = "state"
    what = _("Nothing was changed.")
    why = _("It is in the state “%(state)s”, from which “%(to)s” does not follow.")
    remedy = _("Open it again: the page shows what can be done next.")


class OfficerElsewhere(Refused):
    """An officer who does not serve in the commune's police today."""

    field = "officer"
    why = _("%(officer)s does not serve in the police of %(commune)s today.")
    remedy = _("Choose an officer of this commune.")


class NoReason(Refused):
    """A withdrawal without a reason of the closed list."""

    field = "reason"
    why = _("A report leaves the figures only for a reason of the list.")
    remedy = _("Choose the reason.")


class NoReports(Refused):
    """A case to which no report leads."""

    field = "reports"
    why = _("No report is chosen that leads to the case.")
    remedy = _("Choose at least one report.")


class ReportElsewhere(Refused):
    """Reports and case of different communes."""

    field = "reports"
    why = _("A report of %(report)s does not lead to a case of %(case)s.")
    remedy = _("Choose reports and case of one commune.")


class ReportNotWithPolice(Refused):
    """A report that commune police do not have, or have done with."""

    field = "reports"
    why = _("A report is in the state “%(state)s”; only reports that police deal with are linked.")
    remedy = _("Hand the report over first, or leave it out.")


class AlreadyInCase(Refused):
    """A report that already led to a case."""

    field = "reports"
    why = _("The report of %(day)s already led to case %(case)s.")
    remedy = _("Leave it out, or look at that case.")


class BadCaseNumber(Refused):
    """A case number that is none."""

    field = "number"
    why = _("“%(number)s” is not the number of a case: letters, figures, and / . - between them.")
    remedy = _("Write the number as the police register has it, such as 12/2026.")


class CaseNumberTaken(Refused):
    """A case number that the commune already used."""

    field = "number"
    why = _("%(commune)s already has a case %(number)s.")
    remedy = _("Link the reports to that case, or correct the number.")


class ConfirmedBeforeReported(Refused):
    """A case confirmed before the first report that leads to it."""

    field = "confirmed_on"
    why = _("The first of its reports came on %(first)s, after %(confirmed)s.")
    remedy = _("Correct the day, or choose the reports that led to the case.")


class NoOutcome(Refused):
    """A conclusion without an outcome of the closed list."""

    field = "outcome"
    why = _("A case is concluded with an outcome of the list; police confirm which.")
    remedy = _("Choose the outcome.")


class CaseConcluded(Refused):
    """A second conclusion."""

    field = "outcome"
    why = _("Case %(number)s was concluded on %(day)s.")
    remedy = _("Open the case; nothing more is needed.")


class ConcludedBeforeConfirmed(Refused):
    """A conclusion before the confirmation."""

    field = "concluded_on"
    why = _("The case was confirmed on %(confirmed)s and cannot be concluded on %(concluded)s.")
    remedy = _("Correct the day.")


class ClosedBeforeNoticed(Refused):
    """A dispute closed before it was noticed."""

    field = "closed_on"
    why = _("The dispute was noticed on %(noticed)s and cannot be closed on %(closed)s.")
    remedy = _("Correct the day.")


class TextStillKept(Refused):
    """Erasing texts that commune police may still need."""

    field = "before"
    why = _("Texts are kept 90 days after the hand-over; %(day)s lies within them.")
    remedy = _("Choose %(last)s or an earlier day.")


def check_category(category: str) -> Category:
    """The category, from the closed list. Raises NoCategory, UnknownCategory."""
    if not category:
        raise NoCategory
    if category not in Category.values:
        raise UnknownCategory(category=str(category)[:40])
    return Category(category)


def check_has_come(moment: datetime, *, field: str) -> None:
    """A moment that is past, give or take a phone's clock. Raises InTheFuture."""
    if moment > clock.now() + CLOCK_SKEW:
        raise InTheFuture(field=field, moment=said_moment(moment))


def check_day_has_come(day: date, *, today: date, field: str) -> None:
    """A day that is today or past. Raises InTheFuture."""
    if day > today:
        raise InTheFuture(field=field, moment=said_day(day))


def check_times(received_at: datetime, handed_at: datetime | None) -> None:
    """Receipt and hand-over in the past and in order. Raises InTheFuture, HandedBeforeReceived."""
    check_has_come(received_at, field="received_at")
    if handed_at is None:
        return
    check_has_come(handed_at, field="handed_at")
    if handed_at < received_at:
        raise HandedBeforeReceived(received=said_moment(received_at), handed=said_moment(handed_at))


def check_team(team: Team, day: date, commune: Territory | None = None) -> None:
    """A team of this commune that exists on a day. Raises TeamOutsideCommune, TeamNotInForce."""
    if commune is not None and team.territory_id != commune.pk:
        raise TeamOutsideCommune(
            team=team.name, own=team.territory.full_name, commune=commune.full_name
        )
    if not team.is_in_force(day):
        raise TeamNotInForce(team=team.name, day=said_day(day))


def check_village(village: Territory | None, commune: Territory, day: date) -> None:
    """A village of the commune that stands on a day, or none. Raises VillageElsewhere."""
    if village is None:
        return
    is_here = village.level == Level.VILLAGE and village.parent_id == commune.pk
    if not is_here or not village.is_in_force(day):
        raise VillageElsewhere(
            village=village.full_name, commune=commune.full_name, day=said_day(day)
        )


def check_report_step(report: Report, to: ReportState) -> None:
    """A step of a report that may follow. Raises WrongState."""
    if not report_may_go(report.state, to):
        raise WrongState(state=_label(ReportState(report.state)), to=_label(to))


def check_dispute_step(dispute: Dispute, to: str) -> DisputeState:
    """A step of a dispute that may follow. Raises WrongState."""
    known = to in DisputeState.values
    if not known or not dispute_may_go(dispute.state, to):
        wanted = _label(DisputeState(to)) if known else to[:40]
        raise WrongState(state=_label(DisputeState(dispute.state)), to=wanted)
    return DisputeState(to)


def check_closed(report: Report, closed_at: datetime) -> None:
    """A closing after the hand-over. Raises InTheFuture, ClosedBeforeHanded.

    People type minutes, the hand-over of a moment ago has seconds: the same minute is not before.
    """
    check_has_come(closed_at, field="closed_at")
    if report.handed_at is not None and closed_at < report.handed_at.replace(
        second=0, microsecond=0
    ):
        raise ClosedBeforeHanded(
            handed=said_moment(report.handed_at), closed=said_moment(closed_at)
        )


def check_correctable(report: Report, handed_at: datetime | None) -> None:
    """A report that still counts, and a hand-over where there is one.

    Raises WrongState, HandOverNotCorrected.
    """
    if report.state == ReportState.WITHDRAWN:
        raise WrongState(state=_label(ReportState.WITHDRAWN), to=_("Corrected"))
    if (report.handed_at is None) != (handed_at is None):
        raise HandOverNotCorrected


def check_officer(officer: User, commune: Territory, on: date) -> None:
    """Someone who serves in this commune's police on a day. Raises OfficerElsewhere."""
    serves = any(
        standing.role in POLICE_ROLES and standing.path == commune.path and standing.is_in_force(on)
        for standing in officer.actor(on).standings
    )
    if not serves:
        raise OfficerElsewhere(officer=officer.full_name, commune=commune.full_name)


def check_reason(reason: str) -> WithdrawReason:
    """A reason of the closed list. Raises NoReason."""
    if reason not in WithdrawReason.values:
        raise NoReason
    return WithdrawReason(reason)


def check_case_number(number: str, commune: Territory) -> None:
    """A number that the commune has not used. Raises BadCaseNumber, CaseNumberTaken."""
    if not _CASE_NUMBER.fullmatch(number):
        raise BadCaseNumber(number=number[:40])
    if Case.everything.filter(territory=commune, number=number).exists():
        raise CaseNumberTaken(number=number, commune=commune.full_name)


def check_linkable(
    reports: Collection[Report], commune: Territory, *, field: str = "reports"
) -> None:
    """Reports that police of this commune deal with and that led to no case yet.

    Raises NoReports, ReportElsewhere, ReportNotWithPolice, AlreadyInCase.
    """
    if not reports:
        raise NoReports(field=field)
    for report in reports:
        if report.territory_id != commune.pk:
            raise ReportElsewhere(
                field=field, report=report.territory.full_name, case=commune.full_name
            )
        if report.state not in WITH_POLICE:
            raise ReportNotWithPolice(field=field, state=_label(ReportState(report.state)))
        if report.case is not None:
            raise AlreadyInCase(field=field, day=said_day(report.on_day), case=report.case.number)


def check_confirmed(confirmed_on: date, reports: Sequence[Report], today: date) -> None:
    """A day of confirmation that fits. Raises InTheFuture, ConfirmedBeforeReported."""
    check_day_has_come(confirmed_on, today=today, field="confirmed_on")
    first = min(report.on_day for report in reports)
    if confirmed_on < first:
        raise ConfirmedBeforeReported(first=said_day(first), confirmed=said_day(confirmed_on))


def check_outcome(outcome: str) -> Outcome:
    """An outcome of the closed list. Raises NoOutcome."""
    if outcome not in Outcome.values:
        raise NoOutcome
    return Outcome(outcome)


def check_concluded(case: Case, concluded_on: date, today: date) -> None:
    """A first conclusion on a day that fits.

    Raises CaseConcluded, InTheFuture, ConcludedBeforeConfirmed.
    """
    if case.concluded_on is not None:
        raise CaseConcluded(number=case.number, day=said_day(case.concluded_on))
    check_day_has_come(concluded_on, today=today, field="concluded_on")
    if concluded_on < case.confirmed_on:
        raise ConcludedBeforeConfirmed(
            confirmed=said_day(case.confirmed_on), concluded=said_day(concluded_on)
        )


def check_dispute_closed(dispute: Dispute, closed_on: date, today: date) -> None:
    """A day of closing that fits. Raises InTheFuture, ClosedBeforeNoticed."""
    check_day_has_come(closed_on, today=today, field="closed_on")
    if closed_on < dispute.noticed_on:
        raise ClosedBeforeNoticed(noticed=said_day(dispute.noticed_on), closed=said_day(closed_on))


def check_forgettable(before: date, today: date) -> None:
    """A day before which texts may be erased. Raises TextStillKept."""
    last = last_day_to_forget(today)
    if before > last:
        raise TextStillKept(day=said_day(before), last=said_day(last))


def _label(choice: ReportState | DisputeState) -> Text:
    return choice.label
