# SPDX-License-Identifier: AGPL-3.0-or-later
"""One record of every kind in the cast's commune, for the walk over all pages."""

import json
from datetime import date, datetime, timedelta
from typing import Any

from binhyen.accounts.models import Appointment, Device
from binhyen.approvals.models import Approval
from binhyen.budgets.tests import making as budgets
from binhyen.calls.actions import call_for_help
from binhyen.claims.tests.making import a_claim
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.duty import actions as duty
from binhyen.entitlements.tests.making import one_of_each
from binhyen.incidents import actions as incidents
from binhyen.incidents import actions_cases, actions_disputes
from binhyen.incidents.actions_attachments import attach_to_report
from binhyen.incidents.models import Report
from binhyen.indicators.models import TypedFigure
from binhyen.norms.tests.making import a_draft, cap, in_force
from binhyen.patrols import actions as patrols
from binhyen.patrols import actions_noted
from binhyen.patrols.actions_attachments import attach_to_finding
from binhyen.personnel.models import Member
from binhyen.reports.models import Review
from binhyen.reports.sections import compose
from binhyen.reports.sentences import Chart
from binhyen.reports.tests.numbers_for_tests import some_numbers
from binhyen.simulations.tests.making import a_simulation
from binhyen.sync.models import Operation
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests import cast

NUMBERS = some_numbers(children=0)


def records(officer: Actor, team: Team, member: Member, villages: tuple[Territory, ...]) -> Any:
    """The keyword arguments of every page that shows one record."""
    commune = team.territory
    now = clock.now().replace(second=0, microsecond=0)
    patrol = _done_patrol(officer, team, member, now)
    report = incidents.receive_report(
        by=officer, team=team, category="violation", channel="phone",
        received_at=now - timedelta(minutes=50), account="Chim yến kêu", village=villages[0],
    )  # fmt: skip
    case = actions_cases.confirm_case(
        by=officer, reports=[_another(officer, team, now)], number="01/2025",
        category="violation", confirmed_on=clock.today(),
    )  # fmt: skip
    dispute = actions_disputes.notice_dispute(
        by=officer, team=team, kind="land", noticed_on=clock.today()
    )
    finding = _finding(officer, patrol)
    return {
        "team_id": team.id,
        "member_id": member.id,
        "patrol_id": patrol.id,
        "finding_id": finding.id,
        "photo_id": attach_to_finding(by=officer, finding=finding, photo=cast.A_SOUND).id,
        "attachment_id": attach_to_report(by=officer, report=report, photo=cast.A_SOUND).id,
        "help_id": _help(officer, team, now).id,
        "report_id": report.id,
        "case_id": case.id,
        "dispute_id": dispute.id,
        "review_id": _review(commune).id,
        "figure_id": _signed(commune).id,
        "device_id": (device := _device(officer, team)).id,
        "operation_id": _operation(device).id,
        "appointment_id": _appointment(officer).id,
        "approval_id": _asked(commune).id,
        **_roster(officer, team, member, villages[0]),
        **_norms(commune),
        "simulation_id": a_simulation(commune).id,
        **_budget(commune),
        **one_of_each(commune, member),
        **_claimed(member),
        "what": "members",
        "rows": 500,
        "file_format": "csv",
        "table": "figures",
        "index": next(i for i, part in enumerate(compose(NUMBERS)) if isinstance(part, Chart)),
    }


def _roster(officer: Actor, team: Team, member: Member, village: Territory) -> dict[str, Any]:
    """A shift of the member, who offers it to a colleague, and leave that was asked for."""
    own = cast.an_actor("member", cast.COMMUNE, team_id=team.id, member_id=member.id)  # type: ignore[arg-type]
    colleague = cast.a_member(team, village, name="Lý Thị Đồng Đội")
    start = clock.at_vietnam(clock.today() + timedelta(days=3), 22)
    shift = duty.plan_shift(
        by=officer, team=team, kind="standby", starts_at=start, needed=1, members=[member],
        ends_at=start + timedelta(hours=4), place="Trụ sở chim yến", plan_number="05/KH-CAX",
    )  # fmt: skip
    held = shift.assignments.get()
    offer = duty.offer_swap(by=own, assignment=held, colleague=colleague)
    first = clock.today() + timedelta(days=20)
    leave = duty.ask_leave(by=own, member=member, valid_from=first, kind="own",
                           valid_to=first + timedelta(days=2))  # fmt: skip
    call = call_for_help(by=own, team=team, at=clock.now(), place="Gần chùa chim yến")
    return {"call_id": call.id, "shift_id": shift.id, "assignment_id": held.id, "swap_id": offer.id,
            "leave_id": leave.id, "step": "withdraw"}  # fmt: skip


