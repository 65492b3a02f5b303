# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping the bank account to which a member's pay goes; who has none is paid in cash."""

from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.text import clean
from binhyen.core.validation import save
from binhyen.entitlements import accounts
from binhyen.entitlements.models import BankAccount
from binhyen.entitlements.permissions import KEEP_ACCOUNT
from binhyen.personnel.models import Member


@transaction.atomic
def keep_account(
    *, by: Actor, member: Member, bank: str, number: str, op_id: UUID | None = None
) -> BankAccount:
    """Record a member's account in their own name, or another one in its place.

    Raises NotAnAccountNumber, Invalid.
    """
    by.require(KEEP_ACCOUNT, member.territory)
    if done := done_before(op_id, BankAccount, "bankaccount.kept", by=by, member_id=member.pk):
        return done
    digits = accounts.read_number(number)
    Member.everything.select_for_update(of=("self",)).get(pk=member.pk)
    row = BankAccount.everything.filter(member=member).first() or BankAccount(member=member)
    row.bank, row.ending = clean(bank), digits[-4:]
    row.number = accounts.sealed(digits, member.pk)
    save(row)
    record("bankaccount.kept", row, by=by, where=member.territory, on=by.on, op_id=op_id)
    return row


@transaction.atomic
def remove_account(*, by: Actor, member: Member, op_id: UUID | None = None) -> Member:
    """Erase a member's account, if there is one; from now on they are paid in cash."""
    by.require(KEEP_ACCOUNT, member.territory)
    row = BankAccount.everything.select_for_update().filter(member=member).first()
    if row is not None:
        record("bankaccount.removed", row, by=by, where=member.territory, on=by.on, op_id=op_id)
        row.delete()
    return member
