# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a resolution can set, for whom, in which unit and case, and where it stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """draft -> approved by a second person -> closed; a draft may be withdrawn instead."""

    DRAFT = "draft", pgettext_lazy("resolution", "Draft")
    APPROVED = "approved", pgettext_lazy("resolution", "Approved")
    CLOSED = "closed", pgettext_lazy("resolution", "Closed")
    """Each of its values has a last day everywhere, by newer resolutions or by a decision."""
    WITHDRAWN = "withdrawn", pgettext_lazy("resolution", "Withdrawn")
    """A draft that nobody will complete; it never counted."""


class Origin(models.TextChoices):
    """Where a resolution came from."""

    ENTERED = "entered", _("entered here")
    SHIPPED = "shipped", _("collected from public sources, shipped with the product")


class Replaces(models.TextChoices):
    """What becomes of earlier resolutions in the communes that a newer one covers."""

    ALL = "all", _("It replaces earlier resolutions altogether")
    SUBJECTS = "subjects", _("It replaces only what it sets anew; the rest goes on")


class For(models.TextChoices):
    """Whom a value is for: one role, anyone, or the team as such."""

    LEADER = "leader", _("Team leader")
    DEPUTY = "deputy", _("Deputy team leader")
    MEMBER = "member", _("Team member")
    ALL = "all", _("Everybody")
    TEAM = "team", _("The team")


class Case(models.TextChoices):
    """In which case a value holds; most hold in every case."""

    ANY = "", _("in every case")
    VILLAGE_1 = "village_1", _("in villages of type 1")
    VILLAGE_2 = "village_2", _("in villages of type 2")
    VILLAGE_3 = "village_3", _("in villages of type 3")
    RURAL = "rural", _("in villages (thôn and the like)")
    URBAN = "urban", _("in residential groups (tổ dân phố and the like)")
    KEY_AREA = "key_area", _("in key areas")
    INTERMEDIATE = "intermediate", _("with an intermediate diploma")
    COLLEGE = "college", _("with a college diploma")
    UNIVERSITY = "university", _("with a university degree or higher")


class Unit(models.TextChoices):
    """What a value's whole number counts."""

    DONG_MONTH = "dong_month", _("đồng a month")
    DONG_NIGHT = "dong_night", _("đồng a night")
    DONG_DAY = "dong_day", _("đồng a day")
    DONG_SHIFT = "dong_shift", _("đồng a shift")
    DONG_CASE = "dong_case", _("đồng a case")
    DONG_YEAR = "dong_year", _("đồng a year")
    DONG_KM = "dong_km", _("đồng a kilometre")
    BASE_HUNDREDTHS = "base_hundredths", _("hundredths of the base salary")
    """Of the day for which it is paid; 70 is 0.70 times."""
    WAGE_HUNDREDTHS = "wage_hundredths", _("hundredths of the regional minimum wage")
    PERCENT = "percent", _("percent of the contribution")
    PERCENT_SUPPORT = "percent_support", _("percent of the contribution on the monthly support")
    PERCENT_BASE = "percent_base", _("percent of the contribution on the base salary")
    PERCENT_POVERTY = "percent_poverty", _("percent of the contribution on the rural poverty line")
    PERCENT_LOST = "percent_lost", _("percent of lost capacity")
    PERCENT_COST = "percent_cost", _("percent of the cost")
    PEOPLE = "people", _("people")
    TEAMS = "teams", _("teams")
    NIGHTS = "nights", _("nights a month")
    DAYS = "days", _("days a month")
    SHIFTS = "shifts", _("shifts a month")
    HOURS = "hours", _("hours")
    YES = "yes", _("yes")
    """A rule that holds; its number is 1."""


class Counted(models.TextChoices):
    """What steps of a team's size go by."""

    RESIDENTS = "residents", _("residents")
    HOUSEHOLDS = "households", _("households")
    SQUARE_KM = "square_km", _("km²")


