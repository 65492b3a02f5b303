# SPDX-License-Identifier: AGPL-3.0-or-later
"""A phone for the leader of each team of a loaded demo, and what each of them would send."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.db import transaction

from binhyen.accounts.choices import Role
from binhyen.accounts.models import Appointment, Device, User
from binhyen.accounts.queries import secret_hash
from binhyen.core import clock
from binhyen.core.ids import uuid7
from binhyen.personnel.models import RoleHeld
from binhyen.sync.wire import b64, moment_text

NAME = "bench"
"""How the phones are called, so that a later run finds them and what they sent."""
SET = 5000


@dataclass(frozen=True)
class Start:
    """One phone that starts one patrol."""

    device: str
    team: str
    place: int
    member: str
    number: int

    @property
    def token(self) -> str:
        """The secret that its server knows by a hash."""
        return f"bench-{self.device}"

    def request(self, at: datetime, n: int) -> bytes:
        """A push of one operation: a patrol of two hours that nobody planned, signed."""
        return json.dumps({"ops": [self.signed(self._told(at, n))]}, ensure_ascii=False).encode()

    def signed(self, told: dict[str, Any]) -> dict[str, str]:
        """An operation with the signature of this phone's key."""
        text = json.dumps(told, ensure_ascii=False)
        return {"text": text, "sig": _signature(_key(self.number), text)}

    def bare(self, at: datetime) -> bytes:
        """The same for the bare endpoint, which is told the place and checks nothing."""
        text = json.dumps(self._told(at, 1) | {"place": self.place}, ensure_ascii=False)
        return json.dumps({"ops": [{"text": text}]}, ensure_ascii=False).encode()

    def _told(self, at: datetime, n: int) -> dict[str, Any]:
        body = {"team": self.team, "route": "Chợ, bến xe, đường bờ kè", "members": [self.member],
                "planned_end": moment_text(at + timedelta(hours=2))}  # fmt: skip
        return {
            "v": 1, "id": str(uuid7()), "device": self.device, "n": n, "kind": "patrol.start",
            "server_at": moment_text(at), "ran_ms": 0, "clock": moment_text(at), "doubt": False,
            "body": body,
        }  # fmt: skip


def _key(number: int) -> ec.EllipticCurvePrivateKey:
    digest = hashlib.sha256(f"bench {number}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") >> 1, ec.SECP256R1())


def _signature(key: ec.EllipticCurvePrivateKey, text: str) -> str:
    r, s = decode_dss_signature(key.sign(text.encode(), ec.ECDSA(SHA256())))
    return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def starts(most: int) -> list[Start]:
    """Up to so many phones, made where they are missing, the same ones each time."""
    leaders = RoleHeld.everything.filter(valid_to=None, post="leader", team__dissolved_on=None)
    rows = leaders.order_by("team_id").values_list(
        "team_id", "membership__member_id", "team__territory_id", "membership__member__full_name"
    )[:most]
    there = dict(Device.everything.filter(name=NAME).values_list("team_id", "id"))
    have = set(User.objects.exclude(member_id=None).values_list("member_id", flat=True))
    found = []
    for number, (team, member, place, name) in enumerate(rows):
        if team not in there:
            if member in have:  # somebody's own account: such a phone cannot be made beside it
                continue
            there[team] = UUID(bytes=hashlib.sha256(f"phone {team}".encode()).digest()[:16])
            _WANTED.append((number, team, member, place, name, there[team]))
        found.append(Start(str(there[team]), str(team), place, str(member), number))
    _make()
    return found


_WANTED: list[tuple[int, UUID, UUID, int, str, UUID]] = []


def _make() -> None:
    """Accounts, team roles and phones, in sets: enrolling is not what is measured here."""
    now = clock.now()
    while _WANTED:
        chosen, _WANTED[:] = _WANTED[:SET], _WANTED[SET:]
        users = [_user(member, name) for _n, _team, member, _place, name, _device in chosen]
        rows = list(zip(users, chosen, strict=True))
        with transaction.atomic():
            User.objects.bulk_create(users)
            Appointment.everything.bulk_create(
                Appointment(user=user, role=Role.LEADER, territory_id=one[3], team_id=one[1],
                            valid_from=clock.today() - timedelta(days=300))
                for user, one in rows
            )  # fmt: skip
            Device.everything.bulk_create(_device(user, one, now) for user, one in rows)


def _user(member: UUID, name: str) -> User:
    user = User(username=f"bench-{member}", member_id=member)
    user.name_it(name)
    return user


def _device(user: User, one: tuple[int, UUID, UUID, int, str, UUID], now: datetime) -> Device:
    number, team, _member, place, _name, device = one
    raw = _key(number).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Device(id=device, user=user, territory_id=place, team_id=team, key=b64(raw),
                  token_hash=secret_hash(f"bench-{device}"), name=NAME,
                  enrolled_at=now - timedelta(days=200), last_seen_at=now)  # fmt: skip
