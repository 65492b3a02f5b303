# SPDX-License-Identifier: AGPL-3.0-or-later
"""A commune with a record in every state, and a request that would succeed for each operation.

"chim yến" and the names of the people here are canaries: whoever has no right never sees them.
"""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from binhyen.accounts.models import Appointment, Device
from binhyen.approvals.models import Approval
from binhyen.calls.actions import call_for_help
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.duty import actions as duty
from binhyen.incidents import actions as incidents
from binhyen.incidents.actions_attachments import attach_to_report
from binhyen.indicators import engine
from binhyen.indicators.actions import sign_figure
from binhyen.patrols import actions as patrols
from binhyen.patrols.actions_attachments import attach_to_finding
from binhyen.personnel import actions as personnel
from binhyen.personnel.models import Member
from binhyen.reports.models import Review
from binhyen.reports.tests.numbers_for_tests import some_numbers
from binhyen.sync.models import Operation
from binhyen.sync.taking import Taker
from binhyen.sync.tests.phones import a_phone
from binhyen.teams.models import Team
from binhyen.territory.models import Territory
from tests import cast
from tests.access.operations_budgets import budgets
from tests.access.operations_claims import claims
from tests.access.operations_norms import resolutions
from tests.access.operations_pay import sheets
from tests.access.operations_simulations import simulations
from tests.access.requests import Call, get, post

CANARIES = ("chim yến", "Nguyễn Văn Bình", "Đào Duy Cũ", "01/2025")


@dataclass
class Made:
    """Records of the commune, by what they are for."""

    officer: Actor
    team: Team
    member: Member
    villages: tuple[Territory, Territory]
    now: Any = field(default_factory=lambda: clock.now().replace(second=0, microsecond=0))

    def ago(self, *, hours: float) -> Any:
        """A moment before now."""
        return self.now - timedelta(hours=hours)


def calls(officer: Actor, team: Team, member: Member, villages: Any) -> dict[str, Call]:
    """One request for each operation, by its name."""
    made = Made(officer, team, member, villages)
    cast.an_account(officer)
    found = {
        **_places(), **resolutions(made.team.territory),
        **sheets(made.team.territory, made.member), **simulations(made.team.territory),
        **budgets(made.team.territory), **claims(made.member),
        **_teams(made), **_people(made), **_roster(made), **_patrols(made),
        **_reports(made), **_figures(made), **_reviews(made), **_accounts(made),
    }  # fmt: skip
    engine.freshen()
    return found


def _places() -> dict[str, Call]:
    cast.the_place(f"{cast.COMMUNE}03.")
    cast.the_place(f"{cast.COMMUNE}04.")
    decided = {"decision": "9/QĐ-UBND"}
    return {
        "list_places": get("places", level="commune"),
        "search_places": get("places/search", q="mui ne"),
        "get_place": get("places/22918"),
        "add_village": post("places/villages", commune="22918", kind="thôn", name="Mới",
                            valid_from="2025-01-01", **decided),
        "place_village": post("places/22918-04/point", latitude=10.9, longitude=108.3),
        "set_duty_phone": post("places/22918/duty-phone", phone="0252 384 7113"),
        "end_village": post("places/22918-04/end", ended_on="2025-02-01", **decided),
    }  # fmt: skip


def _teams(made: Made) -> dict[str, Call]:
    decided = {"decision": "9/QĐ-UBND", "decided_on": "2025-03-03"}
    empty = cast.a_team(uuid4(), (cast.the_place(f"{cast.COMMUNE}05."),), "Tổ rỗng")
    return {
        "list_teams": get("teams"),
        "list_strength": get("teams/strength", commune="22918"),
        "get_team": get(f"teams/{made.team.id}"),
        "establish_team": post("teams", commune="22918", name="Tổ 3", villages=["22918-03"],
                               **decided),
        "change_team": post(f"teams/{made.team.id}/change", name="Tổ Một",
                            villages=["22918-01", "22918-02"], **decided),
        "dissolve_team": post(f"teams/{empty.id}/dissolve", **decided),
        "decide_strength": post("teams/strength", village="22918-01", number=5,
                                valid_from="2025-03-03", decision="9/QĐ-UBND"),
    }  # fmt: skip


