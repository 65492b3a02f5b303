# SPDX-License-Identifier: AGPL-3.0-or-later
"""A review as a file: Word for offices to edit, PDF to read and keep, Excel for its tables."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import get_language

from binhyen.core import clock
from binhyen.reports.annex import review_xlsx
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers
from binhyen.reports.pdf import review_pdf
from binhyen.reports.word import review_docx

Kind = Literal["docx", "pdf", "xlsx"]
MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MAKERS: dict[Kind, Callable[..., bytes]] = {
    "docx": review_docx,
    "pdf": review_pdf,
    "xlsx": review_xlsx,
}


@dataclass(frozen=True)
class Paper:
    """A file to send."""

    name: str
    media_type: str
    content: bytes


def paper(numbers: Numbers, kind: Kind, *, made_on: date) -> Paper:
    """The file, in the language that is active: the same numbers give the same bytes."""
    name = f"review-{numbers.place.code}-{numbers.period.last.isoformat()}-{get_language()}.{kind}"
    return Paper(name, MEDIA_TYPES[kind], _MAKERS[kind](numbers, made_on=made_on))


def kept_paper(review: Review, kind: Kind) -> Paper:
    """The file of a review that was made: of its frozen numbers, dated as it was made."""
    made_on = clock.day_of(review.made_at)
    return paper(Numbers.from_json(review.numbers), kind, made_on=made_on)
