# SPDX-License-Identifier: AGPL-3.0-or-later
"""Erases the signed texts of operations that were kept long enough; what became of them stays.

A text that still waits for somebody is never erased. Receipt, number, digest and times stay, so a
phone that sends the same again still hears that it was answered.
"""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.events import record
from binhyen.core.models import path_range
from binhyen.sync.blobs import forget_unattached
from binhyen.sync.choices import Standing
from binhyen.sync.models import Operation
from binhyen.sync.permissions import ARCHIVE
from binhyen.territory.models import Territory

KEPT_DAYS = 548
"""18 months: for as long the server reads what an old version of the phone's app sent."""
SHORTER = {"report.file": 90, "patrol.end": 30, "sos": 30}
"""Days for kinds whose text holds what happened, the way walked, or where somebody was."""


@transaction.atomic
def forget_texts(*, by: Actor, territory: Territory, today: date) -> int:
    """Empty the texts of settled operations in one area that are older than their kind is kept.

    A bulk action with one event; how many were emptied.
    """
    by.require(ARCHIVE, territory)
    due = _older_than(today, KEPT_DAYS)
    for kind, days in SHORTER.items():
        due |= _older_than(today, days) & Q(kind=kind)
    rows = Operation.everything.filter(due, path_range("territory__path", territory.path))
    settled = rows.exclude(standing=Standing.QUARANTINED).exclude(text="")
    emptied = settled.update(text="", sig="")
    forget_unattached(territory, clock.at_vietnam(today - timedelta(days=SHORTER["report.file"])))
    record("operations.texts_erased", territory, by=by, where=territory, on=today,
           operations=emptied)  # fmt: skip
    return emptied


def _older_than(today: date, days: int) -> Q:
    return Q(arrived_at__lt=clock.at_vietnam(today - timedelta(days=days)))
