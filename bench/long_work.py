# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review, a recount of everything, its comparison, and one late patrol on its way upwards."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from bench.figures import place_of
from bench.measure import Timing, once
from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE, Actor, Standing
from binhyen.core.periods import Period, parse_period
from binhyen.indicators import queries, recounting, verifying
from binhyen.patrols.actions import record_patrol
from binhyen.personnel.models import Membership
from binhyen.reports.changes import changed_since
from binhyen.reports.gathering import gather
from binhyen.reports.models import Review
from binhyen.reports.numbers import Numbers
from binhyen.reports.papers import Kind, paper
from binhyen.reports.showing import blocks
from binhyen.territory.models import NATION_CODE, Territory
from binhyen.territory.queries import territory_by_code


def timings(period_text: str, area: str | None) -> list[Timing]:
    """Each once: they are long, or change what is stored."""
    place, period = place_of(area), parse_period(period_text)
    differences: list[object] = []
    return [
        _late_patrol(),
        *_review(place, period),
        once("verify: stored against recounted", lambda: differences.extend(verifying.verify())),
        once("recount of every indicator", recounting.recount, f"{len(differences)} differences"),
    ]  # fmt: skip


def _review(place: Territory, period: Period) -> list[Timing]:
    """Its figures read and frozen, then shown as a page and written as each kind of file."""
    today = clock.today()
    reverse("reviews")  # reads the list of addresses, which a server does once
    found: list[Numbers] = []

    def read() -> None:
        found.append(gather(place, period, scope=EVERYWHERE, on=today))

    def page() -> None:
        review = Review(
            territory=place, starts_on=period.start, ends_on=period.end, made_at=clock.now()
        )
        blocks(review, found[0])
        changed_since(review, found[0], scope=EVERYWHERE)

    def written(kind: Kind) -> Callable[[], object]:
        return lambda: paper(found[0], kind, made_on=today)

    with translation.override("vi"):
        return [
            once("the review: its figures read", read),
            once("the review as a page", page),
            once("the review as a Word file", written("docx"), "draws the charts"),
            once("the review as PDF", written("pdf")),
            once("the review's Excel annex", written("xlsx")),
        ]


def _late_patrol() -> Timing:
    """Filed, then read in the totals of commune, province and nation; undone at the end."""
    today = clock.today()
    serving = Membership.everything.filter(ended_on__isnull=True).select_related("team", "member")
    one = serving.order_by("id")[0]
    commune = Territory.everything.select_related("parent").get(pk=one.team.territory_id)
    places = [commune, commune.parent, territory_by_code(NATION_CODE, on=today)]
    standing = Standing(Role.COMMUNE_POLICE, commune.path, today - timedelta(days=30))
    officer = Actor(uuid4(), "bench", today, (standing,))
    start = clock.now() - timedelta(days=3)
    day = Period(start.date() - timedelta(days=1), today + timedelta(days=1))

    def totals() -> list[int]:
        return [_patrols(place, day) for place in places if place is not None]

    with transaction.atomic():
        before = totals()
        point = transaction.savepoint()

        def file_and_read() -> None:
            record_patrol(by=officer, team=one.team, members=[one.member], route="Đường liên thôn",
                          started_at=start, ended_at=start + timedelta(hours=1))  # fmt: skip
            after.extend(totals())

        after: list[int] = []
        timing = once("a late patrol, filed and in three totals", file_and_read)
        transaction.savepoint_rollback(point)
    if after != [number + 1 for number in before]:
        raise RuntimeError(f"the late patrol is not in every total: {before}, then {after}")
    return timing


def _patrols(place: Territory, period: Period) -> int:
    return int(queries.figure("ACT_PATROLS", place, period, scope=EVERYWHERE).value or 0)
