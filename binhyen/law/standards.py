# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may serve, in words: which standard of Art. 13 a candidate lacks."""

from dataclasses import dataclass
from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _


class Standard(models.TextChoices):
    """The five clauses of Art. 13; the value is the variable that judges it."""

    AGE = "age_fits", _("aged 18 to 70, over 70 by decision of the chair (Art. 13(1))")
    CONDUCT = "conduct_fits", _("clear background attested by commune police (Art. 13(2))")
    EDUCATION = "education_fits", _("lower secondary, or primary where eased (Art. 13(3))")
    RESIDENCE = "residence_fits", _("residence of a year, or a priority case (Art. 13(4))")
    HEALTH = "health_fits", _("certified healthy by a lawful facility (Art. 13(5))")


@dataclass(frozen=True)
class Standing:
    """Whether a candidate may serve, and what is lacking if not."""

    lacks: tuple[Standard, ...]

    @property
    def may_serve(self) -> bool:
        """Every standard is met."""
        return not self.lacks


def whole_years(since: date, on: date) -> int:
    """Birthdays reached; who was born on 29 February reaches one on 1 March.

    >>> whole_years(date(1955, 11, 23), date(2026, 11, 22))
    70
    """
    return on.year - since.year - ((on.month, on.day) < (since.month, since.day))


def whole_months(since: date, on: date) -> int:
    """Months that have passed in full.

    >>> whole_months(date(2025, 11, 22), date(2026, 11, 22))
    12
    """
    return (on.year - since.year) * 12 + on.month - since.month - (on.day < since.day)
