# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about pay."""

from django.urls import path

from binhyen.core.pages import register_section
from binhyen.entitlements import (
    views,
    views_contests,
    views_noted,
    views_papers,
    views_steps,
    views_support,
)
from binhyen.entitlements.record import account_section, insurance_section

register_section("member", insurance_section)
register_section("member", account_section)

urlpatterns = [
    path("pay/", views.sheet_list, name="sheets"),
    path("pay/support/", views_support.support_page, name="pay-support"),
    path("pay/compute/", views_steps.compute, name="sheet-compute"),
    path("pay/days/", views_noted.noted_list, name="noted-days"),
    path("pay/days/new/", views_noted.note, name="noted-add"),
    path("pay/days/<uuid:noted_id>/take-back/", views_noted.take_back, name="noted-take-back"),
    path("pay/mine/", views.my_pay, name="my-pay"),
    path("pay/mine/<uuid:slip_id>/", views.my_slip, name="my-slip"),
    path("pay/slips/<uuid:slip_id>/", views.slip_page, name="slip"),
    path("pay/slips/<uuid:slip_id>/paid/", views_steps.pay_slip, name="slip-pay"),
    path("pay/<uuid:sheet_id>/", views.sheet_page, name="sheet"),
    path("pay/<uuid:sheet_id>/again/", views_steps.again, name="sheet-again"),
    path("pay/<uuid:sheet_id>/freeze/", views_steps.freeze, name="sheet-freeze"),
    path("pay/<uuid:sheet_id>/approve/", views_steps.approve, name="sheet-approve"),
    path("pay/<uuid:sheet_id>/send-back/", views_steps.send_back, name="sheet-send-back"),
    path("pay/<uuid:sheet_id>/void/", views_steps.void, name="sheet-void"),
    path("pay/<uuid:sheet_id>/correct/", views_steps.correct, name="sheet-correct"),
    path("pay/<uuid:sheet_id>/payment/", views_steps.pay, name="sheet-pay"),
    path("pay/<uuid:sheet_id>/files/bank.csv", views_papers.sheet_bank, name="sheet-bank"),
    path("pay/<uuid:sheet_id>/files/budget.<slug:ending>", views_papers.sheet_budget,
         name="sheet-budget"),
    path("pay/<uuid:sheet_id>/files/<str:file>", views_papers.sheet_file, name="sheet-file"),
    path("pay/slips/<uuid:slip_id>/slip.pdf", views_papers.slip_pdf, name="slip-pdf"),
    path("pay/mine/<uuid:slip_id>/slip.pdf", views_papers.my_slip_pdf, name="my-slip-pdf"),
    path("pay/mine/<uuid:slip_id>/contest/", views_contests.my_contest, name="my-contest"),
    path("pay/mine/contests/<uuid:contest_id>/withdraw/", views_contests.withdraw,
         name="my-contest-withdraw"),
    path("pay/contests/", views_contests.contest_list, name="contests"),
    path("pay/contests/<uuid:contest_id>/", views_contests.contest_page, name="contest"),
    path("pay/contests/<uuid:contest_id>/accept/", views_contests.accept, name="contest-accept"),
    path("pay/contests/<uuid:contest_id>/refuse/", views_contests.refuse, name="contest-refuse"),
    path("people/<uuid:member_id>/account/", views_papers.account, name="bank-account"),
    path("people/<uuid:member_id>/account/remove/", views_papers.account_remove,
         name="bank-account-remove"),
    path("people/<uuid:member_id>/insurance/", views_steps.insurance, name="insurance"),
    path("insurance/<uuid:insurance_id>/end/", views_steps.insurance_end, name="insurance-end"),
]  # fmt: skip
