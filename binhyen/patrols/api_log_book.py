# SPDX-License-Identifier: AGPL-3.0-or-later
"""The log book for programs: its lines as they were written by the records themselves."""

from datetime import datetime

from ninja import Query, Router
from pydantic import BaseModel, Field

from binhyen.core.api import REFUSALS, ApiRequest, Asked, BadShape, operation
from binhyen.core.api_fields import CommuneCode, Day, Id
from binhyen.core.api_limits import COSTLY
from binhyen.core.periods import from_days
from binhyen.patrols import readings
from binhyen.patrols.permissions import VIEW_PATROL
from binhyen.teams.queries import team as one_team
from binhyen.territory.queries import territory_by_code

router = Router(tags=["patrols"])


class LogLineOut(BaseModel):
    """One line: when, which team, what, where, who, with which result; in the asked language."""

    at: datetime
    until: datetime | None
    team: str
    what: str
    where: str
    who: str
    result: str


class LogAsked(Asked):
    """Of a team or a commune, in some days."""

    team: Id | None = None
    commune: CommuneCode | None = None
    first_day: Day
    last_day: Day = Field(description="Included; at most a year.")


@router.get("", response={200: list[LogLineOut], **REFUSALS}, summary="Log book", throttle=COSTLY)
@operation(VIEW_PATROL)
def read_log_book(request: ApiRequest, asked: Query[LogAsked]) -> list[LogLineOut]:
    """The log book of a team or a commune, by time; that it was opened is recorded."""
    if (asked.team is None) == (asked.commune is None):
        raise BadShape("one_of_two", "team")
    actor = request.actor
    lines = readings.open_log_book(
        by=actor,
        period=from_days(asked.first_day, asked.last_day),
        team=one_team(scope=actor.scope(VIEW_PATROL), team_id=asked.team) if asked.team else None,
        commune=territory_by_code(asked.commune, on=actor.on) if asked.commune else None,
    )
    return [
        LogLineOut(
            at=line.at,
            until=line.until,
            team=line.team,
            what=line.what,
            where=line.where,
            who=line.who,
            result=line.result,
        )
        for line in lines
    ]
