# SPDX-License-Identifier: AGPL-3.0-or-later
"""Insurance of members, pay sheets with their slips, the duties they counted, and payments."""

from collections import Counter
from datetime import date, timedelta
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.entitlements.choices import (
    Contested,
    ContestState,
    DutyKind,
    InsuranceKind,
    Kind,
    State,
    Unpaid,
    Why,
)
from binhyen.entitlements.models_noted import NotedDay
from binhyen.law.choices import Pay
from binhyen.personnel.models import Member
from binhyen.teams.choices import Post
from binhyen.territory.models import OfCommune

__all__ = ["NotedDay"]
_BASIS = "Law 30/2023/QH15 Art. 23, 26"
_KEPT = "10 years after the month [own]"
MOST_CONTRIBUTION = 20_000_000
"""đồng a month; nobody's contribution to these insurances is larger, a slip of the hand is."""


class Insurance(Record):
    """An insurance of a member, from a day to a day, with what it costs a month."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    kind = models.CharField(_("insurance"), max_length=3, choices=InsuranceKind)
    contribution = models.BigIntegerField(
        _("contribution a month, in đồng"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_CONTRIBUTION)],
    )
    """Empty where it is not known; then what is a share of it cannot be paid."""
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "member__territory__path"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(Sensitivity.BASIC, _("the support of Art. 23"), _BASIS, _KEPT)
        for name in ("kind", "contribution", "valid_from", "valid_to")
    }

    class Meta:
        ordering = ("member_id", "kind", "valid_from")
        verbose_name = _("insurance")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind"],
                condition=Q(valid_to__isnull=True),
                name="insured_once",
                violation_error_message=_("This insurance is recorded and has not ended."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="insurance_ends_after_start",
                violation_error_message=_("An insurance cannot end before it begins."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds."""
        return self.valid_to - timedelta(days=1) if self.valid_to else None


class BankAccount(Record):
    """Where a member's pay is transferred to; the holder is the member."""

    member = models.OneToOneField(Member, on_delete=models.PROTECT, related_name="+")
    bank = models.CharField(_("bank and branch"), max_length=120)
    number = models.CharField(max_length=200)
    """Sealed (`accounts.sealed`)."""
    ending = models.CharField(max_length=4)
    """Its last digits, by which a person knows it again."""

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "member__territory__path"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(Sensitivity.SENSITIVE, _("pay by bank transfer"), _BASIS,
                       "until another account or none is recorded [own]")
        for name in ("bank", "number", "ending")
    }  # fmt: skip

    class Meta:
        ordering = ("id",)
        verbose_name = _("bank account")

    def __str__(self) -> str:
        return f"{self.bank} …{self.ending}"


class Sheet(OfCommune):
    """The pay of one commune for one month, or what changed about it afterwards."""

    month = models.DateField(_("month"))
    """Its first day."""
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REGULAR)
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    why = models.CharField(_("why it is corrected"), max_length=10, choices=Why, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.COMPUTED)
    people = models.PositiveIntegerField(_("members"), default=0)
    total = models.BigIntegerField(_("total in đồng"), default=0)
    totals = models.JSONField(default=dict, blank=True)
    """đồng by item."""
    support = models.JSONField(default=dict, blank=True)
    """Members by monthly support and by item (`support.counted`); of corrections empty."""
    values = models.JSONField(default=list, blank=True)
    """The rows of the resolutions it was computed from; lines name them by their place."""
    digest = models.CharField(max_length=64)
    """SHA-256 over everything that it says (`storing.digest_of`)."""
    computed_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=120)
    frozen_at = models.DateTimeField(null=True, blank=True)
    frozen_by_id = models.UUIDField(null=True, blank=True)
    frozen_by_name = models.CharField(max_length=120, blank=True)
    sent_back_why = models.CharField(_("why it was sent back"), max_length=300, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by_id = models.UUIDField(null=True, blank=True)
    approved_by_name = models.CharField(max_length=120, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT)
        for name in ("made_by_name", "frozen_by_name", "approved_by_name")
    }

    class Meta:
        ordering = ("-month", "territory__path", "id")
        verbose_name = _("pay sheet")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "month"],
                condition=Q(kind="regular") & ~Q(state="void"),
                name="one_sheet_a_month",
                violation_error_message=_("This commune has a sheet for that month."),
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(state__in=["computed", "frozen"]),
                name="one_open_correction",
                violation_error_message=_("A correction of this sheet is still open."),
            ),
            models.CheckConstraint(
                condition=Q(kind="regular", corrects__isnull=True)
                | Q(kind="correction", corrects__isnull=False) & ~Q(why=""),
                name="correction_says_of_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(approved_by_id__isnull=True)
                | ~Q(approved_by_id=F("frozen_by_id")) & ~Q(approved_by_id=F("made_by_id")),
                name="sheet_has_two_persons",
                violation_error_message=_("Nobody approves a sheet that they made."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["frozen", "approved", "paid"])
                | Q(frozen_by_id__isnull=False, frozen_at__isnull=False),
                name="frozen_sheet_names_who",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["approved", "paid"], approved_by_id__isnull=False)
                | ~Q(state__in=["approved", "paid"]) & Q(approved_by_id__isnull=True),
                name="approved_sheet_names_who",
            ),
        ]
        indexes = [models.Index(fields=["territory", "month"])]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.month:%m/%Y}"

    @property
    def is_live(self) -> bool:
        """Whether it counts, or may still come to count."""
        return self.state != State.VOID


