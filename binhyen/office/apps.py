# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Django knows this app."""

from typing import Any

from django.apps import AppConfig, apps
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from binhyen.core.pages import NavItem, register_nav
from binhyen.duty.permissions import VIEW_ROSTER


class OfficeConfig(AppConfig):
    """Office."""

    name = "binhyen.office"
    label = "office"

    def ready(self) -> None:
        """The start page is the first entry of the menu; `migrate` ends with an index of names."""
        register_nav(NavItem(_("Today"), "today", None, "today", 0))
        register_nav(NavItem(_("On duty now"), "on-duty", VIEW_ROSTER, "clock", 37))
        post_migrate.connect(_index_names, sender=apps.get_app_config("core"))


def _index_names(**_kwargs: Any) -> None:
    """At the end of every `migrate`: let PostgreSQL find names with slips by index."""
    from binhyen.core.likeness import index_trigrams
    from binhyen.teams.models import Team
    from binhyen.teams.queries import TITLE
    from binhyen.territory.models import Territory

    index_trigrams([(Team, "name_folded", TITLE), (Territory, "name_folded", "")])
