# SPDX-License-Identifier: AGPL-3.0-or-later
"""Making a review: read the figures once, freeze them, keep the paper."""

from uuid import UUID

from django.db import transaction

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.periods import Period
from binhyen.core.validation import save
from binhyen.reports.gathering import gather
from binhyen.reports.models import Review
from binhyen.reports.permissions import PRINT_REVIEW
from binhyen.territory.models import Territory


@transaction.atomic
def make_review(
    *, by: Actor, territory: Territory, period: Period, op_id: UUID | None = None
) -> Review:
    """Freeze the figures of a place and period into a review and return it.

    Raises PeriodNotOver when the period has not ended, for figures would still grow.
    """
    by.require(PRINT_REVIEW, territory)
    if done := done_before(op_id, Review, "review.made", by=by, territory_id=territory.pk,
                           starts_on=period.start, ends_on=period.end):  # fmt: skip
        return done
    numbers = gather(territory, period, scope=by.scope(PRINT_REVIEW), on=by.on)
    review = Review(
        territory=territory,
        starts_on=period.start,
        ends_on=period.end,
        made_at=clock.now(),
        made_by=by.name,
        made_by_id=by.id,
        numbers=numbers.to_json(),
        digest=numbers.digest(),
    )
    save(review)
    record("review.made", review, by=by, where=territory, on=period.last, op_id=op_id,
           digest=review.digest)  # fmt: skip
    return review
