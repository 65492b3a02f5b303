# SPDX-License-Identifier: AGPL-3.0-or-later
"""A review as a file: Word for offices to edit, PDF to read and keep, Excel for its tables."""

from datetime import date

from django.utils.translation import get_language

from binhyen.core import clock
from binhyen.papers.files import MEDIA_TYPES, Kind, PaperFile, paper_file
from binhyen.reports.annex import review_xlsx
from binhyen.reports.laying import review_paper
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers


def paper(numbers: Numbers, kind: Kind, *, made_on: date) -> PaperFile:
    """The file, in the language that is active: the same numbers give the same bytes."""
    name = f"review-{numbers.place.code}-{numbers.period.last.isoformat()}-{get_language()}"
    if kind == "xlsx":
        content = review_xlsx(numbers, made_on=made_on)
        return PaperFile(f"{name}.xlsx", MEDIA_TYPES[kind], content)
    return paper_file(review_paper(numbers, made_on=made_on), kind, name=name)


def kept_paper(review: Review, kind: Kind) -> PaperFile:
    """The file of a review that was made: of its frozen numbers, dated as it was made."""
    made_on = clock.day_of(review.made_at)
    return paper(Numbers.from_json(review.numbers), kind, made_on=made_on)
