# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of patrols."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class PatrolState(models.TextChoices):
    """planned -> under way -> done; a plan can be cancelled; a done patrol can be voided."""

    PLANNED = "planned", _("Planned")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    VOID = "void", _("Entered in error")


class FindingKind(models.TextChoices):
    """What was found, as a suspected violation of security or order (Law 30/2023 Art. 7, 12)."""

    PUBLIC_ORDER = "public_order", _("Disturbing public order")
    THEFT = "theft", _("Theft or damage of property")
    GAMBLING = "gambling", _("Gambling")
    DRUGS = "drugs", _("Drugs")
    WEAPONS = "weapons", _("Weapons, explosives, firecrackers")
    TRAFFIC = "traffic", _("Traffic order")
    FIRE_SAFETY = "fire_safety", _("Fire safety")
    ENVIRONMENT = "environment", _("Environment")
    OTHER = "other", _("Other violation of security or order")


class TrafficKind(models.TextChoices):
    """Kinds of help with traffic, always under police guidance."""

    GUIDANCE = "guidance", _("Traffic guidance")
    JAM = "jam", _("Clearing a traffic jam")
    ACCIDENT = "accident", _("First aid and protecting the scene of an accident")


class WayOff(models.TextChoices):
    """Why a phone did not record the way, or not all of it; a word is enough."""

    BATTERY = "battery", _("To save the battery")
    WISH = "wish", _("The member did not want it")
    NO_SIGNAL = "no_signal", _("No usable position")
    REFUSED = "refused", _("The phone allows no positions")


class CheckResult(models.TextChoices):
    """What was met at a place of a list: about the place, never about who lives there."""

    DONE = "done", pgettext_lazy("place checked", "Checked")
    NO_ANSWER = "no_answer", _("No answer")
    NEEDS_HELP = "needs_help", _("Needs help")