class Slip(Record):
    """One member's part of a sheet: every line with what it was made of."""

    sheet = models.ForeignKey(Sheet, db_index=False, on_delete=models.PROTECT, related_name="slips")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    month = models.DateField(_("month"))
    claims_month = models.BooleanField(default=True)
    """Whether it is the one slip that pays this member's month; false on void sheets, and on
    corrections of a month that another slip pays."""
    full_name = models.CharField(_("full name"), max_length=120)
    name_order = models.CharField(max_length=130)
    post = models.CharField(_("role"), max_length=10, choices=Post)
    total = models.BigIntegerField(_("total in đồng"))
    spans = models.JSONField(default=list)
    """Days with role and place, in order; lines name them by their place in this list."""
    lines = models.JSONField(default=list)
    aside = models.JSONField(default=list)
    """Duties that were recorded and are not paid, each with its reason."""

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "sheet__territory__path"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(Sensitivity.BASIC, _("what the member is paid, and why"), _BASIS, _KEPT)
        for name in ("month", "full_name", "name_order", "post", "spans", "lines", "aside")
    }

    class Meta:
        ordering = ("name_order", "id")
        verbose_name = _("pay slip")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "member"], name="slip_once"),
            models.UniqueConstraint(
                fields=["member", "month"],
                condition=Q(claims_month=True),
                name="month_paid_once",
                violation_error_message=_("This member's month is paid on another sheet."),
            ),
        ]
        indexes = [models.Index(fields=["sheet", "name_order"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.month:%m/%Y}"

    @property
    def items(self) -> Counter[str]:
        """đồng by item."""
        found: Counter[str] = Counter()
        for line in self.lines:
            found[line["item"]] += line["amount"]
        return found


class CountedDuty(Record):
    """A patrol or shift of a member that a line counted."""

    slip = models.ForeignKey(Slip, on_delete=models.CASCADE, related_name="counted")
    member = models.ForeignKey(Member, db_index=False, on_delete=models.PROTECT, related_name="+")
    duty_kind = models.CharField(max_length=6, choices=DutyKind)
    duty_id = models.UUIDField()
    item = models.CharField(max_length=16, choices=Pay)
    on_day = models.DateField(_("day"))
    """The day to which it counts; duties of one day and item are one."""
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    plan_number = models.CharField(_("plan or assignment"), max_length=60, blank=True)
    is_live = models.BooleanField(default=True)
    """False on a void sheet."""

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "slip__sheet__territory__path"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(Sensitivity.BASIC, _("which duty was paid"), _BASIS, _KEPT)
        for name in ("duty_kind", "item", "on_day", "starts_at", "ends_at", "plan_number")
    }

    class Meta:
        ordering = ("on_day", "starts_at", "id")
        verbose_name = _("counted duty")
        constraints = [
            models.UniqueConstraint(
                fields=["duty_id", "member"],
                condition=Q(is_live=True),
                name="duty_counted_once",
                violation_error_message=_("This duty is counted already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.on_day}"


class Payment(Record):
    """What became of a slip: paid on a day, or not paid and why."""

    slip = models.OneToOneField(Slip, on_delete=models.PROTECT, related_name="payment")
    paid_on = models.DateField(_("paid on"), null=True, blank=True)
    reason = models.CharField(_("why not"), max_length=10, choices=Unpaid, blank=True)
    recorded_by_id = models.UUIDField()
    recorded_by_name = models.CharField(max_length=120)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "slip__sheet__territory__path"
    scope_member = "slip__member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "paid_on": Personal(Sensitivity.BASIC, _("that the member was paid"), _BASIS, _KEPT),
        "reason": Personal(Sensitivity.BASIC, _("why a member was not paid"), _BASIS, _KEPT),
        "recorded_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("id",)
        verbose_name = _("payment")
        constraints = [
            models.CheckConstraint(
                condition=Q(paid_on__isnull=False, reason="")
                | Q(paid_on__isnull=True) & ~Q(reason=""),
                name="paid_or_says_why",
                violation_error_message=_("It is paid on a day, or says why it is not."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.paid_on or self.reason)


class Contest(Record):
    """What a member says about a record behind a slip, and the answer. It names no amount."""

    slip = models.ForeignKey(Slip, on_delete=models.PROTECT, related_name="contests")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("what is wrong"), max_length=10, choices=Contested)
    on_day = models.DateField(_("day"))
    words = models.CharField(_("in your words"), max_length=300)
    state = models.CharField(
        _("state"), max_length=10, choices=ContestState, default=ContestState.OPEN
    )
    made_at = models.DateTimeField()
    due_on = models.DateField(_("answer due by"))
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    answered_by_id = models.UUIDField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=120, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "slip__sheet__territory__path"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        **{
            name: Personal(Sensitivity.BASIC, _("putting a record right"), _BASIS, _KEPT)
            for name in (
                "kind",
                "on_day",
                "words",
                "state",
                "made_at",
                "due_on",
                "answer",
                "closed_at",
            )
        },
        "answered_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("due_on", "id")
        verbose_name = _("contest of a record")
        constraints = [
            models.UniqueConstraint(
                fields=["slip", "kind", "on_day"],
                condition=Q(state="open"),
                name="contested_once",
                violation_error_message=_("You have said this already, and it waits."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "refused"])
                | Q(answered_by_id__isnull=False) & ~Q(answer=""),
                name="contest_says_who_answered_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_day}"
