# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from django.apps import AppConfig


class PapersConfig(AppConfig):
    """Official papers; it has no tables."""

    name = "binhyen.papers"
    label = "papers"
