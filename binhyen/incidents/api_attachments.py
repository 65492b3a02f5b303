# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of reports, for programs."""

from functools import partial
from uuid import UUID

from binhyen.attachments.routes import Owner, serve_attachments
from binhyen.core.actors import Actor, Verb
from binhyen.incidents import queries, readings
from binhyen.incidents.actions_attachments import attach_to_report, erase_from_report
from binhyen.incidents.api_steps import report_to_change, router
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import RECEIVE_REPORT, TRIAGE_REPORT, VIEW_REPORT, VIEW_SEALED

__all__ = ["router"]


def _report(verb: Verb, actor: Actor, report_id: UUID) -> Report:
    return queries.report_row(
        scope=actor.scope(verb), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )


serve_attachments(
    router,
    Owner(
        noun="report",
        view=VIEW_REPORT,
        add=RECEIVE_REPORT,
        erase=(RECEIVE_REPORT, TRIAGE_REPORT),
        to_view=partial(_report, VIEW_REPORT),
        to_add=partial(_report, RECEIVE_REPORT),
        to_erase=report_to_change,
        opened=readings.open_attachment,
        attach=attach_to_report,
        remove=erase_from_report,
    ),
)
