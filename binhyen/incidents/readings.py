# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening a report: the reading is written first, with its purpose; then the text is shown."""

from uuid import UUID

from django.db import transaction

from binhyen.attachments.models import Attachment
from binhyen.attachments.queries import attachment_of
from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading
from binhyen.incidents import queries
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import VIEW_REPORT, VIEW_SEALED


@transaction.atomic
def open_report(*, by: Actor, report_id: UUID, purpose: str = "") -> Report:
    """A report with its text; the reading is recorded.

    The purpose is handling the report unless another one is named that the reader's role has.
    Raises Forbidden, also for a sealed report that the reader may not read.
    """
    found = queries.report(
        scope=by.scope(VIEW_REPORT), sealed=by.scope(VIEW_SEALED), report_id=report_id
    )
    verb = VIEW_SEALED if found.is_sealed else VIEW_REPORT
    decision = by.require(verb, found.territory, team=found.team_id)
    chosen = Purpose(purpose) if purpose in decision.purposes else Purpose.HANDLE_REPORT
    record_reading(found, by=by, where=found.territory, purpose=chosen)
    return found


@transaction.atomic
def open_receipt(*, by: Actor, report_id: UUID) -> queries.Receipt:
    """The times of a sealed report, for who recorded it; the reading is recorded.

    Raises Forbidden.
    """
    found = queries.receipt(scope=by.scope(VIEW_REPORT), recorded_by=by.id, report_id=report_id)
    record_reading(
        found.report, by=by, where=found.report.territory,
        purpose=Purpose.HANDLE_REPORT, what="receipt",
    )  # fmt: skip
    return found


@transaction.atomic
def open_attachment(*, by: Actor, record_id: UUID, attachment_id: UUID) -> Attachment:
    """A photo or recording of a report; the reading is recorded. Raises Forbidden."""
    report = queries.report_row(
        scope=by.scope(VIEW_REPORT), sealed=by.scope(VIEW_SEALED), report_id=record_id
    )
    verb = VIEW_SEALED if report.is_sealed else VIEW_REPORT
    by.require(verb, report.territory, team=report.team_id)
    found = attachment_of(report, attachment_id)
    record_reading(report, by=by, where=report.territory, purpose=Purpose.HANDLE_REPORT,
                   what="attachment")  # fmt: skip
    return found
