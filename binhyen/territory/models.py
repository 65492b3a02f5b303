# SPDX-License-Identifier: AGPL-3.0-or-later
"""Units, their names over time, and their lineage."""

import functools
from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.models import Record, ScopedManager
from binhyen.core.text import fold, natural_order
from binhyen.territory.choices import Kind, Level

NATION_CODE = "VN"


@functools.lru_cache(maxsize=512)
def _around_name(kind: str, language: str) -> tuple[str, str]:
    """What a language says before and after the name of a unit of a kind.

    Kept, since a page of a province says more than a hundred names.
    """
    if kind not in Kind.values:
        return f"{kind} ", ""
    said = pgettext("unit", "%(name)s %(kind)s")
    before, after = said.split("%(name)s")
    word = {"kind": str(Kind(kind).label).lower()}
    return before % word, after % word


class Territory(models.Model):
    """One unit for its whole life. A merger is new rows with lineage, never an edit.

    `path` is made of codes, each followed by a point: a province `68.`, a commune `68.23272.`, a
    village `68.23272.03.`; the nation's is empty, so that every path starts with it.
    `name`, `kind` are those of the newest designation, kept here for lists.
    """

    id = models.AutoField(primary_key=True)
    """A small number, since every record and every stored figure carries it; people use `code`."""
    level = models.CharField(max_length=10, choices=Level)
    code = models.CharField(max_length=10)
    """Official code as text: 2 digits province, 5 digits commune; villages commune-serial."""
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=40, db_index=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120, db_index=True, editable=False)
    name_order = models.CharField(max_length=160, editable=False)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=60)
    """Number of the instrument that made the unit."""
    flags = models.JSONField(default=list, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    area_km2 = models.FloatField(null=True, blank=True)
    population = models.IntegerField(null=True, blank=True)
    duty_phone = models.CharField(_("duty phone"), max_length=11, blank=True)
    """Of a commune's police: an office's number, never a person's (decision 0013)."""
    succeeds = models.ManyToManyField(
        "self", symmetrical=False, related_name="succeeded_by", blank=True
    )

    everything = models.Manager()
    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path: ClassVar[str] = "path"

    class Meta:
        ordering = ("path",)
        verbose_name = _("territory")
        constraints = [
            models.UniqueConstraint(
                fields=["code", "valid_from"],
                name="territory_code_once",
                violation_error_message=_("A unit with this code and first day already exists."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="territory_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
        ]
        indexes = [
            models.Index(fields=["level", "valid_to"]),
            models.Index(fields=["name_order", "code"]),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its kind, as it is said: 'Xã Đức Linh', 'Tổ dân phố 3', 'Mũi Né ward'."""
        if self.level == Level.NATION:
            return self.name
        before, after = _around_name(self.kind, get_language() or "")
        said = f"{before}{self.name}{after}"
        return said[:1].upper() + said[1:]

    def is_in_force(self, on: date) -> bool:
        """Whether the unit stands on a day."""
        return self.valid_from <= on and (self.valid_to is None or on < self.valid_to)

    def name_it(self, name: str, kind: str) -> None:
        """Set the newest name and kind with the keys for search and order."""
        self.name, self.kind = name, kind
        self.name_folded, self.name_order = fold(name), natural_order(name)


class Designation(Record):
    """The name and kind that a unit carries for some days, by a decision."""

    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.CASCADE, related_name="designations"
    )
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    decision = models.CharField(max_length=60)

    class Meta:
        ordering = ("valid_from",)
        verbose_name = _("designation")
        constraints = [
            models.UniqueConstraint(fields=["territory", "valid_from"], name="designation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.name} ({self.valid_from})"


class OfCommune(Record):
    """A record of one commune: the one in which it happened, whatever became of it later."""

    territory = models.ForeignKey(
        Territory,
        db_index=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("commune"),
    )

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"

    class Meta:
        abstract = True
