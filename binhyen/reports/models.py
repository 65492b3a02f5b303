# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers that are frozen with the figures they were computed from."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.territory.models import Territory


class Review(Record):
    """An annual review: facts go on changing, the paper keeps the numbers of its day."""

    territory = models.ForeignKey(
        Territory,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("territory"),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("end"))
    """The day after the last day of the period."""
    made_at = models.DateTimeField(_("made at"))
    made_by = models.CharField(_("made by"), max_length=120)
    made_by_id = models.UUIDField()
    numbers = models.JSONField()
    """Everything that its text and tables are made from (`numbers.Numbers`)."""
    digest = models.CharField(max_length=64)
    """SHA-256 of `numbers` in canonical form: the paper's fingerprint."""

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    personal: ClassVar[dict[str, Personal]] = {
        "made_by": Personal(
            Sensitivity.BASIC,
            _("who answers for the paper"),
            "Decree 30/2020/NĐ-CP",
            "as long as the paper",
        ),
    }

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("review")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")), name="review_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["territory", "starts_on"])]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.starts_on}..{self.ends_on}"
