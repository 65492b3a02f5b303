# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for help."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.calls.choices import CallState, Outcome
from binhyen.core.personal import Personal, Sensitivity
from binhyen.personnel.models import Member
from binhyen.teams.models import OfTeam

_BASIS = "Law 30/2023/QH15 Art. 12, 23; Law 91/2025/QH15 Art. 19"
_KEPT = "5 years, as duty is [own]"
_PLACE_KEPT = "90 days after the call [own]"
_POINT_KEPT = "30 days after the call [own]"


class HelpCall(OfTeam):
    """Somebody on duty asks for help. `on_day` is the day on which they did."""

    member = models.ForeignKey(
        Member, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """The file of whoever called, where their account has one."""
    called_by_id = models.UUIDField(editable=False)
    called_by = models.CharField(_("who called"), max_length=120)
    state = models.CharField(_("state"), max_length=6, choices=CallState, default=CallState.CALLED)
    on_day = models.DateField(_("day"), editable=False)
    called_at = models.DateTimeField(_("called at"))
    arrived_at = models.DateTimeField(_("arrived here at"))
    """Later than `called_at` by as long as the phone had no network."""
    patrol_id = models.UUIDField(null=True, blank=True, editable=False)
    """The patrol during which it was made; it may arrive later than the call."""
    place = models.CharField(_("where"), max_length=120, blank=True)
    latitude = models.FloatField(_("latitude"), null=True, blank=True)
    longitude = models.FloatField(_("longitude"), null=True, blank=True)
    seen_at = models.DateTimeField(_("seen at"), null=True, blank=True)
    seen_by = models.CharField(_("seen by"), max_length=120, blank=True)
    closed_at = models.DateTimeField(_("over at"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=120, blank=True)
    outcome = models.CharField(_("how it came out"), max_length=7, choices=Outcome, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)

    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "called_by": Personal(Sensitivity.BASIC, _("knowing who needs help"), _BASIS, _KEPT),
        "called_at": Personal(Sensitivity.BASIC, _("helping in time"), _BASIS, _KEPT),
        "arrived_at": Personal(Sensitivity.BASIC, _("helping in time"), _BASIS, _KEPT),
        "place": Personal(Sensitivity.BASIC, _("finding who needs help"), _BASIS, _PLACE_KEPT),
        "latitude": Personal(
            Sensitivity.SENSITIVE, _("finding who needs help"), _BASIS, _POINT_KEPT
        ),
        "longitude": Personal(
            Sensitivity.SENSITIVE, _("finding who needs help"), _BASIS, _POINT_KEPT
        ),
        "seen_by": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "seen_at": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "closed_by": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "closed_at": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "note": Personal(Sensitivity.BASIC, _("what came of it"), _BASIS, _PLACE_KEPT),
    }

    class Meta:
        ordering = ("-called_at", "-id")
        verbose_name = _("call for help")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="help_call_has_a_whole_point",
                violation_error_message=_("A point has a latitude and a longitude."),
            ),
            # Prohibition 7: members are located on a patrol that they began, and nowhere else.
            models.CheckConstraint(
                condition=Q(latitude__isnull=True) | Q(patrol_id__isnull=False),
                name="help_call_is_located_on_a_patrol_only",
                violation_error_message=_("A point belongs to a patrol."),
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(outcome=""),
                name="closed_help_call_has_an_outcome",
                violation_error_message=_("A call that is over says how it came out."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "on_day"]),
            models.Index(fields=["team", "on_day"]),
            # The start page asks every half minute; hardly any call is open.
            models.Index(
                fields=["called_at"], condition=~Q(state="closed"), name="help_call_is_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.called_at:%d/%m/%Y %H:%M} {self.get_state_display()}"
