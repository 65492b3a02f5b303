# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files that leave with names and sums: which there are, who takes them; each taking is recorded.

The caller sees to the second person first (`approvals.exports`), where a file has many rows.
"""

from collections.abc import Callable, Mapping, Sequence

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from binhyen.core.actors import Actor, Purpose
from binhyen.core.errors import Missing, Text
from binhyen.core.events import record, record_reading
from binhyen.entitlements import queries
from binhyen.entitlements.bank import csv_of, transfers
from binhyen.entitlements.choices import CORRECTED, State
from binhyen.entitlements.models import Sheet, Slip
from binhyen.entitlements.papers import Written, budget_paper, payment_paper, sign_paper
from binhyen.entitlements.papers_slip import slip_paper
from binhyen.entitlements.permissions import RECORD_PAYMENT, VIEW_PAY, VIEW_TOTALS
from binhyen.entitlements.refusals import NobodyByTransfer, NoPaper, NotApprovedYet
from binhyen.entitlements.steps import said
from binhyen.entitlements.workbook import workbook
from binhyen.papers.files import MEDIA_TYPES, PaperFile, paper_file
from binhyen.papers.parts import Paper

_PAPERS: Mapping[str, Callable[[Written], Paper]] = {
    "payment": payment_paper, "sign": sign_paper, "budget": budget_paper,
}  # fmt: skip
FILES: Mapping[str, Text] = {
    "payment.xlsx": pgettext_lazy("file", "Payment sheet (Excel)"),
    "payment.docx": pgettext_lazy("file", "Payment sheet (Word)"),
    "payment.pdf": pgettext_lazy("file", "Payment sheet (PDF)"),
    "sign.docx": pgettext_lazy("file", "List to sign (Word)"),
    "sign.pdf": pgettext_lazy("file", "List to sign (PDF)"),
}
"""Files with names, by what stands in their address."""
BUDGET_FILES: Mapping[str, Text] = {
    "budget.docx": pgettext_lazy("file", "Sums by item (Word)"),
    "budget.pdf": pgettext_lazy("file", "Sums by item (PDF)"),
}
"""Files without a name on them."""


class UnknownFile(Missing):
    """A file that there is not."""

    field = "file"
    what = _("No file was made.")
    why = _("There is no file %(name)s.")
    remedy = _("Choose one of: %(known)s.")


def sheet_file(*, by: Actor, sheet: Sheet, slips: Sequence[Slip], name: str) -> PaperFile:
    """A file of a sheet, written from what is frozen. Raises UnknownFile, NoPaper."""
    if name not in {**FILES, **BUDGET_FILES}:
        raise UnknownFile(name=name[:40], known=", ".join({**FILES, **BUDGET_FILES}))
    paper, _dot, kind = name.partition(".")
    by.require(VIEW_PAY if name in FILES else VIEW_TOTALS, sheet.territory)
    if sheet.state == State.VOID:
        raise NoPaper(**said(sheet))
    if name in FILES:
        record_reading(sheet, by=by, where=sheet.territory, purpose=Purpose.MANAGE_FORCE,
                       what=f"{paper}_taken")  # fmt: skip
    else:
        record("sheet.budget_taken", sheet, by=by, where=sheet.territory, on=by.on)
    written = Written(sheet, slips, queries.accounts_on(sheet) if paper == "sign" else {})
    named = _name(paper, sheet)
    if kind == "xlsx":
        return PaperFile(f"{named}.xlsx", MEDIA_TYPES["xlsx"], workbook(written))
    return paper_file(_PAPERS[paper](written), "docx" if kind == "docx" else "pdf", name=named)


def bank_file(*, by: Actor, sheet: Sheet, slips: Sequence[Slip]) -> PaperFile:
    """The transfers of an approved sheet, whole numbers and all.

    Raises NotApprovedYet, NobodyByTransfer, CannotOpen.
    """
    by.require(RECORD_PAYMENT, sheet.territory)
    if sheet.state not in CORRECTED:
        raise NotApprovedYet(**said(sheet))
    rows = transfers(sheet, slips, queries.accounts_on(sheet))
    if not rows:
        raise NobodyByTransfer
    record_reading(sheet, by=by, where=sheet.territory, purpose=Purpose.MANAGE_FORCE,
                   what="bank_taken")  # fmt: skip
    return PaperFile(f"{_name('bank', sheet)}.csv", "text/csv; charset=utf-8", csv_of(rows))


def slip_file(*, by: Actor, slip: Slip, purpose: Purpose) -> PaperFile:
    """One member's paper; the slip came through the reader's scope."""
    record_reading(slip, by=by, where=slip.sheet.territory, purpose=purpose, what="taken")
    return paper_file(slip_paper(slip), "pdf", name=_name("slip", slip.sheet))


def answer(made: PaperFile) -> HttpResponse:
    """A file as an answer that nobody on its way stores."""
    response = HttpResponse(made.content, content_type=made.media_type)
    response["Content-Disposition"] = f'attachment; filename="{made.name}"'
    response["Cache-Control"] = "no-store"
    return response


def _name(paper: str, sheet: Sheet) -> str:
    return f"{paper}-{sheet.territory.code}-{sheet.month:%Y-%m}"
