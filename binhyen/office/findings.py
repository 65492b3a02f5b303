# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a look at a deployment finds: one thing, how bad it is, why, and how to mend it."""

from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings


class Grade(StrEnum):
    """How bad a finding is."""

    GOOD = "good"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what it is, how to mend it, and why it matters."""

    grade: Grade
    what: str
    remedy: str = ""
    why: str = ""


def grave() -> Grade:
    """How bad it is to leave open what a laptop may leave open: where people work it is wrong."""
    return Grade.WRONG if settings.ENV.https else Grade.WARNING
