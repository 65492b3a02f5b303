# SPDX-License-Identifier: AGPL-3.0-or-later
"""A year's money of the sample commune: planned, approved, given, received and partly spent.

All of it is invented: amounts follow from the seed and the number of members.
"""

from datetime import date, timedelta
from random import Random
from uuid import uuid5

from django.db import transaction

from binhyen.accounts.choices import Role
from binhyen.budgets.actions import NewLine, draft_budget, submit_budget
from binhyen.budgets.actions_money import allocate, receive, spend
from binhyen.budgets.actions_steps import approve_budget
from binhyen.core.actors import Actor, Standing
from binhyen.demo.loading import NAMES, is_marked, mark
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import LAUNCH, SHOWCASE
from binhyen.personnel.models import Membership
from binhyen.territory.models import Territory

_MARK = "demo.budget"
_MONTHLY = 1_500_000
"""đồng of pay a member and month, as somebody who plans would guess."""


def set_budget(world: World) -> None:
    """Plan the sample commune's year up to today, once."""
    if is_marked(_MARK):
        return
    place = Territory.everything.filter(code=SHOWCASE, valid_to__isnull=True).first()
    if place is None:
        return
    with transaction.atomic():
        _set(world, place)
        mark(_MARK, world, place, {}, kind="demo.budget_set")


def _actor(world: World, role: Role, path: str) -> Actor:
    standing = Standing(role, path, LAUNCH)
    return Actor(uuid5(NAMES, f"budget {role}"), "Bình Yên demo", world.today, (standing,))


def _set(world: World, place: Territory) -> None:
    draw, year = Random(f"{world.seed} budget"), world.today.year
    clerk, chair = (
        _actor(world, role, place.path) for role in (Role.COMMUNE_CLERK, Role.COMMUNE_CHAIR)
    )
    finance = _actor(world, Role.PROVINCE_FINANCE, place.path[:3])
    members = Membership.everything.filter(territory=place, ended_on__isnull=True).count()
    pay = members * _MONTHLY * 12
    lines = [
        NewLine("MONTHLY", "province", pay * 7 // 10),
        NewLine("MONTHLY", "commune", pay - pay * 7 // 10),
        NewLine("HI", "commune", members * 600_000),
        NewLine("EQUIPMENT", "central", members * 400_000),
        NewLine("TRAINING", "commune", draw.randint(20, 40) * 1_000_000),
        NewLine("UNIFORM", "province", members * 900_000),
        NewLine("EQUIPMENT", "donation", draw.randint(10, 30) * 1_000_000),
    ]
    row = draft_budget(by=clerk, place=place, year=year, lines=lines)
    approve_budget(
        by=chair, budget=submit_budget(by=clerk, budget=row), number=f"12/QĐ-UBND-{year}"
    )
    first = date(year, 1, 1)

    def day(last: int) -> date:
        return min(first + timedelta(days=draw.randint(5, last)), world.today)

    for by, source, share, body in (
        (finance, "central", 10, "Bộ Công an"),
        (finance, "province", 8, "UBND tỉnh"),
        (clerk, "commune", 6, "UBND xã"),
    ):
        planned = sum(line.amount for line in lines if line.source == source)
        allocate(by=by, place=place, year=year, source=source, amount=planned * share // 10,
                 number=f"{draw.randint(20, 90)}/QĐ-{source.upper()}", body=body,
                 on_day=day(60))  # fmt: skip
    receive(by=clerk, place=place, source="fund", item="EQUIPMENT", number="PT01", on_day=day(90),
            amount=draw.randint(5, 15) * 1_000_000, giver="body",
            giver_name="Quỹ An ninh trật tự xã")  # fmt: skip
    receive(by=clerk, place=place, source="donation", item="EQUIPMENT", number="PT02",
            on_day=day(120), amount=6_400_000, giver="person", thing="16 đèn pin")  # fmt: skip
    for at, (item, source, amount) in enumerate(
        (("UNIFORM", "province", members * 300_000), ("TRAINING", "commune", 12_500_000),
         ("EQUIPMENT", "central", members * 150_000)), start=1,
    ):  # fmt: skip
        spend(by=clerk, place=place, year=year, item=item, source=source, amount=amount,
              number=f"PC{at:02}", on_day=day(200))  # fmt: skip
