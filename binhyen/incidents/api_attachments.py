# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of reports, for programs."""

from uuid import UUID

from ninja import Status

from binhyen.attachments.api import (
    AttachmentOut,
    EraseIn,
    OpenedAttachment,
    PhotoIn,
    attachment_out,
    opened_attachment,
)
from binhyen.attachments.queries import attachment_of, attachments_of
from binhyen.core.actors import Verb
from binhyen.core.api import REFUSALS, WRITES, ApiRequest, operation
from binhyen.incidents import queries, readings
from binhyen.incidents.actions_attachments import attach_to_report, erase_from_report
from binhyen.incidents.api_steps import report_to_change, router
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import RECEIVE_REPORT, TRIAGE_REPORT, VIEW_REPORT, VIEW_SEALED

__all__ = ["router"]


@router.get("/{uuid:report_id}/attachments", response={200: list[AttachmentOut], **REFUSALS},
            summary="Photos and recordings of a report")  # fmt: skip
@operation(VIEW_REPORT)
def list_report_attachments(request: ApiRequest, report_id: UUID) -> list[AttachmentOut]:
    """What was attached to a report, without the files."""
    found = _report(request, VIEW_REPORT, report_id)
    return [attachment_out(one) for one in attachments_of(found)]


@router.get("/{uuid:report_id}/attachments/{uuid:attachment_id}",
            response={200: OpenedAttachment, **REFUSALS},
            summary="One photo or recording")  # fmt: skip
@operation(VIEW_REPORT)
def get_report_attachment(
    request: ApiRequest, report_id: UUID, attachment_id: UUID
) -> OpenedAttachment:
    """One file; the reading is recorded first."""
    found = readings.open_attachment(
        by=request.actor, report_id=report_id, attachment_id=attachment_id
    )
    return opened_attachment(found)


@router.post("/{uuid:report_id}/attachments", response={201: AttachmentOut, **WRITES},
             summary="Add a photo to a report")  # fmt: skip
@operation(RECEIVE_REPORT, event="report.attached")
def add_report_photo(request: ApiRequest, report_id: UUID, body: PhotoIn) -> Status[AttachmentOut]:
    """Add a photo of a thing or a place."""
    found = _report(request, RECEIVE_REPORT, report_id)
    made = attach_to_report(by=request.actor, report=found, photo=body.prepared(), op_id=body.op_id)
    return Status(201, attachment_out(made))


@router.post("/{uuid:report_id}/attachments/{uuid:attachment_id}/erase",
             response={200: AttachmentOut, **WRITES},
             summary="Erase a photo or recording")  # fmt: skip
@operation(RECEIVE_REPORT, TRIAGE_REPORT, event="report.file_erased")
def erase_report_attachment(
    request: ApiRequest, report_id: UUID, attachment_id: UUID, body: EraseIn
) -> AttachmentOut:
    """Erase a file before its time, for instance a photo that shows a face."""
    found = report_to_change(request.actor, report_id)
    one = attachment_of(found, attachment_id, also_erased=True)
    erase_from_report(by=request.actor, report=found, attachment=one, op_id=body.op_id)
    return attachment_out(attachment_of(found, attachment_id, also_erased=True))


def _report(request: ApiRequest, verb: Verb, report_id: UUID) -> Report:
    actor = request.actor
    return queries.report_row(
        scope=actor.scope(verb), sealed=actor.scope(VIEW_SEALED), report_id=report_id
    )
