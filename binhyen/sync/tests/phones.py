# SPDX-License-Identifier: AGPL-3.0-or-later
"""A phone as the protocol describes it, in Python: makes, signs, seals and sends operations."""

import hashlib
import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from binhyen.accounts import actions_devices, queries_devices
from binhyen.accounts.models import Appointment, Device
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.sync import seals
from binhyen.sync.wire import b64, moment_text, unb64


def key_of(number: int) -> ec.EllipticCurvePrivateKey:
    """A key that a number names, the same each time."""
    digest = hashlib.sha256(f"phone {number}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(digest, "big") >> 1, ec.SECP256R1())


def point_of(key: ec.EllipticCurvePrivateKey) -> str:
    raw = key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return b64(raw)


def signature(key: ec.EllipticCurvePrivateKey, text: str, *, deterministic: bool = True) -> str:
    der = key.sign(text.encode(), ec.ECDSA(SHA256(), deterministic_signing=deterministic))
    r, s = decode_dss_signature(der)
    return b64(r.to_bytes(32, "big") + s.to_bytes(32, "big"))


def sealed(to: dict[str, str], fields: Any, op_id: UUID, number: int = 99) -> dict[str, str]:
    """Fields sealed to the server's key; `number` names the throw-away key."""
    ephemeral = key_of(number)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unb64(to["key"]))
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"binhyen seal 1")
    key = derived.derive(ephemeral.exchange(ec.ECDH(), point))
    iv = hashlib.sha256(f"{op_id} {number}".encode()).digest()[:12]
    plain = json.dumps(fields, ensure_ascii=False).encode()
    box = AESGCM(key).encrypt(iv, plain, str(op_id).encode())
    return {"to": to["id"], "from": point_of(ephemeral), "iv": b64(iv), "box": b64(box)}


class Phone:
    """One person's phone; `operation` makes the next signed operation."""

    def __init__(self, number: int, device: str, token: str, server_at: datetime) -> None:
        self.key, self.device, self.token = key_of(number), device, token
        self.server_at, self.n = server_at, 0

    def operation(self, kind: str, body: Any, /, **told: Any) -> dict[str, str]:
        """The next operation; `told` changes what the envelope says."""
        if "n" not in told:
            self.n += 1
        fields: dict[str, Any] = {
            "v": 1,
            "id": str(uuid4()),
            "device": self.device,
            "n": self.n,
            "kind": kind,
            "server_at": moment_text(self.server_at),
            "ran_ms": 0,
            "clock": moment_text(clock.now()),
            "doubt": False,
            "body": body,
        }
        return self.signed({name: value for name, value in (fields | told).items()
                            if value is not None})  # fmt: skip

    def signed(self, fields: dict[str, Any]) -> dict[str, str]:
        text = json.dumps(fields, ensure_ascii=False)
        return {"text": text, "sig": signature(self.key, text)}

    def post(self, client: Client, address: str, told: Any, **headers: str) -> Any:
        return client.post(
            address, json.dumps(told), content_type="application/json",
            headers={"Authorization": f"Device {self.token}", **headers},
        )  # fmt: skip

    def push(self, client: Client, *operations: dict[str, str], **headers: str) -> dict[str, Any]:
        answer = self.post(client, "/sync/push", {"ops": list(operations)}, **headers)
        assert answer.status_code == 200, answer.content.decode()
        told: dict[str, Any] = answer.json()
        return told


def a_phone(by: Actor, person: Appointment, number: int = 1) -> Phone:
    """An enrolled phone of somebody who serves."""
    made = actions_devices.make_ticket(by=by, holder=person)
    ticket = queries_devices.ticket_of(made.secret, clock.now())
    actor = queries_devices.actor_on_phone(ticket.user, clock.today())
    enrolled = actions_devices.enrol_device(by=actor, ticket=ticket, key=point_of(key_of(number)),
                                            name=f"Máy {number}")  # fmt: skip
    return Phone(number, str(enrolled.device.id), enrolled.token, clock.now())


def long_ago(device: str, moment: datetime) -> None:
    """Let a phone have been enrolled earlier."""
    Device.everything.filter(pk=device).update(enrolled_at=moment)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def id_of(operation: dict[str, str]) -> str:
    """The id that a phone gave to an operation."""
    return str(json.loads(operation["text"])["id"])


def answer_to(phone: Phone, client: Client, operation: Any) -> dict[str, Any]:
    """What is said about an operation that goes alone."""
    told: dict[str, Any] = phone.push(client, operation)["answers"][0]
    return told


def a_help(phone: Phone, team: Any, **told: Any) -> dict[str, str]:
    """Help with traffic; `told` changes what the envelope says."""
    body = {"team": str(team.pk), "kind": "jam", "duration_min": 5, "place": "Ngã ba"}
    return phone.operation("traffic.help", body, **told)


def a_sealed_report(phone: Phone, team: Any, op_id: UUID, **told: Any) -> dict[str, str]:
    """A report of violence at home; `told` changes what its seal says."""
    key = seals.current_key()
    to = {"id": str(key.id), "key": key.public}
    fields = {"team": str(team.pk), "category": "domestic_violence", "channel": "phone",
              "account": "Cãi nhau to trong nhà"}  # fmt: skip
    return phone.operation("report.file", None, id=str(op_id),
                           sealed=sealed(to, fields, op_id) | told)  # fmt: skip
