# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about acts of two persons."""

from django.urls import path

from binhyen.approvals import views

urlpatterns = [
    path("approvals/", views.approval_list, name="approvals"),
    path("approvals/ask/<slug:what>/<str:code>/<int:rows>/", views.ask, name="approval-ask"),
    path("approvals/<uuid:approval_id>/", views.approval_page, name="approval"),
    path("approvals/<uuid:approval_id>/approve/", views.approve, name="approval-approve"),
    path("approvals/<uuid:approval_id>/decline/", views.decline, name="approval-decline"),
]
