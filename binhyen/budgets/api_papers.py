# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers of a budget's year for programs, in the asked language."""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse

from binhyen.budgets import queries, taking
from binhyen.budgets.api_steps import router
from binhyen.budgets.permissions import VIEW_BUDGET
from binhyen.core.api import REFUSALS, ApiRequest, operation
from binhyen.core.api_limits import COSTLY
from binhyen.entitlements.taking import answer
from binhyen.papers.files import MEDIA_TYPES, openapi_files

__all__ = ["router"]
Named = Literal["settlement.docx", "settlement.pdf", "receipts.docx", "receipts.pdf"]


@router.get("/{uuid:budget_id}/files/{file}", response={200: None, **REFUSALS},
            summary="A paper of a year", throttle=COSTLY,
            openapi_extra=openapi_files(MEDIA_TYPES["docx"], MEDIA_TYPES["pdf"]))  # fmt: skip
@operation(VIEW_BUDGET)
def get_budget_paper(request: ApiRequest, budget_id: UUID, file: Named) -> HttpResponse:
    """The settlement by source and item, or the receipts of other sources to be posted."""
    row = queries.budget(scope=request.actor.scope(VIEW_BUDGET), budget_id=budget_id)
    return answer(taking.budget_file(by=request.actor, budget=row, name=file))
