# SPDX-License-Identifier: AGPL-3.0-or-later
"""Noticing disputes early and recording how they ended; no content, no parties."""

from datetime import date
from uuid import UUID

from django.db import transaction

from binhyen.core.actors import Actor
from binhyen.core.events import done_before, record
from binhyen.core.validation import save
from binhyen.incidents import checks
from binhyen.incidents.choices import DisputeKind, DisputeState
from binhyen.incidents.models import Dispute
from binhyen.incidents.permissions import NOTE_DISPUTE
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


@transaction.atomic
def notice_dispute(
    *,
    by: Actor,
    team: Team,
    kind: DisputeKind | str,
    noticed_on: date,
    village: Territory | None = None,
    commune: Territory | None = None,
    op_id: UUID | None = None,
) -> Dispute:
    """Record that a team noticed a dispute early: kind, place and day only.

    Source: Law 35/2013 (mediation belongs to the mediators; the team supports them).
    Raises InTheFuture, TeamOutsideCommune, TeamNotInForce, VillageElsewhere; Invalid for a kind
    outside the list.
    """
    by.require(NOTE_DISPUTE, team.territory, team=team.id)
    if done := done_before(op_id, Dispute, "dispute.noticed", by=by, team_id=team.pk, kind=kind,
                           noticed_on=noticed_on):  # fmt: skip
        return done
    checks.check_day_has_come(noticed_on, today=by.on, field="noticed_on")
    checks.check_team(team, noticed_on, commune)
    checks.check_village(village, team.territory, noticed_on)
    dispute = Dispute(
        territory=team.territory, team=team, village=village, kind=kind, noticed_on=noticed_on
    )
    save(dispute)
    record("dispute.noticed", dispute, by=by, where=dispute.territory, on=noticed_on, op_id=op_id,
           dispute=str(kind))  # fmt: skip
    return dispute


@transaction.atomic
def close_dispute(
    *,
    by: Actor,
    dispute: Dispute,
    state: DisputeState | str,
    closed_on: date,
    op_id: UUID | None = None,
) -> Dispute:
    """Record that a dispute was settled, was not, or went to the competent authority.

    Raises WrongState, InTheFuture, ClosedBeforeNoticed.
    """
    by.require(NOTE_DISPUTE, dispute.territory, team=dispute.team_id)
    if done := done_before(op_id, Dispute, "dispute.closed", by=by, pk=dispute.pk):
        return done
    rows = Dispute.everything.select_related("territory").select_for_update(of=("self",))
    dispute = rows.get(pk=dispute.pk)
    state = checks.check_dispute_step(dispute, state)
    checks.check_dispute_closed(dispute, closed_on, by.on)
    dispute.state, dispute.closed_on = state, closed_on
    save(dispute, only=["state", "closed_on"])
    record("dispute.closed", dispute, by=by, where=dispute.territory, on=closed_on, op_id=op_id,
           state=str(state))  # fmt: skip
    return dispute
