# SPDX-License-Identifier: AGPL-3.0-or-later
"""Closed lists of pay: sheets, insurance, duties, and why something was not paid."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(models.TextChoices):
    """What a sheet is."""

    REGULAR = "regular", pgettext_lazy("pay sheet", "Pay sheet")
    CORRECTION = "correction", pgettext_lazy("pay sheet", "Correction")
    """The differences to a sheet that was approved."""


class State(models.TextChoices):
    """computed -> frozen -> approved -> paid; sent back, or void before it is approved."""

    COMPUTED = "computed", pgettext_lazy("pay sheet", "Computed")
    FROZEN = "frozen", pgettext_lazy("pay sheet", "Waits for approval")
    APPROVED = "approved", pgettext_lazy("pay sheet", "Approved")
    PAID = "paid", pgettext_lazy("pay sheet", "Paid")
    VOID = "void", pgettext_lazy("pay sheet", "Void")


CORRECTED = (State.APPROVED, State.PAID)
"""What counts for good: it is corrected beside, never changed."""


class Why(models.TextChoices):
    """Why a sheet is corrected."""

    LATE = "late", _("Records arrived late")
    RESOLUTION = "resolution", _("A resolution was passed or approved afterwards")
    ERROR = "error", _("A record was wrong")


class InsuranceKind(models.TextChoices):
    """The two insurances that Art. 23 supports."""

    HI = "hi", _("Health insurance")
    VSI = "vsi", _("Voluntary social insurance")


class NotedKind(models.TextChoices):
    """What a noted day is paid for; the codes are the law's items."""

    TRAINING = "training", _("Training or drill")
    OUT_AREA = "out_area", _("Costs outside the area of responsibility")


class DutyKind(models.TextChoices):
    """Where a counted duty is recorded."""

    PATROL = "patrol", pgettext_lazy("duty", "Patrol")
    SHIFT = "shift", pgettext_lazy("duty", "Shift")
    NOTED = "noted", pgettext_lazy("duty", "Noted day")


class Aside(models.TextChoices):
    """Why a duty that was recorded is not paid."""

    NO_PLAN = "no_plan", _("no plan or assignment stands behind it (Law 30/2023 Art. 23(2))")
    TOO_SHORT = "too_short", _("it does not reach the hours that the resolution asks for")
    CAP = "cap", _("the cap of the month was reached before")
    NO_VALUE = "no_value", _("no value is in force for it here")
    SAME_DAY = "same_day", _("the day is paid already for another duty")
    ELSEWHERE = "elsewhere", _("it is counted on another sheet")
    NOT_SERVING = "not_serving", _("the member did not serve on that day")
    REFUSED = "refused", _("its item was refused; the line says why")


class Unpaid(models.TextChoices):
    """Why a slip was not paid out."""

    ABSENT = "absent", _("Nobody came to collect it")
    ACCOUNT = "account", _("The bank account is wrong or closed")
    CONTESTED = "contested", _("The member contests it")
    DECEASED = "deceased", _("The member has died; the heirs are being found")
    STOPPED = "stopped", _("Stopped by a decision")
    SET_OFF = "set_off", _("To be set off against a later payment")


class Contested(models.TextChoices):
    """What a member says is missing or wrong among the records; never an amount."""

    MISSING = "missing", _("A duty of mine is not recorded")
    NOT_MINE = "not_mine", _("A duty is recorded for me that I did not do")
    TIME = "time", _("The time of a duty is wrong")
    ASSIGNED = "assigned", _("A duty counts as not assigned although it was")
    SERVICE = "service", _("My days of service or my role are wrong")
    INSURANCE = "insurance", _("My insurance is wrong or missing")


class ContestState(models.TextChoices):
    """open -> accepted, refused or withdrawn."""

    OPEN = "open", pgettext_lazy("contest", "Waits for an answer")
    ACCEPTED = "accepted", pgettext_lazy("contest", "Accepted")
    REFUSED = "refused", pgettext_lazy("contest", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("contest", "Withdrawn")
