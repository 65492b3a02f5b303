# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers of pay for programs, in the asked language, and the bank accounts behind the bank's file.

What a person takes only with a second one, a program does not take.
"""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from binhyen.approvals.exports import check_alone
from binhyen.core.actors import Purpose, Verb
from binhyen.core.api import REFUSALS, WRITES, ApiRequest, Body, operation
from binhyen.core.api_fields import Id
from binhyen.core.api_limits import COSTLY
from binhyen.entitlements import actions_accounts, queries, taking
from binhyen.entitlements.api_steps import router
from binhyen.entitlements.models import Sheet, Slip
from binhyen.entitlements.permissions import (
    KEEP_ACCOUNT,
    RECORD_PAYMENT,
    VIEW_OWN_PAY,
    VIEW_PAY,
    VIEW_TOTALS,
)
from binhyen.papers.files import MEDIA_TYPES, openapi_files
from binhyen.personnel import queries as people
from binhyen.personnel.models import Member

__all__ = ["router"]
Named = Literal["payment.xlsx", "payment.docx", "payment.pdf", "sign.docx", "sign.pdf"]
Ending = Literal["docx", "pdf"]


class AccountIn(Body):
    """The account of a member, in the member's own name."""

    member: Id
    bank: str = Field(min_length=1, max_length=120, description="Bank and branch.")
    number: str = Field(min_length=6, max_length=40)


class NoAccountIn(Body):
    """The member is paid in cash again."""

    member: Id


class AccountOut(BaseModel):
    """A member's account; the whole number stands in the bank's file only."""

    member: UUID
    bank: str
    ending: str = Field(description="The last four digits; empty: no account.")


_PDF, _CSV = openapi_files(MEDIA_TYPES["pdf"]), openapi_files("text/csv")
_PAPERS = openapi_files(*MEDIA_TYPES.values())


@router.get("/sheets/{uuid:sheet_id}/files/{file}", response={200: None, **REFUSALS},
            summary="A paper of a sheet", throttle=COSTLY, openapi_extra=_PAPERS)  # fmt: skip
@operation(VIEW_PAY)
def get_pay_paper(request: ApiRequest, sheet_id: UUID, file: Named) -> HttpResponse:
    """The payment sheet, or the list to sign for those who are paid in cash."""
    sheet, slips = _with_names(request, sheet_id, VIEW_PAY)
    made = taking.sheet_file(by=request.actor, sheet=sheet, slips=slips, name=file)
    return taking.answer(made)


@router.get("/sheets/{uuid:sheet_id}/budget/{ending}", response={200: None, **REFUSALS},
            summary="Sums by item as a paper", throttle=COSTLY,
            openapi_extra=openapi_files(MEDIA_TYPES["docx"], MEDIA_TYPES["pdf"]))  # fmt: skip
@operation(VIEW_TOTALS)
def get_pay_budget(request: ApiRequest, sheet_id: UUID, ending: Ending) -> HttpResponse:
    """Sums by item with the article each rests on, without names."""
    sheet = queries.sheet(scope=request.actor.scope(VIEW_TOTALS), sheet_id=sheet_id)
    made = taking.sheet_file(by=request.actor, sheet=sheet, slips=list(queries.slips_of(sheet)),
                             name=f"budget.{ending}")  # fmt: skip
    return taking.answer(made)


@router.get("/sheets/{uuid:sheet_id}/bank", response={200: None, **REFUSALS},
            summary="The file for the bank", throttle=COSTLY, openapi_extra=_CSV)  # fmt: skip
@operation(RECORD_PAYMENT)
def get_pay_bank_file(request: ApiRequest, sheet_id: UUID) -> HttpResponse:
    """Transfers to those who have an account and are still to be paid, of an approved sheet."""
    sheet, slips = _with_names(request, sheet_id, RECORD_PAYMENT)
    return taking.answer(taking.bank_file(by=request.actor, sheet=sheet, slips=slips))


@router.get("/slips/{uuid:slip_id}/pdf", response={200: None, **REFUSALS}, summary="A slip as PDF",
            throttle=COSTLY, openapi_extra=_PDF)  # fmt: skip
@operation(VIEW_PAY)
def get_pay_slip_pdf(request: ApiRequest, slip_id: UUID) -> HttpResponse:
    """One member's paper, for the commune's office."""
    row = queries.slip(scope=request.actor.scope(VIEW_PAY), slip_id=slip_id)
    made = taking.slip_file(by=request.actor, slip=row, purpose=Purpose.MANAGE_FORCE)
    return taking.answer(made)


@router.get("/mine/{uuid:slip_id}/pdf", response={200: None, **REFUSALS},
            summary="One's own slip as PDF", throttle=COSTLY, openapi_extra=_PDF)  # fmt: skip
@operation(VIEW_OWN_PAY)
def get_own_slip_pdf(request: ApiRequest, slip_id: UUID) -> HttpResponse:
    """The paper of the member themselves."""
    row = queries.own_slip(scope=request.actor.scope(VIEW_OWN_PAY), slip_id=slip_id)
    made = taking.slip_file(by=request.actor, slip=row, purpose=Purpose.OWN_FILE)
    return taking.answer(made)


@router.post("/accounts", response={201: AccountOut, **WRITES}, summary="Record a bank account")
@operation(KEEP_ACCOUNT, event="bankaccount.kept")
def keep_bank_account(request: ApiRequest, body: AccountIn) -> Status[AccountOut]:
    """A member's account, or another one in its place; the number is sealed at once."""
    row = actions_accounts.keep_account(by=request.actor, member=_member(request, body.member),
                                        **body.arguments("member"))  # fmt: skip
    return Status(201, AccountOut(member=row.member_id, bank=row.bank, ending=row.ending))


@router.post("/accounts/remove", response={200: AccountOut, **WRITES},
             summary="Erase a bank account")  # fmt: skip
@operation(KEEP_ACCOUNT, event="bankaccount.removed")
def remove_bank_account(request: ApiRequest, body: NoAccountIn) -> AccountOut:
    """The member is paid in cash from now on."""
    member = actions_accounts.remove_account(
        by=request.actor, member=_member(request, body.member), op_id=body.op_id
    )
    return AccountOut(member=member.pk, bank="", ending="")


def _member(request: ApiRequest, member_id: UUID) -> Member:
    return people.member(scope=request.actor.scope(KEEP_ACCOUNT), member_id=member_id)


def _with_names(request: ApiRequest, sheet_id: UUID, verb: Verb) -> tuple[Sheet, list[Slip]]:
    """A sheet with its slips, if they are few enough for a program. Raises NarrowFirst."""
    sheet = queries.sheet(scope=request.actor.scope(verb), sheet_id=sheet_id)
    slips = list(queries.slips_of(sheet))
    check_alone(len(slips))
    return sheet, slips
