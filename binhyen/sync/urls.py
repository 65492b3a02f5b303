# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the phone protocol, and of the pages about what phones sent."""

from django.urls import path

from binhyen.sync import views, views_blobs, views_claim, views_waiting

urlpatterns = [
    path("sync/enrol", views.enrol, name="sync-enrol"),
    path("sync/claim", views_claim.claim, name="sync-claim"),
    path("sync/push", views.push, name="sync-push"),
    path("sync/pull", views.pull, name="sync-pull"),
    path("sync/blob/<uuid:blob_id>", views_blobs.blob, name="sync-blob"),
    path("phones/waiting/", views_waiting.waiting_list, name="waiting"),
    path("phones/waiting/<uuid:operation_id>/", views_waiting.waiting_page, name="waiting-one"),
    path(
        "phones/waiting/<uuid:operation_id>/apply/",
        views_waiting.apply_waiting,
        name="waiting-apply",
    ),
    path(
        "phones/waiting/<uuid:operation_id>/refuse/",
        views_waiting.refuse_waiting,
        name="waiting-refuse",
    ),
    path("receipt/", views_waiting.receipt_page, name="receipt"),
]
