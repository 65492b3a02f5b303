# SPDX-License-Identifier: AGPL-3.0-or-later
"""The append-only feed of events, and the bases of every other table."""

from typing import ClassVar, Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Purpose, Scope
from binhyen.core.ids import uuid7
from binhyen.core.personal import Personal, Sensitivity


class UnscopedReadError(RuntimeError):
    """A programmer's error: a query ran without saying whose eyes it is for."""


def path_range(field: str, prefix: str) -> Q:
    """Rows whose path begins with a prefix, as a range that every database can index.

    A path ends with the separator '.', and '/' is the next character.
    """
    if not prefix:
        return Q()
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix[:-1] + "/"})


def begins(field: str, text: str) -> Q:
    """Rows whose folded text begins so, as a range that every database can index."""
    return Q(**{f"{field}__gte": text, f"{field}__lt": text + _AFTER_Z})


_AFTER_Z = "{"
"""The character behind 'z': folded text holds only a-z, 0-9 and spaces."""

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")


def only_one(rows: models.QuerySet[M, R]) -> R | None:
    """The only row that there can be, or None; unlike `first` it asks the database for no order."""
    return next(iter(rows.order_by()[:1]), None)


class ScopedManager(models.Manager[M]):
    """A manager that refuses to read before it is told the scope.

    The model says where its scope lies: `scope_path` (a lookup to a territory path), and where
    they exist `scope_team` and `scope_member`.
    """

    def contribute_to_class(self, cls: type[models.Model], name: str) -> None:
        """Leave the first place to the plain manager: relations and row checks read through it."""
        super().contribute_to_class(cls, name)
        cls._meta.default_manager_name = "everything"

    def get_queryset(self) -> models.QuerySet[M]:
        raise UnscopedReadError(f"{self.model.__name__}.objects was read without within(scope)")

    def within(self, scope: Scope) -> models.QuerySet[M]:
        """The rows that this scope may see."""
        rows = super().get_queryset()
        if scope.is_empty:
            return rows.none()
        return rows.filter(self._condition(scope))

    def _condition(self, scope: Scope) -> Q:
        path = getattr(self.model, "scope_path", "")
        team = getattr(self.model, "scope_team", "")
        member = getattr(self.model, "scope_member", "")
        if path and "" in scope.areas:
            return Q()
        condition = Q(pk__in=[])
        if path:
            for area in scope.areas:
                condition |= path_range(path, area)
            if scope.units:
                condition |= Q(**{f"{path}__in": scope.units})
        if team and scope.teams:
            condition |= Q(**{f"{team}__in": scope.teams})
        if member and scope.member:
            condition |= Q(**{member: scope.member})
        return condition


class Record(models.Model):
    """A row with a time-ordered id. `everything` is for actions, `objects` for reads.

    `full_clean` and relations of Django use the first manager, which therefore is the plain one.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)

    everything = models.Manager()
    scope_path: ClassVar[str] = ""
    scope_team: ClassVar[str] = ""
    scope_member: ClassVar[str] = ""
    personal: ClassVar[dict[str, Personal]] = {}

    class Meta:
        abstract = True


class Event(models.Model):
    """One line of what happened or was read: who, what, when, where. Never changed, never removed.

    The database itself refuses UPDATE and DELETE (migration 0001). Numbers follow the order of
    commits (`events.record`), so `id > last` is a safe cursor.
    """

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=False)
    kind = models.CharField(max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.UUIDField(null=True)
    place_id = models.IntegerField(null=True)
    path = models.CharField(max_length=40)
    on_day = models.DateField()
    was_on_day = models.DateField(null=True)
    """The day on which the record stood before this correction."""
    actor_id = models.UUIDField()
    actor_name = models.CharField(max_length=120)
    op_id = models.UUIDField(null=True, unique=True)
    purpose = models.CharField(max_length=20, blank=True, choices=[(p, p) for p in Purpose])
    """Why personal data was read; empty for a write."""
    detail = models.JSONField(default=dict)
    """Names of changed fields, old and new values of fields that are not personal."""

    everything = models.Manager()
    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path: ClassVar[str] = "path"
    personal: ClassVar[dict[str, Personal]] = {
        "actor_name": Personal(
            Sensitivity.BASIC,
            _("who did what"),
            "Law 91/2025/QH15 Art. 3",
            "as long as the record; readings 24 months [own]",
        ),
    }

    class Meta:
        ordering = ("id",)
        verbose_name = _("event")
        indexes = [
            models.Index(fields=["object_id", "id"]),
            models.Index(fields=["actor_id", "id"]),
            # Readings are few among the writes; the access log finds them by their purposes.
            models.Index(fields=["purpose", "id"]),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind}"
