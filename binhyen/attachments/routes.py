# SPDX-License-Identifier: AGPL-3.0-or-later
"""The operations on what is attached to one kind of record, for programs.

An app that has attachments says once what its records are, who may do what with them and which
actions do it; `serve_attachments` puts the four operations below the record's own address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from ninja import Router, Status

from binhyen.attachments.api import (
    AttachmentOut,
    EraseIn,
    OpenedAttachment,
    PhotoIn,
    attachment_out,
    opened_attachment,
)
from binhyen.attachments.models import Attachment
from binhyen.attachments.queries import attachment_of, attachments_of
from binhyen.core.actors import Actor, Verb
from binhyen.core.api import REFUSALS, WRITES, ApiRequest, operation

PATH = "/{uuid:record_id}/attachments"
ONE = PATH + "/{uuid:attachment_id}"


class Opening(Protocol):
    """Opens one attachment and records the reading. Raises Forbidden."""

    def __call__(self, *, by: Actor, record_id: UUID, attachment_id: UUID) -> Attachment: ...


@dataclass(frozen=True)
class Owner:
    """A kind of record to which photos and recordings are attached."""

    noun: str
    """What it is called in names of operations and events, and as an argument of the actions."""
    view: Verb
    add: Verb
    erase: tuple[Verb, ...]
    to_view: Callable[[Actor, UUID], Any]
    to_add: Callable[[Actor, UUID], Any]
    to_erase: Callable[[Actor, UUID], Any]
    """The record, for whoever has the right there. Each raises Forbidden."""
    opened: Opening
    attach: Callable[..., Attachment]
    remove: Callable[..., object]


def serve_attachments(router: Router, of: Owner) -> None:
    """Add the operations on attachments to those of a record."""
    noun = of.noun

    @operation(of.view)
    def listed(request: ApiRequest, record_id: UUID) -> list[AttachmentOut]:
        """What was attached, without the files."""
        return [attachment_out(one) for one in attachments_of(of.to_view(request.actor, record_id))]

    @operation(of.view)
    def opened(request: ApiRequest, record_id: UUID, attachment_id: UUID) -> OpenedAttachment:
        """One file; the reading is recorded first."""
        found = of.opened(by=request.actor, record_id=record_id, attachment_id=attachment_id)
        return opened_attachment(found)

    @operation(of.add, event=f"{noun}.attached")
    def added(request: ApiRequest, record_id: UUID, body: PhotoIn) -> Status[AttachmentOut]:
        """Add a photo of a thing or a place."""
        row = of.to_add(request.actor, record_id)
        made = of.attach(by=request.actor, photo=body.prepared(), op_id=body.op_id, **{noun: row})
        return Status(201, attachment_out(made))

    @operation(*of.erase, event=f"{noun}.file_erased")
    def erased(
        request: ApiRequest, record_id: UUID, attachment_id: UUID, body: EraseIn
    ) -> AttachmentOut:
        """Erase a file before its time, for instance a photo that shows a face."""
        row = of.to_erase(request.actor, record_id)
        one = attachment_of(row, attachment_id, also_erased=True)
        of.remove(by=request.actor, attachment=one, op_id=body.op_id, **{noun: row})
        return attachment_out(attachment_of(row, attachment_id, also_erased=True))

    # Operations are known by the names of their functions.
    listed.__name__ = f"list_{noun}_attachments"
    opened.__name__ = f"get_{noun}_attachment"
    added.__name__ = f"add_{noun}_photo"
    erased.__name__ = f"erase_{noun}_attachment"
    read, write = REFUSALS, WRITES
    router.get(PATH, response={200: list[AttachmentOut], **read},
               summary=f"Photos and recordings of a {noun}")(listed)  # fmt: skip
    router.get(ONE, response={200: OpenedAttachment, **read},
               summary="One photo or recording")(opened)  # fmt: skip
    router.post(PATH, response={201: AttachmentOut, **write},
                summary=f"Add a photo to a {noun}")(added)  # fmt: skip
    router.post(f"{ONE}/erase", response={200: AttachmentOut, **write},
                summary="Erase a photo or recording")(erased)  # fmt: skip
