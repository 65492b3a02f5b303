# SPDX-License-Identifier: AGPL-3.0-or-later
"""Attachments of records that the reader may already see: the app of the record has asked."""

from uuid import UUID

from django.db import models

from binhyen.attachments.models import Attachment
from binhyen.core.errors import Forbidden


def attachments_of(thing: models.Model) -> list[Attachment]:
    """The photos and recordings of a record, as they came in; erased ones without their file."""
    return list(Attachment.everything.filter(belongs_id=thing.pk))


def attachment_of(
    thing: models.Model, attachment_id: UUID, *, also_erased: bool = False
) -> Attachment:
    """One of them, whose file is still kept. Raises Forbidden, which looks like 'not found'."""
    found = Attachment.everything.filter(belongs_id=thing.pk, pk=attachment_id).first()
    if found is not None and found.erased_at is not None and not also_erased:
        raise Forbidden
    if found is None:
        raise Forbidden
    return found
