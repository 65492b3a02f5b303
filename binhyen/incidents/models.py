# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reports, cases and disputes: places, never persons."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.personal import Personal, Sensitivity
from binhyen.incidents.choices import (
    Category,
    Channel,
    DisputeKind,
    DisputeState,
    Outcome,
    ReportState,
)
from binhyen.teams.models import Team
from binhyen.territory.models import OfCommune, Territory

_BASIS = "Law 30/2023/QH15 Art. 7; Law 91/2025/QH15 Art. 19"


class Case(OfCommune):
    """A case that commune police confirmed; one, however many reports led to it."""

    number = models.CharField(_("case number"), max_length=40)
    category = models.CharField(_("category"), max_length=20, choices=Category)
    confirmed_on = models.DateField(_("confirmed on"))
    outcome = models.CharField(_("outcome"), max_length=20, choices=Outcome, blank=True)
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    is_sealed = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ("-confirmed_on", "-id")
        verbose_name = _("case")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "number"],
                name="case_number_once",
                violation_error_message=_("This commune already has a case with this number."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | Q(concluded_on__gte=F("confirmed_on")),
                name="case_concluded_after_confirmed",
                violation_error_message=_("The case was concluded before it was confirmed."),
            ),
            models.CheckConstraint(
                condition=Q(concluded_on__isnull=True) | ~Q(outcome=""),
                name="concluded_case_has_outcome",
                violation_error_message=_("A concluded case needs an outcome."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "concluded_on"])]

    def __str__(self) -> str:
        return self.number


class Report(OfCommune):
    """Something that happened at a place, told to or seen by a team, handed to commune police."""

    village = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("village"),
    )
    team = models.ForeignKey(
        Team, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("team")
    )
    category = models.CharField(_("category"), max_length=20, choices=Category)
    channel = models.CharField(_("how it came"), max_length=10, choices=Channel)
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.RECEIVED
    )
    on_day = models.DateField(_("day"), editable=False)
    """The Vietnamese day on which it was received."""
    received_at = models.DateTimeField(_("received at"))
    handed_at = models.DateTimeField(_("handed to commune police at"), null=True, blank=True)
    handed_on = models.DateField(null=True, blank=True, editable=False)
    handover_min = models.PositiveIntegerField(null=True, blank=True, editable=False)
    """Whole minutes from receipt to hand-over, stored by whatever sets the two times, since the
    databases share no way to subtract moments."""
    assigned_to = models.UUIDField(null=True, blank=True)
    """The commune police officer (a user of app `accounts`) who deals with it."""
    account = models.CharField(_("what happened"), max_length=500, blank=True)
    is_sealed = models.BooleanField(default=False, editable=False)
    case = models.ForeignKey(
        Case,
        on_delete=models.PROTECT,
        related_name="reports",
        null=True,
        blank=True,
        verbose_name=_("case"),
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    scope_team = "team_id"
    personal: ClassVar[dict[str, Personal]] = {
        "account": Personal(
            Sensitivity.SENSITIVE,
            _("telling commune police what happened"),
            _BASIS,
            "erased 90 days after the hand-over [own]",
        ),
    }

    class Meta:
        ordering = ("-received_at", "-id")
        verbose_name = pgettext_lazy("incidents", "report")
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(handed_at__gte=F("received_at")),
                name="report_handed_after_received",
                violation_error_message=_("It was handed over before it was received."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handed", "assigned", "closed"])
                | Q(handed_at__isnull=False),
                name="handed_report_has_time",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True, handover_min__isnull=True)
                | Q(handed_at__isnull=False, handover_min__isnull=False),
                name="handed_report_has_minutes",
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "on_day"]),
            models.Index(fields=["territory", "state"]),
            models.Index(fields=["team", "on_day"]),
        ]

    def __str__(self) -> str:
        return f"{self.get_category_display()} {self.on_day:%d/%m/%Y}"


class Dispute(OfCommune):
    """A dispute that a team noticed early; kind, dates and result, no content and no parties."""

    village = models.ForeignKey(
        Territory,
        on_delete=models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("village"),
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=DisputeKind)
    state = models.CharField(
        _("state"), max_length=12, choices=DisputeState, default=DisputeState.OPEN
    )
    noticed_on = models.DateField(_("noticed on"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    scope_team = "team_id"

    class Meta:
        ordering = ("-noticed_on", "-id")
        verbose_name = _("dispute")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("noticed_on")),
                name="dispute_closed_after_noticed",
                violation_error_message=_("The dispute was closed before it was noticed."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on__isnull=True)
                | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="closed_dispute_has_day",
            ),
        ]
        indexes = [models.Index(fields=["territory", "noticed_on"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.noticed_on:%d/%m/%Y}"
