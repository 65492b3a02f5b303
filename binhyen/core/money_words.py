# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole đồng in words, as papers that pay must say them, in Vietnamese and English."""

from collections.abc import Iterator
from itertools import count

from django.utils.translation import get_language

_VI = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_VI_GROUPS = ("", "nghìn", "triệu")
_EN = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_EN_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_EN_GROUPS = ("", "thousand", "million", "billion", "trillion", "quadrillion")


def in_words(amount: int) -> str:
    """An amount in words, in the language that is active; below 10^18.

    >>> from django.utils import translation
    >>> with translation.override("vi"): in_words(1_005_015)
    'Một triệu không trăm lẻ năm nghìn không trăm mười lăm đồng'
    >>> with translation.override("en"): in_words(1_005_015)
    'One million five thousand and fifteen dong'
    """
    vietnamese = (get_language() or "vi").startswith("vi")
    said = _vietnamese(abs(amount)) if vietnamese else _english(abs(amount))
    if amount < 0:
        said = f"{'âm' if vietnamese else 'minus'} {said}"
    return f"{said[0].upper()}{said[1:]} {'đồng' if vietnamese else 'dong'}"


def _vietnamese(amount: int) -> str:
    """Groups of nine digits stand before "tỷ"; inside them, of three before "nghìn", "triệu"."""
    if amount == 0:
        return _VI[0]
    billions, rest = divmod(amount, 10**9)
    words = [f"{_vietnamese(billions)} tỷ"] if billions else []
    words += _vietnamese_groups(rest, whole=not billions)
    return " ".join(words)


def _vietnamese_groups(amount: int, *, whole: bool) -> Iterator[str]:
    """`whole` where nothing was said before: then the first group needs no "không trăm"."""
    for place in (2, 1, 0):
        group = amount // 1000**place % 1000
        if group:
            yield f"{_vietnamese_hundreds(group, first=whole)} {_VI_GROUPS[place]}".strip()
            whole = False


def _vietnamese_hundreds(group: int, *, first: bool) -> str:
    hundreds, rest = divmod(group, 100)
    words = [] if first and not hundreds else [f"{_VI[hundreds]} trăm"]
    tens, ones = divmod(rest, 10)
    if tens > 1:
        words.append(f"{_VI[tens]} mươi")
    elif tens:
        words.append("mười")
    elif ones and words:
        words.append("lẻ")
    if ones:
        words.append(_vietnamese_ones(ones, tens))
    return " ".join(words)


def _vietnamese_ones(ones: int, tens: int) -> str:
    if ones == 1 and tens > 1:
        return "mốt"
    if ones == 4 and tens > 1:
        return "tư"
    return "lăm" if ones == 5 and tens else _VI[ones]


def _english(amount: int) -> str:
    if amount == 0:
        return _EN[0]
    groups = []
    for place in count():
        if not amount:
            break
        amount, group = divmod(amount, 1000)
        if group:
            joined = "and " if place == 0 and group < 100 and amount else ""
            groups.append(f"{joined}{_english_hundreds(group)} {_EN_GROUPS[place]}".strip())
    return " ".join(reversed(groups))


def _english_hundreds(group: int) -> str:
    hundreds, rest = divmod(group, 100)
    words = [f"{_EN[hundreds]} hundred"] if hundreds else []
    if rest:
        words.append(("and " if hundreds else "") + _english_tens(rest))
    return " ".join(words)


def _english_tens(rest: int) -> str:
    if rest < len(_EN):
        return _EN[rest]
    tens, ones = divmod(rest, 10)
    return _EN_TENS[tens] + (f"-{_EN[ones]}" if ones else "")
