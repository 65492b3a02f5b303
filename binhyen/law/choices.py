# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be paid, by which article, how it is reckoned, and how it comes out."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.IntegerChoices):
    """A member's part in the Team (Law 30/2023 Art. 16); the number is the column of a table."""

    LEADER = 0, pgettext_lazy("part", "Team leader")
    DEPUTY = 1, pgettext_lazy("part", "Deputy team leader")
    MEMBER = 2, pgettext_lazy("part", "Team member")


class Pay(models.TextChoices):
    """What can be paid for a month; the codes are those of the collected resolutions."""

    MONTHLY = "MONTHLY", _("Monthly support")
    VSI = "VSI", _("Support for voluntary social insurance")
    HI = "HI", _("Support for health insurance")
    TRAINING_MEAL = "TRAINING_MEAL", _("Meals during training")
    NIGHT = "NIGHT", _("Night duty")
    REST_HOLIDAY = "REST_HOLIDAY", _("Duty on rest days and holidays")
    HAZARD = "HAZARD", _("Hard, harmful or dangerous duty")
    HAZARD_SPECIAL = "HAZARD_SPECIAL", _("Particularly hard, harmful or dangerous duty")
    AREA = "AREA", _("Increase in special areas")
    DUTY_DAY = "DUTY_DAY", _("Assigned or mobilised duty by the day")
    OUT_AREA = "OUT_AREA", _("Costs outside the area of responsibility")
    TRAFFIC_NIGHT = "TRAFFIC_NIGHT", _("Traffic shifts by night")
    TRAFFIC_HALF = "TRAFFIC_HALF", _("Half traffic shifts by night")
    TRAFFIC_DAY = "TRAFFIC_DAY", _("Traffic shifts by day")
    TET_GIFT = "TET_GIFT", _("Tết gift")
    FUEL = "FUEL", _("Support for fuel")
    VEHICLE = "VEHICLE", _("Support for one's own vehicle")
    OTHER = "OTHER", _("Other support by resolution")


class Benefit(models.TextChoices):
    """What Art. 24 and Decree 40 give those who are not insured."""

    TREATMENT_COST = "TREATMENT_COST", _("Examination and treatment")
    INPATIENT_MEAL = "INPATIENT_MEAL", _("Meals in hospital")
    CAPACITY_LOSS = "CAPACITY_LOSS", _("Loss of working capacity")
    DEATH_SURVIVOR = "DEATH_SURVIVOR", _("Survivorship allowance")
    FUNERAL = "FUNERAL", _("Funeral costs")


Item = Pay | Benefit

_ART_23 = _("Law 30/2023/QH15 Art. 23")
_ART_23_2 = _("Law 30/2023/QH15 Art. 23(2)")
_ART_23_2B = _("Law 30/2023/QH15 Art. 23(2)(b)")
_TRAFFIC = _("Decree 176/2024/NĐ-CP (number and first day not verified)")
_OWN = _("the province's resolution alone; Law 30/2023/QH15 Art. 23 has no such item")

_ART_24_2 = _("Law 30/2023/QH15 Art. 24(2); Decree 40/2024/NĐ-CP Art. 5")
_ART_24_3 = _("Law 30/2023/QH15 Art. 24(3); Decree 40/2024/NĐ-CP Art. 6")

ARTICLES: dict[Item, Promise] = {
    Pay.MONTHLY: _ART_23,
    Pay.VSI: _ART_23,
    Pay.HI: _ART_23,
    Pay.TRAINING_MEAL: _("Law 30/2023/QH15 Art. 23(2)(a)"),
    Pay.NIGHT: _ART_23_2B,
    Pay.REST_HOLIDAY: _ART_23_2B,
    Pay.HAZARD: _ART_23_2B,
    Pay.HAZARD_SPECIAL: _ART_23_2B,
    Pay.AREA: _("Law 30/2023/QH15 Art. 23(2)(c)"),
    Pay.DUTY_DAY: _ART_23_2,
    Pay.OUT_AREA: _("Law 30/2023/QH15 Art. 23(2)(d)"),
    Pay.TRAFFIC_NIGHT: _TRAFFIC,
    Pay.TRAFFIC_HALF: _TRAFFIC,
    Pay.TRAFFIC_DAY: _TRAFFIC,
    Pay.TET_GIFT: _OWN,
    Pay.FUEL: _OWN,
    Pay.VEHICLE: _OWN,
    Pay.OTHER: _OWN,
    Benefit.TREATMENT_COST: _ART_24_2,
    Benefit.INPATIENT_MEAL: _ART_24_2,
    Benefit.CAPACITY_LOSS: _ART_24_3,
    Benefit.DEATH_SURVIVOR: _ART_24_3,
    Benefit.FUNERAL: _ART_24_3,
}
"""By what each item is due."""


