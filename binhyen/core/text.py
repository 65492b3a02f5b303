# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vietnamese text: one Unicode form, search without tones, order by given name."""

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def clean(text: str) -> str:
    """Text as it is stored: NFC, single spaces, no control characters.

    >>> clean("  Hoa\u0300  Bình\x00 ")
    'Hoà Bình'
    """
    text = unicodedata.normalize("NFC", text)
    text = "".join(c if c >= " " or c in "\n\t" else "" for c in text)
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """Text as it is searched: no tones, đ as d, lower case, single spaces.

    >>> fold("Đặng Thị Hòa"), fold("Hoà")
    ('dang thi hoa', 'hoa')
    """
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(c for c in text if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", bare).strip()


def name_order(full_name: str) -> str:
    """The key that sorts people as Vietnamese lists do: given name first, then the whole name.

    >>> sorted(["Trần Văn An", "Lê Thị Bình", "Bùi Đức An"], key=name_order)
    ['Bùi Đức An', 'Trần Văn An', 'Lê Thị Bình']
    """
    words = fold(full_name).split()
    return " ".join(words[-1:] + words[:-1])


def natural_order(name: str) -> str:
    """The key that sorts 'Thôn 2' before 'Thôn 10'.

    >>> sorted(["Thôn 10", "Thôn 2"], key=natural_order)
    ['Thôn 2', 'Thôn 10']
    """
    return " ".join(w.zfill(5) if w.isdigit() else w for w in fold(name).split())
