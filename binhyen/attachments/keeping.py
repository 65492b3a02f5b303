# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping and erasing attachments, for the actions of the apps whose records they belong to.

The right and the event are those of that app; the file is on the disk before its row is.
"""

from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from binhyen.attachments import store
from binhyen.attachments.models import Attachment
from binhyen.attachments.preparing import Prepared
from binhyen.attachments.rules import MOST_OF_A_RECORD
from binhyen.core import clock
from binhyen.core.errors import OperationIdReused, Refused
from binhyen.core.ids import uuid7
from binhyen.territory.models import Territory


class TooManyAttachments(Refused):
    """More than a record may have."""

    field = "photo"
    what = _("The file was not taken.")
    why = _("There are %(most)s photos and recordings here already; more are not kept.")
    remedy = _("Tell commune police that there are more.")


def kept_again(op_id: UUID | None, prepared: Prepared) -> Attachment:
    """What an earlier try with the same id kept. Raises OperationIdReused."""
    found = Attachment.everything.filter(pk=op_id).first() if op_id else None
    if found is None or found.digest != prepared.digest:
        raise OperationIdReused
    return found


def keep(
    prepared: Prepared,
    thing: models.Model,
    *,
    where: Territory,
    team_id: UUID | None,
    as_id: UUID | None,
) -> Attachment:
    """Write the file, then its row. Raises TooManyAttachments."""
    type(thing)._meta.base_manager.select_for_update().get(pk=thing.pk)
    if Attachment.everything.filter(belongs_id=thing.pk).count() >= MOST_OF_A_RECORD:
        raise TooManyAttachments(most=MOST_OF_A_RECORD)
    made = Attachment(
        id=as_id or uuid7(),
        territory=where,
        team_id=team_id,
        belongs_type=thing._meta.label_lower,
        belongs_id=thing.pk,
        kind=prepared.kind,
        media_type=prepared.media_type,
        size=len(prepared.content),
        width=prepared.width,
        height=prepared.height,
        digest=prepared.digest,
        added_at=clock.now(),
    )
    store.write(made.id, prepared.content)
    made.save(force_insert=True)
    return made


def erase_of(things: "models.QuerySet[Any]") -> int:
    """Take the files of some records' attachments away when this transaction is committed."""
    return erase(Attachment.everything.filter(belongs_id__in=things.order_by().values("pk")))


def erase(rows: "models.QuerySet[Attachment]") -> int:
    """Take the files of some attachments away when this transaction is committed; how many."""
    left = rows.filter(erased_at__isnull=True).order_by()
    due = list(left.values_list("pk", flat=True))
    Attachment.everything.filter(pk__in=due).update(erased_at=clock.now())
    transaction.on_commit(lambda: store.remove(due))
    return len(due)
