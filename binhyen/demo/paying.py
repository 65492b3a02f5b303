# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pay in the sample commune: the month before last is paid, the last one waits for the chair.

The same world gives the same sheets, since they are computed by the same actions as everybody's,
with the sample accounts as their hands. Every third member has health insurance, every fifth the
voluntary social insurance; two of three have an invented bank account, the others sign for cash.
"""

from datetime import date, timedelta

from django.db import transaction

from binhyen.accounts.models import User
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.demo import loading
from binhyen.demo.world.commune import World
from binhyen.demo.world.plan import LAUNCH, SHOWCASE
from binhyen.entitlements.actions import approve_sheet, compute_sheet, freeze_sheet
from binhyen.entitlements.actions_accounts import keep_account
from binhyen.entitlements.actions_insurance import record_insurance
from binhyen.entitlements.actions_payments import record_payment
from binhyen.entitlements.choices import InsuranceKind, Unpaid
from binhyen.entitlements.models import Sheet
from binhyen.personnel.models import Member
from binhyen.territory.choices import Level
from binhyen.territory.models import Territory

_DONE = "demo.pay"
_HEALTH, _SOCIAL = 105_300, 330_000
"""đồng a month that the invented insurances cost."""


@transaction.atomic
def pay_months(world: World, code: str = SHOWCASE) -> list[Sheet]:
    """Make the sheets of the last two months of a commune that is loaded, once."""
    name = f"{_DONE} {code}"
    if loading.is_marked(name):
        return []
    commune = Territory.everything.get(code=code, level=Level.COMMUNE, valid_to__isnull=True)
    clerk, chair = (User.objects.get(username=one).actor(clock.today())
                    for one in ("can-bo-xa", "chu-tich-xa"))  # fmt: skip
    _prepare(clerk, commune)
    last = _month_before(world.today)
    first = _month_before(last)
    sheets = [freeze_sheet(by=clerk, sheet=compute_sheet(by=clerk, commune=commune, month=month))
              for month in (first, last)]  # fmt: skip
    paid = approve_sheet(by=chair, sheet=sheets[0])
    absent = paid.slips.order_by("-name_order").values_list("pk", flat=True)[:1]
    record_payment(by=clerk, sheet=paid, paid_on=clock.today(),
                   unpaid=dict.fromkeys(absent, Unpaid.ABSENT))  # fmt: skip
    loading.mark(name, world, commune, {"sheets": len(sheets)}, kind=_DONE)
    return sheets


def _prepare(clerk: Actor, commune: Territory) -> None:
    """Insurances and bank accounts of the members who serve."""
    people = Member.everything.filter(territory=commune, memberships__ended_on__isnull=True)
    for number, member in enumerate(people.distinct().order_by("name_order", "id")):
        if number % 3 == 0:
            record_insurance(by=clerk, member=member, kind=InsuranceKind.HI, valid_from=LAUNCH,
                             contribution=_HEALTH)  # fmt: skip
        if number % 5 == 0:
            record_insurance(by=clerk, member=member, kind=InsuranceKind.VSI, valid_from=LAUNCH,
                             contribution=_SOCIAL)  # fmt: skip
        if number % 3:
            keep_account(by=clerk, member=member, bank="Agribank, chi nhánh Đức Linh",
                         number=f"38012050{number:05}")  # fmt: skip


def _month_before(day: date) -> date:
    """The first day of the month before the one of a day."""
    return (day.replace(day=1) - timedelta(days=1)).replace(day=1)
