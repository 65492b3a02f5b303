# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which right opens which operation of the API, written by hand; nothing here imports the product.

Kinds as in `routes.py`, and `key`: every key in force. Several rights joined by a stroke: any of
them opens the operation; where the record that the tests use needs one of them, it stands behind
`now:`. A key opens what its owner may do, in its area and with its verbs.
"""

from datetime import date
from typing import NamedTuple

from tests.access import oracle
from tests.access.oracle import Held, Target

COMMUNE = ("68", "22918")


class Row(NamedTuple):
    """What opens an operation."""

    verbs: tuple[str, ...]
    kind: str
    """key · list · place (public units) · province · above (counts in the commune and its
    province) · commune · village · team · file"""
    needed: tuple[str, ...]
    """Of the verbs, those that the record of the tests needs in its present state."""


class Key(NamedTuple):
    """A key: an area and some verbs."""

    place: tuple[str, ...]
    verbs: frozenset[str]


def _read(text: str) -> dict[str, Row]:
    rows = {}
    for line in text.strip().splitlines():
        name, verbs, kind, *now = line.split()
        every = tuple(verbs.split("|")) if verbs != "-" else ()
        rows[name] = Row(every, kind, (now[0].removeprefix("now:"),) if now else every)
    return rows


OPERATIONS = _read("""
list_places            territory.view                        list
search_places          territory.view                        list
get_place              territory.view                        place
add_village            territory.add_village                 commune
place_village          territory.add_village                 village
set_duty_phone         territory.duty_phone                  commune
end_village            territory.add_village                 village
list_teams             teams.view                            list
list_strength          teams.view                            commune
get_team               teams.view                            team
establish_team         teams.decide                          commune
change_team            teams.decide                          team
dissolve_team          teams.decide                          team
decide_strength        teams.strength                        commune
list_resolutions       norms.view                            list
get_resolution         norms.view                            above
get_resolution_document norms.view                           above
list_norms_in_force    norms.view                            commune
list_norm_gaps         norms.view                            commune
draft_resolution       norms.draft                           province
revise_resolution      norms.draft                           province
keep_resolution_document norms.draft                         province
withdraw_resolution    norms.draft                           province
list_simulations       simulations.view                      list
get_simulation         simulations.view                      province
list_simulation_communes simulations.view                    province
simulate_draft         simulations.run                       province
simulate_floor         simulations.run                       province
simulate_support       simulations.run                       province
list_pay_sheets        entitlements.totals                   list
get_pay_sheet          entitlements.totals                   commune
list_support           entitlements.support                  province
list_pay_slips         entitlements.view                     commune
get_pay_slip           entitlements.view                     commune
list_own_pay           entitlements.own                      list
get_own_slip           entitlements.own                      file
compute_pay_sheet      entitlements.compute                  commune
freeze_pay_sheet       entitlements.make                     commune
send_back_pay_sheet    entitlements.approve                  commune
void_pay_sheet         entitlements.make                     commune
correct_pay_sheet      entitlements.make                     commune
record_sheet_payment   entitlements.pay                      commune
record_late_payment    entitlements.pay                      commune
list_budgets           budgets.view                          list
get_budget             budgets.view                          commune
get_budget_account     budgets.view                          commune
get_budget_forecast    budgets.view                          commune
get_budget_paper       budgets.view                          commune
list_allocations       budgets.view                          commune
list_receipts          budgets.view                          commune
list_spending          budgets.view                          commune
list_budget_gaps       budgets.gaps                          commune
draft_budget           budgets.plan                          commune
revise_budget          budgets.plan                          commune
set_budget_line        budgets.plan                          commune
submit_budget          budgets.plan                          commune
drop_budget            budgets.plan                          commune
adjust_budget          budgets.plan                          commune
send_back_budget       budgets.approve                       commune
hand_in_settlement     budgets.plan                          commune
record_allocation      budgets.allocate|budgets.record       commune   now:budgets.record
record_receipt         budgets.record                        commune
record_spending        budgets.record                        commune
strike_allocation      budgets.allocate|budgets.record       commune   now:budgets.record
strike_receipt         budgets.record                        commune
strike_spending        budgets.record                        commune
list_noted_days        entitlements.note                     list
note_member_days       entitlements.note                     file
take_back_noted_day    entitlements.note                     commune
list_insurances        entitlements.insurance                file
record_member_insurance entitlements.insurance               file
end_member_insurance   entitlements.insurance                commune
get_pay_paper          entitlements.view                     commune
get_pay_budget         entitlements.totals                   commune
get_pay_bank_file      entitlements.pay                      commune
get_pay_slip_pdf       entitlements.view                     commune
get_own_slip_pdf       entitlements.own                      file
keep_bank_account      entitlements.account                  file
remove_bank_account    entitlements.account                  file
list_contests          entitlements.answer                   list
get_contest            entitlements.answer                   commune
accept_contest         entitlements.answer                   commune
refuse_contest         entitlements.answer                   commune
list_own_contests      entitlements.contest                  list
contest_record         entitlements.contest                  file
withdraw_contest       entitlements.contest                  file
list_claims            claims.view                           list
list_unclaimed         claims.view                           list
get_claim              claims.view                           commune
get_claim_paper        claims.view                           commune
list_accidents         claims.accidents                      list
get_accident           claims.accidents                      commune
note_accident          claims.note_accident                  file
close_accident         claims.note_accident                  commune
draft_claim            claims.draft                          file
receive_claim          claims.receive                        commune
ask_claim_papers       claims.receive                        commune
add_claim_papers       claims.receive                        commune
pass_claim_on          claims.receive                        commune
appraise_claim         claims.appraise                       commune
send_back_claim        claims.decide                         commune
pay_claim              claims.pay                            commune
note_claim_appeal      claims.pay                            commune
answer_claim_appeal    claims.pay                            commune
withdraw_claim         claims.draft                          commune
list_own_claims        claims.own                            list
list_own_unclaimed     claims.own                            list
get_own_claim          claims.own                            file
get_own_claim_paper    claims.own                            file
draft_own_claim        claims.sign                           file
withdraw_own_claim     claims.sign                           file
list_members           personnel.view                        list
get_own_file           personnel.own_file                    list
list_team_roles        personnel.view                        team
get_file               personnel.view                        file
recognise_member       personnel.recognise                   team
recognise_again        personnel.recognise                   file
change_role            personnel.recognise                   file
end_membership         personnel.end                         file
take_back_ending       personnel.end                         file
correct_member         personnel.recognise                   file
correct_recognition    personnel.recognise                   file
list_shifts            duty.view                             list
get_shift              duty.view                             team
check_shift            duty.assign                           team
plan_shift             duty.assign                           team
repeat_week            duty.assign                           team
propose_filling        duty.assign                           team
fill_roster            duty.assign                           team
change_shift           duty.assign                           team
cancel_shift           duty.assign                           team
assign_members         duty.assign                           team
begin_shift            duty.tell                             team
end_shift              duty.tell                             team
replace_member         duty.assign                           team
release_member         duty.assign                           team
acknowledge_duty       duty.answer                           file
decline_duty           duty.answer                           file
offer_swap             duty.answer                           file
list_help_calls        calls.view                            list
get_help_call          calls.view                            team
call_for_help          calls.call                            team
see_help_call          calls.answer                          team
close_help_call        calls.answer                          team
take_back_help_call    calls.take_back                       file
list_waiting_records   sync.resolve                          list
get_phone_record       sync.resolve                          commune
apply_phone_record     sync.resolve                          commune
refuse_phone_record    sync.resolve                          commune
get_receipt            sync.receipt                          team
own_duty_counts        duty.answer                           list
list_leaves            duty.answer|duty.decide               list
ask_leave              duty.answer                           file
grant_leave            duty.decide                           team
refuse_leave           duty.decide                           team
withdraw_leave         duty.answer                           file
list_swaps             duty.answer|duty.decide               list
accept_swap            duty.answer                           file
turn_down_swap         duty.answer                           file
withdraw_swap          duty.answer                           file
approve_swap           duty.decide                           team
refuse_swap            duty.decide                           team
list_patrols           patrols.view                          list
list_crew              patrols.plan|patrols.do|patrols.correct   team
get_patrol             patrols.view                          team
plan_patrol            patrols.plan                          team
record_patrol          patrols.do                            team
record_planned_patrol  patrols.do                            team
start_patrol           patrols.do                            team
end_patrol             patrols.do                            team
check_place            patrols.do                            team
cancel_patrol          patrols.plan                          team
correct_patrol         patrols.correct                       team
void_patrol            patrols.correct                       team
list_findings          patrols.view                          list
get_finding            patrols.view                          team
note_finding           patrols.do                            team
hand_over_finding      patrols.do                            team
void_finding           patrols.correct                       team
list_finding_attachments patrols.view                        team
get_finding_attachment patrols.view                          team
add_finding_photo      patrols.do                            team
erase_finding_attachment patrols.correct                     team
list_traffic           patrols.view                          list
get_traffic            patrols.view                          team
help_traffic           patrols.do                            team
void_traffic           patrols.correct                       team
read_log_book          patrols.view                          team
list_reports           incidents.view                        list
get_report             incidents.view                        team
receive_report         incidents.receive                     team
hand_over_report       incidents.receive                     team
list_officers          incidents.triage                      team
assign_report          incidents.triage                      team
close_report           incidents.triage                      team
link_report            incidents.triage                      team
withdraw_report        incidents.receive|incidents.triage    team   now:incidents.receive
correct_report         incidents.receive|incidents.triage    team   now:incidents.triage
list_report_attachments incidents.view                       team
get_report_attachment  incidents.view                        team
add_report_photo       incidents.receive                     team
erase_report_attachment incidents.receive|incidents.triage   team   now:incidents.receive
list_cases             incidents.triage                      list
get_case               incidents.triage                      team
confirm_case           incidents.triage                      team
conclude_case          incidents.triage                      team
list_disputes          incidents.view_dispute                list
get_dispute            incidents.view_dispute                team
notice_dispute         incidents.note_dispute                team
close_dispute          incidents.note_dispute                team
list_indicators        indicators.view                       list
list_figures           indicators.view                       commune
list_figures_by_unit   indicators.view                       commune
list_series            indicators.view                       commune
compare_figures        indicators.view                       commune
explain_figure         indicators.view                       commune
list_signed_figures    indicators.view                       list
get_signed_figure      indicators.view                       commune
sign_figure            indicators.sign                       commune
correct_signed_figure  indicators.sign                       commune
list_tables            indicators.view                       list
get_table              indicators.view                       commune
get_table_description  indicators.view                       commune
list_reviews           reports.review                        list
make_review            reports.review                        commune
get_review             reports.review                        commune
get_review_word        reports.review                        commune
get_review_pdf         reports.review                        commune
get_review_annex       reports.review                        commune
list_approvals         approvals.ask|approvals.answer        list
get_approval           approvals.ask|approvals.answer        commune
decline_approval       approvals.answer                      commune
list_appointments      accounts.view                         list
get_appointment        accounts.view                         commune
get_this_key           -                                     key
revoke_this_key        -                                     key
list_readings          accounts.access_log                   list
""")

LENDABLE = frozenset(oracle.VERBS) - {
    "accounts.appoint", "accounts.token", "incidents.view_sealed"
}  # fmt: skip
"""What a key may ever be allowed: it appoints nobody, makes no keys, opens nothing sealed."""

EVERYTHING = Key((), LENDABLE)
"""The widest key: everything that its owner may do and a key may be allowed."""

_TARGETS = {
    "province": Target(("68",)),
    "commune": Target(COMMUNE),
    "village": Target((*COMMUNE, "04")),
    "team": Target(COMMUNE, team="own"),
    "file": Target(COMMUNE, team="own", member="own"),
}


def opens(row: Row, held: list[Held], on: date, own_file: str | None, key: Key) -> bool:
    """Whether a key of somebody with these roles opens an operation on that day."""
    if row.kind == "key":
        return True
    verbs = [verb for verb in row.needed if verb in key.verbs]
    if row.kind in {"list", "place"}:
        return any(_somewhere(verb, held, on, own_file, key.place) for verb in verbs)
    if row.kind == "above":
        return any(_counts_here(verb, held, on, own_file, key.place) for verb in verbs)
    target = _TARGETS[row.kind]
    within = target.place[: len(key.place)] == key.place
    return within and any(oracle.allowed(verb, held, on, target, own_file) for verb in verbs)


def _counts_here(
    verb: str, held: list[Held], on: date, own_file: str | None, limit: tuple[str, ...]
) -> bool:
    """Whether the part of a role that a key leaves lies in the province, or above it."""
    for one in held:
        longer, shorter = sorted((one.place, limit), key=len, reverse=True)
        within = longer[: len(shorter)] == shorter and longer[:1] in ((), ("68",))
        if within and oracle.anywhere(verb, [one], on, own_file):
            return True
    return False


def _somewhere(
    verb: str, held: list[Held], on: date, own_file: str | None, limit: tuple[str, ...]
) -> bool:
    """Whether a right reaches any place within the limit.

    The right to an area is cut down to the part within; a team or a file is within or is not.
    """
    for one in held:
        inside = one.place[: len(limit)] == limit
        above = limit[: len(one.place)] == one.place
        if inside and oracle.anywhere(verb, [one], on, own_file):
            return True
        if above and oracle.allowed(verb, [one], on, Target(limit), None):
            return True
    return False
