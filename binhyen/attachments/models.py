# SPDX-License-Identifier: AGPL-3.0-or-later
"""One photo or recording; its file lies sealed in the data folder under the row's id."""

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from binhyen.attachments.choices import Kind
from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.territory.models import Territory


class Attachment(Record):
    """What was attached to a record of a higher app, which decides who may open it."""

    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    team_id = models.UUIDField(null=True)
    belongs_type = models.CharField(max_length=60)
    belongs_id = models.UUIDField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    """Bytes of the file as it is given out."""
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    digest = models.CharField(max_length=64)
    """SHA-256 of the file as it is given out."""
    added_at = models.DateTimeField(_("added at"))
    erased_at = models.DateTimeField(null=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    scope_team = "team_id"
    personal: ClassVar[dict[str, Personal]] = {
        "digest": Personal(
            Sensitivity.SENSITIVE,
            _("showing commune police a thing or a place; the file itself lies sealed on disk"),
            "Law 30/2023/QH15 Art. 7, 12; Law 91/2025/QH15 Art. 9 (consent), 19",
            "the file 90 days: with its report's text, or after the finding [own]",
        ),
    }

    class Meta:
        ordering = ("added_at", "id")
        verbose_name = _("attachment")
        indexes = [models.Index(fields=["belongs_id"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.id}"
