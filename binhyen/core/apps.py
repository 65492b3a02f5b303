# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Core."""

    name = "binhyen.core"
    label = "core"
