# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be judged from plain values: age, days, names, decision numbers."""

import re
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused
from binhyen.core.text import clean

YOUNGEST, OLDEST = 18, 70
"""Law 30/2023/QH15 Art. 13(1); whoever has not reached the 71st birthday is 70."""
LONGEST_LIFE = 110
LONGEST_NUMBER = 60
AHEAD = timedelta(days=31)
"""A decision may name a first day in the coming month, so that account and equipment are ready."""

_NAME = re.compile(r"[^\W\d_]+(?:[ '’.\-()]+[^\W\d_]+)*[.)]?")


class NotAName(Refused):
    """A name with digits or signs in it."""

    field = "full_name"
    why = _("A name is made of letters.")
    remedy = _(
        "Write the full name as on the decision; two people of one name may carry a letter, such"
        " as “Nguyễn Văn An (B)”."
    )


class NotABirthday(Refused):
    """A date of birth that nobody living has."""

    field = "born_on"
    why = _("Nobody who can serve was born on %(day)s.")
    remedy = _("Check the year of birth.")


class TooYoung(Refused):
    """Someone under 18 on the day of the recognition."""

    field = "born_on"
    why = _(
        "This person is %(age)s years old on %(day)s; members are at least 18"
        " (Law 30/2023 Art. 13(1))."
    )
    remedy = _("Check the date of birth and the day of the recognition.")


class OverAge(Refused):
    """Someone over 70 without the chair's decision on it."""

    field = "over_age_decision"
    why = _(
        "This person is %(age)s years old on %(day)s; over 70 the chair decides on the proposal"
        " of commune police (Law 30/2023 Art. 13(1))."
    )
    remedy = _("Enter the number of that decision, or check the date of birth.")


class TooFarAhead(Refused):
    """A recognition that begins too late to be recorded now."""

    field = "recognised_on"
    why = _("%(day)s lies more than 31 days ahead.")
    remedy = _("Check the date, or record the recognition in the month before it begins.")


class NotYet(Refused):
    """A change that has not happened."""

    field = "valid_from"
    why = _("%(day)s lies ahead.")
    remedy = _("Record it on that day; until then the person keeps role and place.")


class DecisionTooLong(Refused):
    """More than a number stands where a decision's number should."""

    field = "decision"
    why = _("The number of a decision has up to %(limit)s characters.")
    remedy = _("Enter the number only, such as 20/QĐ-UBND.")


class NoDecision(Refused):
    """A step without the number of its decision."""

    field = "decision"
    why = _("Members are recognised, change role and leave by numbered decision (Law 30/2023).")
    remedy = _("Enter the number of the decision, such as 20/QĐ-UBND.")


def age_on(born_on: date, day: date) -> int:
    """Completed years on a day; who is born on 29 February completes a year on 1 March.

    >>> age_on(date(1990, 5, 20), date(2026, 5, 19)), age_on(date(1990, 5, 20), date(2026, 5, 20))
    (35, 36)
    """
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def check_age(*, born_on: date, on: date, over_age_decision: str) -> None:
    """Whether someone of this age may be recognised on a day.

    Source: Law 30/2023/QH15 Art. 13(1).
    Raises NotABirthday, TooYoung, OverAge.
    """
    age = age_on(born_on, on)
    if age < 0 or age > LONGEST_LIFE:
        raise NotABirthday(day=said(born_on))
    if age < YOUNGEST:
        raise TooYoung(age=age, day=said(on))
    if age > OLDEST and not clean(over_age_decision):
        raise OverAge(age=age, day=said(on))


def check_day(*, on: date, today: date) -> None:
    """Whether a recognition may begin on a day. Raises TooFarAhead."""
    if on > today + AHEAD:
        raise TooFarAhead(day=said(on))


def check_past(*, on: date, today: date, field: str) -> None:
    """Whether a change has begun. Raises NotYet for the field."""
    if on > today:
        raise NotYet(field=field, day=said(on))


def person_name(text: str) -> str:
    """A full name as it is stored. Raises NotAName.

    >>> person_name("  K'Brêm   Ha Ôn ")
    "K'Brêm Ha Ôn"
    """
    name = clean(text[:200])
    if not _NAME.fullmatch(name):
        raise NotAName
    return name


def decision_number(text: str) -> str:
    """The number of a decision. Raises NoDecision, DecisionTooLong."""
    number = clean(text)
    if not number:
        raise NoDecision
    if len(number) > LONGEST_NUMBER:
        raise DecisionTooLong(limit=LONGEST_NUMBER)
    return number


def said(day: date) -> str:
    """A day in a sentence."""
    return f"{day:%d/%m/%Y}"
