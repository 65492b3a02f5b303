# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be asked for, and where a request stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class What(models.TextChoices):
    """The lists that hold personal data and can be taken away as a file."""

    MEMBERS = "members", _("the list of members")
    ROLES = "roles", _("the list of roles")
    ENDED_ROLES = "ended-roles", _("the list of ended roles")
    ACCESS_LOG = "access-log", _("the access log")
    LOG_BOOK = "log-book", _("the log book")
    ROSTER = "roster", _("the duty roster")
    PAY = "pay", _("a pay sheet with its members")


class State(models.TextChoices):
    """Where a request stands. Lapsed is never stored: the day says it."""

    ASKED = "asked", pgettext_lazy("approval", "Waits")
    APPROVED = "approved", pgettext_lazy("approval", "Approved")
    DECLINED = "declined", pgettext_lazy("approval", "Declined")
    USED = "used", pgettext_lazy("approval", "Used")
    LAPSED = "lapsed", pgettext_lazy("approval", "Lapsed")