def _people(made: Made) -> dict[str, Call]:
    clerk = cast.an_actor("commune_clerk", cast.COMMUNE)  # type: ignore[arg-type]
    former = personnel.recognise_member(
        by=clerk, team=made.team, village=made.villages[0], full_name="Đào Duy Cũ",
        born_on=date(1985, 2, 3), sex="", phone="", origin="new", post="member",
        decision="1/QĐ-UBND", recognised_on=date(2024, 8, 1),
    )  # fmt: skip
    personnel.end_membership(
        by=clerk, membership=former.memberships.get(), ground="own_request",
        decision="2/QĐ-UBND", ended_on=date(2025, 2, 1),
    )  # fmt: skip
    person = {"full_name": "Lê Thị Mới", "born_on": "1991-01-31", "phone": "0912345678"}
    terms = {"village": "22918-02", "decision": "3/QĐ-UBND", "recognised_on": "2025-03-03"}
    team, file = str(made.team.id), f"people/{made.member.id}"
    return {
        "list_members": get("people"),
        "get_own_file": get("people/me"),
        "list_team_roles": get("people/roles", team=team),
        "get_file": get(file),
        "recognise_member": post("people", team=team, **person, **terms),
        "recognise_again": post(f"people/{former.id}/again", team=team, **terms),
        "change_role": post(f"{file}/role", post="deputy", decision="4/QĐ-UBND",
                            valid_from="2025-03-03"),
        "end_membership": post(f"{file}/end", ground="health", decision="4/QĐ-UBND",
                               ended_on="2025-03-03"),
        "take_back_ending": post(f"people/{former.id}/take-back-ending"),
        "correct_member": post(f"{file}/correct", **person),
        "correct_recognition": post(f"{file}/correct-recognition", **terms),
    }  # fmt: skip


@dataclass(frozen=True)
class Crew:
    """The member with two colleagues, each with the account that answers for them."""

    member: Member
    colleague: Member
    third: Member
    own: Actor
    other: Actor
    last: Actor


def _crew(made: Made) -> Crew:
    team, member = made.team, made.member
    colleague = cast.a_member(team, made.villages[0], name="Lý Thị Đồng Đội")
    third = cast.a_member(team, made.villages[0], name="Mai Văn Ba")
    actors = (
        cast.an_actor("member", cast.COMMUNE, team_id=team.id, member_id=one.id)  # type: ignore[arg-type]
        for one in (member, colleague, third)
    )
    return Crew(member, colleague, third, *actors)


def _shift(made: Made, days: int, *members: Member, hour: int = 8) -> Any:
    start = clock.at_vietnam(clock.today() + timedelta(days=days), hour)
    return duty.plan_shift(
        by=made.officer, team=made.team, kind="standby", starts_at=start, needed=2,
        members=members, ends_at=start + timedelta(hours=2), place="Trụ sở chim yến",
        plan_number="05/KH-CAX",
    )  # fmt: skip


def _roster(made: Made) -> dict[str, Call]:
    """Leave and swaps of the member are decided by somebody who is neither of the two."""
    crew = _crew(made)
    return (_shifts(made, crew) | _leave(crew) | _swaps(made, crew) | _help_calls(made, crew)
            | _phone_records(made, crew))  # fmt: skip


def _help_calls(made: Made, crew: Crew) -> dict[str, Call]:
    """Calls of the member; somebody else answers."""
    seen, over, own = (
        call_for_help(by=crew.own, team=made.team, at=clock.now(), place="Gần chùa chim yến").id
        for _number in range(3)
    )
    return {
        "list_help_calls": get("help-calls"),
        "get_help_call": get(f"help-calls/{seen}"),
        "call_for_help": post("help-calls", team=str(made.team.id), place="Chợ"),
        "see_help_call": post(f"help-calls/{seen}/see"),
        "close_help_call": post(f"help-calls/{over}/close", outcome="helped"),
        "take_back_help_call": post(f"help-calls/{own}/take-back", outcome="safe"),
    }


