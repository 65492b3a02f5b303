# SPDX-License-Identifier: AGPL-3.0-or-later
"""Bases, simulations and what they say about each commune; all frozen once written."""

from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.norms.models import Resolution
from binhyen.simulations.choices import Kind
from binhyen.territory.models import Territory

_BASIS = "Law 30/2023/QH15 Art. 23, 26"
_KEPT = "as long as a simulation that used it is kept"


class Basis(Record):
    """What happened in some months of a place, counted: so many members had the same month."""

    place = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    first_month = models.DateField(_("first month"))
    last_month = models.DateField(_("last month"))
    """The first day of each."""
    people = models.PositiveIntegerField(_("members in the last month"))
    content = models.BinaryField()
    """Counts in columns, packed (`packing.py`)."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the content before it was packed."""
    gathered_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=120)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "place__path"
    personal: ClassVar[dict[str, Personal]] = {
        "content": Personal(
            Sensitivity.BASIC, _("what a draft would cost: counts without names"), _BASIS, _KEPT
        ),
        "made_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-last_month", "-gathered_at")
        verbose_name = _("basis of simulations")
        constraints = [
            models.CheckConstraint(
                condition=Q(last_month__gte=F("first_month")), name="basis_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.first_month:%m/%Y}-{self.last_month:%m/%Y}"


class Simulation(Record):
    """One question with its answer: cost before and after, by item; who fares how, in counts."""

    place = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("place")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    basis = models.ForeignKey(Basis, on_delete=models.PROTECT, related_name="simulations")
    resolution = models.ForeignKey(
        Resolution, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(_("number of the draft"), max_length=120, blank=True)
    """As it stood then."""
    on = models.DateField(_("base salary of"))
    """The day whose base salary both sides read."""
    parameters = models.JSONField(default=dict, blank=True)
    items = models.JSONField(default=dict, blank=True)
    """đồng a year by item: before and after."""
    counts = models.JSONField(default=dict, blank=True)
    """By role: how many gain, lose, get the same."""
    lacking = models.JSONField(default=dict, blank=True)
    """By item: members without an amount because a value or a fact is not known, after."""
    before = models.BigIntegerField(_("a year before, in đồng"))
    after = models.BigIntegerField(_("a year after, in đồng"))
    people = models.PositiveIntegerField(_("members"))
    communes = models.PositiveIntegerField(_("communes"))
    digest = models.CharField(max_length=64)
    """SHA-256 over the question, the basis and every row of the answer."""
    made_at = models.DateTimeField()
    made_by_id = models.UUIDField()
    made_by_name = models.CharField(max_length=120)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "place__path"
    personal: ClassVar[dict[str, Personal]] = {
        "made_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-made_at", "-id")
        verbose_name = _("simulation")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="draft", resolution__isnull=False)
                | ~Q(kind="draft") & Q(resolution__isnull=True),
                name="simulation_of_a_draft_names_it",
            ),
        ]
        indexes = [models.Index(fields=["place", "made_at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.made_at:%d/%m/%Y}"

    @property
    def difference(self) -> int:
        """What a year costs more, or less where it is below zero."""
        return self.after - self.before


class CommuneResult(Record):
    """What a simulation says about one commune."""

    simulation = models.ForeignKey(
        Simulation, db_index=False, on_delete=models.CASCADE, related_name="rows"
    )
    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.PROTECT, related_name="+",
        verbose_name=_("commune"),
    )  # fmt: skip
    items = models.JSONField(default=dict, blank=True)
    before = models.BigIntegerField()
    after = models.BigIntegerField()
    people = models.PositiveIntegerField()
    gain = models.PositiveIntegerField()
    lose = models.PositiveIntegerField()
    same = models.PositiveIntegerField()
    decided = models.PositiveIntegerField()
    """Members decided for its villages now."""
    decided_after = models.PositiveIntegerField()
    vacant = models.PositiveIntegerField()
    vacant_after = models.PositiveIntegerField()
    unmeasured = models.PositiveIntegerField()
    """Villages whose number the draft hangs on a measure that is not known."""
    gap = models.BigIntegerField(null=True)
    support = models.BigIntegerField(null=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "simulation__place__path"

    class Meta:
        ordering = ("territory__path",)
        verbose_name = _("result of a commune")
        constraints = [
            models.UniqueConstraint(fields=["simulation", "territory"], name="result_once"),
        ]

    def __str__(self) -> str:
        return f"{self.simulation_id} {self.territory_id}"

    @property
    def difference(self) -> int:
        """What a year costs more, or less where it is below zero."""
        return self.after - self.before
