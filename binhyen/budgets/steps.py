# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every step of a budget needs: nobody else writes, and the step follows."""

from typing import Any

from binhyen.budgets.choices import State
from binhyen.budgets.models import Budget
from binhyen.budgets.refusals import WrongStep
from binhyen.budgets.rules import STEPS


def stepped(budget: Budget, start: State, step: State) -> Budget:
    """The budget, locked, with its next state, if it stands where this step starts.

    A plan and a settlement are both approved and sent back, so a state alone does not say which.
    """
    rows = Budget.everything.select_related("territory").select_for_update(of=("self",))
    row = rows.get(pk=budget.pk)
    if row.state != start or step not in STEPS[start]:
        raise WrongStep(**said(row))
    row.state = step
    return row


def said(budget: Budget) -> dict[str, Any]:
    """A budget as refusals name it."""
    return {
        "place": budget.territory.full_name,
        "year": str(budget.year),
        "state": State(budget.state).label,
    }
