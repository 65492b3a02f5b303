# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers of a year that leave: which there are, who takes them; each taking is recorded."""

from typing import Literal

from binhyen.budgets import queries
from binhyen.budgets.choices import COUNTS, FILES
from binhyen.budgets.models import Budget
from binhyen.budgets.papers import receipts_paper, settlement_paper
from binhyen.budgets.permissions import VIEW_BUDGET
from binhyen.budgets.refusals import NoPaperOfBudget
from binhyen.budgets.steps import said
from binhyen.core.actors import Actor
from binhyen.core.events import record
from binhyen.entitlements.taking import UnknownFile
from binhyen.papers.files import PaperFile, paper_file


def budget_file(*, by: Actor, budget: Budget, name: str) -> PaperFile:
    """A paper of a year, as this reader may see the year. Raises UnknownFile, NoPaperOfBudget."""
    by.require(VIEW_BUDGET, budget.territory)
    if name not in FILES:
        raise UnknownFile(name=name[:40], known=", ".join(FILES))
    if budget.state not in COUNTS:
        raise NoPaperOfBudget(**said(budget))
    paper, _dot, ending = name.partition(".")
    if paper == "settlement":
        book = queries.book_of(budget, by=by)
        made = settlement_paper(budget, book.account, on=by.on, has_few=book.has_few)
    else:
        rows = queries.receipts(
            scope=by.scope(VIEW_BUDGET), place=budget.territory, year=budget.year
        )
        made = receipts_paper(budget, rows, on=by.on)
    record(f"budget.{paper}_taken", budget, by=by, where=budget.territory, on=by.on)
    kind: Literal["docx", "pdf"] = "docx" if ending == "docx" else "pdf"
    return paper_file(made, kind, name=f"{paper}-{budget.territory.code}-{budget.year}")
