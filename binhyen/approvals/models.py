# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests for acts that need two persons, each with its answer."""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.approvals.choices import State, What
from binhyen.approvals.rules import state_on
from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.territory.models import Territory

MOST_ROWS = 10_000_000
_BASIS = "Law 91/2025/QH15 Art. 3"
_KEPT = "5 years after it was asked for [own]"


class Approval(Record):
    """Somebody asked to take away so many rows of a list; somebody else answered."""

    what = models.CharField(_("what is asked for"), max_length=20, choices=What)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    rows = models.PositiveIntegerField(
        _("rows at most"), validators=[MinValueValidator(1), MaxValueValidator(MOST_ROWS)]
    )
    why = models.CharField(_("what it is needed for"), max_length=200)
    valid_to = models.DateField(_("until"))
    """The first day on which it no longer counts."""
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField()
    asked_by_id = models.UUIDField()
    asked_by_name = models.CharField(max_length=120)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)
    answer = models.CharField(_("reason of the answer"), max_length=200, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    personal: ClassVar[dict[str, Personal]] = {
        "asked_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "answered_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-id",)
        verbose_name = _("approval")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=F("asked_by_id")),
                name="approval_has_two_persons",
                violation_error_message=_("Nobody answers their own request."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.LAPSED), name="approval_lapse_is_not_stored"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.territory_id} {self.state}"

    def state_on(self, on: date) -> State:
        """Where it stands on a day."""
        return state_on(self.state, self.valid_to, on)
