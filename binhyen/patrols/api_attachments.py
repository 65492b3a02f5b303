# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of findings, for programs."""

from functools import partial
from uuid import UUID

from binhyen.attachments.routes import Owner, serve_attachments
from binhyen.core.actors import Actor, Verb
from binhyen.patrols import queries, readings
from binhyen.patrols.actions_attachments import attach_to_finding, erase_from_finding
from binhyen.patrols.api_noted import findings as router
from binhyen.patrols.models import Finding
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, VIEW_PATROL

__all__ = ["router"]


def _finding(verb: Verb, actor: Actor, finding_id: UUID) -> Finding:
    return queries.finding(scope=actor.scope(verb), finding_id=finding_id)


serve_attachments(
    router,
    Owner(
        noun="finding",
        view=VIEW_PATROL,
        add=DO_PATROL,
        erase=(CORRECT_PATROL,),
        to_view=partial(_finding, VIEW_PATROL),
        to_add=partial(_finding, DO_PATROL),
        to_erase=partial(_finding, CORRECT_PATROL),
        opened=readings.open_attachment,
        attach=attach_to_finding,
        remove=erase_from_finding,
    ),
)
