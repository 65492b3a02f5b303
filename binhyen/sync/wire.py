# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may come over the wire, read strictly: pushes, operations, sealed parts, cursors."""

import base64
import binascii
import hashlib
import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from binhyen.accounts.queries_devices import public_key
from binhyen.core.errors import Refused
from binhyen.sync.refusals import Forged, NewerVersion, Unreadable

VERSIONS = (1,)
LONGEST_TEXT = 64 * 1024
FIRST_YEAR, LAST_YEAR = 2000, 2199
_LARGEST_N = 2**31 - 1
_LONGEST_RUN = 3 * 366 * 24 * 3600 * 1000
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?Z")
_FIELDS = {"v", "id", "device", "n", "kind", "server_at", "ran_ms", "clock", "doubt"}


class NotJsonError(ValueError):
    """Bytes that are no JSON as this protocol writes it."""


@dataclass(frozen=True)
class Signed:
    """An operation as it was signed; `body` or `sealed` is still to be read."""

    text: str
    sig: str
    digest: str
    id: UUID
    device: UUID
    n: int
    kind: str
    server_at: datetime
    ran_ms: int
    clock: datetime | None
    doubt: bool
    body: Any
    sealed: Any
    is_newer: bool = False


def read_json(raw: bytes | str) -> Any:
    """Plain values; each field once, no numbers that are none. Raises NotJsonError."""
    try:
        text = raw.decode("utf-8") if isinstance(raw, bytes) else raw
        return json.loads(text, object_pairs_hook=_each_once, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise NotJsonError from error


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise NotJsonError
    return found


def _refuse(_name: str) -> Any:
    raise NotJsonError


def read_operation(raw: Any) -> Signed:
    """One operation of a push. Raises Unreadable."""
    if not isinstance(raw, dict) or set(raw) != {"text", "sig"}:
        raise Unreadable
    text, sig = raw["text"], raw["sig"]
    if not isinstance(text, str) or not isinstance(sig, str) or len(text) > LONGEST_TEXT:
        raise Unreadable
    try:
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        told = read_json(text)
        return _signed(text, sig, digest, told)
    except (NotJsonError, ValueError, KeyError, TypeError) as error:
        raise Unreadable from error


def _signed(text: str, sig: str, digest: str, told: Any) -> Signed:
    version = _whole(told["v"], 1, 1000)
    is_newer = version not in VERSIONS
    if not is_newer and not (
        set(told) >= _FIELDS and len(set(told) - _FIELDS) == 1 and told.keys() & {"body", "sealed"}
    ):
        raise Unreadable
    return Signed(
        text=text,
        sig=sig,
        digest=digest,
        id=_id(told["id"]),
        device=_id(told["device"]),
        n=_whole(told["n"], 1, _LARGEST_N),
        kind=_short(told["kind"]),
        server_at=_moment(told["server_at"]),
        ran_ms=_whole(told["ran_ms"], 0, _LONGEST_RUN),
        clock=_wall(told["clock"]),
        doubt=_yes_no(told["doubt"]),
        body=told.get("body"),
        sealed=told.get("sealed"),
        is_newer=is_newer,
    )


def _id(value: Any) -> UUID:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise ValueError
    return UUID(value)


def _whole(value: Any, least: int, most: int) -> int:
    if type(value) is not int or not least <= value <= most:
        raise ValueError
    return value


def _yes_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _short(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z_.]{1,40}", value):
        raise ValueError
    return value


def _moment(value: Any) -> datetime:
    if not isinstance(value, str) or not _MOMENT.fullmatch(value):
        raise ValueError
    found = datetime.fromisoformat(value)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise ValueError
    return found.astimezone(UTC)


def _wall(value: Any) -> datetime | None:
    """A phone's wall clock says what it likes; what is no moment is no evidence."""
    try:
        return _moment(value)
    except ValueError:
        return None


def unb64(value: Any, length: int | None = None) -> bytes:
    """Bytes written as base64url without padding. Raises ValueError."""
    if not isinstance(value, str) or not re.fullmatch(r"[A-Za-z0-9_-]*", value):
        raise ValueError
    try:
        raw = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except binascii.Error as error:
        raise ValueError from error
    if length is not None and len(raw) != length:
        raise ValueError
    return raw


def b64(raw: bytes) -> str:
    """The same the other way round."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def moment_text(moment: datetime) -> str:
    """A moment as this protocol writes it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def check_signature(operation: Signed, key: str) -> None:
    """Let the operation pass if the key signed these bytes. Raises Forged."""
    check_signed(operation.text, operation.sig, key)


def check_signed(text: str, sig: Any, key: str) -> None:
    """The same of any text. Raises Forged."""
    try:
        raw = unb64(sig, 64)
        r, s = int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big")
        public_key(key).verify(encode_dss_signature(r, s), text.encode("utf-8"), ECDSA(SHA256()))
    except (ValueError, InvalidSignature, Refused) as error:
        raise Forged from error


def check_version(operation: Signed) -> None:
    """Let versions pass that this server reads. Raises NewerVersion."""
    if operation.is_newer:
        raise NewerVersion
