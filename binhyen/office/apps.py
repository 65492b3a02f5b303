# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """Office."""

    name = "binhyen.office"
    label = "office"
