# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """API."""

    name = "binhyen.api"
    label = "api"
