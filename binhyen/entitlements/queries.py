# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets and slips as they may be seen: a commune's by its office, a member's own by the member."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from binhyen.core.actors import Scope
from binhyen.core.errors import Forbidden
from binhyen.core.models import path_range
from binhyen.entitlements.choices import CORRECTED, ContestState, Kind, State
from binhyen.entitlements.models import (
    BankAccount,
    Contest,
    CountedDuty,
    Insurance,
    NotedDay,
    Sheet,
    Slip,
)
from binhyen.law.choices import Outcome, Pay
from binhyen.territory.models import Territory

M = TypeVar("M")


def sheets_in(*, scope: Scope) -> QuerySet[Sheet]:
    """Sheets within a scope, the newest month first."""
    rows = Sheet.objects.within(scope).select_related("territory__parent")
    return rows.order_by("-month", "territory__path", "id")


def sheet(*, scope: Scope, sheet_id: UUID) -> Sheet:
    """One sheet within the scope. Raises Forbidden, which looks like 'not found'."""
    found = Sheet.objects.within(scope).select_related("territory", "corrects")
    return _found(found.filter(pk=sheet_id).first())


def sheet_of(*, scope: Scope, commune: Territory, month: date) -> Sheet:
    """The regular sheet of a commune for a month that is not void. Raises Forbidden."""
    rows = Sheet.objects.within(scope).select_related("territory")
    rows = rows.filter(territory=commune, month=month.replace(day=1), kind=Kind.REGULAR)
    return _found(rows.exclude(state=State.VOID).first())


def sheets_under(*, scope: Scope, place: Territory, month: date) -> list[Sheet]:
    """The live regular sheets of a place's communes for a month, within a scope."""
    rows = sheets_in(scope=scope).filter(path_range("territory__path", place.path), month=month)
    return list(rows.filter(kind=Kind.REGULAR).exclude(state=State.VOID))


def slips_of(sheet: Sheet) -> QuerySet[Slip]:
    """The slips of a sheet that may be seen, by name."""
    return sheet.slips.select_related("payment").order_by("name_order", "id")


def slip(*, scope: Scope, slip_id: UUID) -> Slip:
    """One slip within the scope of an office. Raises Forbidden."""
    rows = Slip.objects.within(Scope(areas=scope.areas, units=scope.units))
    return _found(_with_sheet(rows).filter(pk=slip_id).first())


def own_slips(*, scope: Scope) -> QuerySet[Slip]:
    """The slips of the member themselves, the newest first: what was computed may still change,
    so a member sees what was approved.
    """
    rows = _with_sheet(Slip.objects.within(Scope(member=scope.member)))
    return rows.filter(sheet__state__in=CORRECTED).order_by("-month", "-sheet_id")


def own_slip(*, scope: Scope, slip_id: UUID) -> Slip:
    """One of these. Raises Forbidden."""
    return _found(own_slips(scope=scope).filter(pk=slip_id).first())


def slips_of_member(*, scope: Scope, member_id: UUID, month: date) -> list[Slip]:
    """What a member got for a month within the scope: the slip, then corrections."""
    rows = _with_sheet(Slip.objects.within(scope)).filter(
        member=member_id, month=month.replace(day=1)
    )
    return list(rows.exclude(sheet__state=State.VOID).order_by("sheet__computed_at", "sheet_id"))


def duties_of(slip: Slip) -> dict[str, list[CountedDuty]]:
    """The duties that the lines of a slip counted, by item."""
    found: dict[str, list[CountedDuty]] = defaultdict(list)
    for one in slip.counted.order_by("on_day", "starts_at", "id"):
        found[one.item].append(one)
    return found


def insurances_of(*, scope: Scope, member_id: UUID) -> QuerySet[Insurance]:
    """The insurances of a member within the scope, the newest first."""
    rows = Insurance.objects.within(scope).filter(member=member_id)
    return rows.select_related("member__territory").order_by("kind", "-valid_from")


def insurance(*, scope: Scope, insurance_id: UUID) -> Insurance:
    """One insurance of a member within the scope. Raises Forbidden."""
    rows = Insurance.objects.within(scope).select_related("member__territory")
    return _found(rows.filter(pk=insurance_id).first())


