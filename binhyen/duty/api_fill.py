# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling a roster fairly, for programs: ask for a proposal, then assign what is wanted of it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from binhyen.core.api import WRITES, ApiRequest, BadShape, Body, TeamRef, operation, team_ref
from binhyen.core.api_fields import Code, Day, Id, Strict
from binhyen.core.periods import from_days
from binhyen.duty import actions
from binhyen.duty.api_steps import router
from binhyen.duty.filling import MOST
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.proposals import Evenness, Line, picked, propose
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

__all__ = ["router"]


class PlaceIn(Strict):
    """Whose roster: a team's, or that of all teams of a commune."""

    team: Id | None = None
    commune: Code | None = None


class ProposeIn(PlaceIn):
    """Which open places."""

    first_day: Day
    last_day: Day = Field(description="Included; at most 92 days.")


class DutyIn(Strict):
    """A member on a shift."""

    shift: Id
    member: Id


class FillIn(Body):
    """What is assigned."""

    team: Id | None = None
    commune: Code | None = None
    duties: Annotated[list[DutyIn], Field(min_length=1, max_length=MOST)]


class ChoiceOut(BaseModel):
    """A member proposed for a shift."""

    shift: UUID
    on_day: date
    member: UUID
    full_name: str
    why: str = Field(description="One sentence, in the language that was asked for.")


class FillGapOut(BaseModel):
    """A shift with places that stay open."""

    shift: UUID
    on_day: date
    missing: int
    why: list[str]
    mend: list[str]


class CountOut(BaseModel):
    """A count of one member: saved, and with the proposal."""

    before: int
    after: int
    level: int = Field(description="Counted besides, for who joined later than the others.")


class MemberCounts(BaseModel):
    """What one member has of each measure; by name, never by number."""

    member: UUID
    full_name: str
    counts: dict[str, CountOut]


class SpreadOut(BaseModel):
    """Between whoever has most and whoever has fewest."""

    before: int
    after: int


class EvennessOut(BaseModel):
    """How evenly a team's duties are shared."""

    team: TeamRef
    proven: bool = Field(description="Nothing fairer exists under the rules.")
    spreads: dict[str, SpreadOut]
    members: list[MemberCounts]


class ProposalOut(BaseModel):
    """Who would serve where; nothing is saved."""

    duties: list[ChoiceOut]
    open: list[FillGapOut]
    teams: list[EvennessOut]


class NotAssignedOut(BaseModel):
    """A duty that a rule forbids by now."""

    shift: UUID
    member: UUID
    why: str


class FilledOut(BaseModel):
    """What was assigned; what was left out, with the reason."""

    assigned: int
    left_out: int
    refused: list[NotAssignedOut]


@router.post("/propose", response={200: ProposalOut, **WRITES}, summary="A fair filling, unsaved")
@operation(ASSIGN_DUTY)
def propose_filling(request: ApiRequest, body: ProposeIn) -> ProposalOut:
    """A fair filling of the open places, each choice with its reason; reading it is recorded."""
    place = _place(request, body.team, body.commune)
    found = propose(by=request.actor, place=place, period=from_days(body.first_day, body.last_day))
    return ProposalOut(
        duties=[
            ChoiceOut(
                shift=one.shift.id, on_day=one.shift.on_day, member=one.member.id,
                full_name=one.member.full_name, why=one.why,
            )
            for one in found.choices
        ],
        open=[
            FillGapOut(
                shift=one.shift.id, on_day=one.shift.on_day, missing=one.gap.missing,
                why=list(one.gap.why), mend=list(one.gap.mend),
            )
            for one in found.open
        ],
        teams=[_evenness(one) for one in found.teams],
    )  # fmt: skip


@router.post("/fill", response={200: FilledOut, **WRITES}, summary="Assign what was proposed")
@operation(ASSIGN_DUTY, event="roster.filled")
def fill_roster(request: ApiRequest, body: FillIn) -> FilledOut:
    """Put members on shifts, all in one transaction; what a rule forbids by now is left out."""
    place = _place(request, body.team, body.commune)
    pairs = [(one.shift, one.member) for one in body.duties]
    done = actions.fill_roster(
        by=request.actor,
        place=place,
        duties=picked(by=request.actor, place=place, pairs=pairs),
        op_id=body.op_id,
    )
    return FilledOut(
        assigned=done.assigned,
        left_out=done.left_out,
        refused=[
            NotAssignedOut(shift=one.shift.id, member=one.member.id, why=str(one.why))
            for one in done.refused
        ],
    )


def _place(request: ApiRequest, team: UUID | None, commune: str | None) -> Team | Territory:
    """One of the two. Raises BadShape, Forbidden."""
    if (team is None) == (commune is None):
        raise BadShape("one_of_two", "team")
    if team is not None:
        return one_team(scope=request.actor.scope(ASSIGN_DUTY), team_id=team)
    found = territory_by_code(commune or "", on=request.actor.on)
    request.actor.require(ASSIGN_DUTY, found)
    return found


def _evenness(one: Evenness) -> EvennessOut:
    return EvennessOut(
        team=team_ref(one.team),
        proven=one.is_proven,
        spreads={
            measure.value: SpreadOut(before=before, after=after)
            for measure, (before, after) in one.spreads.items()
        },
        members=[_member(line) for line in one.lines],
    )


def _member(line: Line) -> MemberCounts:
    return MemberCounts(
        member=line.member.id,
        full_name=line.member.full_name,
        counts={
            measure.value: CountOut(before=count.before, after=count.after, level=count.level)
            for measure, count in line.counts.items()
        },
    )
