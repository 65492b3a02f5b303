# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses below /api/: the operations, their description, and a 'not found' in words."""

from django.urls import path, re_path

from binhyen.api import views
from binhyen.api.root import api

urlpatterns = [
    path("v1/openapi.json", views.description, name="api-description"),
    path("v1/", api.urls),
    re_path(r"", views.unknown_address, name="api-unknown"),
]
