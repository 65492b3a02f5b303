# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealing short secrets and files at rest: who copies the database alone cannot read them.

AES-256-GCM; what a text belongs to is bound in, so that one kind of secret never opens as another.
The first key of `SEALING_KEYS` seals, every key opens: that is how a key is replaced.
"""

import base64
import binascii
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

_MARK = "sealed1:"
_FILE_MARK = b"sealed1\n"
_NONCE = 12


class CannotOpen(Refused):
    """A secret that none of the keys opens."""

    what = _("This could not be opened.")
    why = _("It was sealed with a key that this server does not hold.")
    remedy = _("Ask whoever runs the server to add the former key to BINHYEN_SEALING_KEYS.")


def seal(text: str, *, belongs_to: str) -> str:
    """The text, unreadable without a key, for one table and column such as `mfa.secret`."""
    return _MARK + base64.urlsafe_b64encode(_shut(text.encode(), belongs_to)).decode()


def open_sealed(sealed: str, *, belongs_to: str) -> str:
    """The text that was sealed for the same table and column. Raises CannotOpen."""
    try:
        raw = base64.urlsafe_b64decode(sealed.removeprefix(_MARK).encode())
    except (binascii.Error, ValueError) as error:
        raise CannotOpen from error
    if not sealed.startswith(_MARK):
        raise CannotOpen
    return _opened(raw, belongs_to).decode()


def seal_bytes(content: bytes, *, belongs_to: str) -> bytes:
    """The content of a file, unreadable without a key, for one row of one table."""
    return _FILE_MARK + _shut(content, belongs_to)


def open_bytes(sealed: bytes, *, belongs_to: str) -> bytes:
    """What was sealed for the same row. Raises CannotOpen."""
    if not sealed.startswith(_FILE_MARK):
        raise CannotOpen
    return _opened(sealed[len(_FILE_MARK) :], belongs_to)


def secrets_for(purpose: str, length: int) -> list[bytes]:
    """Secret bytes for one purpose, the same each time: one for each sealing key, the first first.

    What is made of them needs no table: a server with the same sealing keys makes it again.
    """
    return [
        HKDF(SHA256(), length=length, salt=None, info=purpose.encode()).derive(key.encode())
        for key in _keys()
    ]


def _shut(content: bytes, belongs_to: str) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + _cipher(_keys()[0]).encrypt(nonce, content, belongs_to.encode())


def _opened(raw: bytes, belongs_to: str) -> bytes:
    if len(raw) <= _NONCE:
        raise CannotOpen
    for key in _keys():
        try:
            return _cipher(key).decrypt(raw[:_NONCE], raw[_NONCE:], belongs_to.encode())
        except InvalidTag:
            continue
    raise CannotOpen


def _keys() -> Sequence[str]:
    keys: Sequence[str] = settings.SEALING_KEYS
    return keys


def _cipher(key: str) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"binhyen sealing 1")
    return AESGCM(derived.derive(key.encode()))
