# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server's key for sealed reports: made once, its private part sealed at rest."""

from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from binhyen.accounts.queries_devices import public_key
from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.sealing import CannotOpen, open_sealed, seal
from binhyen.sync.models import SealKey
from binhyen.sync.refusals import BrokenSeal, SealedElsewhere
from binhyen.sync.wire import b64, read_json, unb64

INFO = b"binhyen seal 1"
_COLUMN = "sync.SealKey.private"
_FIELDS = {"to", "from", "iv", "box"}
_POINT, _IV = 65, 12


def current_key() -> SealKey:
    """The key to which phones seal now; the first question makes it.

    Two made at one moment are both good: every key opens what was sealed to it.
    """
    found = SealKey.everything.order_by("-id").first()
    return found or make_key(ec.generate_private_key(ec.SECP256R1()))


def make_key(private: ec.EllipticCurvePrivateKey) -> SealKey:
    """Keep a key; its private part is unreadable without the server's sealing key."""
    number = private.private_numbers().private_value.to_bytes(32, "big")
    point = private.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return SealKey.everything.create(
        public=b64(point), private=seal(b64(number), belongs_to=_COLUMN), made_at=clock.now()
    )


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
    key = SealKey.everything.filter(pk=to).first()
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
