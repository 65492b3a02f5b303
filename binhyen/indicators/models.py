# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stored sums, how far the events were read, and figures signed by an authority."""

from datetime import date, timedelta
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.territory.models import Territory


class Fact(models.Model):
    """One sum: an indicator's part at a territory on a day ('d') or in a calendar month ('m').

    Communes carry days and months; provinces and the nation too, kept equal to the sums below.
    """

    pk = models.CompositePrimaryKey("indicator", "territory_id", "grain", "start", "part")
    indicator = models.CharField(max_length=32)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    grain = models.CharField(max_length=1)
    start = models.DateField()
    part = models.CharField(max_length=24)
    value = models.BigIntegerField()

    everything = models.Manager()
    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path: ClassVar[str] = "territory__path"

    class Meta:
        ordering = ("indicator", "territory", "grain", "start", "part")
        verbose_name = _("stored figure")

    def __str__(self) -> str:
        return f"{self.indicator} {self.territory_id} {self.grain} {self.start}"


class Recorded(models.Model):
    """Which communes of the whole country recorded an activity ('a'), or had teams ('t').

    Of a day ('d') or a calendar month ('m'); teams by month only. `communes` is a hexadecimal
    number with a bit for each commune (`giving` says which): how many distinct communes gave their
    figures in a period is then a few numbers put together, not a question to each of 3,321.
    """

    kind = models.CharField(max_length=1)
    grain = models.CharField(max_length=1)
    start = models.DateField()
    communes = models.TextField()

    everything = models.Manager()

    class Meta:
        ordering = ("kind", "grain", "start")
        verbose_name = _("communes that recorded something")
        constraints = [
            models.UniqueConstraint(fields=["kind", "grain", "start"], name="recorded_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.grain} {self.start}"


class ReadMark(models.Model):
    """The number of the last event that the stored figures contain."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last_event = models.BigIntegerField(default=0)

    everything = models.Manager()

    class Meta:
        verbose_name = _("read mark")

    def __str__(self) -> str:
        return str(self.last_event)


class TypedFigure(Record):
    """A number that an authority signed for a territory and a period. A count, never a name.

    A correction is a new row that supersedes the old. When a source contradicts itself both
    numbers are kept and `doubt` says so.
    """

    indicator = models.CharField(_("indicator"), max_length=32)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("end"))
    """The day after the last day of the period."""
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    signed_by = models.CharField(_("signed by"), max_length=120)
    signed_by_id = models.UUIDField()
    signed_on = models.DateField(_("signed on"))
    doubt = models.CharField(_("doubt"), max_length=300, blank=True)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="superseded_by"
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    personal: ClassVar[dict[str, Personal]] = {
        "signed_by": Personal(
            Sensitivity.BASIC,
            _("who answers for the number"),
            "Decree 09/2019/NĐ-CP",
            "as long as the figure",
        ),
    }

    class Meta:
        ordering = ("indicator", "territory__path", "starts_on", "id")
        verbose_name = _("typed-in figure")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("starts_on")),
                name="typed_figure_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(value__gte=0),
                name="typed_figure_not_negative",
                violation_error_message=_("A count cannot be below zero."),
            ),
        ]
        indexes = [
            models.Index(fields=["indicator", "territory", "starts_on"]),
            models.Index(fields=["territory", "ends_on"]),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.starts_on} {self.value}"

    @staticmethod
    def is_current() -> Q:
        """Rows that no later one corrects.

        Told by the few keys that are corrected: SQLite reads the whole table for each row of a
        join, since it expects little of an index that holds mostly nothing.
        """
        corrected = TypedFigure.everything.filter(supersedes__isnull=False).order_by()
        return ~Q(pk__in=corrected.values("supersedes"))

    @property
    def last_day(self) -> date:
        """The last day of the period, as people write it."""
        return self.ends_on - timedelta(days=1)
