# SPDX-License-Identifier: AGPL-3.0-or-later
"""Budgets with their lines, allocations, receipts of other legal sources, and spending."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.budgets.choices import (
    GIVEN,
    ITEM_CHOICES,
    RECEIVED,
    TYPED_CHOICES,
    Giver,
    Source,
    State,
)
from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.territory.models import OfCommune

_BASIS = "Law 30/2023/QH15 Art. 25, 26"
_KEPT = "10 years after the year [own]"
MOST_AMOUNT = 1_000_000_000_000
"""đồng; no commune has a thousand billion for this force, a slip of the hand has."""
_AMOUNT = [MinValueValidator(1), MaxValueValidator(MOST_AMOUNT)]


def _who(*names: str) -> dict[str, Personal]:
    return {name: Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT) for name in names}


class Budget(OfCommune):
    """The plan of one commune or province for one year, in one of its versions."""

    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    adjusts = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="adjusted_by"
    )
    why = models.CharField(_("why it is adjusted"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    number = models.CharField(_("decision number"), max_length=60, blank=True)
    """Of the decision by which the plan was approved."""
    planned = models.BigIntegerField(_("planned in đồng"), default=0)
    """The sum of its lines."""
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=120)
    submitted_by_id = models.UUIDField(null=True, blank=True)
    submitted_by_name = models.CharField(max_length=120, blank=True)
    sent_back_why = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=120, blank=True)
    closed_by_id = models.UUIDField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=120, blank=True)
    settled_on = models.DateField(_("settled on"), null=True, blank=True)
    settled_by_id = models.UUIDField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=120, blank=True)
    settlement = models.JSONField(default=dict, blank=True)
    """The year by item and source as it was handed in (`reckoning.frozen`)."""

    personal: ClassVar[dict[str, Personal]] = _who(
        "made_by_name", "submitted_by_name", "approved_by_name", "closed_by_name", "settled_by_name"
    )

    class Meta:
        ordering = ("-year", "territory__path", "-version")
        verbose_name = _("budget")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "year", "version"], name="budget_version_once"
            ),
            models.UniqueConstraint(
                fields=["territory", "year"],
                condition=Q(state__in=["draft", "submitted"]),
                name="one_open_budget",
                violation_error_message=_("A plan of this year is still open here."),
            ),
            models.UniqueConstraint(
                fields=["territory", "year"],
                condition=Q(state__in=["approved", "closing", "settled"]),
                name="one_budget_counts",
                violation_error_message=_("A plan of this year counts here already."),
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | ~Q(approved_by_id=F("made_by_id")) & ~Q(approved_by_id=F("submitted_by_id")),
                name="budget_has_two_persons",
                violation_error_message=_("Nobody approves a budget that they made."),
            ),
            models.CheckConstraint(
                condition=Q(settled_by_id__isnull=True) | ~Q(settled_by_id=F("closed_by_id")),
                name="settlement_has_two_persons",
                violation_error_message=_("Nobody approves a settlement that they handed in."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "closing", "settled", "replaced"],
                            approved_by_id__isnull=False)
                | ~Q(state__in=["approved", "closing", "settled", "replaced"])
                & Q(approved_by_id__isnull=True),
                name="approved_budget_names_who",
            ),
            models.CheckConstraint(
                condition=Q(state="settled", settled_by_id__isnull=False)
                | ~Q(state="settled") & Q(settled_by_id__isnull=True),
                name="settled_budget_names_who",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.territory_id} {self.year} v{self.version}"


class BudgetLine(Record):
    """So many đồng for one item from one source."""

    budget = models.ForeignKey(
        Budget, db_index=False, on_delete=models.CASCADE, related_name="lines"
    )
    item = models.CharField(_("item"), max_length=20, choices=ITEM_CHOICES)
    source = models.CharField(_("source"), max_length=10, choices=Source)
    amount = models.BigIntegerField(_("amount in đồng"), validators=_AMOUNT)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "budget__territory__path"

    class Meta:
        ordering = ("id",)
        verbose_name = _("budget line")
        constraints = [
            models.UniqueConstraint(
                fields=["budget", "item", "source"],
                name="budget_line_once",
                violation_error_message=_("This item has a line from that source."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.source}"


class Entry(OfCommune):
    """Money of one place and year, with its paper; struck with a reason, never changed."""

    year = models.PositiveSmallIntegerField(_("budget year"))
    on_day = models.DateField(_("day"))
    source = models.CharField(_("source"), max_length=10, choices=Source)
    amount = models.BigIntegerField(_("amount in đồng"), validators=_AMOUNT)
    number = models.CharField(_("number of the paper"), max_length=60)
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=120)
    struck_on = models.DateField(_("struck on"), null=True, blank=True)
    struck_by_name = models.CharField(max_length=120, blank=True)
    struck_why = models.CharField(_("why it was struck"), max_length=200, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    personal: ClassVar[dict[str, Personal]] = _who("made_by_name", "struck_by_name")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number} {self.amount}"

    @property
    def counts(self) -> bool:
        """Whether it was not struck."""
        return self.struck_on is None


class Allocation(Entry):
    """A decision that gives đồng from the central, province or commune budget."""

    body = models.CharField(_("decided by"), max_length=120)

    class Meta:
        ordering = ("on_day", "id")
        verbose_name = _("allocation")
        indexes = [models.Index(fields=["territory", "year"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=[one.value for one in GIVEN]), name="allocation_has_a_source"
            ),
            models.UniqueConstraint(
                fields=["territory", "year", "source", "number"],
                condition=Q(struck_on__isnull=True),
                name="allocation_once",
                violation_error_message=_("This decision is recorded already."),
            ),
        ]


class Receipt(Entry):
    """What a fund or donor gave: money, or a thing at its value."""

    in_kind = models.BooleanField(_("a thing, not money"), default=False)
    item = models.CharField(_("what for"), max_length=20, choices=ITEM_CHOICES)
    thing = models.CharField(_("what was given"), max_length=120, blank=True)
    giver = models.CharField(_("who gave"), max_length=10, choices=Giver)
    giver_name = models.CharField(_("name"), max_length=120, blank=True)
    agreed_on = models.DateField(_("agreed in writing on"), null=True, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        **Entry.personal,
        "giver_name": Personal(
            Sensitivity.BASIC, _("the giver is thanked and named, as agreed in writing"),
            _BASIS, _KEPT,
        ),
        "agreed_on": Personal(Sensitivity.BASIC, _("that the giver agreed"), _BASIS, _KEPT),
    }  # fmt: skip

    class Meta:
        ordering = ("on_day", "id")
        verbose_name = pgettext_lazy("budget", "receipt")
        indexes = [models.Index(fields=["territory", "year"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=[one.value for one in RECEIVED]),
                name="receipt_has_a_source",
            ),
            models.CheckConstraint(
                condition=Q(giver="body", agreed_on__isnull=True) & ~Q(giver_name="")
                | Q(giver="person", giver_name="", agreed_on__isnull=True)
                | Q(giver="named", agreed_on__isnull=False) & ~Q(giver_name=""),
                name="giver_is_named_as_agreed",
            ),
            models.CheckConstraint(
                condition=Q(in_kind=False, thing="") | Q(in_kind=True) & ~Q(thing=""),
                name="thing_says_what",
            ),
            models.UniqueConstraint(
                fields=["territory", "year", "item", "number"],
                condition=Q(struck_on__isnull=True),
                name="receipt_once",
                violation_error_message=_("This receipt is recorded already."),
            ),
        ]


class Spending(Entry):
    """What left, for one item from one source; pay is not here, it comes from its sheets."""

    item = models.CharField(_("item"), max_length=20, choices=TYPED_CHOICES)

    class Meta:
        ordering = ("on_day", "id")
        verbose_name = _("spending")
        indexes = [models.Index(fields=["territory", "year"])]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "year", "item", "source", "number"],
                condition=Q(struck_on__isnull=True),
                name="spending_once",
                violation_error_message=_("This paper is recorded already."),
            ),
        ]
