# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about budgets."""

from django.urls import path

from binhyen.budgets import views, views_steps

urlpatterns = [
    path("budgets/", views.budget_list, name="budgets"),
    path("budgets/new/", views_steps.budget_new, name="budget-new"),
    path("budgets/gaps/", views.gaps_page, name="budget-gaps"),
    path("budgets/allocate/", views_steps.allocation, name="allocation-new"),
    path("budgets/<uuid:budget_id>/", views.budget_page, name="budget"),
    path("budgets/<uuid:budget_id>/account/", views.settlement_page, name="budget-settlement"),
    path("budgets/<uuid:budget_id>/forecast/", views.forecast_page, name="budget-forecast"),
    path("budgets/<uuid:budget_id>/allocations/", views.allocation_list, name="budget-allocations"),
    path("budgets/<uuid:budget_id>/receipts/", views.receipt_list, name="budget-receipts"),
    path("budgets/<uuid:budget_id>/spending/", views.spending_list, name="budget-spending"),
    path("budgets/<uuid:budget_id>/files/<slug:written>.<slug:ending>", views.budget_file,
         name="budget-file"),
    path("budgets/<uuid:budget_id>/line/", views_steps.line, name="budget-line"),
    path("budgets/<uuid:budget_id>/submit/", views_steps.submit, name="budget-submit"),
    path("budgets/<uuid:budget_id>/drop/", views_steps.drop, name="budget-drop"),
    path("budgets/<uuid:budget_id>/adjust/", views_steps.adjust, name="budget-adjust"),
    path("budgets/<uuid:budget_id>/approve/", views_steps.approve, name="budget-approve"),
    path("budgets/<uuid:budget_id>/send-back/", views_steps.send_back, name="budget-send-back"),
    path("budgets/<uuid:budget_id>/close/", views_steps.close, name="budget-close"),
    path("budgets/<uuid:budget_id>/settle/", views_steps.settle, name="budget-settle"),
    path("budgets/<uuid:budget_id>/receive/", views_steps.receipt, name="receipt-new"),
    path("budgets/<uuid:budget_id>/spend/", views_steps.spending, name="spending-new"),
    path("budgets/allocations/<uuid:allocation_id>/strike/", views_steps.allocation_strike,
         name="allocation-strike"),
    path("budgets/receipts/<uuid:receipt_id>/strike/", views_steps.receipt_strike,
         name="receipt-strike"),
    path("budgets/spending/<uuid:spending_id>/strike/", views_steps.spending_strike,
         name="spending-strike"),
]  # fmt: skip
