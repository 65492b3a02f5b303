# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the phone protocol."""

from django.urls import path

from binhyen.sync import views

urlpatterns = [
    path("sync/enrol", views.enrol, name="sync-enrol"),
    path("sync/push", views.push, name="sync-push"),
    path("sync/pull", views.pull, name="sync-pull"),
]
