# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app: it has words, and no tables."""

from django.apps import AppConfig


class LawConfig(AppConfig):
    """Law."""

    name = "binhyen.law"
    label = "law"
