# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of findings, for programs."""

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
from binhyen.patrols import queries, readings
from binhyen.patrols.actions_attachments import attach_to_finding, erase_from_finding
from binhyen.patrols.api_noted import findings as router
from binhyen.patrols.models import Finding
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL, VIEW_PATROL

__all__ = ["router"]


@router.get("/{uuid:finding_id}/attachments", response={200: list[AttachmentOut], **REFUSALS},
            summary="Photos and recordings of a finding")  # fmt: skip
@operation(VIEW_PATROL)
def list_finding_attachments(request: ApiRequest, finding_id: UUID) -> list[AttachmentOut]:
    """What was attached to a finding, without the files."""
    found = _finding(request, VIEW_PATROL, finding_id)
    return [attachment_out(one) for one in attachments_of(found)]


@router.get("/{uuid:finding_id}/attachments/{uuid:attachment_id}",
            response={200: OpenedAttachment, **REFUSALS},
            summary="One photo or recording")  # fmt: skip
@operation(VIEW_PATROL)
def get_finding_attachment(
    request: ApiRequest, finding_id: UUID, attachment_id: UUID
) -> OpenedAttachment:
    """One file; the reading is recorded first."""
    found = readings.open_attachment(
        by=request.actor, finding_id=finding_id, attachment_id=attachment_id
    )
    return opened_attachment(found)


@router.post("/{uuid:finding_id}/attachments", response={201: AttachmentOut, **WRITES},
             summary="Add a photo to a finding")  # fmt: skip
@operation(DO_PATROL, event="finding.attached")
def add_finding_photo(
    request: ApiRequest, finding_id: UUID, body: PhotoIn
) -> Status[AttachmentOut]:
    """Add a photo of a thing or a place."""
    found = _finding(request, DO_PATROL, finding_id)
    made = attach_to_finding(
        by=request.actor, finding=found, photo=body.prepared(), op_id=body.op_id
    )
    return Status(201, attachment_out(made))


@router.post("/{uuid:finding_id}/attachments/{uuid:attachment_id}/erase",
             response={200: AttachmentOut, **WRITES},
             summary="Erase a photo or recording")  # fmt: skip
@operation(CORRECT_PATROL, event="finding.file_erased")
def erase_finding_attachment(
    request: ApiRequest, finding_id: UUID, attachment_id: UUID, body: EraseIn
) -> AttachmentOut:
    """Erase a file before its time, for instance a photo that shows a face."""
    found = _finding(request, CORRECT_PATROL, finding_id)
    one = attachment_of(found, attachment_id, also_erased=True)
    erase_from_finding(by=request.actor, finding=found, attachment=one, op_id=body.op_id)
    return attachment_out(attachment_of(found, attachment_id, also_erased=True))


def _finding(request: ApiRequest, verb: Verb, finding_id: UUID) -> Finding:
    return queries.finding(scope=request.actor.scope(verb), finding_id=finding_id)
