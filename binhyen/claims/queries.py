# SPDX-License-Identifier: AGPL-3.0-or-later
"""Claims and accidents as they may be seen: the office's by the office, one's own by oneself."""

from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from binhyen.claims.choices import Harm, Kind, State
from binhyen.claims.models import Accident, Appeal, Claim, ClaimPaper
from binhyen.claims.refusals import OtherDuty
from binhyen.claims.rules import AFTER_DEATH, OPEN
from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.duty.models import Shift
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.models import Insurance
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol
from binhyen.personnel.models import Member
from binhyen.teams.queries import in_force

M = TypeVar("M")
INSURED = {"has_health_insurance": InsuranceKind.HI, "has_social_insurance": InsuranceKind.VSI}
"""The insurance that each of these facts is about."""
DAYS_BACK = 60
"""How far back duties are offered when an accident is noted [own]."""


def claims_in(*, scope: Scope) -> QuerySet[Claim]:
    """Claims within the scope of an office, what is due first in front."""
    return _claims(Scope(areas=scope.areas, units=scope.units))


def claim(*, scope: Scope, claim_id: UUID) -> Claim:
    """One of these. Raises Forbidden, which looks like 'not found'."""
    return _found(claims_in(scope=scope).filter(pk=claim_id).first())


def own_claims(*, scope: Scope) -> QuerySet[Claim]:
    """The claims of the member themselves, the newest first."""
    return _claims(Scope(member=scope.member)).order_by("-on_day", "-id")


def own_claim(*, scope: Scope, claim_id: UUID) -> Claim:
    """One of these. Raises Forbidden."""
    return _found(own_claims(scope=scope).filter(pk=claim_id).first())


def papers_of(claim: Claim) -> list[ClaimPaper]:
    """The papers of a claim that may be seen, in the order of the list."""
    return list(claim.papers.order_by("place", "id"))


def appeals_of(claim: Claim) -> list[Appeal]:
    """The complaints about a claim that may be seen."""
    return list(claim.appeals.order_by("lodged_on", "id"))


def insured_on(claim: Claim) -> set[str]:
    """The facts of insurance that hold for a claim's member on its day, as recorded."""
    rows = Insurance.everything.filter(
        in_force(claim.on_day, "valid_from", "valid_to"), member=claim.member_id
    )
    kinds = set(rows.values_list("kind", flat=True))
    return {fact for fact, kind in INSURED.items() if kind in kinds}


def due_by(*, scope: Scope, day: date) -> QuerySet[Claim]:
    """Claims whose step has to be done by a day, the longest overdue first."""
    return due_of(claims_in(scope=scope), day).order_by("due_on", "id")


def due_of(rows: QuerySet[Claim], day: date) -> QuerySet[Claim]:
    """Those of some claims whose step has to be done by a day."""
    return rows.filter(state__in=OPEN, due_on__lte=day)


def to_receive(*, scope: Scope) -> QuerySet[Claim]:
    """Drafts that the member signed and nobody received yet."""
    return claims_in(scope=scope).filter(state=State.DRAFT, signed_on__isnull=False)


def to_decide(*, scope: Scope) -> QuerySet[Claim]:
    """What waits for the chair."""
    return claims_in(scope=scope).filter(state=State.APPRAISED)


def accidents_in(*, scope: Scope) -> QuerySet[Accident]:
    """Accidents on duty within a scope, the newest first."""
    rows = Accident.objects.within(scope).select_related("territory", "member", "patrol", "shift")
    return rows.order_by("-on_day", "-id")


def accident(*, scope: Scope, accident_id: UUID) -> Accident:
    """One of these. Raises Forbidden."""
    return _found(accidents_in(scope=scope).filter(pk=accident_id).first())


def duties_of(member: Member, *, on: date) -> tuple[list[Patrol], list[Shift]]:
    """The patrols and shifts of a member in the last 60 days, the newest first."""
    since = on - timedelta(days=DAYS_BACK)
    patrols = Patrol.everything.filter(
        members=member, on_day__gte=since, on_day__lte=on
    ).exclude(state=PatrolState.PLANNED)  # fmt: skip
    shifts = Shift.everything.filter(
        assignments__member=member, on_day__gte=since, on_day__lte=on
    )  # fmt: skip
    return list(patrols.order_by("-on_day", "-id")), list(shifts.order_by("-starts_at").distinct())


def duty_of(member: Member, *, kind: str, duty_id: UUID, on_day: date) -> Patrol | Shift:
    """A patrol or shift of a member, by its id. Raises OtherDuty where it is none of theirs."""
    found: Patrol | Shift | None
    if kind == "patrol":
        begun = Patrol.everything.exclude(state=PatrolState.PLANNED)
        found = begun.filter(pk=duty_id, members=member).first()
    else:
        found = Shift.everything.filter(pk=duty_id, assignments__member=member).first()
    if found is None:
        raise OtherDuty(day=f"{on_day:%d/%m/%Y}")
    return found


def claims_of(accident: Accident) -> list[Claim]:
    """The claims that were made for an accident, also those that do not name it."""
    rows = Claim.everything.filter(member=accident.member_id, on_day=accident.on_day)
    return list(rows.order_by("id"))


def unclaimed(*, scope: Scope) -> QuerySet[Accident]:
    """Accidents within a scope after which something may be claimed and was not."""
    return unclaimed_of(accidents_in(scope=scope))


def unclaimed_of(rows: QuerySet[Accident]) -> QuerySet[Accident]:
    """Those of some accidents after which something was not claimed; withdrawn is not claimed."""
    made = Claim.everything.filter(member=OuterRef("member"), on_day=OuterRef("on_day"))
    made = made.exclude(state=State.WITHDRAWN)
    of_life = Exists(made.filter(kind__in=[Kind.TREATMENT, Kind.CAPACITY]))
    survivor, funeral = (Exists(made.filter(kind=kind)) for kind in AFTER_DEATH)
    died = Q(harm=Harm.DEATH)
    return rows.filter(died & (~survivor | ~funeral) | ~died & ~of_life, left="")


def _claims(scope: Scope) -> QuerySet[Claim]:
    rows = Claim.objects.within(scope).select_related("territory__parent", "member", "accident")
    return rows.order_by(F("due_on").asc(nulls_last=True), "-id")


def _found(row: M | None) -> M:
    if row is None:
        raise Forbidden
    return row
