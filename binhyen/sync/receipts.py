# SPDX-License-Identifier: AGPL-3.0-or-later
"""Receipt codes: eight characters that only this server can make, the same for the same bytes.

So a record that is sent again after a restore gets the code that its person may have noted.
"""

import hashlib
import hmac
import re

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O, U."""
LENGTH = 8
_READ_AS = str.maketrans("ILO", "110")


def code_for(digest: str, attempt: int = 0) -> str:
    """The code of an operation's digest; a further attempt gives another one."""
    key = settings.SEALING_KEYS[-1].encode()  # the oldest: a new key changes no code
    mac = hmac.new(key, f"binhyen receipt {attempt} {digest}".encode(), hashlib.sha256).digest()
    number = int.from_bytes(mac[:5], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))


def written(code: str) -> str:
    """The code as people write it.

    >>> written("7KQ3M9XD")
    '7KQ3-M9XD'
    """
    return f"{code[:4]}-{code[4:]}"


def read_code(typed: str) -> str | None:
    """The code that somebody typed, however; None if it is none.

    >>> read_code(" 7kq3 m9xd "), read_code("7KQ3-M9XU")
    ('7KQ3M9XD', None)
    """
    code = re.sub(r"[\s-]", "", typed[:40]).upper().translate(_READ_AS)
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else None