class Subject(models.TextChoices):
    """What belongs together: a resolution that sets one thing of a subject sets the whole anew."""

    MONTHLY = "monthly", _("Monthly support")
    HEALTH = "health", _("Health insurance")
    SOCIAL = "social", _("Voluntary social insurance")
    NIGHT = "night", _("Nights")
    REST = "rest", _("Rest days and holidays")
    DUTY_DAY = "duty_day", _("Duty by the day")
    HAZARD = "hazard", _("Hazard")
    AREA = "area", _("Special areas")
    ACCIDENT = "accident", _("Sickness, accident and death on duty")
    GIFT = "gift", _("Gifts")
    FUEL = "fuel", _("Fuel")
    VEHICLE = "vehicle", _("Vehicle")
    OTHER = "other", _("Other support")
    SIZE = "size", _("Size of teams")
    COUNT = "count", _("Number of teams")
    BASE = "base", _("Base salary")
    FLOOR = "floor", _("National floor of health insurance")
    MEAL = "meal", _("Meals at training")
    POVERTY = "poverty", _("Poverty line")
    MOVEMENT = "movement", _("The movement")
    TRAFFIC = "traffic", _("Traffic shifts")


class Item(models.TextChoices):
    """What is set. The codes never change; `rules.SCHEMA` says what each may hold."""

    MONTHLY = "MONTHLY", _("Monthly support")
    MONTHLY_EXTRA = "MONTHLY_EXTRA", _("Monthly supplement")
    MONTHLY_FACTOR = "MONTHLY_FACTOR", _("Monthly support by the base salary")
    MONTHLY_FACTOR_T23 = (
        "MONTHLY_FACTOR_T23",
        _("Monthly support by the base salary, villages of types 2 and 3"),
    )
    MONTHLY_BY_DAYS = "MONTHLY_BY_DAYS", _("A part of a month is paid by its days")
    QUALIFICATION = "QUALIFICATION", _("Monthly supplement for a qualification")
    NIGHT = "NIGHT", _("Night allowance")
    NIGHT_CAP = "NIGHT_CAP", _("Paid nights in a month, at most")
    NIGHT_HOURS = "NIGHT_HOURS", _("Hours between 22:00 and 06:00 that make a paid night, at least")
    NIGHT_JOINT = (
        "NIGHT_JOINT",
        _("One rate and cap for nights, rest days, holidays and hazard"),
    )
    REST_HOLIDAY = "REST_HOLIDAY", _("Allowance on a rest day or holiday")
    REST_HOLIDAY_CAP = "REST_HOLIDAY_CAP", _("Paid rest days and holidays in a month, at most")
    HAZARD = "HAZARD", _("Hazard allowance")
    HAZARD_SPECIAL = "HAZARD_SPECIAL", _("Allowance for particularly hazardous work")
    HAZARD_CAP = "HAZARD_CAP", _("Paid hazard days in a month, at most")
    AREA = "AREA", _("Allowance for a special area")
    DUTY_DAY = "DUTY_DAY", _("Assigned or mobilised duty by the day")
    DUTY_DAY_CAP = "DUTY_DAY_CAP", _("Paid days of duty in a month, at most")
    DUTY_DAY_HOURS = "DUTY_DAY_HOURS", _("Hours that make a paid day of duty, at least")
    INPATIENT_MEAL = "INPATIENT_MEAL", _("Meals in hospital")
    TREATMENT_MOST = "TREATMENT_MOST", _("Examination and treatment after an accident, at most")
    CAPACITY_FROM = "CAPACITY_FROM", _("Lost working capacity that is supported, from")
    CAPACITY_FIRST = "CAPACITY_FIRST", _("Lost working capacity, for the first percent named")
    CAPACITY_STEP = "CAPACITY_STEP", _("Lost working capacity, for each further percent")
    DEATH_SURVIVOR = "DEATH_SURVIVOR", _("Support after a death on duty")
    FUNERAL = "FUNERAL", _("Funeral costs")
    TET_GIFT = "TET_GIFT", _("Tết gift")
    FUEL = "FUEL", _("Fuel support")
    VEHICLE = "VEHICLE", _("Support for one's own vehicle")
    OTHER_SUPPORT = "OTHER_SUPPORT", _("Other support")
    HI = "HI", _("Health insurance")
    HI_SUPPORT_MIN = "HI_SUPPORT_MIN", _("Health insurance, least share supported")
    VSI = "VSI", _("Voluntary social insurance")
    TRAINING_MEAL = "TRAINING_MEAL", _("Meals at training")
    POVERTY_LINE = "POVERTY_LINE", _("Rural poverty line")
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
    TEAM_SIZE_STEP = "TEAM_SIZE_STEP", _("Further members by steps")
