# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a resolution can set, for whom, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """draft -> approved by a second person; only what is approved counts."""

    DRAFT = "draft", pgettext_lazy("resolution", "Draft")
    APPROVED = "approved", pgettext_lazy("resolution", "Approved")


class For(models.TextChoices):
    """Whom a value is for: one role, anyone, or the team as such."""

    LEADER = "leader", _("Team leader")
    DEPUTY = "deputy", _("Deputy team leader")
    MEMBER = "member", _("Team member")
    ALL = "all", _("Everybody")
    TEAM = "team", _("The team")


class Item(models.TextChoices):
    """What is set; the codes are those of the collected resolutions, caps stand as their own."""

    MONTHLY = "MONTHLY", _("Monthly support")
    MONTHLY_EXTRA = "MONTHLY_EXTRA", _("Monthly supplement")
    MONTHLY_FACTOR = "MONTHLY_FACTOR", _("Monthly support, in hundredths of the base salary")
    MONTHLY_FACTOR_T23 = (
        "MONTHLY_FACTOR_T23",
        _("The same in villages of types 2 and 3, in hundredths of the base salary"),
    )
    NIGHT = "NIGHT", _("Night allowance")
    NIGHT_CAP = "NIGHT_CAP", _("Paid nights in a month, at most")
    NIGHT_HOURS = "NIGHT_HOURS", _("Hours between 22:00 and 06:00 that make a paid night, at least")
    REST_HOLIDAY = "REST_HOLIDAY", _("Allowance on a rest day or holiday")
    HAZARD = "HAZARD", _("Hazard allowance")
    HAZARD_CAP = "HAZARD_CAP", _("Paid hazard days in a month, at most")
    AREA = "AREA", _("Allowance for a special area")
    DUTY_DAY = "DUTY_DAY", _("Assigned or mobilised duty by the day")
    DUTY_DAY_HOURS = "DUTY_DAY_HOURS", _("Hours that make a paid day of duty, at least")
    INPATIENT_MEAL = "INPATIENT_MEAL", _("Meals in hospital")
    DEATH_SURVIVOR = "DEATH_SURVIVOR", _("Support after a death on duty")
    FUNERAL = "FUNERAL", _("Funeral costs")
    TET_GIFT = "TET_GIFT", _("Tết gift")
    HI = "HI", _("Health insurance")
    HI_SUPPORT_MIN = "HI_SUPPORT_MIN", _("Health insurance, least share supported")
    VSI = "VSI", _("Voluntary social insurance")
    BASE_SALARY = "BASE_SALARY", _("Base salary")
    MODEL_OPERATION = "MODEL_OPERATION", _("Running a model of the movement")
    FUEL_CAMPAIGN = "FUEL_CAMPAIGN", _("Fuel of a campaign")
    TRAFFIC_NIGHT_SHIFT_MAX = "TRAFFIC_NIGHT_SHIFT_MAX", _("Traffic night shift, at most")
    TRAFFIC_DAY_SHIFT_MAX = "TRAFFIC_DAY_SHIFT_MAX", _("Traffic day shift, at most")
    TRAFFIC_SHIFT_CAP = "TRAFFIC_SHIFT_CAP", _("Paid traffic shifts in a month, at most")
    TEAM_COUNT = "TEAM_COUNT", _("Number of teams")
    TEAM_SIZE_BASE = "TEAM_SIZE_BASE", _("Members of a team")
    TEAM_SIZE_FIXED = "TEAM_SIZE_FIXED", _("Members of every team")
    TEAM_SIZE_LARGE = "TEAM_SIZE_LARGE", _("Members of a team of a large village")
    TEAM_SIZE_MIN = "TEAM_SIZE_MIN", _("Members of a team, at least")
    TEAM_SIZE_MAX = "TEAM_SIZE_MAX", _("Members of a team, at most")
    TEAM_SIZE_MAX_LARGE = "TEAM_SIZE_MAX_LARGE", _("Members in a large village, at most")
    TEAM_SIZE_STEP = "TEAM_SIZE_STEP", _("Residents or households for one more member")