def _phone_records(made: Made, crew: Crew) -> dict[str, Call]:
    """Records of a phone that wait, since their number was used before."""
    account = cast.an_account(crew.last)
    phone = a_phone(made.officer, account.appointments.get(team_id=made.team.id), 90)
    device = Device.everything.select_related("user", "territory").get(pk=phone.device)
    body = {"team": str(made.team.id), "kind": "jam", "duration_min": 5, "place": "chim yến"}
    ops = [phone.operation("traffic.help", body, n=1) for _number in range(3)]
    Taker(device, clock.now()).take(ops)
    told = Operation.everything.filter(device=device)
    # Three rows of one millisecond stand in any order.
    first, (waits, other) = told.get(standing="accepted"), told.filter(standing="quarantined")
    return {
        "list_waiting_records": get("phone-records"),
        "get_phone_record": get(f"phone-records/{waits.id}"),
        "apply_phone_record": post(f"phone-records/{waits.id}/apply"),
        "refuse_phone_record": post(f"phone-records/{other.id}/refuse", words="Ghi hai lần"),
        "get_receipt": get(f"receipts/{first.receipt}"),
    }


def _shifts(made: Made, crew: Crew) -> dict[str, Call]:
    waiting, empty = _shift(made, 2, crew.member), _shift(made, 3)
    begun, told = (_shift(made, 0, crew.colleague, hour=0),
                   _shift(made, -1, crew.third, hour=0))  # fmt: skip
    duty.begin_shift(by=made.officer, shift=begun, at=begun.starts_at)
    far = clock.today() + timedelta(days=40)
    span = {"starts_at": clock.at_vietnam(far, 8).isoformat(),
            "ends_at": clock.at_vietnam(far, 10).isoformat()}  # fmt: skip
    what = {"kind": "event", "place": "Chợ", "plan_number": "05/KH"}
    team, third = str(made.team.id), [str(crew.third.id)]
    mine = f"roster/duties/{waiting.assignments.get().id}"
    return {
        "list_shifts": get("roster"),
        "get_shift": get(f"roster/{waiting.id}"),
        "check_shift": post("roster/check", team=team, members=third, **span),
        "plan_shift": post("roster", team=team, members=third, **what, **span),
        "repeat_week": post("roster/repeat", team=team, week=str(waiting.on_day), until=str(far)),
        "propose_filling": post("roster/propose", team=team, first_day=str(far), last_day=str(far)),
        "fill_roster": post(
            "roster/fill", team=team, duties=[{"shift": str(empty.id), "member": third[0]}]
        ),
        "change_shift": post(f"roster/{empty.id}/change", needed=1, **what, **span),
        "cancel_shift": post(f"roster/{empty.id}/cancel", reason="Bão"),
        "assign_members": post(f"roster/{empty.id}/assign", members=third),
        "begin_shift": post(f"roster/{told.id}/begin", at=told.starts_at.isoformat()),
        "end_shift": post(f"roster/{begun.id}/end", at=begun.starts_at.isoformat()),
        "replace_member": post(f"{mine}/replace", member=third[0]),
        "release_member": post(f"{mine}/release"),
        "own_duty_counts": get("roster/mine"),
        "acknowledge_duty": post(f"{mine}/acknowledge"),
        "decline_duty": post(f"{mine}/decline", reason="family"),
        "offer_swap": post(f"{mine}/offer", colleague=third[0]),
    }


def _leave(crew: Crew) -> dict[str, Call]:
    far = clock.today() + timedelta(days=50)
    asked, others = (
        duty.ask_leave(by=actor, member=one, kind="own", valid_from=far,
                       valid_to=far + timedelta(days=2))
        for actor, one in ((crew.own, crew.member), (crew.other, crew.colleague))
    )  # fmt: skip
    return {
        "list_leaves": get("leave"),
        "ask_leave": post("leave", member=str(crew.member.id), kind="own",
                          valid_from=str(far + timedelta(days=9)),
                          valid_to=str(far + timedelta(days=11))),
        "grant_leave": post(f"leave/{others.id}/grant"),
        "refuse_leave": post(f"leave/{others.id}/refuse", reason="Bão"),
        "withdraw_leave": post(f"leave/{asked.id}/withdraw"),
    }  # fmt: skip


