# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server's key for sealed reports: its private part lies sealed at rest.

It follows from the server's sealing key. So a restore from a backup that is older than the first
phone loses nothing that was sealed to it: who has the sealing key makes the same one again.
"""

from typing import Any
from uuid import NAMESPACE_OID, UUID, uuid5

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from binhyen.accounts.queries_devices import public_key
from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.sealing import CannotOpen, open_sealed, seal, secrets_for
from binhyen.sync.models import SealKey
from binhyen.sync.refusals import BrokenSeal, SealedElsewhere
from binhyen.sync.wire import b64, read_json, unb64

INFO = b"binhyen seal 1"
_COLUMN = "sync.SealKey.private"
_FIELDS = {"to", "from", "iv", "box"}
_POINT, _IV = 65, 12
_WIDE = 48
"""Bytes of which a number below the order of the curve is taken; so many that none is likelier."""


def current_key() -> SealKey:
    """The key to which phones seal now; the first question keeps it."""
    found = SealKey.everything.order_by("-made_at", "-id").first()
    return found or make_key(_own_keys()[0])


def make_key(private: ec.EllipticCurvePrivateKey) -> SealKey:
    """Keep a key, once; its private part is unreadable without the server's sealing key."""
    number = private.private_numbers().private_value.to_bytes(32, "big")
    told = {"public": _public(private), "private": seal(b64(number), belongs_to=_COLUMN),
            "made_at": clock.now()}  # fmt: skip
    return SealKey.everything.get_or_create(pk=_id(private), defaults=told)[0]


def _own_keys() -> list[ec.EllipticCurvePrivateKey]:
    """What follows from the server's sealing keys, the first of them first."""
    order = ec.SECP256R1.group_order
    numbers = (int.from_bytes(one, "big") for one in secrets_for("binhyen seal key 1", _WIDE))
    return [ec.derive_private_key(number % (order - 1) + 1, ec.SECP256R1()) for number in numbers]


def _public(private: ec.EllipticCurvePrivateKey) -> str:
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return b64(point)


def _id(private: ec.EllipticCurvePrivateKey) -> UUID:
    return uuid5(NAMESPACE_OID, _public(private))


def _made_again(wanted: UUID) -> SealKey | None:
    """A key of one's own that the database does not know any more."""
    return next((make_key(one) for one in _own_keys() if _id(one) == wanted), None)


def opened(sealed: Any, operation_id: UUID) -> Any:
    """The fields that were sealed for one operation. Raises BrokenSeal, SealedElsewhere."""
    try:
        if not isinstance(sealed, dict) or set(sealed) != _FIELDS:
            raise BrokenSeal
        to, sender = UUID(str(sealed["to"])), sealed["from"]
        unb64(sender, _POINT)
        iv, box = unb64(sealed["iv"], _IV), unb64(sealed["box"])
    except ValueError as error:
        raise BrokenSeal from error
    key = SealKey.everything.filter(pk=to).first() or _made_again(to)
    if key is None:
        raise SealedElsewhere
    try:
        plain = AESGCM(_shared(key, sender)).decrypt(iv, box, str(operation_id).encode())
        return read_json(plain)
    except CannotOpen as error:
        raise SealedElsewhere from error
    except (InvalidTag, ValueError, Refused) as error:
        raise BrokenSeal from error


def _shared(key: SealKey, sender: str) -> bytes:
    number = int.from_bytes(unb64(open_sealed(key.private, belongs_to=_COLUMN), 32), "big")
    private = ec.derive_private_key(number, ec.SECP256R1())
    secret = private.exchange(ec.ECDH(), public_key(sender))
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=INFO).derive(secret)
