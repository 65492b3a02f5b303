# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opening what names people: the reading is written first, with its purpose; then it is shown."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from binhyen.attachments.models import Attachment
from binhyen.attachments.queries import attachment_of
from binhyen.core.actors import Actor, Purpose
from binhyen.core.events import record_reading
from binhyen.core.periods import Period
from binhyen.patrols import queries
from binhyen.patrols.log_book import LogLine, check_length, log_book
from binhyen.patrols.models import Patrol
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.personnel.models import Member
from binhyen.personnel.permissions import VIEW_MEMBER
from binhyen.teams.models import Team
from binhyen.territory.models import Territory


@dataclass(frozen=True)
class OpenPatrol:
    """A patrol with the people on it."""

    patrol: Patrol
    crew: list[Member]


@transaction.atomic
def open_patrol(*, by: Actor, patrol_id: UUID, purpose: str = "") -> OpenPatrol:
    """A patrol with its crew; the reading is recorded.

    The purpose is directing duty unless another one is named that the reader's role has.
    Raises Forbidden.
    """
    found = queries.patrol(scope=by.scope(VIEW_PATROL), patrol_id=patrol_id)
    decision = by.require(VIEW_PATROL, found.territory, team=found.team_id)
    chosen = Purpose(purpose) if purpose in decision.purposes else Purpose.DIRECT_DUTY
    record_reading(found, by=by, where=found.territory, purpose=chosen)
    return OpenPatrol(found, queries.crew_of(found))


def open_log_book(
    *, by: Actor, period: Period, team: Team | None = None, commune: Territory | None = None
) -> list[LogLine]:
    """The log book of a team or a commune, with the names that the reader may see.

    The reading is recorded first and by itself, so that many may read while one writes.
    Raises Forbidden, LogBookTooLong.
    """
    place = team.territory if team is not None else commune
    if place is None:
        return []
    by.require(VIEW_PATROL, place, team=team.id if team is not None else None)
    check_length(period)
    record_reading(team or place, by=by, where=place, purpose=Purpose.DIRECT_DUTY, what="log_book")
    return log_book(
        scope=by.scope(VIEW_PATROL),
        names=by.scope(VIEW_MEMBER),
        period=period,
        team=team,
        commune=commune,
        scope_for=by.scope,
    )


def note_names(*, by: Actor, team: Team) -> None:
    """Note that a form offers the names of a team's members."""
    record_reading(team, by=by, where=team.territory, purpose=Purpose.DIRECT_DUTY, what="crew")


@transaction.atomic
def open_attachment(*, by: Actor, record_id: UUID, attachment_id: UUID) -> Attachment:
    """A photo or recording of a finding; the reading is recorded. Raises Forbidden."""
    finding = queries.finding(scope=by.scope(VIEW_PATROL), finding_id=record_id)
    by.require(VIEW_PATROL, finding.territory, team=finding.patrol.team_id)
    found = attachment_of(finding, attachment_id)
    record_reading(finding, by=by, where=finding.territory, purpose=Purpose.DIRECT_DUTY,
                   what="attachment")  # fmt: skip
    return found
