# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the roster."""

from django.urls import path

from binhyen.duty import views, views_answers, views_fill, views_leave, views_shifts

urlpatterns = [
    path("roster/", views.roster, name="roster"),
    path("roster/<uuid:team_id>/plan/", views_shifts.plan, name="shift-plan"),
    path("roster/<uuid:team_id>/repeat/", views_shifts.repeat, name="roster-repeat"),
    path("roster/<uuid:team_id>/fill/", views_fill.fill_team, name="roster-fill"),
    path("roster/communes/<str:code>/fill/", views_fill.fill_commune, name="roster-fill-commune"),
    path("roster/shifts/<uuid:shift_id>/", views_shifts.shift_page, name="shift"),
    path("roster/shifts/<uuid:shift_id>/assign/", views_shifts.assign, name="shift-assign"),
    path("roster/shifts/<uuid:shift_id>/change/", views_shifts.change, name="shift-change"),
    path("roster/shifts/<uuid:shift_id>/cancel/", views_shifts.cancel, name="shift-cancel"),
    path("roster/shifts/<uuid:shift_id>/begin/", views_shifts.begin, name="shift-begin"),
    path("roster/shifts/<uuid:shift_id>/end/", views_shifts.end, name="shift-end"),
    path("roster/duty/<uuid:assignment_id>/replace/", views_shifts.replace, name="duty-replace"),
    path("roster/duty/<uuid:assignment_id>/release/", views_shifts.release, name="duty-release"),
    path("roster/duty/<uuid:assignment_id>/acknowledge/", views_answers.acknowledge,
         name="duty-acknowledge"),
    path("roster/duty/<uuid:assignment_id>/decline/", views_answers.decline, name="duty-decline"),
    path("roster/duty/<uuid:assignment_id>/offer/", views_answers.offer, name="duty-offer"),
    path("roster/mine/", views_answers.my_duty, name="my-duty"),
    path("roster/swaps/", views_answers.swap_list, name="swaps"),
    path("roster/swaps/<uuid:swap_id>/", views_answers.swap_page, name="swap"),
    path("roster/swaps/<uuid:swap_id>/answer/<slug:step>/", views_answers.answer_swap,
         name="swap-answer"),
    path("roster/swaps/<uuid:swap_id>/approve/", views_answers.approve_swap, name="swap-approve"),
    path("roster/swaps/<uuid:swap_id>/refuse/", views_answers.refuse_swap, name="swap-refuse"),
    path("roster/leave/", views_leave.leave_list, name="leaves"),
    path("roster/leave/ask/", views_leave.ask, name="leave-ask"),
    path("roster/leave/<uuid:leave_id>/", views_leave.leave_page, name="leave"),
    path("roster/leave/<uuid:leave_id>/grant/", views_leave.grant, name="leave-grant"),
    path("roster/leave/<uuid:leave_id>/refuse/", views_leave.refuse, name="leave-refuse"),
    path("roster/leave/<uuid:leave_id>/withdraw/", views_leave.withdraw, name="leave-withdraw"),
]  # fmt: skip
