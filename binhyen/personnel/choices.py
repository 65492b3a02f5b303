# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of membership."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Purpose
from binhyen.core.errors import Text


class Origin(models.TextChoices):
    """The former force that a member came from (Law 30/2023 Art. 14(1))."""

    WARD_GUARD = "ward_guard", _("Ward guard")
    COMMUNE_POLICE = "commune_police", _("Semi-professional commune police")
    CIVIL_DEFENCE = "civil_defence", _("Head or deputy head of a civil-defence fire team")
    NEW = "new", _("Newly selected")


class EndGround(models.TextChoices):
    """The four grounds for ending a membership (Law 30/2023 Art. 17(3)), death, and dissolution."""

    OWN_REQUEST = "own_request", _("Own request")
    HEALTH = "health", _("Health no longer certified")
    REFUSAL = "refusal", _("Refused or failed duty after two written reminders")
    CRIMINAL = "criminal", _("Prosecution or administrative-handling measure")
    DEATH = "death", _("Died")
    TEAM_DISSOLVED = "team_dissolved", _("Team dissolved or number reduced")


class Sex(models.TextChoices):
    """For equipment sizes and equality figures (Law 30/2023 Art. 4(4)); may be left empty."""

    FEMALE = "female", _("Female")
    MALE = "male", _("Male")


PURPOSES: dict[str, Text] = {
    Purpose.MANAGE_FORCE: _("Managing the force"),
    Purpose.DIRECT_DUTY: _("Directing duty"),
    Purpose.HANDLE_REPORT: _("Handling a report"),
    Purpose.OWN_FILE: _("Own file"),
    Purpose.VERIFY_FIGURE: _("Verifying a figure"),
    Purpose.INSPECT: _("Inspection"),
}
"""Why a file was read, in words."""
