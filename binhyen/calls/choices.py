# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a call for help stands, and how it came out."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallState(models.TextChoices):
    """called -> seen by somebody who can help -> closed; closed at once when it is over."""

    CALLED = "called", _("Nobody has seen it yet")
    SEEN = "seen", pgettext_lazy("help call", "Seen")
    CLOSED = "closed", pgettext_lazy("help call", "Over")


class Outcome(models.TextChoices):
    """How a call came out."""

    HELPED = "helped", _("Help came")
    SAFE = "safe", _("Over without help")
    MISTAKE = "mistake", _("Pressed by mistake")
    DRILL = "drill", _("An exercise")


OWN_OUTCOMES = (Outcome.SAFE, Outcome.HELPED, Outcome.MISTAKE)
"""What the caller can say of the own call."""
