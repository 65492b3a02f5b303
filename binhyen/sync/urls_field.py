# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the phone app."""

from django.urls import path

from binhyen.sync import views_field as views

urlpatterns = [
    path("field/", views.field_page, name="field"),
    path("field/sw.js", views.field_worker, name="field-worker"),
]
