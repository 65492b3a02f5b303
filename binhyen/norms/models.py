# SPDX-License-Identifier: AGPL-3.0-or-later
"""Resolutions, the sets of communes they name, the values they set, and where and when each holds.

A draft is a plan: its values name sets of communes, and nothing holds. Approving writes `Holding`
rows, one for each value and commune with both days; only they pay and cap. A newer resolution ends
those of an older one where it covers the same commune. Nothing else of the older one changes.
"""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.norms.choices import Case, Counted, For, Item, Origin, Replaces, State, Unit
from binhyen.territory.models import Territory

_BASIS = "Law 91/2025/QH15 Art. 3"
_KEPT = "as long as the resolution is kept"
_TWICE = _("This resolution sets this already for the same people, communes and case.")
_DIGEST = RegexValidator(r"^[0-9a-f]{64}\Z", _("A SHA-256 is 64 digits and letters from a to f."))


class Resolution(Record):
    """A resolution of a provincial People's Council, or an instrument of the nation."""

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("whose it is")
    )
    number = models.CharField(_("number"), max_length=120)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    """Empty where no source tells it."""
    valid_from = models.DateField(_("in force from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    """The first day on which it no longer holds."""
    replaces = models.CharField(
        _("earlier resolutions"), max_length=10, choices=Replaces, default=Replaces.ALL
    )
    source = models.CharField(_("source"), max_length=400, blank=True)
    """Where it was read: an address or a gazette; a value may name its own."""
    note = models.CharField(_("note"), max_length=400, blank=True)
    is_unverified = models.BooleanField(_("unverified"), default=False)
    """Its number, its days or its text were read in secondary sources only."""
    origin = models.CharField(max_length=10, choices=Origin, default=Origin.ENTERED)
    document_id = models.UUIDField(null=True, blank=True)
    """The scanned document's file in the store of `attachments`."""
    document_name = models.CharField(max_length=120, blank=True)
    document_size = models.PositiveIntegerField(null=True, blank=True)
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
                condition=~Q(state="withdrawn"),
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
                condition=~Q(state__in=["approved", "closed"])
                | Q(approved_by_id__isnull=False, approved_at__isnull=False)
                | Q(origin="shipped"),
                name="approved_resolution_names_who",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_in_force(self, on: date) -> bool:
        """Whether it holds on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    @property
    def is_draft(self) -> bool:
        """Whether it may still be edited."""
        return self.state == State.DRAFT


class CommuneSet(Record):
    """The communes in which some values of a resolution hold; none means: not listed yet."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="sets")
    name = models.CharField(_("name"), max_length=120)
    communes = models.ManyToManyField(Territory, related_name="+", blank=True)

    class Meta:
        ordering = ("id",)
        verbose_name = _("set of communes")
        constraints = [
            models.UniqueConstraint(
                fields=["resolution", "name"],
                name="commune_set_once",
                violation_error_message=_("This resolution already has a set of this name."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class NormValue(Record):
    """One whole number that a resolution sets; the unit says what it counts."""

    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="values_set")
    commune_set = models.ForeignKey(
        CommuneSet, on_delete=models.PROTECT, null=True, blank=True, related_name="values_set",
        verbose_name=_("where"),
    )  # fmt: skip
    """Where it is to hold. None: everywhere, for what the nation sets; else nowhere yet."""
    item = models.CharField(_("what is set"), max_length=24, choices=Item)
    role = models.CharField(_("for whom"), max_length=8, choices=For, default=For.ALL)
    case = models.CharField(
        _("in which case"), max_length=12, choices=Case, default=Case.ANY, blank=True
    )
    amount = models.BigIntegerField(_("amount"))
    unit = models.CharField(_("unit"), max_length=16, choices=Unit)
    above = models.PositiveIntegerField(_("above"), default=0)
    """For the size of a team: only above so many residents, households or km²."""
    every = models.PositiveIntegerField(_("for each further"), default=0)
    """For steps: once above, and again for each full so many."""
    counted = models.CharField(_("counted by"), max_length=12, choices=Counted, blank=True)
    note = models.CharField(_("condition or note"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=400, blank=True)
    is_unverified = models.BooleanField(_("unverified"), default=False)
    """Read in a secondary source, or its number or day is not certain."""
    is_plain = models.BooleanField(_("usable"), default=True)
    """False for what was read but cannot be used as it stands, such as the ends of a range."""

    class Meta:
        ordering = ("item", "role", "id")
        verbose_name = _("value of a norm")
        constraints = [
            models.UniqueConstraint(
                fields=["commune_set", "item", "role", "case", "above"],
                name="norm_value_once",
                violation_error_message=_TWICE,
            ),
            models.UniqueConstraint(
                fields=["resolution", "item", "role", "case", "above"],
                condition=Q(commune_set__isnull=True),
                name="norm_value_once_nowhere",
                violation_error_message=_TWICE,
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


class Holding(Record):
    """Where and when an approved value holds: in one commune, or in the whole nation."""

    value = models.ForeignKey(
        NormValue, db_index=False, on_delete=models.PROTECT, related_name="holdings"
    )
    place = models.ForeignKey(Territory, db_index=False, on_delete=models.PROTECT, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    """The first day on which it no longer holds there: its own end, or a newer one's first day."""

    class Meta:
        ordering = ("place_id", "valid_from", "id")
        verbose_name = _("days on which a value holds")
        constraints = [
            models.UniqueConstraint(fields=["value", "place"], name="holding_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="holding_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["place", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.value_id} {self.place_id} {self.valid_from}"
