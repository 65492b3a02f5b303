# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, cases and disputes as they may be seen. No text is searched, and no person.

Two scopes go with every read of reports: `scope` for reports, `sealed` for those of domestic
violence. Who recorded a sealed report without being allowed to read it keeps a receipt: the times.
Lists never load the text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from binhyen.accounts.models import Appointment, User
from binhyen.core.actors import NOWHERE, Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import Event, path_range
from binhyen.core.periods import Period
from binhyen.core.text import name_order
from binhyen.incidents.checks import POLICE_ROLES
from binhyen.incidents.choices import DisputeState, ReportState
from binhyen.incidents.models import Case, Dispute, Report
from binhyen.incidents.rules import WITH_POLICE
from binhyen.teams.models import ServedVillage, Team
from binhyen.teams.queries import in_force
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_TO_CHOOSE = 100
"""How many reports or cases a form offers at most, the newest."""


@dataclass(frozen=True)
class Receipt:
    """What is left to who recorded a sealed report: that it exists, and its times."""

    report: Report
    """For a next step and the record of readings; of it only what stands below is shown."""
    received_at: datetime
    handed_at: datetime | None
    state: ReportState
    """Received, handed over or withdrawn; what came of it is not told."""


def reports_in(
    *, scope: Scope, sealed: Scope = NOWHERE, recorded_by: UUID | None = None
) -> QuerySet[Report]:
    """Reports, the newest first, without their texts.

    Sealed ones are there within `sealed`, and as bare rows for who recorded them.
    """
    rows = Report.objects.within(scope).filter(_open_or_unsealed(sealed, recorded_by))
    return rows.select_related("territory", "village", "team", "case").defer("account")


def reports_to_export(*, scope: Scope) -> QuerySet[Report]:
    """Reports as they may leave the system: none that is sealed, and no text."""
    return reports_in(scope=scope)


def readable(rows: QuerySet[Report], *, sealed: Scope) -> QuerySet[Report]:
    """Those of some reports that the reader may know more about than their times."""
    return rows.filter(_open_or_unsealed(sealed, None))


def report(*, scope: Scope, sealed: Scope, report_id: UUID) -> Report:
    """One report with its text. Raises Forbidden, which looks like 'not found'."""
    rows = reports_in(scope=scope, sealed=sealed).defer(None)
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise Forbidden
    return found


def receipt(*, scope: Scope, recorded_by: UUID, report_id: UUID) -> Receipt:
    """What is left of a sealed report to who recorded it. Raises Forbidden."""
    found = report_row(scope=scope, recorded_by=recorded_by, report_id=report_id)
    return Receipt(found, found.received_at, found.handed_at, told_state(found))


def told_state(sealed_report: Report) -> ReportState:
    """The state of a sealed report as who recorded it is told."""
    told = {ReportState.RECEIVED, ReportState.WITHDRAWN}
    state = ReportState(sealed_report.state)
    return state if state in told else ReportState.HANDED


def report_row(
    *, scope: Scope, sealed: Scope = NOWHERE, recorded_by: UUID | None = None, report_id: UUID
) -> Report:
    """One report without its text, to do something with it. Raises Forbidden."""
    rows = reports_in(scope=scope, sealed=sealed, recorded_by=recorded_by)
    found = rows.filter(pk=report_id).first()
    if found is None:
        raise Forbidden
    return found


def fresh_report(seen: Report) -> Report:
    """A report as it stands now, held until the transaction of an action ends."""
    rows = Report.everything.select_related("territory", "team", "case")
    return rows.select_for_update(of=("self",)).get(pk=seen.pk)


def waiting_to_hand(
    *, scope: Scope, sealed: Scope = NOWHERE, recorded_by: UUID | None = None
) -> QuerySet[Report]:
    """Reports that commune police do not have yet, the oldest first (Law 30/2023 Art. 7(2))."""
    rows = reports_in(scope=scope, sealed=sealed, recorded_by=recorded_by)
    return rows.filter(state=ReportState.RECEIVED).order_by("received_at", "id")


def waiting_for_triage(*, scope: Scope, sealed: Scope = NOWHERE) -> QuerySet[Report]:
    """Reports that were handed over and that no officer deals with yet, the oldest first."""
    rows = reports_in(scope=scope, sealed=sealed)
    return rows.filter(state=ReportState.HANDED).order_by("handed_at", "id")


def linkable_reports(*, scope: Scope, sealed: Scope, commune: Territory) -> list[Report]:
    """Reports of a commune that police deal with and that led to no case yet, the newest."""
    rows = reports_in(scope=scope, sealed=sealed).filter(
        territory=commune, state__in=WITH_POLICE, case__isnull=True
    )
    return list(rows[:_TO_CHOOSE])


