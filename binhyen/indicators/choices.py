# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Group(models.TextChoices):
    """Groups of indicators; the word is the first part of the code."""

    FORCE = "FORCE", _("The force")
    ACT = "ACT", _("Activity")
    OUT = "OUT", _("Outcomes published by the police")
    HON = "HON", _("Rating and honour")
    BEN = "BEN", _("Benefits")
    MOV = "MOV", _("Movement and models")
    WPN = "WPN", _("Weapons handed in")
    EXT = "EXT", _("Aggregates of the police")
    GOV = "GOV", _("Accountability")


class Form(models.TextChoices):
    """How a figure behaves over days and places."""

    FLOW = "flow", _("added up over the days of a period")
    STOCK = "stock", _("as it stands on the last day of a period")
    RATIO = "ratio", _("divided last, anew at each level")
    CHANGE = "change", _("against the same days of the year before")
    MEDIAN = "median", _("the middle one, from counts in fixed bins")
    FIXED = "fixed", _("fixed by law")


class Source(models.TextChoices):
    """Where a figure comes from today."""

    COUNTED = "counted", _("counted from the records")
    TYPED = "typed", _("typed in and signed by an authority")
    LAW = "law", _("set by law")
    LATER = "later", _("not yet counted")


class Public(models.TextChoices):
    """Whether a figure may be published."""

    YES = "yes", _("public")
    SUPPRESSED = "suppressed", _("public, counts below five hidden")
    NO = "no", _("not public")


class Status(models.TextChoices):
    """What stands behind one figure for one place and period."""

    COUNTED = "counted", _("counted")
    TYPED = "typed", _("typed in")
    FIXED = "fixed", _("fixed by law")
    LATER = "later", _("not yet counted")
    MISSING = "missing", _("not available for this period")


class Unit(models.TextChoices):
    """What a figure counts; the stored word stands in JSON, the label on screens."""

    TEAM = "Team", pgettext_lazy("unit", "teams")
    PERSON = "person", pgettext_lazy("unit", "people")
    PERSON_PER_TEAM = "person/Team", pgettext_lazy("unit", "people per team")
    PERCENT = "percent", pgettext_lazy("unit", "%")
    COMMUNE = "commune", pgettext_lazy("unit", "communes")
    GROUP = "group", pgettext_lazy("unit", "groups")
    DONG_A_MONTH = "VND/person/month", pgettext_lazy("unit", "đồng a month")
    DONG = "VND", pgettext_lazy("unit", "đồng")
    REPORT = "report", pgettext_lazy("unit", "reports")
    CASE = "case", pgettext_lazy("unit", "cases")
    CASE_PER_100 = "case/100 reports", pgettext_lazy("unit", "cases per 100 reports")
    MINUTE = "minute", pgettext_lazy("unit", "minutes")
    PATROL = "patrol", pgettext_lazy("unit", "patrols")
    HOUR = "hour", pgettext_lazy("unit", "hours")
    CASE_PER_1000 = "case/1000 patrols", pgettext_lazy("unit", "cases per 1,000 patrols")
    TIME = "time", pgettext_lazy("unit", "times")
    EVENT = "event", pgettext_lazy("unit", "events")
    DELIVERY = "delivery", pgettext_lazy("unit", "deliveries")
    HOUSEHOLD = "household", pgettext_lazy("unit", "households")
    AREA = "area", pgettext_lazy("unit", "areas")
    MEETING = "meeting", pgettext_lazy("unit", "meetings")
    ATTENDANCE = "attendance", pgettext_lazy("unit", "attendances")
    ACCIDENT = "accident", pgettext_lazy("unit", "accidents")
    VILLAGE = "village", pgettext_lazy("unit", "villages")
    HONOUREE = "collective or individual", pgettext_lazy("unit", "collectives and individuals")
    SITE = "site", pgettext_lazy("unit", "sites")
    AWARD = "award", pgettext_lazy("unit", "awards")
    RATED = "Team / person", pgettext_lazy("unit", "teams and members")
    CLAIM = "claim", pgettext_lazy("unit", "claims")
    FAMILY = "family", pgettext_lazy("unit", "families")
    MODEL = "model", pgettext_lazy("unit", "models")
    POINT = "point", pgettext_lazy("unit", "points")
    UNIT = "unit", pgettext_lazy("unit", "units")
    GUN = "gun", pgettext_lazy("unit", "guns")
    ITEM = "item", pgettext_lazy("unit", "items")
    ROUND = "round", pgettext_lazy("unit", "rounds")
    PIECE = "piece", pgettext_lazy("unit", "pieces")
    KILOGRAM = "kg", pgettext_lazy("unit", "kg")
    RECEIPT = "receipt", pgettext_lazy("unit", "receipts")
    FILE = "file", pgettext_lazy("unit", "files")
    COMPLAINT = "complaint", pgettext_lazy("unit", "complaints")
    REQUEST = "request", pgettext_lazy("unit", "requests")
    BREACH = "breach", pgettext_lazy("unit", "breaches")
    READ = "read", pgettext_lazy("unit", "readings")
