# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers of bank accounts: read as people write them, sealed for the table, opened for the bank.

A number is bound to its member: copied to another row it does not open.
"""

import re
from uuid import UUID

from binhyen.core.sealing import open_sealed, seal
from binhyen.entitlements.models import BankAccount
from binhyen.entitlements.refusals import NotAnAccountNumber

_BETWEEN = re.compile(r"[\s.\-]+")
_NUMBER = re.compile(r"[0-9]{6,19}")


def read_number(text: str) -> str:
    """The digits of an account number. Raises NotAnAccountNumber.

    >>> read_number("3801 205-123.456")
    '3801205123456'
    """
    number = _BETWEEN.sub("", text)
    if not (number.isascii() and _NUMBER.fullmatch(number)):
        raise NotAnAccountNumber
    return number


def sealed(number: str, member: UUID) -> str:
    """The number as the table keeps it."""
    return seal(number, belongs_to=_place(member))


def opened(account: BankAccount) -> str:
    """The number for the bank's file. Raises CannotOpen."""
    return open_sealed(account.number, belongs_to=_place(account.member_id))


def _place(member: UUID) -> str:
    return f"entitlements.bankaccount.number:{member}"