class Status(models.TextChoices):
    """How an item comes out, in four words."""

    PAID = "paid", pgettext_lazy("item", "To pay")
    NOTHING = "nothing", pgettext_lazy("item", "Nothing to pay")
    NO_VALUE = "no_value", pgettext_lazy("item", "No value in force")
    REFUSED = "refused", pgettext_lazy("item", "Refused")


class Outcome(models.IntegerChoices):
    """How an item comes out for one member, with the reason where it is refused."""

    NOTHING = 0, _("nothing gives rise to it this month")
    PAID = 1, _("to pay")
    NO_VALUE = 2, _("no value is in force here for this item and role")
    NOT_ASSIGNED = 10, _("the duty was not under an assignment, a plan or a mobilisation (Art. 23)")
    TOO_SHORT = 11, _("no duty reaches the hours that the resolution asks for")
    ELSEWHERE = 12, _("the same duty is already paid as another item")
    CONTRIBUTION_UNKNOWN = 13, _("the contribution is not known, and the support is a share of it")
    VILLAGE_TYPE_UNKNOWN = 14, _("the type of the village is not known, and the rate depends on it")
    ABSURD = 15, _("the amount is beyond every bound; look at facts and values")
    ABOVE_CEILING = 16, _("the rate is above the ceiling that the nation sets")
    BASIS_UNKNOWN = 17, _("what the percentage is of is not given")
    NOT_A_MEMBER = 18, _("no day of membership in this month")
    CAP_REACHED = 19, _("the cap of the month was reached before")

    NOT_ON_DUTY = 20, _("it did not happen on duty under an assignment, a plan or a mobilisation")
    SELF_HARM = 21, _("deliberate self-harm is left out (Decree 40/2024 Art. 5)")
    PRIVATE_CONFLICT = 22, _("a private conflict without a link to duty is left out (Art. 5)")
    SUBSTANCES = 23, _("use of alcohol, drugs or the like is left out (Decree 40/2024 Art. 5)")
    INSURED = 24, _("the insurance fund pays who is insured (Law 30/2023 Art. 24(1))")
    NOT_CONCLUDED = 25, _("the Medical Assessment Council has not concluded (Art. 24(3))")
    BELOW_LEAST = 26, _("the loss is below the percent from which the province's table begins")

    @property
    def status(self) -> Status:
        """The outcome in four words."""
        plain = {0: Status.NOTHING, 1: Status.PAID, 2: Status.NO_VALUE}
        return plain.get(self.value, Status.REFUSED)


class Form(models.IntegerChoices):
    """How an amount is reckoned; the sentence and the stored line follow from it."""

    FIXED = 0, _("a sum")
    EACH = 1, _("count × rate")
    FACTOR = 2, _("hundredths of the base salary")
    WAGE = 3, _("percent of the regional minimum wage")
    PERCENT = 4, _("percent of a contribution")
    ACTUAL = 5, _("cost as it arose")
    SUM = 6, _("a sum and hundredths of the base salary")


class Shape(models.IntegerChoices):
    """What the number of a value means."""

    DONG = 0, _("đồng")
    COUNT = 1, _("a number of nights, days, hours or people")
    OF_BASE = 2, _("hundredths of the base salary")
    OF_CONTRIBUTION = 3, _("percent of the contribution that is due")
    OF_SHARE = 4, _("percent of a share of something")


class Basis(models.IntegerChoices):
    """Of what a contribution is a share."""

    NONE = 0, pgettext_lazy("basis", "nothing")
    SUPPORT = 1, pgettext_lazy("basis", "the monthly support")
    BASE_SALARY = 2, pgettext_lazy("basis", "the base salary")
    POVERTY_LINE = 3, pgettext_lazy("basis", "the rural poverty line")
    REGIONAL_WAGE = 4, pgettext_lazy("basis", "the regional minimum wage")
