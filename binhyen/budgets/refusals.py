# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be refused about budgets, in words."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class NoBudgetHere(Refused):
    """A budget of a village or of the nation."""

    field = "place"
    what = _("The budget was not planned.")
    why = _("%(place)s keeps no budget of its own for the force.")
    remedy = _("Choose a commune or a province.")


class YearOutOfReach(Refused):
    """A year before the law, or too far ahead."""

    field = "year"
    why = _("%(year)s is not a year for which money is planned or recorded now.")
    remedy = _("Choose a year from 2024 to next year.")


class YearTaken(Refused):
    """A second plan for a year."""

    field = "year"
    what = _("The budget was not planned.")
    why = _("%(place)s has a plan for %(year)s; it stands at “%(state)s”.")
    remedy = _("Go on with that one: change its draft, or adjust it once it is approved.")


class AdjustmentOpen(Refused):
    """A second adjustment, or a settlement beside an open one."""

    what = _("Nothing was changed.")
    why = _("An adjusted version of %(place)s for %(year)s is still open.")
    remedy = _("Have it approved or drop it first.")


class UnknownItem(Refused):
    """An item or source that is not on the list."""

    field = "item"
    why = _("“%(text)s” is no item or source of a budget.")
    remedy = _("Choose one from the list.")


class LineTwice(Refused):
    """The same item from the same source twice."""

    field = "lines"
    why = _("“%(item)s” from “%(source)s” stands twice.")
    remedy = _("Put both amounts into one line.")


class AbsurdAmount(Refused):
    """An amount of nothing, a negative one, or one that nobody has."""

    field = "amount"
    why = _("%(amount)s is not an amount that can be meant.")
    remedy = _("Give whole đồng, from 1 to %(most)s.")


class NothingPlanned(Refused):
    """Submitting an empty plan."""

    what = _("The budget was not submitted.")
    why = _("The plan of %(place)s for %(year)s holds no line.")
    remedy = _("Set what is planned for each item and source first.")


class WrongStep(Refused):
    """A step that does not follow from the present state."""

    what = _("Nothing was changed.")
    why = _("The budget of %(place)s for %(year)s stands at “%(state)s”.")
    remedy = _("Look at the budget; only the steps that it offers can follow.")


class OwnBudget(Refused):
    """Approving oneself."""

    what = _("Nothing was approved.")
    why = _("Nobody approves a budget or a settlement that they made themselves.")
    remedy = _("Ask somebody else who may approve here.")


class YearNotOver(Refused):
    """Settling a year that goes on."""

    what = _("The settlement was not handed in.")
    why = _("%(year)s is not over.")
    remedy = _("Settle from 1 January of the next year on.")


class SheetsUnpaid(Refused):
    """Settling while sheets of the year are on their way."""

    what = _("The settlement was not handed in.")
    why = _("Pay sheets of %(year)s are not paid yet: %(months)s.")
    remedy = _("Have them approved and record their payment, or declare them void.")


class SettlementChanged(Refused):
    """A settlement that is no longer what was handed in."""

    what = _("The settlement was not approved.")
    why = _("Since it was handed in, something was paid or recorded: the sums differ.")
    remedy = _("Send it back and have it handed in again.")


class NoApprovedPlan(Refused):
    """Money without a plan that counts."""

    what = _("This was not recorded.")
    why = _("%(place)s has no approved budget for %(year)s.")
    remedy = _("Plan it and have it approved first.")


class YearClosed(Refused):
    """Recording in a year whose settlement was handed in."""

    what = _("Nothing was changed.")
    why = _("The settlement of %(place)s for %(year)s was handed in or approved.")
    remedy = _("Have the settlement sent back, or record it in the year that is open.")


class InFuture(Refused):
    """Money on a day to come."""

    field = "on_day"
    what = _("This was not recorded.")
    why = _("%(day)s lies in the future.")
    remedy = _("Record it once it has happened.")


class OtherYear(Refused):
    """A day that does not belong to the budget's year."""

    field = "on_day"
    what = _("This was not recorded.")
    why = _("%(day)s does not belong to the budget year %(year)s.")
    remedy = _("Correct the day, or record it in the budget of its own year.")


class SourceTooSmall(Refused):
    """Spending more than a source holds, or striking what was spent already."""

    field = "amount"
    what = _("Nothing was changed.")
    why = _("“%(source)s” holds %(left)s; this would take %(amount)s.")
    remedy = _("Record the allocation or receipt first, or choose another source.")


class NoAllocation(Refused):
    """An allocation from a fund or a donor."""

    field = "source"
    what = _("The allocation was not recorded.")
    why = _("“%(source)s” gives without a decision about a budget.")
    remedy = _("Record it as a receipt.")


class NotASource(Refused):
    """A receipt from a budget."""

    field = "source"
    what = _("The receipt was not recorded.")
    why = _("“%(source)s” is a budget; it gives by decision.")
    remedy = _("Record an allocation, or choose fund or donation.")


class PayFeedsItself(Refused):
    """Typing pay."""

    field = "item"
    what = _("The spending was not recorded.")
    why = _("“%(item)s” is paid on pay sheets, which count by themselves.")
    remedy = _("Compute and pay the sheet of the month.")


class NameNotAgreed(Refused):
    """A giver's name without agreement, or an organisation without a name."""

    field = "giver_name"
    what = _("The receipt was not recorded.")
    why = _("A person is named only with the day on which they agreed in writing; an organisation"
            " is always named.")  # fmt: skip
    remedy = _("Leave the name out, or give the day of the agreement; name an organisation.")


class AlreadyStruck(Refused):
    """Striking twice."""

    what = _("Nothing was changed.")
    why = _("This was struck on %(day)s.")
    remedy = _("Record what is right as something new.")


class NoPaperOfBudget(Refused):
    """A paper of a plan that does not count."""

    what = _("No file was made.")
    why = _("The budget of %(place)s for %(year)s stands at “%(state)s”; it has no account yet.")
    remedy = _("Take the paper from the version that counts, once it is approved.")
