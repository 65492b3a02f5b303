# SPDX-License-Identifier: AGPL-3.0-or-later
"""Users, appointments, tokens, phones."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.accounts.choices import RevokedWhy, Role
from binhyen.core.actors import Actor, Standing
from binhyen.core.compiled import compiled
from binhyen.core.ids import uuid7
from binhyen.core.models import Record, ScopedManager
from binhyen.core.personal import Personal, Sensitivity
from binhyen.core.text import fold, name_order
from binhyen.territory.models import Territory
from binhyen.territory.queries import UP

_BASIS = "Law 30/2023/QH15 Art. 5; Law 91/2025/QH15 Art. 19"
_KEPT = "5 years after the last appointment ends [own]"


class UserManager(BaseUserManager["User"]):
    """Django asks for one; people are made by `actions.open_account`."""


class User(AbstractBaseUser):
    """Someone who signs in. No flag gives rights: only appointments do."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    username = models.CharField(_("user name"), max_length=60, unique=True)
    full_name = models.CharField(_("full name"), max_length=120)
    name_folded = models.CharField(max_length=120, editable=False, db_index=True)
    name_order = models.CharField(max_length=140, editable=False)
    email = models.EmailField(_("email"), blank=True)
    member_id = models.UUIDField(null=True, blank=True, unique=True)
    """The file of the force's own member that this account belongs to, if any (app `personnel`)."""
    is_active = models.BooleanField(_("active"), default=True)
    language = models.CharField(_("language"), max_length=5, default="vi")

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    objects: ClassVar[UserManager] = UserManager()

    personal: ClassVar[dict[str, Personal]] = {
        "username": Personal(Sensitivity.BASIC, _("signing in"), _BASIS, _KEPT),
        "full_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "name_folded": Personal(Sensitivity.BASIC, _("searching without tones"), _BASIS, _KEPT),
        "name_order": Personal(Sensitivity.BASIC, _("sorting by given name"), _BASIS, _KEPT),
        "email": Personal(Sensitivity.BASIC, _("recovering the account"), _BASIS, _KEPT),
        "password": Personal(Sensitivity.SENSITIVE, _("signing in (hash only)"), _BASIS, _KEPT),
        "last_login": Personal(Sensitivity.BASIC, _("signing in"), _BASIS, _KEPT),
        "language": Personal(Sensitivity.BASIC, _("signing in"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("username",)
        verbose_name = _("user")

    def __str__(self) -> str:
        return self.full_name

    def name_it(self, full_name: str) -> None:
        """Set the name with the keys for search and order."""
        self.full_name = full_name
        self.name_folded, self.name_order = fold(full_name), name_order(full_name)

    def actor(self, on: date) -> Actor:
        """This user as the policy sees them on a day: appointments that are in force then."""
        rows = _held(user=self.pk) if self.is_active else ()
        return Actor(
            id=self.id,
            name=self.full_name,
            on=on,
            member_id=self.member_id,
            standings=tuple(row.standing() for row in rows),
        )


class Appointment(Record):
    """A role at a territory with dates; an acting one always has an end."""

    user = models.ForeignKey(
        User, db_index=False, on_delete=models.PROTECT, related_name="appointments"
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory")
    )
    team_id = models.UUIDField(_("team"), null=True, blank=True)
    """The team of a leader, deputy or member (app `teams`)."""
    valid_from = models.DateField(_("from"))
    valid_to = models.DateField(_("until"), null=True, blank=True)
    """The day on which the role is no longer held; the first day itself, if it never began."""
    is_acting = models.BooleanField(_("acting"), default=False)
    decision = models.CharField(_("decision"), max_length=60, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    personal: ClassVar[dict[str, Personal]] = {
        "role": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "valid_from": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "valid_to": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
        "decision": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("valid_from", "id")
        verbose_name = _("appointment")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="appointment_ends_after_start",
                violation_error_message=_("The last day lies before the first."),
            ),
            models.CheckConstraint(
                condition=Q(is_acting=False) | Q(valid_to__isnull=False),
                name="acting_appointment_has_end",
                violation_error_message=_("An acting appointment needs an end date."),
            ),
            models.UniqueConstraint(
                fields=["user", "role", "territory", "valid_from"],
                name="appointment_once",
                violation_error_message=_("This appointment already exists."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.territory_id} {self.valid_from}"

    def standing(self) -> Standing:
        """The appointment as the policy sees it."""
        return Standing(
            role=self.role,
            path=self.territory.path,
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            team_id=self.team_id,
            place=self.territory,
        )


@compiled
def _held(*, user: UUID) -> models.QuerySet[Appointment]:
    """What somebody holds, held or will hold, with the units above: asked by each request."""
    rows = Appointment.everything.filter(user=user).order_by("valid_from", "id")
    return rows.select_related(f"territory__{UP}")


class Token(Record):
    """A program's key: acts as its owner, limited to one area, some verbs, until a day.

    Only a hash of the secret is kept.
    """

    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    label = models.CharField(_("what it is for"), max_length=80)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    path = models.CharField(_("area"), max_length=40, blank=True)
    verbs = models.JSONField(_("what it may do"), default=list)
    valid_to = models.DateField(_("until"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_on = models.DateField(null=True, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        "secret_hash": Personal(
            Sensitivity.SENSITIVE,
            _("recognising a program"),
            _BASIS,
            "until it ends or is revoked, and 24 months",
        ),
    }

    class Meta:
        ordering = ("-id",)
        verbose_name = _("access token")

    def __str__(self) -> str:
        return self.label


class Ticket(Record):
    """What a phone shows once to be enrolled for one account at one place. Only a hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tickets")
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+")
    team_id = models.UUIDField(null=True)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by_id = models.UUIDField()
    valid_to = models.DateTimeField(_("until"))
    used_at = models.DateTimeField(null=True, blank=True)

    personal: ClassVar[dict[str, Personal]] = {
        "secret_hash": Personal(
            Sensitivity.SENSITIVE, _("enrolling a phone"), _BASIS, "10 minutes, and 24 months"
        ),
    }

    class Meta:
        ordering = ("-id",)
        verbose_name = _("ticket of a phone")

    def __str__(self) -> str:
        return f"{self.user_id} {self.valid_to}"


class Device(Record):
    """One person on one phone: the point of a key that never leaves it, and a token as a hash."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="devices")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("territory")
    )
    team_id = models.UUIDField(_("team"), null=True, blank=True)
    """The team in which its person served when it was enrolled."""
    key = models.CharField(max_length=100, editable=False)
    """The public point (P-256, uncompressed) as base64url."""
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(pgettext_lazy("device", "phone"), max_length=60)
    enrolled_at = models.DateTimeField(_("enrolled at"))
    last_seen_at = models.DateTimeField(_("last seen at"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_why = models.CharField(_("reason"), max_length=10, choices=RevokedWhy, blank=True)
    revoked_by_name = models.CharField(_("revoked by"), max_length=120, blank=True)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()
    scope_path = "territory__path"
    scope_team = "team_id"
    personal: ClassVar[dict[str, Personal]] = {
        "key": Personal(Sensitivity.BASIC, _("checking who recorded"), _BASIS, _KEPT),
        "token_hash": Personal(Sensitivity.SENSITIVE, _("recognising a phone"), _BASIS, _KEPT),
        "name": Personal(Sensitivity.BASIC, _("telling phones apart"), _BASIS, _KEPT),
        "enrolled_at": Personal(Sensitivity.BASIC, _("checking who recorded"), _BASIS, _KEPT),
        "last_seen_at": Personal(Sensitivity.BASIC, _("finding lost phones"), _BASIS, _KEPT),
        "revoked_at": Personal(Sensitivity.BASIC, _("checking who recorded"), _BASIS, _KEPT),
        "revoked_why": Personal(Sensitivity.BASIC, _("checking who recorded"), _BASIS, _KEPT),
        "revoked_by_name": Personal(Sensitivity.BASIC, _("who did what"), _BASIS, _KEPT),
    }

    class Meta:
        ordering = ("-id",)
        verbose_name = pgettext_lazy("device", "phone")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"],
                name="device_key_once",
                violation_error_message=_("This key is already enrolled."),
            ),
        ]

    def __str__(self) -> str:
        return self.name
