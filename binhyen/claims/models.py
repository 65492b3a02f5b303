# SPDX-License-Identifier: AGPL-3.0-or-later
"""Accidents on duty, claims with their papers, and complaints about a decision."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.claims.choices import (
    Appellant,
    Channel,
    Harm,
    Kind,
    Left,
    Means,
    Outcome,
    Paper,
    Present,
    Recipient,
    State,
)
from binhyen.core.errors import Text
from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.duty.models import Shift
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Member
from binhyen.territory.models import OfCommune

_BASIS = "Law 30/2023/QH15 Art. 24; Decree 40/2024/NĐ-CP Art. 5-6"
_KEPT = "10 years after the decision [own]"


def _sensitive(purpose: Text) -> Personal:
    return Personal(Sensitivity.SENSITIVE, purpose, _BASIS, _KEPT)


def _basic(purpose: Text) -> Personal:
    return Personal(Sensitivity.BASIC, purpose, _BASIS, _KEPT)


class Accident(OfCommune):
    """A member fell ill, was hurt or died on duty: who, when, on which duty; nothing medical."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    harm = models.CharField(pgettext_lazy("claim", "what happened"), max_length=8, choices=Harm)
    on_day = models.DateField(_("day"))
    patrol = models.ForeignKey(
        Patrol, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    shift = models.ForeignKey(
        Shift, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    plan_number = models.CharField(_("plan or assignment"), max_length=60, blank=True)
    left = models.CharField(_("why no claim follows"), max_length=8, choices=Left, blank=True)
    noted_by_id = models.UUIDField()
    noted_by_name = models.CharField(max_length=120)

    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "harm": _sensitive(_("that a benefit may be due")),
        "on_day": _basic(_("that a benefit may be due")),
        "left": _sensitive(_("why no claim follows")),
        "plan_number": _basic(_("that it happened on duty")),
        "noted_by_name": _basic(_("who did what")),
    }

    class Meta:
        ordering = ("-on_day", "id")
        verbose_name = _("accident on duty")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "on_day", "harm"],
                condition=~Q(left="mistake"),
                name="accident_noted_once",
                violation_error_message=_("This is noted already."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "on_day"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.on_day}"


