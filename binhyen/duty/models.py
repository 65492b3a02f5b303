# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shifts with their assignments, leave, and offers to swap."""

from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.duty.choices import (
    AssignmentState,
    DeclineReason,
    LeaveKind,
    LeaveState,
    ShiftKind,
    ShiftState,
    SwapState,
)
from binhyen.duty.rules import Stretch
from binhyen.personnel.models import Member
from binhyen.teams.models import OfTeam, Team
from binhyen.territory.models import Territory

_BASIS = "Law 30/2023/QH15 Art. 12, 16(4), 23(2)"
_KEPT = "as long as the duty counts for pay and figures, 5 years [own]"
_LEAVE_KEPT = "2 years after the last day [own]"
MOST_NEEDED = 50


class Shift(OfTeam):
    """A stretch of duty of one team. `on_day` is the day on which it begins."""

    kind = models.CharField(_("kind"), max_length=8, choices=ShiftKind)
    state = models.CharField(
        _("state"), max_length=10, choices=ShiftState, default=ShiftState.DRAFT
    )
    on_day = models.DateField(_("day"), editable=False)
    starts_at = models.DateTimeField(_("begins at"))
    ends_at = models.DateTimeField(_("ends at"))
    needed = models.PositiveSmallIntegerField(
        _("members needed"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_NEEDED)],
    )
    place = models.CharField(_("place"), max_length=120)
    plan_number = models.CharField(_("plan or assignment"), max_length=60, blank=True)
    """Of a competent person; without one nobody is assigned (Art. 23(2))."""
    began_at = models.DateTimeField(_("began at"), null=True, blank=True)
    """When somebody said that it had begun; silence is the alarm."""
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    members = models.ManyToManyField(Member, through="Assignment", related_name="+")

    class Meta:
        ordering = ("starts_at", "id")
        verbose_name = _("shift")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="shift_ends_after_start",
                violation_error_message=_("The shift ends before it begins."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("began_at")),
                name="shift_told_in_order",
                violation_error_message=_("The shift ends before it begins."),
            ),
            models.CheckConstraint(
                condition=~Q(state="assigned") | ~Q(plan_number=""),
                name="assigned_shift_has_a_plan",
                violation_error_message=_("A shift is assigned under a plan or assignment."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "on_day"]),
            models.Index(fields=["team", "on_day"]),
        ]

    def __str__(self) -> str:
        return f"{self.on_day:%d/%m/%Y} {self.get_kind_display()}"

    @property
    def stretch(self) -> Stretch:
        """When it is, as the rules take it."""
        return Stretch(self.starts_at, self.ends_at)


class Assignment(Record):
    """A member on a shift."""

    shift = models.ForeignKey(
        Shift, db_index=False, on_delete=models.PROTECT, related_name="assignments"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=12, choices=AssignmentState, default=AssignmentState.ASSIGNED
    )
    reason = models.CharField(_("reason"), max_length=12, choices=DeclineReason, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "shift__territory__path"
    scope_team = "shift__team_id"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "state": Personal(Sensitivity.BASIC, _("whether a duty is covered"), _BASIS, _KEPT),
        "reason": Personal(Sensitivity.BASIC, _("why a duty must be covered"), _BASIS, _KEPT),
        "answered_at": Personal(Sensitivity.BASIC, _("whether a duty is covered"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("member__name_order", "id")
        verbose_name = _("assignment")
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "member"],
                condition=Q(state__in=["assigned", "acknowledged"]),
                name="assigned_once",
                violation_error_message=_("This member is on the shift already."),
            ),
        ]
        indexes = [models.Index(fields=["shift"])]

    def __str__(self) -> str:
        return f"{self.shift_id} {self.member_id}"


class Leave(Record):
    """Days on which a member is not to be assigned; the end is excluded."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    valid_from = models.DateField(_("first day"))
    valid_to = models.DateField(_("until"))
    kind = models.CharField(_("why"), max_length=8, choices=LeaveKind)
    state = models.CharField(
        _("state"), max_length=10, choices=LeaveState, default=LeaveState.ASKED
    )
    answer = models.CharField(_("reason of the answer"), max_length=200, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    scope_team = "team_id"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "valid_from": Personal(Sensitivity.BASIC, _("not assigning then"), _BASIS, _LEAVE_KEPT),
        "valid_to": Personal(Sensitivity.BASIC, _("not assigning then"), _BASIS, _LEAVE_KEPT),
        "kind": Personal(Sensitivity.BASIC, _("deciding about it"), _BASIS, _LEAVE_KEPT),
        "state": Personal(Sensitivity.BASIC, _("deciding about it"), _BASIS, _LEAVE_KEPT),
        "answer": Personal(Sensitivity.BASIC, _("deciding about it"), _BASIS, _LEAVE_KEPT),
    }

    class Meta:
        ordering = ("-valid_from", "-id")
        verbose_name = _("leave")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gt=F("valid_from")),
                name="leave_ends_after_start",
                violation_error_message=_("Leave cannot end before it begins."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "valid_from"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.valid_from}"


class SwapOffer(Record):
    """One's assignment, offered to a colleague."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="offers")
    colleague = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=SwapState, default=SwapState.OFFERED
    )
    answer = models.CharField(_("reason of the answer"), max_length=200, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "assignment__shift__territory__path"
    scope_team = "assignment__shift__team_id"
    scope_member = "assignment__member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "state": Personal(Sensitivity.BASIC, _("who serves in whose place"), _BASIS, _KEPT),
        "answer": Personal(Sensitivity.BASIC, _("who serves in whose place"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-id",)
        verbose_name = _("offer to swap")
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(state__in=["offered", "accepted"]),
                name="one_open_offer",
                violation_error_message=_("This duty is offered to somebody already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assignment_id} {self.colleague_id}"