def _claimed(member: Member) -> dict[str, Any]:
    """An accident on duty, and a draft of a claim for it."""
    claim = a_claim(member)
    return {"claim_id": claim.id, "accident_id": claim.accident_id, "claimed": "capacity",
            "paper": "decision.pdf"}  # fmt: skip


def _norms(commune: Territory) -> dict[str, Any]:
    """A resolution in force with its document; a value and a set of communes of a draft."""
    held = in_force(cap(10, commune), document=b"%PDF-1.7 x")
    draft = a_draft(cap(7, commune), number="2/NQ-HĐND")
    return {"resolution_id": held.id, "value_id": draft.values_set.get().id,
            "set_id": draft.sets.get().id}  # fmt: skip


def _budget(commune: Territory) -> dict[str, Any]:
    """An approved budget with an entry of each kind."""
    budget = budgets.approved(commune)
    given, gift = budgets.given(commune, 9), budgets.received(commune, 5)
    return {"budget_id": budget.id, "allocation_id": given.id, "receipt_id": gift.id,
            "spending_id": budgets.spent(commune, 4).id, "written": "settlement"}  # fmt: skip


def _done_patrol(officer: Actor, team: Team, member: Member, now: datetime) -> Any:
    return patrols.record_patrol(
        by=officer, team=team, started_at=now - timedelta(hours=3),
        ended_at=now - timedelta(hours=1), route="Đường bờ kè chim yến", members=[member],
    )  # fmt: skip


def _finding(officer: Actor, patrol: Any) -> Any:
    return actions_noted.note_finding(
        by=officer, patrol=patrol, kind="theft", found_at=patrol.started_at + timedelta(minutes=9)
    )


def _help(officer: Actor, team: Team, now: datetime) -> Any:
    return actions_noted.help_traffic(
        by=officer, team=team, kind="jam", started_at=now - timedelta(hours=5), duration_min=20,
        place="Ngã ba chim yến",
    )  # fmt: skip


def _another(officer: Actor, team: Team, now: datetime) -> Report:
    report = incidents.receive_report(
        by=officer, team=team, category="violation", channel="phone",
        received_at=now - timedelta(minutes=90), handed_at=now - timedelta(minutes=80),
    )  # fmt: skip
    account = cast.an_account(officer)
    incidents.assign_report(by=officer, report=report, officer=account)
    return report


def _review(commune: Territory) -> Review:
    return Review.everything.create(
        territory=commune, starts_on=date(2024, 9, 16), ends_on=date(2025, 9, 16),
        made_at=clock.now(), made_by="ai đó", made_by_id=commune_id(), numbers=NUMBERS.to_json(),
        digest=NUMBERS.digest(),
    )  # fmt: skip


def _signed(commune: Territory) -> TypedFigure:
    return TypedFigure.everything.create(
        indicator="ACT_FIRE", territory=commune, starts_on=date(2025, 1, 1),
        ends_on=date(2025, 2, 1), value=3, source="Báo cáo tháng", signed_by="ai đó",
        signed_by_id=commune_id(), signed_on=date(2025, 2, 2),
    )  # fmt: skip


def _asked(commune: Territory) -> Approval:
    return Approval.everything.create(
        what="members", territory=commune, rows=500, why="Vì chim yến", asked_at=clock.now(),
        asked_by_id=commune_id(), asked_by_name="ai đó",
        valid_to=clock.today() + timedelta(days=3),
    )  # fmt: skip


def commune_id() -> Any:
    """Somebody's id."""
    return cast.TEAM


def _device(officer: Actor, team: Team) -> Device:
    return Device.everything.create(
        user=cast.an_account(officer), territory=team.territory, team_id=team.id, key="BA",
        token_hash="0" * 64, name="Máy chim yến", enrolled_at=clock.now(),
    )  # fmt: skip


def _operation(device: Device) -> Operation:
    now = clock.now()
    return Operation.everything.create(
        op_id=cast.TEAM, device=device, n=1, kind="traffic.help", sig="", digest="0" * 64,
        text=json.dumps(
            {"v": 2, "id": str(device.id), "device": str(device.id), "n": 1, "clock": "",
             "kind": "traffic.help", "ran_ms": 0, "doubt": False,
             "server_at": "2026-01-01T00:00:00Z"}
        ),
        code="7KQ3M9XD", territory=device.territory, arrived_at=now, acted_at=now, server_at=now,
        standing="quarantined", why={"vi": "Chim yến kêu"},
    )  # fmt: skip


def _appointment(officer: Actor) -> Appointment:
    return Appointment.everything.filter(user=cast.an_account(officer)).first()
