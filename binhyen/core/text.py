# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vietnamese text: one Unicode form, search without tones, order by given name."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import filterfalse

from rapidfuzz.distance import OSA

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")
_SPACE = re.compile(r"\s+")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
_SHORTEST_GUESSED = 3
_ONE_SLIP_UP_TO = 5


def clean(text: str) -> str:
    """Text as it is stored: NFC, single spaces, no control characters.

    >>> clean("  Hoa\u0300  Bình\x00 ")
    'Hoà Bình'
    """
    text = _CONTROL.sub("", unicodedata.normalize("NFC", text))
    return _SPACE.sub(" ", text).strip()


def fold(text: str) -> str:
    """Text as it is searched: no tones, đ as d, lower case, single spaces.

    >>> fold("Đặng Thị Hòa"), fold("Hoà")
    ('dang thi hoa', 'hoa')
    """
    text = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(filterfalse(unicodedata.combining, text))
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


def nearest(word: str, known: Iterable[str], *, limit: int = 3) -> list[str]:
    """The known words that somebody may have meant, the nearest first; none for a very short word.

    >>> nearest("bihn", ["an", "binh", "minh", "bich"])
    ['binh']

    Of words equally near, those with the same letters come first, then those with the same first.
    """
    allowed = 0 if len(word) < _SHORTEST_GUESSED else 1 + (len(word) > _ONE_SLIP_UP_TO)
    # One slip: a wrong, missing or extra letter, or two neighbours swapped.
    found = [(OSA.distance(word, one, score_cutoff=allowed), one) for one in known if one != word]
    least = min((count for count, _one in found), default=0)
    near = [one for count, one in found if count == least <= allowed]
    near.sort(key=lambda one: (sorted(one) != sorted(word), one[:1] != word[:1], one))
    return near[:limit]
