# SPDX-License-Identifier: AGPL-3.0-or-later
"""Resolutions, duties and sheets for tests; the month is September 2026."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid5

from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.duty.models import Assignment, Shift
from binhyen.entitlements.actions import approve_sheet, compute_sheet, freeze_sheet
from binhyen.entitlements.actions_accounts import keep_account
from binhyen.entitlements.actions_noted import note_days
from binhyen.entitlements.choices import NotedKind
from binhyen.entitlements.models import Contest, Insurance, Sheet, Slip
from binhyen.norms.actions import NewValue, draft_resolution
from binhyen.norms.actions_steps import approve_resolution
from binhyen.patrols.models import Patrol, PatrolMember
from binhyen.teams.choices import Post
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory
from tests import cast

MONTH = date(2026, 9, 1)
FIRST = date(2026, 7, 1)
CLERK = cast.an_actor(Role.COMMUNE_CLERK, cast.COMMUNE)
CHAIR = cast.an_actor(Role.COMMUNE_CHAIR, cast.COMMUNE)


def day(number: int) -> date:
    """A day of the month."""
    return MONTH.replace(day=number)


def at(number: int, hour: int) -> datetime:
    """A moment of the month; hours beyond 24 are of the next day."""
    return clock.at_vietnam(day(number)) + timedelta(hours=hour)


def a_resolution(
    *values: tuple[Any, ...], province: str = cast.PROVINCE, number: str = "9/NQ-HĐND",
    first: date = FIRST, communes: Sequence[str] = (cast.COMMUNE,),
) -> None:  # fmt: skip
    """A resolution in force for some communes: item, role, amount, unit, perhaps a case."""
    places = [cast.the_place(path) for path in communes]
    drafted = draft_resolution(
        by=cast.an_actor(Role.PROVINCE_FINANCE, province), territory=cast.the_place(province),
        number=number, valid_from=first,
        values=[NewValue(item, amount, unit, role, *case, communes=places)
                for item, role, amount, unit, *case in values],
    )  # fmt: skip
    approve_resolution(by=cast.an_actor(Role.PROVINCE_CHAIR, province), resolution=drafted)


def a_patrol(team, members, start, end, *, plan="05/KH-CAX"):
    """A patrol that was done."""
    made = Patrol.everything.create(
        team=team, territory=team.territory, state="done", on_day=clock.day_of(start),
        planned_start=start, planned_end=end, started_at=start, ended_at=end, route="Chợ",
        plan_number=plan,
    )  # fmt: skip
    PatrolMember.everything.bulk_create(PatrolMember(patrol=made, member=one) for one in members)
    return made


def a_shift(team, members, start, end, *, began=None, ended=None, state="acknowledged"):
    """A shift that was assigned, and done where `ended` says so."""
    made = Shift.everything.create(
        team=team, territory=team.territory, kind="standby", state="assigned",
        on_day=clock.day_of(start), starts_at=start, ends_at=end, place="Trụ sở",
        plan_number="05/KH-CAX", began_at=began or start, ended_at=ended or end,
    )  # fmt: skip
    for one in members:
        Assignment.everything.create(shift=made, member=one, state=state)
    return made


def computed(commune):
    """The sheet of the month."""
    return compute_sheet(by=CLERK, commune=commune, month=MONTH)


def approved(commune):
    """The same, frozen by the clerk and approved by the chair."""
    sheet = freeze_sheet(by=CLERK, sheet=computed(commune))
    return approve_sheet(by=CHAIR, sheet=sheet)


def lines_of(sheet, member):
    """The lines of a member by item: amount and outcome."""
    slip = sheet.slips.get(member=member)
    return {line["item"]: line for line in slip.lines}


def paid_of(sheet, member):
    """đồng by item, where anything is paid."""
    return {item: line["amount"] for item, line in lines_of(sheet, member).items()
            if line["amount"]}  # fmt: skip


def a_commune(path: str, province: str, name: str):
    """A commune of another province with a team of three: leader, deputy, member."""
    nation = cast.the_place(cast.NATION)
    above = Territory.everything.filter(path=path[:3]).first() or cast.a_place(
        path=path[:3], level=Level.PROVINCE, kind="province", name=province, parent=nation
    )
    commune = cast.a_place(path=path, level=Level.COMMUNE, kind="ward", name=name, parent=above)
    villages = cast.two_villages(commune)
    team = cast.a_team(uuid5(cast.TEAM, path), villages, "Tổ 1")
    people = [cast.a_member(team, villages[0], name=f"Người {post}", post=post)
              for post in (Post.LEADER, Post.DEPUTY, Post.MEMBER)]  # fmt: skip
    return commune, team, people


def computed_in(commune):
    """The sheet of the month of any commune, by its own clerk."""
    clerk = cast.an_actor(Role.COMMUNE_CLERK, commune.path)
    return compute_sheet(by=clerk, commune=commune, month=MONTH)


def a_sheet(commune, member, month=MONTH, state="approved"):
    """A sheet with a slip of a member, without the engine."""
    now, steps = clock.now(), ("computed", "frozen", "approved", "paid")
    sheet = Sheet(
        territory=commune, month=month, state=state, people=1, total=1_440_000,
        totals={"MONTHLY": 1_440_000}, digest="0" * 64, computed_at=now, made_by_id=CLERK.id,
        made_by_name=CLERK.name,
    )  # fmt: skip
    if steps.index(state) >= 1:
        sheet.frozen_at, sheet.frozen_by_id, sheet.frozen_by_name = now, CLERK.id, CLERK.name
    if steps.index(state) >= 2:
        sheet.approved_at, sheet.approved_by_id = now, CHAIR.id
        sheet.approved_by_name = CHAIR.name
    sheet.save()
    Slip.everything.create(
        sheet=sheet, member=member, month=month, full_name=member.full_name,
        name_order=member.name_order, post="member", total=1_440_000,
        spans=[{"from": f"{month}", "last": f"{month.replace(day=28)}", "post": "member",
                "zone": "1", "commune": commune.code}],
        lines=[{"item": "MONTHLY", "outcome": 1, "amount": 1_440_000, "form": 0,
                "rate": 1_440_000, "inputs": {"days": 30}}],
    )  # fmt: skip
    return sheet


def a_noted_day(member):
    """A day of training."""
    return note_days(by=CLERK, members=[member], kind=NotedKind.TRAINING, first_day=day(3),
                     plan_number="12/KH-CAX")  # fmt: skip


def a_contest(slip, day=None, kind="missing"):
    """What a member says about a record, without asking whether they may."""
    return Contest.everything.create(
        slip=slip, member_id=slip.member_id, kind=kind, on_day=day or slip.month,
        words="Đêm chim yến kêu", made_at=clock.now(), due_on=clock.today(),
    )  # fmt: skip


def one_of_each(commune, member):
    """What pages about pay are asked for, by the names in their addresses."""
    sheet = a_sheet(commune, member)
    kept = Insurance.everything.create(member=member, kind="hi", valid_from=FIRST)
    keep_account(by=CLERK, member=member, bank="Ngân hàng chim yến", number="3801205123456")
    return {"sheet_id": sheet.pk, "slip_id": sheet.slips.get().pk, "insurance_id": kept.pk,
            "noted_id": a_noted_day(member).pk,
            "contest_id": a_contest(sheet.slips.get()).pk, "file": "payment.pdf",
            "ending": "pdf"}  # fmt: skip
