# SPDX-License-Identifier: AGPL-3.0-or-later
"""Papers of a claim to take away: the decision, the request for missing papers."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from binhyen.claims import queries, taking
from binhyen.claims.models import Claim
from binhyen.claims.permissions import VIEW_CLAIM, VIEW_OWN_CLAIM
from binhyen.core.actors import Purpose
from binhyen.core.guards import ActorRequest, signed_in
from binhyen.core.pages import Section
from binhyen.entitlements.taking import answer


def files_section(claim: Claim, page: str, *, purpose: Purpose) -> list[Section]:
    """The papers that this reader may take away now; `page` is the address of a file."""
    names = taking.files_of(claim, purpose=purpose)
    if not names:
        return []
    found = [(taking.FILES[name], reverse(page, args=[claim.pk, name])) for name in names]
    return [Section(_("Papers"), template="entitlements/files.html", data=found,
                    note=_("Each taking is recorded with its purpose."))]  # fmt: skip


@signed_in(VIEW_CLAIM)
def claim_file(request: ActorRequest, claim_id: UUID, paper: str) -> HttpResponse:
    """A paper, for the office of the commune."""
    row = queries.claim(scope=request.actor.scope(VIEW_CLAIM), claim_id=claim_id)
    return answer(taking.claim_file(by=request.actor, claim=row, name=paper,
                                    purpose=Purpose.MANAGE_FORCE))  # fmt: skip


@signed_in(VIEW_OWN_CLAIM)
def my_claim_file(request: ActorRequest, claim_id: UUID, paper: str) -> HttpResponse:
    """A paper of the reader's own claim."""
    row = queries.own_claim(scope=request.actor.scope(VIEW_OWN_CLAIM), claim_id=claim_id)
    return answer(taking.claim_file(by=request.actor, claim=row, name=paper,
                                    purpose=Purpose.OWN_FILE))  # fmt: skip
