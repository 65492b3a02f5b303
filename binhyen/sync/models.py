# SPDX-License-Identifier: AGPL-3.0-or-later
"""Operations as they came, the keys to which phones seal, and the name of this history."""

from typing import ClassVar, Self
from uuid import uuid4

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.models import Device
from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.sync.choices import BlobState, Standing
from binhyen.territory.models import Territory

_BASIS = "Law 30/2023/QH15 Art. 7, 12; Law 91/2025/QH15 Art. 19"
_KEPT = "18 months [own]; the text of a report 90 days, of a patrol's end or a call for help 30"


class Operation(Record):
    """One thing that a person did, as it came from a phone, with what became of it."""

    op_id = models.UUIDField(db_index=True)
    """Made on the phone; what the operation makes carries it as well."""
    device = models.ForeignKey(
        Device, db_index=False, on_delete=models.PROTECT, related_name="operations"
    )
    carrier = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    """The colleague's phone that brought it, if another one did."""
    n = models.PositiveIntegerField()
    kind = models.CharField(_("what was done"), max_length=40)
    text = models.TextField()
    """The very text that was signed."""
    sig = models.CharField(max_length=90)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the text: the same bytes are the same operation."""
    code = models.CharField(_("receipt"), max_length=8, unique=True)
    territory = models.ForeignKey(
        Territory, db_index=False, on_delete=models.PROTECT, related_name="+"
    )
    team_id = models.UUIDField(null=True)
    arrived_at = models.DateTimeField(_("arrived at"))
    acted_at = models.DateTimeField(_("done at"))
    server_at = models.DateTimeField()
    standing = models.CharField(_("standing"), max_length=12, choices=Standing)
    word = models.CharField(max_length=40, blank=True)
    """Why it was not applied at once, for programs."""
    why = models.JSONField(default=dict)
    """The same in each language, as it was said."""
    awaits = models.UUIDField(null=True)
    """The thing that it belongs to and that has not arrived; None where it waits for nothing."""
    object_type = models.CharField(max_length=60, blank=True)
    object_id = models.UUIDField(null=True)
    resolved_at = models.DateTimeField(_("looked at"), null=True)
    resolved_by = models.CharField(_("looked at by"), max_length=120, blank=True)
    safe_at = models.DateTimeField(_("in the archive since"), null=True)
    safe_event = models.BigIntegerField(null=True)
    """The number of the event with which it became safe: phones ask from a number on."""

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    scope_team = "team_id"
    personal: ClassVar[dict[str, Personal]] = {
        "text": Personal(Sensitivity.SENSITIVE, _("proving what was recorded"), _BASIS, _KEPT),
        "resolved_by": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "acted_at": Personal(Sensitivity.BASIC, _("proving what was recorded"), _BASIS, _KEPT),
        "arrived_at": Personal(Sensitivity.BASIC, _("proving what was recorded"), _BASIS, _KEPT),
        "server_at": Personal(Sensitivity.BASIC, _("proving what was recorded"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-id",)
        verbose_name = _("operation of a phone")
        indexes = [
            models.Index(fields=["device", "n"]),
            models.Index(fields=["standing", "territory"]),
            models.Index(fields=["safe_event"]),
            models.Index(
                fields=["device"], condition=models.Q(awaits__isnull=False), name="operation_waits"
            ),
            models.Index(
                fields=["awaits"], condition=models.Q(awaits__isnull=False), name="operation_awaits"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.receipt}"

    @property
    def receipt(self) -> str:
        """The code as people write it: 7KQ3-M9XD."""
        return f"{self.code[:4]}-{self.code[4:]}"

    @property
    def reason(self) -> str:
        """Why it was not applied, in the reader's language."""
        said: dict[str, str] = self.why
        return said.get((get_language() or "vi")[:2]) or said.get("vi", "")


class Blob(Record):
    """A photo or recording that an operation announced: its bytes come later, in pieces."""

    operation = models.ForeignKey(Operation, on_delete=models.PROTECT, related_name="blobs")
    media_type = models.CharField(max_length=60)
    size = models.BigIntegerField()
    digest = models.CharField(max_length=64)
    """Size and SHA-256 of the bytes as they travel, sealed."""
    key = models.JSONField()
    """The key that opens them, sealed to the server."""
    state = models.CharField(max_length=8, choices=BlobState, default=BlobState.WAITING)
    word = models.CharField(max_length=40, blank=True)
    why = models.JSONField(default=dict)
    """Why it was kept out, in each language."""
    is_attached = models.BooleanField(default=False)
    """Whether it lies with its record; what waits for a decision is here and not attached."""
    safe_at = models.DateTimeField(null=True)
    safe_event = models.BigIntegerField(null=True)
    """As of an operation: since when, and with which event, it lies in the second store."""
    erased_at = models.DateTimeField(null=True)
    """Of what is not attached; what is says so itself."""
    cleared_at = models.DateTimeField(null=True)
    """Since when what was erased is no longer in the second store either."""

    class Meta:
        ordering = ("operation", "id")
        verbose_name = _("photo or recording of a phone")
        indexes = [
            models.Index(fields=["safe_event"]),
            models.Index(
                fields=["id"],
                condition=models.Q(state=BlobState.HERE, safe_at__isnull=True),
                name="blob_not_safe_yet",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.media_type} {self.id}"


class Epoch(models.Model):
    """The name of this history of the database: one row, given a new name by a restore."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.UUIDField(default=uuid4)
    began_at = models.DateTimeField()

    everything = models.Manager()

    class Meta:
        verbose_name = _("epoch")

    def __str__(self) -> str:
        return str(self.name)


class SealKey(Record):
    """A key to which phones seal reports; its private part lies sealed, as second factors do."""

    public = models.CharField(max_length=100)
    private = models.TextField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)
        verbose_name = _("key for sealed reports")

    def __str__(self) -> str:
        return str(self.id)