def _swaps(made: Made, crew: Crew) -> dict[str, Call]:
    offered, taken, agreed = (
        duty.offer_swap(by=actor, assignment=_shift(made, days, one).assignments.get(),
                        colleague=to)
        for days, one, to, actor in (
            (4, crew.member, crew.colleague, crew.own),
            (6, crew.colleague, crew.member, crew.other),
            (5, crew.colleague, crew.third, crew.other),
        )
    )  # fmt: skip
    duty.accept_swap(by=crew.last, offer=agreed)
    return {
        "list_swaps": get("swaps"),
        "accept_swap": post(f"swaps/{taken.id}/accept"),
        "turn_down_swap": post(f"swaps/{taken.id}/turn-down"),
        "withdraw_swap": post(f"swaps/{offered.id}/withdraw"),
        "approve_swap": post(f"swaps/{agreed.id}/approve"),
        "refuse_swap": post(f"swaps/{agreed.id}/refuse", reason="Bão"),
    }


def _patrols(made: Made) -> dict[str, Call]:
    by, team, crew = made.officer, made.team, [made.member]
    shift = {"route": "Đường bờ kè chim yến", "members": crew}
    done = patrols.record_patrol(by=by, team=team, started_at=made.ago(hours=9),
                                 ended_at=made.ago(hours=7), **shift)  # fmt: skip
    planned = patrols.plan_patrol(by=by, team=team, planned_start=made.ago(hours=2),
                                  planned_end=made.ago(hours=1), **shift)  # fmt: skip
    later = patrols.plan_patrol(by=by, team=team, planned_start=made.ago(hours=-5),
                                planned_end=made.ago(hours=-6), **shift)  # fmt: skip
    begun = patrols.plan_patrol(by=by, team=team, planned_start=made.ago(hours=6),
                                planned_end=made.ago(hours=5), places=["Chợ"],
                                **shift)  # fmt: skip
    patrols.start_patrol(by=by, patrol=begun, at=made.ago(hours=6))
    finding = patrols.note_finding(by=by, patrol=done, kind="theft", found_at=made.ago(hours=8))
    sound = attach_to_finding(by=by, finding=finding, photo=cast.A_SOUND)
    helped = patrols.help_traffic(by=by, team=team, kind="jam", started_at=made.ago(hours=30),
                                  duration_min=20, place="Ngã ba chim yến")  # fmt: skip
    sent = {"route": "Chợ", "members": [str(made.member.id)]}
    why = {"reason": "Nhập nhầm"}
    span = {"started_at": made.ago(hours=4).isoformat(), "ended_at": made.ago(hours=3).isoformat()}
    day = clock.today()
    return {
        "list_patrols": get("patrols"),
        "list_crew": get("patrols/crew", team=team.id),
        "get_patrol": get(f"patrols/{done.id}"),
        "plan_patrol": post("patrols", team=str(team.id), **sent,
                            planned_start=made.ago(hours=-20).isoformat(),
                            planned_end=made.ago(hours=-22).isoformat()),
        "record_patrol": post("patrols/done", team=str(team.id), **sent, **span),
        "record_planned_patrol": post(f"patrols/{planned.id}/done", **sent, **span),
        "start_patrol": post(f"patrols/{planned.id}/start", at=made.ago(hours=2).isoformat()),
        "check_place": post(f"patrols/places/{begun.places_to_check.get().id}/check",
                            result="done"),
        "end_patrol": post(f"patrols/{begun.id}/end", at=made.ago(hours=5).isoformat()),
        "cancel_patrol": post(f"patrols/{later.id}/cancel", **why),
        "correct_patrol": post(f"patrols/{done.id}/correct", **sent, **why,
                               started_at=made.ago(hours=9.5).isoformat(),
                               ended_at=made.ago(hours=7).isoformat()),
        "void_patrol": post(f"patrols/{done.id}/void", **why),
        "list_findings": get("findings"),
        "get_finding": get(f"findings/{finding.id}"),
        "note_finding": post(f"patrols/{done.id}/findings", kind="drugs",
                             found_at=made.ago(hours=8).isoformat()),
        "hand_over_finding": post(f"findings/{finding.id}/hand-over",
                                  handed_at=made.ago(hours=1).isoformat()),
        "void_finding": post(f"findings/{finding.id}/void", **why),
        "list_finding_attachments": get(f"findings/{finding.id}/attachments"),
        "get_finding_attachment": get(f"findings/{finding.id}/attachments/{sound.id}"),
        "erase_finding_attachment": post(f"findings/{finding.id}/attachments/{sound.id}/erase"),
        "add_finding_photo": post(f"findings/{finding.id}/attachments", content=cast.A_PICTURE),
        "list_traffic": get("traffic"),
        "get_traffic": get(f"traffic/{helped.id}"),
        "help_traffic": post("traffic", team=str(team.id), kind="jam", duration_min=5,
                             started_at=made.ago(hours=3).isoformat(), place="Cầu"),
        "void_traffic": post(f"traffic/{helped.id}/void", **why),
        "read_log_book": get("log-book", team=team.id, first_day=day - timedelta(days=3),
                             last_day=day),
    }  # fmt: skip


