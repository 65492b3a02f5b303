# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of teams."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Post(models.TextChoices):
    """Places in a team (Law 30/2023 Art. 16(1))."""

    LEADER = "leader", _("Team leader")
    DEPUTY = "deputy", _("Deputy team leader")
    MEMBER = "member", _("Team member")


class TaskGroup(models.TextChoices):
    """The six task groups (Law 30/2023 Art. 7 to 12); every activity carries exactly one."""

    AWARENESS = "awareness", _("Support for awareness of the security situation")
    MOVEMENT = "movement", _("Support for the people's movement")
    FIRE_RESCUE = "fire_rescue", _("Support for fire prevention, fire-fighting and rescue")
    ADMIN_ORDER = "admin_order", _("Support for administrative order")
    EDUCATION = "education", _("Support for educating people who broke the law")
    PATROL = "patrol", _("Support for patrol, traffic safety and mobilised duty")


class DecisionKind(models.TextChoices):
    """What a numbered decision about a team does."""

    ESTABLISH = "establish", _("Establishing a Team")
    CHANGE = "change", _("Changing a Team")
    DISSOLVE = "dissolve", _("Dissolving a Team")