def cases_in(*, scope: Scope, sealed: Scope = NOWHERE) -> QuerySet[Case]:
    """Cases with the number of `reports_count` that led to them, the newest first."""
    rows = Case.objects.within(scope).filter(_case_open_or_unsealed(sealed))
    counted = Count("reports", filter=~Q(reports__state=ReportState.WITHDRAWN))
    return rows.select_related("territory").annotate(reports_count=counted)


def case(*, scope: Scope, sealed: Scope, case_id: UUID) -> Case:
    """One case. Raises Forbidden, which looks like 'not found'."""
    found = cases_in(scope=scope, sealed=sealed).filter(pk=case_id).first()
    if found is None:
        raise Forbidden
    return found


def cases_to_link(*, scope: Scope, sealed: Scope, commune: Territory) -> list[Case]:
    """Cases of a commune to which one more report may have led, the newest."""
    return list(cases_in(scope=scope, sealed=sealed).filter(territory=commune)[:_TO_CHOOSE])


def reports_of(shown: Case, *, scope: Scope, sealed: Scope) -> list[Report]:
    """The reports that led to a case, the first one first."""
    rows = reports_in(scope=scope, sealed=sealed).filter(case=shown)
    return list(rows.order_by("received_at", "id"))


def disputes_in(*, scope: Scope) -> QuerySet[Dispute]:
    """Disputes that were noticed early, the newest first."""
    return Dispute.objects.within(scope).select_related("territory", "village", "team")


def open_disputes(*, scope: Scope) -> QuerySet[Dispute]:
    """Disputes that still wait for a result, the oldest first."""
    rows = disputes_in(scope=scope).filter(state=DisputeState.OPEN)
    return rows.order_by("noticed_on", "id")


def dispute(*, scope: Scope, dispute_id: UUID) -> Dispute:
    """One dispute. Raises Forbidden, which looks like 'not found'."""
    found = disputes_in(scope=scope).filter(pk=dispute_id).first()
    if found is None:
        raise Forbidden
    return found


def in_period(
    rows: QuerySet[Report],
    period: Period,
    *,
    team: Team | None = None,
    commune: Territory | None = None,
) -> QuerySet[Report]:
    """Reports of some days, and of one team or commune where one is named."""
    rows = rows.filter(on_day__gte=period.start, on_day__lt=period.end)
    if team is not None:
        rows = rows.filter(team=team)
    if commune is not None:
        rows = rows.filter(path_range("territory__path", commune.path))
    return rows


def teams_to_choose(*, scope: Scope, on: date) -> list[Team]:
    """The teams for which somebody may record something on a day."""
    rows = Team.objects.within(scope).filter(in_force(on, "established_on", "dissolved_on"))
    return list(rows.select_related("territory"))


def villages_to_choose(teams: Iterable[Team], on: date) -> list[Territory]:
    """The villages of these teams' communes on a day; one team alone offers its own area first."""
    chosen = list(teams)
    communes = {team.territory_id for team in chosen}
    rows = Territory.everything.filter(
        in_force(on, "valid_from", "valid_to"), parent__in=communes, level=Level.VILLAGE
    )
    villages = sorted(rows, key=lambda village: village.name_order)
    if len(chosen) != 1:
        return villages
    served = set(
        ServedVillage.everything.filter(
            in_force(on, "valid_from", "valid_to"), team=chosen[0]
        ).values_list("village", flat=True)
    )
    return sorted(villages, key=lambda village: village.pk not in served)


def officers_of(commune: Territory, *, scope: Scope, on: date) -> list[User]:
    """Who serves in a commune's police on a day, by name."""
    rows = Appointment.objects.within(scope).filter(
        in_force(on, "valid_from", "valid_to"),
        territory=commune, role__in=POLICE_ROLES, user__is_active=True,
    )  # fmt: skip
    officers = {row.user_id: row.user for row in rows.select_related("user")}
    return sorted(officers.values(), key=lambda user: name_order(user.full_name))


def name_of_officer(user_id: UUID | None) -> str:
    """The name of who deals with a report that the reader may already see."""
    user = User.objects.filter(pk=user_id).first() if user_id else None
    return user.full_name if user else ""


def _open_or_unsealed(sealed: Scope, recorded_by: UUID | None) -> Q:
    """Not sealed; or sealed where the reader may; or recorded by the reader."""
    readable = Report.objects.within(sealed).filter(is_sealed=True).order_by()
    condition = Q(is_sealed=False) | Q(pk__in=readable.values("pk"))
    if recorded_by is not None:
        own = Event.everything.filter(actor_id=recorded_by, kind="report.received").order_by()
        condition |= Q(pk__in=own.values("object_id"))
    return condition


def _case_open_or_unsealed(sealed: Scope) -> Q:
    readable = Case.objects.within(sealed).filter(is_sealed=True).order_by()
    return Q(is_sealed=False) | Q(pk__in=readable.values("pk"))
