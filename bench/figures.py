# SPDX-License-Identifier: AGPL-3.0-or-later
"""Stored figures beside the same count from the records, and the long work."""

from collections.abc import Callable

from django.db import connection
from django.db.models import QuerySet
from django.utils import translation

from bench.measure import once, timed
from binhyen.core import clock
from binhyen.core.actors import EVERYWHERE
from binhyen.core.periods import Period, parse_period
from binhyen.indicators import catalogue, engine, queries
from binhyen.personnel.models import Member, Membership
from binhyen.personnel.queries import members_in
from binhyen.reports.gathering import gather
from binhyen.reports.word import review_docx
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

COMPARED = ("ACT_PATROLS", "ACT_VIOLATIONS", "ACT_REPORTS", "ACT_TRAFFIC", "FORCE_VACANCIES")


def rows(runs: int, period_text: str, area: str | None) -> list[str]:
    """A year's figure read from the sums, and counted from the records."""
    place, period = _place(area), parse_period(period_text)
    things = []
    for code in COMPARED:
        stored = _stored(code, place, period)
        counted = _counted(code, place, period)
        note = "equal" if stored() == counted() else f"DIFFER: {stored()} and {counted()}"
        things += [
            (f"{code} of {place.code}, stored", stored, note),
            (f"{code} of {place.code}, counted from the records", counted, ""),
        ]
    every = [one.code for one in catalogue.listed()]
    things.append(
        ("every figure of the page", lambda: queries.figures_for(
            every, place, period, scope=EVERYWHERE), f"{len(every)} indicators")
    )  # fmt: skip
    things.append(
        ("a member by name, among all", lambda: list(_named("ng van a")), f"{_members()} members")
    )
    return [timing.row() for timing in timed(things, runs)]


def _named(words: str) -> "QuerySet[Membership]":
    found = members_in(scope=EVERYWHERE, on=clock.today())
    rows = found.filter(member__name_folded__contains=words)
    return rows.order_by("member__name_order")[:20]


def _members() -> int:
    return Member.everything.count()


def long_rows(period_text: str, area: str | None) -> list[str]:
    """The review as a Word file, a recount of everything, and its comparison."""
    place, period = _place(area), parse_period(period_text)

    def review() -> None:
        with translation.override("vi"):
            numbers = gather(place, period, scope=EVERYWHERE, on=clock.today())
            review_docx(numbers, made_on=clock.today())

    differences: list[object] = []
    return [
        once(f"review of {place.code} as a Word file", review).row(),
        once("verify: stored against recounted", lambda: differences.extend(engine.verify()),
             "").row(),
        once("recount of every indicator", engine.recount, f"{len(differences)} differences"
             " found before").row(),
    ]  # fmt: skip


def _place(area: str | None) -> Territory:
    if area is not None:
        return territory_by_code(area, on=clock.today())
    with connection.cursor() as cursor:
        cursor.execute("select territory_id from teams_team limit 1")
        return Territory.everything.get(pk=cursor.fetchone()[0])


def _stored(code: str, place: Territory, period: Period) -> Callable[[], object]:
    return lambda: queries.figure(code, place, period, scope=EVERYWHERE).value


def _counted(code: str, place: Territory, period: Period) -> Callable[[], object]:
    one = catalogue.indicator(code)
    first = "1900-01-01" if one.form.value == "stock" else period.start.isoformat()
    text = (
        f"select coalesce(sum(amount), 0) from ({one.definition}) d"  # noqa: S608 - our own text
        " join territory_territory t on t.id = d.territory_id"
        " where t.path like %s and d.day >= %s and d.day < %s"
    )

    def run() -> object:
        with connection.cursor() as cursor:
            cursor.execute(text, [place.path + "%", first, period.end.isoformat()])
            return int(cursor.fetchone()[0])

    return run
