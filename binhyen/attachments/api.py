# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attachments for programs: their shapes; the operations stand with the records they belong to."""

import base64
import binascii
from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, Field

from binhyen.attachments import store
from binhyen.attachments.models import Attachment
from binhyen.attachments.preparing import NotAPhoto, Prepared, prepared_photo
from binhyen.core.api import Body


class AttachmentOut(BaseModel):
    """A photo or a recording, without its file."""

    id: UUID
    kind: str
    media_type: str
    size: int
    added_at: datetime
    erased_at: datetime | None = Field(description="Files are erased after 90 days.")


class OpenedAttachment(AttachmentOut):
    """The same with its file; opening it was recorded."""

    content: str = Field(description="The file in base64.")


class EraseIn(Body):
    """A file is erased for good."""


class PhotoIn(Body):
    """A photo; it is drawn anew, so that nothing but its picture is kept."""

    content: str = Field(min_length=1, max_length=900_000, description="JPEG, PNG or WebP, base64.")

    def prepared(self) -> Prepared:
        """The photo as it will be kept. Raises NotAPhoto."""
        try:
            content = base64.b64decode(self.content, validate=True)
        except (binascii.Error, ValueError) as error:
            raise NotAPhoto(field="content") from error
        try:
            return prepared_photo(content)
        except NotAPhoto as refusal:
            refusal.field = "content"
            raise


def attachment_out(one: Attachment) -> AttachmentOut:
    """The shape of one attachment."""
    return AttachmentOut.model_validate(_plain(one))


def opened_attachment(one: Attachment) -> OpenedAttachment:
    """The shape of one attachment that was opened. Raises FileGone."""
    content = base64.b64encode(store.read(one.id)).decode()
    return OpenedAttachment.model_validate(_plain(one) | {"content": content})


def _plain(one: Attachment) -> dict[str, object]:
    names = ("id", "kind", "media_type", "size", "added_at", "erased_at")
    return {name: getattr(one, name) for name in names}
