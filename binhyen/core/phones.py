# SPDX-License-Identifier: AGPL-3.0-or-later
"""Vietnamese telephone numbers, as they are stored: of a person's file or of an office."""

import re

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

_PHONE_MARKS = re.compile(r"[\s.\-()]+")
_PHONE = re.compile(r"0\d{9,10}")


class NotAPhoneNumber(Refused):
    """A text that cannot be called."""

    field = "phone"
    why = _("This is not a Vietnamese phone number.")
    remedy = _("Write ten digits beginning with 0, such as 0912 345 678, or leave it empty.")


def phone_number(text: str) -> str:
    """A phone number as it is stored: digits from 0 on; empty stays empty. Raises NotAPhoneNumber.

    Spreadsheets drop the first zero; it comes back.

    >>> phone_number("+84 912.345.678"), phone_number("912345678"), phone_number(" ")
    ('0912345678', '0912345678', '')
    """
    digits = _PHONE_MARKS.sub("", text[:60])
    if not digits:
        return ""
    if digits.startswith("+84") or (digits.startswith("84") and len(digits) >= 11):
        digits = "0" + digits.removeprefix("+")[2:]
    elif len(digits) == 9 and not digits.startswith("0"):
        digits = "0" + digits
    if not _PHONE.fullmatch(digits) or not digits.isascii():
        raise NotAPhoneNumber
    return digits


def said_phone(digits: str) -> str:
    """A stored number as people read it aloud.

    >>> said_phone("0912345678"), said_phone("02523847113")
    ('0912 345 678', '0252 384 7113')
    """
    return " ".join(filter(None, (digits[:4], digits[4:7], digits[7:])))
