# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos and recordings of findings: who does the patrol adds them; they are kept 90 days."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from binhyen.attachments import keeping
from binhyen.attachments.models import Attachment
from binhyen.attachments.preparing import Prepared
from binhyen.attachments.rules import KEPT_DAYS
from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.models import path_range
from binhyen.patrols.models import Finding
from binhyen.patrols.permissions import CORRECT_PATROL, DO_PATROL
from binhyen.territory.models import Territory

ATTACHED, ERASED = "finding.attached", "finding.file_erased"


@transaction.atomic
def attach_to_finding(
    *, by: Actor, finding: Finding, photo: Prepared, op_id: UUID | None = None
) -> Attachment:
    """Keep a photo or a recording with a finding; its id is the operation's.

    Raises TooManyAttachments.
    """
    team_id = finding.patrol.team_id
    by.require(DO_PATROL, finding.territory, team=team_id)
    if done_before(op_id, Finding, ATTACHED, by=by, pk=finding.pk):
        return keeping.kept_again(op_id, photo)
    made = keeping.keep(photo, finding, where=finding.territory, team_id=team_id, as_id=op_id)
    record(ATTACHED, finding, by=by, where=finding.territory, on=finding.on_day, op_id=op_id,
           attachment=made.kind)  # fmt: skip
    return made


@transaction.atomic
def erase_from_finding(
    *, by: Actor, finding: Finding, attachment: Attachment, op_id: UUID | None = None
) -> Finding:
    """Erase a photo or a recording before its time, for instance one that shows a face."""
    by.require(CORRECT_PATROL, finding.territory, team=finding.patrol.team_id)
    if done := done_before(op_id, Finding, ERASED, by=by, pk=finding.pk):
        return done
    keeping.erase(Attachment.everything.filter(pk=attachment.pk, belongs_id=finding.pk))
    record(ERASED, finding, by=by, where=finding.territory, on=finding.on_day, op_id=op_id,
           attachment=attachment.kind)  # fmt: skip
    return finding


@transaction.atomic
def forget_attachments(*, by: Actor, territory: Territory, today: date) -> int:
    """Erase the files of findings that are older than 90 days, in one area; how many.

    A bulk action with one event; kind, place and times of the finding stay.
    """
    by.require(CORRECT_PATROL, territory)
    before = today - timedelta(days=KEPT_DAYS)
    rows = Finding.everything.filter(path_range("territory__path", territory.path))
    erased = keeping.erase_of(rows.filter(on_day__lt=before))
    record("findings.files_erased", territory, by=by, where=territory, on=by.on,
           before=before.isoformat(), files=erased)  # fmt: skip
    return erased
