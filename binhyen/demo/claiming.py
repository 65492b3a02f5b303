# SPDX-License-Identifier: AGPL-3.0-or-later
"""A handful of accidents and claims in the sample commune, by its own sample accounts.

One is paid, one waits for the chair, one for papers, one stands in appraisal, and one nobody has
claimed yet. The same world gives the same; no value for meals is in force there, and lines say so.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from binhyen.accounts.models import User
from binhyen.claims import actions, actions_accidents, actions_decided
from binhyen.claims.choices import Channel, Harm, Kind, Means, Paper, Recipient
from binhyen.claims.models import Accident, Claim
from binhyen.core.actors import Actor
from binhyen.core.holidays import calendar
from binhyen.demo import loading
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import SHOWCASE
from binhyen.entitlements.choices import InsuranceKind
from binhyen.entitlements.models import Insurance
from binhyen.patrols.choices import PatrolState
from binhyen.patrols.models import Patrol, PatrolMember
from binhyen.personnel.models import Membership
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_DONE = "demo.claims"
_PAPERS = (Paper.APPLICATION, Paper.RECEIPT, Paper.DISCHARGE)
_COSTS = {"on_duty": 1, "cost": 1_860_000, "inpatient_days": 2}


@transaction.atomic
def make_claims(world: World, code: str = SHOWCASE) -> int:
    """Note accidents on patrols that were walked, and bring their claims so far, once; how many."""
    name = f"{_DONE} {code}"
    if loading.is_marked(name):
        return 0
    commune = Territory.everything.get(code=code, level=Level.COMMUNE, valid_to__isnull=True)
    hands = _Hands(world.today)
    made = 0
    seen: set[UUID] = set()
    for back, harm, go_on in (
        (60, Harm.INJURY, hands.paid), (25, Harm.ILLNESS, hands.papers_missing),
        (16, Harm.INJURY, hands.appraised), (9, Harm.ILLNESS, hands.checked),
        (2, Harm.INJURY, None),
    ):  # fmt: skip
        crewed = _crewed(commune, world.today - timedelta(days=back), seen)
        if crewed is None:
            continue
        seen.add(crewed.member_id)
        hands.note(crewed, harm, go_on)
        made += 1
    loading.mark(name, world, commune, {"claims": made}, kind="claims.loaded")
    return made


def _crewed(commune: Territory, until: date, seen: set[UUID]) -> PatrolMember | None:
    """Somebody on the last planned patrol up to a day, who serves since long and is not seen."""
    patrols = Patrol.everything.filter(
        territory=commune, state=PatrolState.DONE, on_day__lte=until
    ).exclude(plan_number="")  # fmt: skip
    serving = Membership.everything.filter(
        territory=commune, recognised_on__lte=until - timedelta(days=60), ended_on__isnull=True
    )
    rows = PatrolMember.everything.filter(
        patrol__in=patrols, member__in=serving.values("member")
    ).exclude(member__in=seen)  # fmt: skip
    # Whoever has health insurance is paid by its fund (Art. 24(1)).
    rows = rows.exclude(
        member__in=Insurance.everything.filter(kind=InsuranceKind.HI).values("member")
    )
    wanted = rows.select_related("patrol", "member__territory")
    return wanted.order_by("-patrol__on_day", "patrol_id", "member__name_order", "id").first()


class _Hands:
    """The sample accounts of police, clerk and chair, each acting on the day of a step."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._police, self._clerk, self._chair = (
            User.objects.get(username=name).actor(today)
            for name in ("cong-an-xa", "can-bo-xa", "chu-tich-xa")
        )

    def note(self, crewed: PatrolMember, harm: Harm, go_on: Callable[[Claim], Any] | None) -> None:
        """Note an accident on a patrol, and do with its claim what was done so far."""
        day = crewed.patrol.on_day
        noted = actions_accidents.note_accident(
            by=self._on(self._police, day), member=crewed.member, harm=harm, on_day=day,
            patrol=crewed.patrol,
        )  # fmt: skip
        if go_on is not None:
            go_on(self._draft(noted))

    def paid(self, claim: Claim) -> None:
        """Appraised in time, granted and paid."""
        row = self.appraised(claim)
        actions_decided.grant_claim(
            by=self._on(self._chair, self._last(row)), claim=row, decision="118/QĐ-UBND",
            decided_on=self._last(row),
        )  # fmt: skip
        actions_decided.pay_claim(
            by=self._on(self._clerk, self._last(row)), claim=row, paid_on=self._last(row)
        )

    def appraised(self, claim: Claim) -> Claim:
        """Waits for the chair."""
        row = self.checked(claim)
        return actions_decided.appraise_claim(
            by=self._on(self._clerk, self._last(row)), claim=row, facts=_COSTS
        )

    def checked(self, claim: Claim) -> Claim:
        """In appraisal."""
        row = self._received(claim, _PAPERS)
        return actions.pass_on(by=self._on(self._clerk, self._last(row)), claim=row)

    def papers_missing(self, claim: Claim) -> Claim:
        """The discharge paper was asked for."""
        row = self._received(claim, _PAPERS[:2])
        return actions.ask_papers(by=self._on(self._clerk, self._last(row)), claim=row)

    def _draft(self, noted: Accident) -> Claim:
        return actions.draft_claim(
            by=self._on(self._clerk, noted.on_day), member=noted.member, kind=Kind.TREATMENT,
            on_day=noted.on_day, accident=noted,
        )  # fmt: skip

    def _received(self, claim: Claim, papers: tuple[Paper, ...]) -> Claim:
        day = min(calendar().after_working_days(claim.on_day, 2), self.today)
        return actions.receive_claim(
            by=self._on(self._clerk, day), claim=claim, signed_on=day, received_on=day,
            channel=Channel.IN_PERSON, recipient=Recipient.SELF, means=Means.CASH, papers=papers,
        )  # fmt: skip

    def _last(self, claim: Claim) -> date:
        """The last day of the present step."""
        return min(claim.due_on or self.today, self.today)

    def _on(self, actor: Actor, day: date) -> Actor:
        return replace(actor, on=min(day, self.today))
