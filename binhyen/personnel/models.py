# SPDX-License-Identifier: AGPL-3.0-or-later
"""Members' files, memberships and dated roles."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record
from binhyen.core.personal import Personal, Sensitivity
from binhyen.personnel.choices import EndGround, Origin, Sex
from binhyen.teams.choices import Post
from binhyen.teams.models import Team
from binhyen.territory.models import OfCommune, Territory

_BASIS = "Law 30/2023/QH15 Art. 13-17; Law 91/2025/QH15 Art. 19"
_KEPT = "5 years after the membership ends [own]"


class Member(OfCommune):
    """The file of one of the force's own people, kept by the commune."""

    team = models.ForeignKey(
        Team,
        on_delete=models.PROTECT,
        related_name="members",
        null=True,
        blank=True,
        verbose_name=_("team"),
    )
    """Where the person serves now; history stands in the memberships."""
    full_name = models.CharField(_("full name"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False)
    name_order = models.CharField(max_length=130, editable=False)
    born_on = models.DateField(_("date of birth"))
    sex = models.CharField(_("sex"), max_length=6, choices=Sex, blank=True)
    phone = models.CharField(_("phone"), max_length=20, blank=True)
    origin = models.CharField(_("former force"), max_length=20, choices=Origin, default=Origin.NEW)

    scope_team = "team_id"
    scope_member = "id"
    personal: ClassVar[dict[str, Personal]] = {
        "full_name": Personal(Sensitivity.BASIC, _("who serves"), _BASIS, _KEPT),
        "name_folded": Personal(Sensitivity.BASIC, _("finding one's own staff"), _BASIS, _KEPT),
        "name_order": Personal(Sensitivity.BASIC, _("sorting lists"), _BASIS, _KEPT),
        "born_on": Personal(Sensitivity.BASIC, _("the age rule of Art. 13(1)"), _BASIS, _KEPT),
        "sex": Personal(Sensitivity.BASIC, _("equality figures, sizes"), _BASIS, _KEPT),
        "phone": Personal(
            Sensitivity.BASIC, _("calling to duty"), _BASIS, "until the membership ends"
        ),
        "origin": Personal(Sensitivity.BASIC, _("how the force was formed"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("name_order", "id")
        verbose_name = _("member")
        indexes = [
            models.Index(fields=["territory", "name_order"]),
            models.Index(fields=["name_order"]),
            models.Index(fields=["name_folded"]),
        ]

    def __str__(self) -> str:
        return self.full_name


class Membership(OfCommune):
    """One member in one team and village, from the recognition to the ending."""

    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("team")
    )
    village = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("village")
    )
    recognised_on = models.DateField(_("recognised on"))
    recognition = models.CharField(_("recognition decision"), max_length=60)
    over_age_decision = models.CharField(_("over-70 decision"), max_length=60, blank=True)
    """The chair's decision that lets someone over 70 serve (Art. 13(1)); empty for others."""
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    """The day from which the person no longer serves."""
    ending = models.CharField(_("ending decision"), max_length=60, blank=True)
    end_ground = models.CharField(_("ground"), max_length=20, choices=EndGround, blank=True)

    scope_team = "team_id"
    scope_member = "member_id"
    personal: ClassVar[dict[str, Personal]] = {
        "recognised_on": Personal(Sensitivity.BASIC, _("who served when"), _BASIS, _KEPT),
        "recognition": Personal(Sensitivity.BASIC, _("the decision"), _BASIS, _KEPT),
        "over_age_decision": Personal(
            Sensitivity.BASIC, _("the exception of Art. 13(1)"), _BASIS, _KEPT
        ),
        "ended_on": Personal(Sensitivity.BASIC, _("who served when"), _BASIS, _KEPT),
        "ending": Personal(Sensitivity.BASIC, _("the decision"), _BASIS, _KEPT),
        "end_ground": Personal(Sensitivity.SENSITIVE, _("the ground of Art. 17(3)"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("recognised_on", "id")
        verbose_name = _("membership")
        constraints = [
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(ended_on__isnull=True),
                name="member_serves_in_one_team",
                violation_error_message=_("This member already serves in a team."),
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gt=F("recognised_on")),
                name="membership_ends_after_recognition",
                violation_error_message=_("A membership cannot end before it began."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "recognised_on"])]

    def __str__(self) -> str:
        return f"{self.member_id} {self.team_id}"

    def is_in_force(self, on: date) -> bool:
        """Whether the person serves on a day."""
        return self.recognised_on <= on and (self.ended_on is None or on < self.ended_on)


class RoleHeld(Record):
    """Leader, deputy or member, from a day to a day, by decision."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="roles")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    post = models.CharField(_("role"), max_length=10, choices=Post)
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    decision = models.CharField(_("decision"), max_length=60)

    personal: ClassVar[dict[str, Personal]] = {
        "post": Personal(Sensitivity.BASIC, _("who served when"), _BASIS, _KEPT),
        "valid_from": Personal(Sensitivity.BASIC, _("who served when"), _BASIS, _KEPT),
        "valid_to": Personal(Sensitivity.BASIC, _("who served when"), _BASIS, _KEPT),
        "decision": Personal(Sensitivity.BASIC, _("the decision"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("valid_from", "id")
        verbose_name = _("role held")
        constraints = [
            models.UniqueConstraint(
                fields=["membership"], condition=Q(valid_to__isnull=True), name="one_role_at_a_time"
            ),
            models.UniqueConstraint(
                fields=["team"],
                condition=Q(valid_to__isnull=True, post="leader"),
                name="one_leader_per_team",
                violation_error_message=_("This team already has a leader."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.valid_from}"