def _reports(made: Made) -> dict[str, Call]:
    received, handed, dealt, other = (_report(made, hours) for hours in (10, 11, 12, 13))
    account = cast.an_account(made.officer)
    for report in (handed, dealt, other):
        incidents.hand_over(by=made.officer, report=report, handed_at=made.ago(hours=9))
    for report in (dealt, other):
        incidents.assign_report(by=made.officer, report=report, officer=account)
    case = incidents.confirm_case(
        by=made.officer, reports=[other], number="01/2025", category="violation",
        confirmed_on=clock.today(),
    )  # fmt: skip
    dispute = incidents.notice_dispute(
        by=made.officer, team=made.team, kind="land", noticed_on=clock.today()
    )
    sound = attach_to_report(by=made.officer, report=received, photo=cast.A_SOUND)
    one, today = f"reports/{received.id}", clock.today().isoformat()
    team = str(made.team.id)
    return {
        "list_reports": get("reports"),
        "get_report": get(one),
        "receive_report": post("reports", team=team, category="fire", channel="phone",
                               received_at=made.ago(hours=1).isoformat()),
        "hand_over_report": post(f"{one}/hand-over", handed_at=made.ago(hours=1).isoformat()),
        "list_officers": get(f"reports/{handed.id}/officers"),
        "assign_report": post(f"reports/{handed.id}/assign", officer=str(account.id)),
        "close_report": post(f"reports/{dealt.id}/close", closed_at=made.ago(hours=1).isoformat(),
                             case=str(case.id)),
        "link_report": post(f"reports/{dealt.id}/link", case=str(case.id)),
        "withdraw_report": post(f"{one}/withdraw", reason="duplicate"),
        "correct_report": post(f"reports/{handed.id}/correct", category="fire", account="Cháy",
                               received_at=made.ago(hours=11).isoformat(),
                               handed_at=made.ago(hours=9).isoformat()),
        "list_report_attachments": get(f"{one}/attachments"),
        "get_report_attachment": get(f"{one}/attachments/{sound.id}"),
        "erase_report_attachment": post(f"{one}/attachments/{sound.id}/erase"),
        "add_report_photo": post(f"{one}/attachments", content=cast.A_PICTURE),
        "list_cases": get("cases"),
        "get_case": get(f"cases/{case.id}"),
        "confirm_case": post("cases", reports=[str(dealt.id)], number="02/2025",
                             category="violation", confirmed_on=today),
        "conclude_case": post(f"cases/{case.id}/conclude", outcome="administrative",
                              concluded_on=today),
        "list_disputes": get("disputes"),
        "get_dispute": get(f"disputes/{dispute.id}"),
        "notice_dispute": post("disputes", team=team, kind="noise", noticed_on=today),
        "close_dispute": post(f"disputes/{dispute.id}/close", state="settled", closed_on=today),
    }  # fmt: skip


