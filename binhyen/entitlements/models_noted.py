# SPDX-License-Identifier: AGPL-3.0-or-later
"""Days of members that no patrol or shift records, and that are paid: training, costs outside."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.entitlements.choices import NotedKind
from binhyen.personnel.models import Member

_BASIS = "Law 30/2023/QH15 Art. 23(2)(a), (d)"
_KEPT = "10 years after the month [own]"
MOST_COST = 50_000_000
"""đồng a day; more is a slip of the hand."""


class NotedDay(Record):
    """A day on which a member was sent to training, or had costs outside the area."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=NotedKind)
    on_day = models.DateField(_("day"))
    plan_number = models.CharField(_("plan, summons or assignment"), max_length=60)
    amount = models.BigIntegerField(
        _("costs in đồng"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_COST)],
    )
    """Of costs outside the area: travel, meals and rest, as the receipts say."""
    is_live = models.BooleanField(default=True)
    """False once it was taken back."""
    taken_back_why = models.CharField(_("why it was taken back"), max_length=300, blank=True)
    noted_by_id = models.UUIDField()
    noted_by_name = models.CharField(max_length=120)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "member__territory__path"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(Sensitivity.BASIC, _("the support of Art. 23"), _BASIS, _KEPT)
        for name in ("kind", "on_day", "plan_number", "amount", "taken_back_why")
    } | {"noted_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT)}

    class Meta:
        ordering = ("-on_day", "id")
        verbose_name = _("noted day")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "on_day", "kind"],
                condition=Q(is_live=True),
                name="noted_once",
                violation_error_message=_("This day is noted already."),
            ),
            models.CheckConstraint(
                condition=Q(kind=NotedKind.OUT_AREA, amount__isnull=False)
                | ~Q(kind=NotedKind.OUT_AREA) & Q(amount__isnull=True),
                name="costs_have_an_amount",
                violation_error_message=_("Costs have an amount; training has none."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_day}"
