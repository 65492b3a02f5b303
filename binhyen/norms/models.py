# SPDX-License-Identifier: AGPL-3.0-or-later
"""Resolutions with the values they set."""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.norms.choices import For, Item, State
from binhyen.territory.models import Territory

_BASIS = "Law 91/2025/QH15 Art. 3"
_KEPT = "as long as the resolution is kept"
_DIGEST = RegexValidator(r"^[0-9a-f]{64}\Z", _("A SHA-256 is 64 digits and letters from a to f."))


class Resolution(Record):
    """A resolution of a provincial People's Council, or an instrument of the nation."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose it is")
    )
    number = models.CharField(_("number"), max_length=80)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    """Empty where no source tells it."""
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    """The first day on which it no longer holds."""
    digest = models.CharField(
        _("SHA-256 of the document"), max_length=64, blank=True, validators=[_DIGEST]
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    drafted_by_id = models.UUIDField()
    drafted_by_name = models.CharField(max_length=120)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    personal: ClassVar[dict[str, Personal]] = {
        "drafted_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "approved_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("territory__path", "valid_from", "id")
        verbose_name = _("resolution")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "number", "valid_from"],
                name="resolution_once",
                violation_error_message=_("This resolution is already recorded for that day."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="resolution_ends_after_start",
                violation_error_message=_("A resolution cannot end before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True) | ~Q(approved_by_id=F("drafted_by_id")),
                name="resolution_has_two_persons",
                violation_error_message=_("Nobody approves their own draft."),
            ),
            models.CheckConstraint(
                condition=~Q(state="approved")
                | Q(approved_by_id__isnull=False, approved_at__isnull=False),
                name="approved_resolution_names_who",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)


class NormValue(Record):
    """One whole number that a resolution sets: đồng, nights, percent, people; the unit says."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="values_set")
    item = models.CharField(_("what is set"), max_length=24, choices=Item)
    role = models.CharField(_("for whom"), max_length=8, choices=For, default=For.ALL)
    amount = models.BigIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=120)
    is_unverified = models.BooleanField(_("unverified"), default=False)
    """Read in a secondary source, or its number or day is not certain."""
    source = models.CharField(_("source"), max_length=300, blank=True)
    communes = models.ManyToManyField(Territory, related_name="+", blank=True)
    """Where it holds. None named: nowhere yet. What the nation sets needs none."""

    class Meta:
        ordering = ("item", "role", "id")
        verbose_name = _("value of a norm")
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "item", "role"],
                name="norm_value_once",
                violation_error_message=_("A resolution sets this once for each role."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=0),
                name="norm_value_is_no_debt",
                violation_error_message=_("The amount is a whole number from 0 on."),
            ),
        ]
        indexes = [models.Index(fields=["item", "role"])]

    def __str__(self) -> str:
        return f"{self.item} {self.role} {self.amount}"