def _report(made: Made, hours: int) -> Any:
    return incidents.receive_report(
        by=made.officer, team=made.team, category="violation", channel="phone",
        received_at=made.ago(hours=hours), account="Chim yến kêu, chim yến bay",
        village=made.villages[0],
    )  # fmt: skip


def _figures(made: Made) -> dict[str, Call]:
    head = cast.an_actor("commune_police_head", cast.COMMUNE)  # type: ignore[arg-type]
    signed = sign_figure(
        by=head, indicator="ACT_FIRE", territory=made.team.territory,
        first_day=date(2025, 1, 1), last_day=date(2025, 1, 31), value=Decimal(3),
        source="Báo cáo chim yến",
    )  # fmt: skip
    here = {"area": "22918", "period": "2025"}
    some = here | {"codes": "ACT_PATROLS,FORCE_FILL_RATE"}
    number = {"value": 4, "source": "Báo cáo 7"}
    return {
        "list_indicators": get("figures/catalogue"),
        "list_figures": get("figures", **some),
        "list_figures_by_unit": get("figures/by-unit", **some),
        "list_series": get("figures/series", **some),
        "compare_figures": get("figures/compared", **some),
        "explain_figure": get("figures/ACT_PATROLS/records", **here),
        "list_signed_figures": get("figures/signed"),
        "get_signed_figure": get(f"figures/signed/{signed.id}"),
        "sign_figure": post("figures/signed", indicator="ACT_RESCUE", area="22918",
                            first_day="2025-01-01", last_day="2025-01-31", **number),
        "correct_signed_figure": post(f"figures/signed/{signed.id}/correct", **number),
    }  # fmt: skip


def _reviews(made: Made) -> dict[str, Call]:
    numbers = replace(some_numbers(children=0), by_month={}, by_part={})  # no chart: quick
    review = Review.everything.create(
        territory=made.team.territory, starts_on=date(2024, 9, 16), ends_on=date(2025, 9, 16),
        made_at=made.now, made_by="chim yến", made_by_id=cast.TEAM, numbers=numbers.to_json(),
        digest=numbers.digest(),
    )  # fmt: skip
    some_days = {"area": "22918", "first_day": "2025-01-01", "last_day": "2025-01-31"}
    return {
        "list_tables": get("tables"),
        "get_table": get("tables/figures/rows.csv", **some_days),
        "get_table_description": get("tables/figures/rows.csv.json", **some_days),
        "list_reviews": get("reviews"),
        "make_review": post("reviews", area="22918", first_day="2025-01-01",
                            last_day="2025-01-31"),
        "get_review": get(f"reviews/{review.id}"),
        "get_review_word": get(f"reviews/{review.id}/word"),
        "get_review_pdf": get(f"reviews/{review.id}/pdf"),
        "get_review_annex": get(f"reviews/{review.id}/annex"),
    }  # fmt: skip


def _accounts(made: Made) -> dict[str, Call]:
    asked = Approval.everything.create(
        what="members", territory=made.team.territory, rows=500, why="Vì chim yến",
        asked_at=made.now, asked_by_id=cast.TEAM, asked_by_name="ai đó",
        valid_to=clock.today() + timedelta(days=3),
    )  # fmt: skip
    held = Appointment.everything.filter(user=cast.an_account(made.officer)).get()
    return {
        "list_approvals": get("approvals"),
        "get_approval": get(f"approvals/{asked.id}"),
        "decline_approval": post(f"approvals/{asked.id}/decline", reason="Không cần"),
        "list_appointments": get("roles"),
        "get_appointment": get(f"roles/{held.id}"),
        "get_this_key": get("keys/this"),
        "revoke_this_key": post("keys/this/revoke"),
        "list_readings": get("access-log"),
    }
