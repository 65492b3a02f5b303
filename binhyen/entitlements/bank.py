# SPDX-License-Identifier: AGPL-3.0-or-later
"""The file for the bank: one row for each transfer, in letters that every bank reads.

Its columns are described in the handbook; they have the same names in every language, since a
program reads them. Whoever has no account, is paid already or has nothing to get is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any
from uuid import UUID

from binhyen.core.money import Dong
from binhyen.core.tables import write_csv
from binhyen.core.text import fold
from binhyen.entitlements.accounts import opened
from binhyen.entitlements.choices import Kind
from binhyen.entitlements.models import BankAccount, Sheet, Slip

LONGEST_CONTENT = 140
"""Letters that every bank takes as the words of a transfer."""


@dataclass(frozen=True)
class Transfer:
    """One row."""

    number: int
    holder: str
    account: str
    bank: str
    amount: Dong
    content: str


@dataclass(frozen=True)
class _Column:
    label: str
    name: str

    @property
    def value(self) -> Callable[[Any], Any]:
        """Where the value of a row stands."""
        return attrgetter(self.name)


COLUMNS = (
    _Column("so_tt", "number"),
    _Column("ten_nguoi_huong", "holder"),
    _Column("so_tai_khoan", "account"),
    _Column("ngan_hang", "bank"),
    _Column("so_tien", "amount"),
    _Column("noi_dung", "content"),
)


def due(slips: Iterable[Slip]) -> list[Slip]:
    """The slips on which something is still to be paid out."""
    return [one for one in slips if one.total > 0 and not _is_paid(one)]


def transfers(
    sheet: Sheet, slips: Iterable[Slip], accounts: Mapping[UUID, BankAccount]
) -> list[Transfer]:
    """The rows for those who have an account. Raises CannotOpen."""
    content = content_of(sheet)
    found = [(slip, accounts[slip.member_id]) for slip in due(slips) if slip.member_id in accounts]
    return [
        Transfer(number, _capitals(slip.full_name), opened(account), _capitals(account.bank),
                 Dong(slip.total), content)
        for number, (slip, account) in enumerate(found, start=1)
    ]  # fmt: skip


def content_of(sheet: Sheet) -> str:
    """What stands in the member's account beside the sum."""
    word = "BO SUNG TRO CAP" if sheet.kind == Kind.CORRECTION else "TRO CAP"
    place = _capitals(sheet.territory.full_name)
    return f"UBND {place} {word} TO BVANTT {sheet.month:%m %Y}"[:LONGEST_CONTENT]


def csv_of(rows: Iterable[Transfer]) -> bytes:
    """The file: UTF-8 with a byte-order mark, nothing in it that a spreadsheet runs."""
    return b"".join(write_csv(COLUMNS, rows))


def _capitals(text: str) -> str:
    """Capitals without tones.

    >>> _capitals("Nguyễn Văn Bình"), _capitals("Xã Đạ Huoai 2")
    ('NGUYEN VAN BINH', 'XA DA HUOAI 2')
    """
    return fold(text).upper()


def _is_paid(slip: Slip) -> bool:
    payment = getattr(slip, "payment", None)
    return payment is not None and payment.paid_on is not None
