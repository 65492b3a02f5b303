# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which right opens which page, written by hand; nothing here imports the product.

`list` pages open to whoever holds the right anywhere, and show only what is in reach. `record`
pages open where the right reaches the record: a place, a team, a person's file. Several rights
joined by a stroke: any of them.
"""

from typing import NamedTuple


class Opens(NamedTuple):
    """What opens a page."""

    verbs: tuple[str, ...]
    kind: str
    """list · place (public units) · province · above (counts in the commune and its province) ·
    commune · village · team · file"""


def _read(text: str) -> dict[str, Opens]:
    rows = [line.split() for line in text.strip().splitlines()]
    return {name: Opens(tuple(verbs.split("|")), kind) for name, verbs, kind in rows}


ROUTES = _read("""
places                 territory.view                        list
place                  territory.view                        place
village-add            territory.add_village                 commune
village-point          territory.add_village                 village
duty-phone             territory.duty_phone                  commune
village-end            territory.add_village                 village
teams                  teams.view                            list
team-establish         teams.decide                          commune
team                   teams.view                            team
team-change            teams.decide                          team
team-dissolve          teams.decide                          team
strength               teams.view                            commune
strength-decide        teams.strength                        village
norms                  norms.view                            list
norms-in               norms.view                            commune
resolutions            norms.view                            list
resolution-new         norms.draft                           list
resolution-file        norms.draft                           list
resolution             norms.view                            above
resolution-document    norms.view                            above
resolution-change      norms.draft                           province
norm-value-add         norms.draft                           province
norm-set-add           norms.draft                           province
resolution-scan        norms.draft                           province
resolution-withdraw    norms.draft                           province
resolution-approve     norms.approve                         province
resolution-end         norms.approve                         province
norm-value             norms.draft                           province
norm-value-remove      norms.draft                           province
norm-set               norms.draft                           province
norm-set-remove        norms.draft                           province
members                personnel.view                        list
my-file                personnel.own_file                    list
member-recognise       personnel.recognise                   list
member                 personnel.view                        file
member-again           personnel.recognise                   file
member-role            personnel.recognise                   file
member-end             personnel.end                         file
member-correct         personnel.recognise                   file
member-recognition     personnel.recognise                   file
member-take-back       personnel.end                         file
import                 personnel.recognise|teams.decide      list
import-template        personnel.recognise|teams.decide      list
simulations            simulations.view                      list
simulation-floor       simulations.run                       list
simulation-support     simulations.run                       list
simulation-draft       simulations.run                       province
simulation             simulations.view                      province
simulation-communes    simulations.view                      province
simulation-council     simulations.view                      province
simulation-file        simulations.view                      province
sheets                 entitlements.totals                   list
sheet-compute          entitlements.compute                  list
my-pay                 entitlements.own                      list
my-slip                entitlements.own                      file
slip                   entitlements.view                     commune
slip-pay               entitlements.pay                      commune
sheet                  entitlements.totals                   commune
sheet-again            entitlements.compute                  commune
sheet-freeze           entitlements.make                     commune
sheet-approve          entitlements.approve                  commune
sheet-send-back        entitlements.approve                  commune
sheet-void             entitlements.make                     commune
sheet-correct          entitlements.make                     commune
sheet-pay              entitlements.pay                      commune
sheet-file             entitlements.view                     commune
sheet-budget           entitlements.totals                   commune
sheet-bank             entitlements.pay                      commune
slip-pdf               entitlements.view                     commune
my-slip-pdf            entitlements.own                      file
bank-account           entitlements.account                  file
bank-account-remove    entitlements.account                  file
budgets                budgets.view                          list
budget-new             budgets.plan                          list
budget-gaps            budgets.gaps                          list
allocation-new         budgets.allocate|budgets.record       list
budget                 budgets.view                          commune
budget-settlement      budgets.view                          commune
budget-forecast        budgets.view                          commune
budget-allocations     budgets.view                          commune
budget-receipts        budgets.view                          commune
budget-spending        budgets.view                          commune
budget-line            budgets.plan                          commune
budget-submit          budgets.plan                          commune
budget-drop            budgets.plan                          commune
budget-adjust          budgets.plan                          commune
budget-approve         budgets.approve                       commune
budget-send-back       budgets.approve                       commune
budget-close           budgets.plan                          commune
budget-settle          budgets.approve                       commune
receipt-new            budgets.record                        commune
spending-new           budgets.record                        commune
allocation-strike      budgets.allocate|budgets.record       commune
receipt-strike         budgets.record                        commune
spending-strike        budgets.record                        commune
insurance              entitlements.insurance                file
insurance-end          entitlements.insurance                commune
roster                 duty.view                             list
shift-plan             duty.assign                           team
roster-repeat          duty.assign                           team
roster-fill            duty.assign                           team
roster-fill-commune    duty.assign                           commune
shift                  duty.view                             team
shift-assign           duty.assign                           team
shift-change           duty.assign                           team
shift-cancel           duty.assign                           team
shift-begin            duty.tell                             team
shift-end              duty.tell                             team
duty-replace           duty.assign                           team
duty-release           duty.assign                           team
duty-acknowledge       duty.answer                           file
duty-decline           duty.answer                           file
duty-offer             duty.answer                           file
my-duty                duty.answer                           list
swaps                  duty.answer|duty.decide               list
swap                   duty.answer|duty.decide               file
swap-answer            duty.answer                           file
swap-approve           duty.decide                           team
swap-refuse            duty.decide                           team
leaves                 duty.answer|duty.decide               list
leave-ask              duty.answer                           list
leave                  duty.answer|duty.decide               file
leave-grant            duty.decide                           team
leave-refuse           duty.decide                           team
leave-withdraw         duty.answer                           file
help-calls             calls.view                            list
help-alarm             calls.answer                          list
help-call              calls.view                            team
help-call-see          calls.answer                          team
help-call-close        calls.answer                          team
help-call-take-back    calls.take_back                       file
on-duty                duty.view|patrols.view                list
patrols                patrols.view                          list
patrol-plan            patrols.plan                          list
patrol-plan-team       patrols.plan                          team
patrol-record          patrols.do                            list
patrol-record-team     patrols.do                            team
patrol                 patrols.view                          team
patrol-start           patrols.do                            team
patrol-end             patrols.do                            team
patrol-record-planned  patrols.do                            team
patrol-cancel          patrols.plan                          team
patrol-correct         patrols.correct                       team
patrol-void            patrols.correct                       team
patrol-finding         patrols.do                            team
patrol-traffic         patrols.do                            team
finding                patrols.view                          team
finding-hand-over      patrols.do                            team
finding-void           patrols.correct                       team
finding-photo          patrols.do                            team
finding-attachment     patrols.view                          team
finding-attachment-erase patrols.correct                     team
traffic                patrols.view                          list
traffic-record         patrols.do                            list
traffic-record-team    patrols.do                            team
traffic-help           patrols.view                          team
traffic-void           patrols.correct                       team
log-book               patrols.view                          list
incidents              incidents.view                        list
incident-new           incidents.receive                     list
incident               incidents.view                        team
incident-hand          incidents.receive                     team
incident-assign        incidents.triage                      team
incident-close         incidents.triage                      team
incident-withdraw      incidents.receive|incidents.triage    team
incident-correct       incidents.receive|incidents.triage    team
incident-case          incidents.triage                      team
incident-link          incidents.triage                      team
incident-photo         incidents.receive                     team
incident-attachment    incidents.view                        team
incident-attachment-erase incidents.receive|incidents.triage team
cases                  incidents.triage                      list
case                   incidents.triage                      team
case-conclude          incidents.triage                      team
disputes               incidents.view_dispute                list
dispute-new            incidents.note_dispute                list
dispute                incidents.view_dispute                team
dispute-close          incidents.note_dispute                team
tables                 indicators.view                       list
table-file             indicators.view                       list
table-description      indicators.view                       list
table-columns          indicators.view                       list
figures                indicators.view                       list
figures-table          indicators.view                       list
figure                 indicators.view                       list
figure-records         indicators.view                       list
typed-figures          indicators.view                       list
typed-figure-sign      indicators.sign                       list
typed-figure           indicators.view                       commune
typed-figure-correct   indicators.sign                       commune
approvals              approvals.ask|approvals.answer        list
approval               approvals.ask|approvals.answer        commune
approval-ask           approvals.ask                         commune
approval-approve       approvals.answer                      commune
approval-decline       approvals.answer                      commune
token-new              accounts.token                        list
roles                  accounts.view                         list
roles-ended            accounts.view                         list
role-give              accounts.appoint                      list
account-open           accounts.appoint                      list
role                   accounts.view                         commune
role-end               accounts.appoint                      commune
access-renew           accounts.appoint                      commune
waiting                sync.resolve                          list
waiting-one            sync.resolve                          commune
waiting-apply          sync.resolve                          commune
waiting-refuse         sync.resolve                          commune
devices                accounts.device                       list
device-ticket          accounts.device                       list
device                 accounts.device                       team
device-revoke          accounts.device                       team
access-log             accounts.access_log                   list
reviews                reports.review                        list
review-new             reports.review                        list
review                 reports.review                        commune
review-word            reports.review                        commune
review-pdf             reports.review                        commune
review-annex           reports.review                        commune
review-picture         reports.review                        commune
""")
