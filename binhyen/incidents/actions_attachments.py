# SPDX-License-Identifier: AGPL-3.0-or-later
"""Adding photos and recordings to reports, and erasing one that should not be there."""

from uuid import UUID

from django.db import transaction

from binhyen.attachments import keeping
from binhyen.attachments.models import Attachment
from binhyen.attachments.preparing import Prepared
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.incidents.models import Report
from binhyen.incidents.permissions import RECEIVE_REPORT, verb_to_change

ATTACHED, ERASED = "report.attached", "report.file_erased"


@transaction.atomic
def attach_to_report(
    *, by: Actor, report: Report, photo: Prepared, op_id: UUID | None = None
) -> Attachment:
    """Keep a photo or a recording with a report; its id is the operation's.

    Raises TooManyAttachments.
    """
    by.require(RECEIVE_REPORT, report.territory, team=report.team_id)
    if done_before(op_id, Report, ATTACHED, by=by, pk=report.pk):
        return keeping.kept_again(op_id, photo)
    made = keeping.keep(photo, report, where=report.territory, team_id=report.team_id, as_id=op_id)
    record(ATTACHED, report, by=by, where=report.territory, on=report.on_day, op_id=op_id,
           attachment=made.kind)  # fmt: skip
    return made


@transaction.atomic
def erase_from_report(
    *, by: Actor, report: Report, attachment: Attachment, op_id: UUID | None = None
) -> Report:
    """Erase a photo or a recording before its time, for instance one that shows a face.

    While the team has the report the team may; once commune police have it, only they.
    """
    by.require(verb_to_change(report.state), report.territory, team=report.team_id)
    if done := done_before(op_id, Report, ERASED, by=by, pk=report.pk):
        return done
    keeping.erase(Attachment.everything.filter(pk=attachment.pk, belongs_id=report.pk))
    record(ERASED, report, by=by, where=report.territory, on=report.on_day, op_id=op_id,
           attachment=attachment.kind)  # fmt: skip
    return report
