# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every step of a sheet needs: the month is over, nobody else writes, the step follows."""

from collections.abc import Sequence
from typing import Any

from binhyen.core.actors import Actor
from binhyen.core.periods import Period
from binhyen.entitlements.choices import State
from binhyen.entitlements.models import Sheet
from binhyen.entitlements.refusals import MonthNotOver, WrongStep
from binhyen.entitlements.rules import STEPS
from binhyen.territory.models import Territory


def check_month(by: Actor, period: Period) -> None:
    """Raises MonthNotOver."""
    if by.on < period.end:
        raise MonthNotOver(month=f"{period.start:%m/%Y}")


def lock(communes: Sequence[Territory]) -> None:
    """Nobody else computes for these communes meanwhile."""
    rows = Territory.everything.select_for_update().filter(pk__in=[one.pk for one in communes])
    list(rows.order_by("pk").values_list("pk"))


def stepped(sheet: Sheet, step: State) -> Sheet:
    """The sheet, locked, with its next state if that follows from the present one."""
    rows = Sheet.everything.select_related("territory").select_for_update(of=("self",))
    row = rows.get(pk=sheet.pk)
    if step not in STEPS[State(row.state)]:
        raise WrongStep(**said(row))
    row.state = step
    return row


def said(sheet: Sheet) -> dict[str, Any]:
    """A sheet as refusals name it."""
    return {
        "place": sheet.territory.full_name,
        "month": f"{sheet.month:%m/%Y}",
        "state": State(sheet.state).label,
    }