def account_of(*, scope: Scope, member_id: UUID) -> BankAccount | None:
    """The bank account of a member within the scope."""
    return BankAccount.objects.within(scope).filter(member=member_id).first()


def accounts_on(sheet: Sheet) -> dict[UUID, BankAccount]:
    """The bank accounts of those on a sheet that may be seen, by member."""
    members = sheet.slips.values("member_id")
    return {one.member_id: one for one in BankAccount.everything.filter(member_id__in=members)}


def noted_in(*, scope: Scope) -> QuerySet[NotedDay]:
    """The noted days within a scope, the newest first."""
    rows = NotedDay.objects.within(scope).select_related("member__territory")
    return rows.order_by("-on_day", "member__name_order", "id")


def noted_day(*, scope: Scope, noted_id: UUID) -> NotedDay:
    """One of them. Raises Forbidden."""
    return _found(noted_in(scope=scope).filter(pk=noted_id).first())


def contests_in(*, scope: Scope) -> QuerySet[Contest]:
    """What members contest within the scope of whoever answers, the most urgent first."""
    rows = Contest.objects.within(Scope(areas=scope.areas, units=scope.units))
    return _with_slip(rows).order_by("due_on", "pk")


def open_contests(*, scope: Scope) -> QuerySet[Contest]:
    """Those that wait for an answer."""
    return contests_in(scope=scope).filter(state=ContestState.OPEN)


def contest(*, scope: Scope, contest_id: UUID) -> Contest:
    """One contest within the scope of whoever answers. Raises Forbidden."""
    return _found(contests_in(scope=scope).filter(pk=contest_id).first())


def own_contests(*, scope: Scope) -> QuerySet[Contest]:
    """What the member themselves contested, the newest first."""
    rows = Contest.objects.within(Scope(member=scope.member))
    return _with_slip(rows).order_by("-made_at", "-pk")


def own_contest(*, scope: Scope, contest_id: UUID) -> Contest:
    """One of these. Raises Forbidden."""
    return _found(own_contests(scope=scope).filter(pk=contest_id).first())


def corrections_of(sheet: Sheet) -> list[Sheet]:
    """The corrections of a sheet that may be seen, in the order in which they were made."""
    return list(sheet.corrections.exclude(state=State.VOID).order_by("computed_at", "id"))


def communes_without(communes: Sequence[Territory], month: date) -> list[Territory]:
    """The communes of a list that have no live sheet for a month yet."""
    rows = Sheet.everything.filter(month=month, kind=Kind.REGULAR).exclude(state=State.VOID)
    there = set(rows.order_by().values_list("territory_id", flat=True))
    return [one for one in communes if one.pk not in there]


@dataclass(frozen=True)
class Lacking:
    """An item that a slip could not pay because no value is in force."""

    name: str
    item: Pay
    day: str
    """The first day from which it lacks, as stored."""


def lacking_values(sheets: Iterable[Sheet]) -> list[Lacking]:
    """Who lacks a value in force, for which item, from which day; by name."""
    rows = Slip.everything.filter(sheet__in=[one.pk for one in sheets])
    found = []
    for name, spans, lines in rows.order_by("sheet_id", "name_order", "id").values_list(
        "full_name", "spans", "lines"
    ):
        for line in lines:
            if line.get("outcome") == Outcome.NO_VALUE:
                day = spans[line.get("span", 0)]["from"]
                found.append(Lacking(name, Pay(line["item"]), day))
    return found


def totals_of(sheets: Iterable[Sheet]) -> Counter[str]:
    """đồng by item over some sheets."""
    found: Counter[str] = Counter()
    for one in sheets:
        found.update(one.totals)
    return found


def _with_slip(rows: QuerySet[Contest]) -> QuerySet[Contest]:
    return rows.select_related("slip__sheet__territory", "member__territory", "member__team")


def _with_sheet(rows: QuerySet[Slip]) -> QuerySet[Slip]:
    return rows.select_related("sheet__territory", "payment", "member__territory")


def _found(row: M | None) -> M:
    if row is None:
        raise Forbidden
    return row
