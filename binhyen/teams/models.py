# SPDX-License-Identifier: AGPL-3.0-or-later
"""Teams, the villages they serve, decisions about them, and the strength that was decided."""

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.teams.choices import DecisionKind
from binhyen.territory.models import OfCommune, Territory


class Team(OfCommune):
    """A Security and Order Protection Team of one commune, from its decision to its dissolution."""

    name = models.CharField(_("name"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False)
    name_order = models.CharField(max_length=160, editable=False)
    established_on = models.DateField(_("established on"))
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    """The day from which the team no longer exists."""

    scope_team = "id"

    class Meta:
        ordering = ("territory__path", "name_order")
        verbose_name = _("team")
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "name_folded"],
                condition=Q(dissolved_on__isnull=True),
                name="team_name_once_per_commune",
                violation_error_message=_("This commune already has a team of this name."),
            ),
            models.CheckConstraint(
                condition=Q(dissolved_on__isnull=True) | Q(dissolved_on__gt=F("established_on")),
                name="team_dissolved_after_established",
                violation_error_message=_("A team cannot be dissolved before it was established."),
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "established_on"]),
            models.Index(fields=["name_folded"]),
        ]

    def __str__(self) -> str:
        return self.name

    def is_in_force(self, on: date) -> bool:
        """Whether the team exists on a day."""
        return self.established_on <= on and (self.dissolved_on is None or on < self.dissolved_on)


class TeamDecision(Record):
    """A numbered decision of the commune chair about a team (Circular 14/2024 form 08)."""

    team = models.ForeignKey(
        Team, db_index=False, on_delete=models.PROTECT, related_name="decisions"
    )
    kind = models.CharField(max_length=10, choices=DecisionKind)
    number = models.CharField(_("decision number"), max_length=60)
    decided_on = models.DateField(_("date of the decision"))
    note = models.CharField(_("note"), max_length=200, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "team__territory__path"
    scope_team = "team_id"

    class Meta:
        ordering = ("decided_on", "id")
        verbose_name = _("team decision")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "number"],
                name="team_decision_number_once",
                violation_error_message=_("This decision number is already recorded for the team."),
            ),
        ]
        indexes = [models.Index(fields=["number"])]

    def __str__(self) -> str:
        return self.number


class ServedVillage(Record):
    """A village in a team's area of responsibility, with dates."""

    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="served")
    village = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="served_by")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("village__path", "valid_from")
        verbose_name = _("served village")
        constraints = [
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(valid_to__isnull=True),
                name="village_served_by_one_team",
                violation_error_message=_("This village already has a team."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.team_id} {self.village_id}"


class DecidedStrength(Record):
    """The number of members that the province decided for a village, from a day on.

    Law 30/2023 Art. 14(4): the provincial People's Committee decides the number of members for each
    village, down to each commune. A new decision closes the row before.
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("commune")
    )
    village = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("village")
    )
    number = models.PositiveSmallIntegerField(_("decided number"))
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    decision = models.CharField(_("decision number"), max_length=60)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"

    class Meta:
        ordering = ("village__path", "valid_from")
        verbose_name = _("decided strength")
        constraints = [
            models.UniqueConstraint(
                fields=["village"],
                condition=Q(valid_to__isnull=True),
                name="one_decided_strength_in_force",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="decided_strength_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.village_id}: {self.number}"


class OfTeam(OfCommune):
    """A record of one team, at the commune in which the team stood then."""

    team = models.ForeignKey(
        Team, db_index=False, on_delete=models.PROTECT, related_name="+", verbose_name=_("team")
    )

    scope_team = "team_id"

    class Meta:
        abstract = True
        default_manager_name = "everything"
