# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of the roster."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.errors import Text


class ShiftKind(models.TextChoices):
    """What a shift is."""

    PATROL = "patrol", pgettext_lazy("shift", "Patrol")
    STANDBY = "standby", _("Standing by at the post")
    EVENT = "event", _("Event")

    @property
    def short(self) -> Text:
        """A word or two, for the cells of a roster."""
        return {
            ShiftKind.PATROL: pgettext_lazy("shift", "Patrol"),
            ShiftKind.STANDBY: pgettext_lazy("shift", "At the post"),
            ShiftKind.EVENT: _("Event"),
        }[self]


class ShiftState(models.TextChoices):
    """draft (nobody assigned yet) -> assigned; both can be cancelled."""

    DRAFT = "draft", pgettext_lazy("shift", "Draft")
    ASSIGNED = "assigned", pgettext_lazy("shift", "Assigned")
    CANCELLED = "cancelled", pgettext_lazy("shift", "Called off")


class AssignmentState(models.TextChoices):
    """assigned -> acknowledged; declined by the member; replaced by whoever assigns."""

    ASSIGNED = "assigned", pgettext_lazy("assignment", "Not acknowledged yet")
    ACKNOWLEDGED = "acknowledged", pgettext_lazy("assignment", "Acknowledged")
    DECLINED = "declined", pgettext_lazy("assignment", "Declined")
    REPLACED = "replaced", pgettext_lazy("assignment", "Taken off")


class DeclineReason(models.TextChoices):
    """Why somebody cannot serve; a word is enough, nobody writes down a state of health."""

    AWAY = "away", _("Away from the area")
    FAMILY = "family", _("Family matters")
    WORK = "work", _("Main job")
    REST = "rest", _("Not rested")
    OTHER_DUTY = "other_duty", _("Another duty at this time")
    OTHER = "other", _("Another reason")


class LeaveKind(models.TextChoices):
    """Why somebody is not to be assigned for some days; without details."""

    OWN = "own", _("Own matters")
    FAMILY = "family", _("Family matters")
    WORK = "work", _("Main job")
    STUDY = "study", _("Training or study")
    AWAY = "away", _("Away from the area")


class LeaveState(models.TextChoices):
    """asked -> granted or refused; taken back by whoever asked."""

    ASKED = "asked", pgettext_lazy("leave", "Asked")
    GRANTED = "granted", pgettext_lazy("leave", "Granted")
    REFUSED = "refused", pgettext_lazy("leave", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("leave", "Taken back")


class SwapState(models.TextChoices):
    """offered -> accepted by the colleague -> approved; refused by either; withdrawn."""

    OFFERED = "offered", pgettext_lazy("swap", "Offered")
    ACCEPTED = "accepted", pgettext_lazy("swap", "Accepted by the colleague")
    APPROVED = "approved", pgettext_lazy("swap", "Approved")
    REFUSED = "refused", pgettext_lazy("swap", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("swap", "Withdrawn")