class Claim(OfCommune):
    """One benefit of one person for one day, from the draft to the payment."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", verbose_name=_("member")
    )
    accident = models.ForeignKey(
        Accident, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    kind = models.CharField(_("what is claimed"), max_length=9, choices=Kind)
    on_day = models.DateField(_("day of the illness, accident or death"))
    plan_number = models.CharField(_("plan or assignment"), max_length=60, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.DRAFT)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    """The last day of the present step; empty where no time runs."""

    recipient = models.CharField(
        _("who is paid"), max_length=14, choices=Recipient, default=Recipient.SELF
    )
    recipient_name = models.CharField(_("name of who is paid"), max_length=120, blank=True)
    means = models.CharField(_("how it is paid"), max_length=8, choices=Means, blank=True)

    signed_on = models.DateField(_("application signed on"), null=True, blank=True)
    channel = models.CharField(_("came in"), max_length=9, choices=Channel, blank=True)
    received_on = models.DateField(_("received on"), null=True, blank=True)
    received_by_id = models.UUIDField(null=True, blank=True)
    received_by_name = models.CharField(max_length=120, blank=True)
    asked_on = models.DateField(_("missing papers asked for on"), null=True, blank=True)
    complete_on = models.DateField(_("last missing paper came on"), null=True, blank=True)
    checked_on = models.DateField(_("dossier complete on"), null=True, blank=True)

    facts = models.JSONField(default=dict, blank=True)
    """The facts of the law's rules (`law.fact_lists.CLAIM_FACTS`), whole numbers."""
    base_on = models.DateField(_("day of the base salary"), null=True, blank=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    lines = models.JSONField(default=list, blank=True)
    values = models.JSONField(default=list, blank=True)
    """The rows of the resolutions it was computed from; lines name them by their place."""
    total = models.BigIntegerField(_("amount in đồng"), default=0)
    digest = models.CharField(max_length=64, blank=True)
    """SHA-256 over facts, lines, values and total (`computing.digest_of`)."""
    appraised_on = models.DateField(_("appraised on"), null=True, blank=True)
    appraised_by_id = models.UUIDField(null=True, blank=True)
    appraised_by_name = models.CharField(max_length=120, blank=True)
    sent_back_why = models.CharField(_("why it was sent back"), max_length=300, blank=True)

    decision = models.CharField(_("decision number"), max_length=60, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decided_by_id = models.UUIDField(null=True, blank=True)
    decided_by_name = models.CharField(max_length=120, blank=True)
    refused_why = models.CharField(_("why it was refused"), max_length=300, blank=True)
    paid_on = models.DateField(_("paid on"), null=True, blank=True)

    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        **{
            name: _sensitive(_("what is due, and why"))
            for name in ("kind", "facts", "lines", "remark", "refused_why", "sent_back_why")
        },
        **{
            name: _basic(_("what is due, and why"))
            for name in ("on_day", "plan_number", "signed_on", "channel", "received_on",
                         "asked_on", "complete_on", "checked_on", "base_on", "appraised_on",
                         "decision", "decided_on", "paid_on", "due_on")
        },
        **{
            name: _basic(_("whom the commune pays"))
            for name in ("recipient", "recipient_name", "means")
        },
        **{
            name: _basic(_("who did what"))
            for name in ("received_by_name", "appraised_by_name", "decided_by_name")
        },
    }  # fmt: skip

    class Meta:
        ordering = ("-on_day", "id")
        verbose_name = _("benefit claim")
        constraints = [
            models.UniqueConstraint(
                fields=["member", "kind", "on_day"],
                condition=~Q(state__in=["refused", "withdrawn"]),
                name="claimed_once",
                violation_error_message=_("This is claimed already."),
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True)
                | ~Q(decided_by_id=F("appraised_by_id")) & ~Q(decided_by_id=F("received_by_id")),
                name="claim_has_two_persons",
                violation_error_message=_("Nobody decides on what they received or appraised."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(received_on__isnull=False, signed_on__isnull=False),
                name="received_claim_is_signed",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["appraised", "granted", "refused", "paid"])
                | Q(appraised_by_id__isnull=False, appraised_on__isnull=False),
                name="appraised_claim_names_who",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "refused", "paid"])
                | Q(decided_by_id__isnull=False, decided_on__isnull=False) & ~Q(decision=""),
                name="decided_claim_names_who",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["granted", "paid"]) | Q(total__gt=0),
                name="granted_claim_has_an_amount",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refused_why=""),
                name="refused_claim_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state="paid", paid_on__isnull=False)
                | ~Q(state="paid") & Q(paid_on__isnull=True),
                name="paid_claim_names_the_day",
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "state"]),
            models.Index(fields=["member", "on_day"]),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_day}"


class ClaimPaper(Record):
    """A paper of a dossier: there, missing, or not needed because an authority shares the data."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="papers")
    place = models.PositiveSmallIntegerField(
        default=0, validators=[MinValueValidator(0), MaxValueValidator(99)]
    )
    """Its place in the list."""
    paper = models.CharField(_("paper"), max_length=14, choices=Paper)
    present = models.CharField(_("state"), max_length=8, choices=Present, default=Present.MISSING)
    came_on = models.DateField(_("came on"), null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "claim__territory__path"
    scope_member = "claim__member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: _basic(_("whether the dossier is complete"))
        for name in ("paper", "present", "came_on")
    }

    class Meta:
        ordering = ("place", "id")
        verbose_name = _("paper of a claim")
        constraints = [
            models.UniqueConstraint(fields=["claim", "paper"], name="paper_once"),
            models.CheckConstraint(
                condition=Q(present="present", came_on__isnull=False)
                | ~Q(present="present") & Q(came_on__isnull=True),
                name="paper_there_since",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.present}"


class Appeal(Record):
    """A complaint about a decision, and what became of it; who complains is a part, no person."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="appeals")
    lodged_on = models.DateField(_("lodged on"))
    lodged_by = models.CharField(_("lodged by"), max_length=14, choices=Appellant)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answer = models.CharField(_("number of the answer"), max_length=60, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "claim__territory__path"
    scope_member = "claim__member_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: _basic(_("that a decision is contested"))
        for name in ("lodged_on", "lodged_by", "outcome", "answered_on", "answer")
    }

    class Meta:
        ordering = ("lodged_on", "id")
        verbose_name = _("complaint")
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=Q(outcome=""),
                name="one_open_complaint",
                violation_error_message=_("A complaint is open already."),
            ),
            models.CheckConstraint(
                condition=Q(outcome="", answered_on__isnull=True)
                | ~Q(outcome="") & Q(answered_on__isnull=False),
                name="complaint_answered_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lodged_on} {self.lodged_by}"
