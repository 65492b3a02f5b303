# SPDX-License-Identifier: AGPL-3.0-or-later
"""Patrols with their members, findings and traffic help."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.patrols.choices import CheckResult, FindingKind, PatrolState, TrafficKind, WayOff
from binhyen.personnel.models import Member
from binhyen.teams.choices import TaskGroup
from binhyen.teams.models import OfTeam, Team
from binhyen.territory.models import Territory

_BASIS = "Law 30/2023/QH15 Art. 12, 23(2)"
_WALKED_KEPT = "30 days after the patrol [own]"
_KEPT = "as long as the duty counts for pay and figures, 5 years [own]"


class Patrol(OfTeam):
    """One team, one plan, one shift. `on_day` is the day it began, or is planned to begin."""

    state = models.CharField(
        _("state"), max_length=10, choices=PatrolState, default=PatrolState.PLANNED
    )
    task_group = models.CharField(
        _("task group"), max_length=12, choices=TaskGroup, default=TaskGroup.PATROL
    )
    on_day = models.DateField(_("day"), editable=False)
    planned_start = models.DateTimeField(_("planned start"))
    planned_end = models.DateTimeField(_("planned end"))
    started_at = models.DateTimeField(_("started at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    route = models.CharField(_("route or places"), max_length=200)
    objective = models.CharField(_("objective"), max_length=200, blank=True)
    kit = models.CharField(_("what to take along"), max_length=800, blank=True)
    """Things, one a line (`kit.packed`); never people."""
    plan_number = models.CharField(_("plan or assignment"), max_length=60, blank=True)
    """The plan of the commune police; without one a duty is recorded but not paid (Art. 23(2))."""
    note = models.CharField(_("note"), max_length=300, blank=True)
    track = models.TextField(blank=True)
    """Points of the way walked, encoded by `rules.encode_track`; emptied after 30 days."""
    way_off = models.CharField(_("way not recorded"), max_length=9, choices=WayOff, blank=True)
    """Why the phone recorded no way, or stopped; empty otherwise."""
    distance_m = models.PositiveIntegerField(_("distance"), null=True, blank=True)
    member_minutes = models.PositiveIntegerField(default=0, editable=False)
    """Minutes of the patrol times the members on it; zero until it is done."""
    members = models.ManyToManyField(Member, through="PatrolMember", related_name="patrols")

    personal: ClassVar[dict[str, Personal]] = {
        "track": Personal(
            Sensitivity.SENSITIVE,
            _("showing the way walked"),
            _BASIS,
            _WALKED_KEPT,
        ),
        "way_off": Personal(
            Sensitivity.BASIC, _("telling a way switched off from one lost"), _BASIS, _KEPT
        ),
        "note": Personal(Sensitivity.BASIC, _("what the team noted on duty"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-on_day", "-id")
        verbose_name = _("patrol")
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_end__gt=F("planned_start")),
                name="patrol_plan_ends_after_start",
                violation_error_message=_("The patrol ends before it starts."),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gt=F("started_at")),
                name="patrol_ends_after_start",
                violation_error_message=_("The patrol ends before it starts."),
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(started_at__isnull=False, ended_at__isnull=False),
                name="done_patrol_has_times",
            ),
        ]
        indexes = [
            models.Index(fields=["territory", "on_day"]),
            models.Index(fields=["team", "on_day"]),
        ]

    def __str__(self) -> str:
        return f"{self.on_day:%d/%m/%Y} {self.route}"


class PatrolMember(Record):
    """A member on a patrol."""

    patrol = models.ForeignKey(
        Patrol, db_index=False, on_delete=models.CASCADE, related_name="crew"
    )
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("member__name_order",)
        verbose_name = _("member on a patrol")
        constraints = [models.UniqueConstraint(fields=["patrol", "member"], name="crew_once")]

    def __str__(self) -> str:
        return f"{self.patrol_id} {self.member_id}"


class PlaceToCheck(Record):
    """A line of a patrol's list: doors of an alley, a bridge, a pump; words for a place."""

    patrol = models.ForeignKey(
        Patrol, db_index=False, on_delete=models.CASCADE, related_name="places_to_check"
    )
    number = models.PositiveSmallIntegerField()
    words = models.CharField(_("place"), max_length=120)
    result = models.CharField(_("result"), max_length=10, choices=CheckResult, blank=True)
    checked_at = models.DateTimeField(_("checked at"), null=True, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "patrol__territory__path"
    scope_team = "patrol__team_id"
    personal: ClassVar[dict[str, Personal]] = {
        name: Personal(
            Sensitivity.BASIC, _("knowing which places were checked"), _BASIS, _WALKED_KEPT
        )
        for name in ("words", "result", "checked_at")
    }

    class Meta:
        ordering = ("number",)
        verbose_name = _("place to check")
        constraints = [
            models.UniqueConstraint(fields=["patrol", "number"], name="place_to_check_once")
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.words}"


class Finding(Record):
    """Something seen on a patrol that looks like a violation; a place and a kind, no person."""

    patrol = models.ForeignKey(Patrol, on_delete=models.PROTECT, related_name="findings")
    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    on_day = models.DateField(editable=False)
    kind = models.CharField(_("kind"), max_length=14, choices=FindingKind)
    found_at = models.DateTimeField(_("found at"))
    handed_at = models.DateTimeField(_("handed to commune police at"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    is_void = models.BooleanField(default=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    scope_team = "patrol__team_id"
    personal: ClassVar[dict[str, Personal]] = {
        "note": Personal(Sensitivity.BASIC, _("what the team noted on duty"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("found_at", "id")
        verbose_name = _("finding")
        constraints = [
            models.CheckConstraint(
                condition=Q(handed_at__isnull=True) | Q(handed_at__gte=F("found_at")),
                name="finding_handed_after_found",
                violation_error_message=_("It was handed over before it was found."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "on_day"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_day}"


class TrafficHelp(Record):
    """Help with traffic, on a patrol or as a duty of its own, under police guidance."""

    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, related_name="+", verbose_name=_("team")
    )
    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    patrol = models.ForeignKey(
        Patrol, on_delete=models.PROTECT, related_name="traffic_help", null=True, blank=True
    )
    on_day = models.DateField(editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=TrafficKind)
    started_at = models.DateTimeField(_("started at"))
    duration_min = models.PositiveSmallIntegerField(_("minutes"))
    place = models.CharField(_("place"), max_length=120)
    is_void = models.BooleanField(default=False)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    scope_team = "team_id"

    class Meta:
        ordering = ("-started_at", "-id")
        verbose_name = _("traffic help")
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_min__gt=0, duration_min__lte=1440),
                name="traffic_help_lasts_within_a_day",
                violation_error_message=_("The help lasts from 1 to 1,440 minutes."),
            ),
        ]
        indexes = [models.Index(fields=["territory", "on_day"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.on_day}"
