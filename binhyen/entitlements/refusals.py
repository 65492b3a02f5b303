# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be refused about pay, in words."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class MonthNotOver(Refused):
    """Computing a month that still goes on."""

    field = "month"
    what = _("The sheet was not computed.")
    why = _("%(month)s is not over; its duties are not all done.")
    remedy = _("Compute it from the first day of the next month on.")


class NotACommune(Refused):
    """A sheet of something else than a commune."""

    field = "commune"
    what = _("The sheet was not computed.")
    why = _("%(place)s is no commune; a sheet is of one commune (Law 30/2023 Art. 26).")
    remedy = _("Choose a commune, or start a run for the province.")


class SheetStands(Refused):
    """Computing anew what is frozen or further."""

    what = _("The sheet was not computed anew.")
    why = _("The sheet of %(place)s for %(month)s stands at “%(state)s”.")
    remedy = _("Let the chair send it back, or correct it once it is approved.")


class WrongStep(Refused):
    """A step that does not follow from the present state."""

    what = _("Nothing was changed.")
    why = _("The sheet of %(place)s for %(month)s stands at “%(state)s”.")
    remedy = _("Look at the sheet; only the steps that it offers can follow.")


class OwnSheet(Refused):
    """Approving oneself."""

    what = _("The sheet was not approved.")
    why = _("Nobody approves a sheet that they computed or froze themselves.")
    remedy = _("Ask somebody else who may approve here.")


class SheetChanged(Refused):
    """A sheet whose rows are not those that were frozen."""

    what = _("The sheet was not approved.")
    why = _("What is stored differs from what was computed: the check sum does not fit.")
    remedy = _("Send it back, compute it anew, and tell the operator of the system.")


class NothingToPay(Refused):
    """A sheet without anybody on it."""

    what = _("The sheet was not frozen.")
    why = _("Nobody stands on the sheet of %(place)s for %(month)s.")
    remedy = _("Record the members first, then compute it anew.")


class NothingToCorrect(Refused):
    """A correction without a difference."""

    what = _("No correction was made.")
    why = _("Computed anew, the sheet of %(place)s for %(month)s gives the same.")
    remedy = _("Record what is missing first: a duty, a role, an insurance, a resolution.")


class NotYetCorrected(Refused):
    """Correcting a sheet that is not approved, or that is a correction itself."""

    what = _("No correction was made.")
    why = _("The sheet of %(place)s for %(month)s stands at “%(state)s”.")
    remedy = _("Before it is approved, compute it anew; a correction is made to the first sheet.")


class UnknownSlip(Refused):
    """A payment for a slip of another sheet."""

    field = "unpaid"
    what = _("The payment was not recorded.")
    why = _("One of the slips does not belong to this sheet.")
    remedy = _("Open the sheet again and mark the slips there.")


class UnknownReason(Refused):
    """A reason that is not on the list."""

    field = "unpaid"
    what = _("The payment was not recorded.")
    why = _("“%(reason)s” is no reason for not paying.")
    remedy = _("Choose one of the reasons of the list.")


class PaidInFuture(Refused):
    """A payment before it happened, or before the month was over."""

    field = "paid_on"
    what = _("The payment was not recorded.")
    why = _("%(day)s lies in the future, or before the sheet was approved.")
    remedy = _("Give the day on which the money left.")


class AlreadyPaid(Refused):
    """Paying out a slip twice."""

    what = _("The payment was not recorded.")
    why = _("This slip was paid on %(day)s.")
    remedy = _("What was paid wrongly is put right by a correction.")


class InsuranceOverlaps(Refused):
    """Two insurances of a kind on one day."""

    field = "valid_from"
    why = _("The member has this insurance already from %(first)s.")
    remedy = _("End that one first, or begin after it.")


class NotAnAccountNumber(Refused):
    """A number that no bank gives."""

    field = "number"
    what = _("The account was not recorded.")
    why = _("An account number has 6 to 19 digits and nothing else.")
    remedy = _("Copy it from the card, the contract or the bank's app, without the card number.")


class NoPaper(Refused):
    """A paper of a sheet that is void."""

    what = _("No file was made.")
    why = _("The sheet of %(place)s for %(month)s stands at “%(state)s”.")
    remedy = _("Open the sheet of this month that counts.")


class NotApprovedYet(Refused):
    """A transfer before somebody else has approved the sheet."""

    what = _("No bank file was made.")
    why = _("The sheet of %(place)s for %(month)s stands at “%(state)s”; nothing is paid from it.")
    remedy = _("Take the file once the chair has approved the sheet.")


class NobodyByTransfer(Refused):
    """A bank file without a row."""

    what = _("No bank file was made.")
    why = _("Nobody who is still to be paid on this sheet has a bank account recorded.")
    remedy = _("Record the accounts on the members' pages, or pay in cash with the list to sign.")


class BadStretch(Refused):
    """Days that cannot be noted."""

    field = "last_day"
    what = _("Nothing was noted.")
    why = _(
        "From %(first)s to %(last)s there are no days, too many, or some that are still to come."
    )
    remedy = _("Choose at least one member and at most %(most)s days up to today.")


class CostsOfOneDay(Refused):
    """An amount without costs, costs without an amount, or of several days."""

    field = "amount"
    what = _("Nothing was noted.")
    why = _("Costs outside the area have an amount and are noted by the day; training has none.")
    remedy = _("Give the amount of the receipts of one day, or leave it out for training.")


class NotServingThen(Refused):
    """Whoever does not serve is not paid."""

    field = "members"
    what = _("Nothing was noted.")
    why = _("%(name)s did not serve on all of these days.")
    remedy = _("Look at the memberships, leave the name out or note the other days.")


class AlreadyNoted(Refused):
    """The same day twice."""

    field = "members"
    what = _("Nothing was noted.")
    why = _("%(day)s is noted for %(name)s already.")
    remedy = _("Leave the name or the day out; take the other one back if it was wrong.")


class TakenBackBefore(Refused):
    """Taking back twice."""

    what = _("Nothing was changed.")
    why = _("This day was taken back before.")
    remedy = _("Note it anew if it counts after all.")


class NotYetPayable(Refused):
    """Contesting what may still change."""

    what = _("Nothing was sent.")
    why = _("The sheet of %(place)s for %(month)s stands at “%(state)s”.")
    remedy = _("Tell the office in person; once the sheet is approved it can be said here.")


class DayOutsideMonth(Refused):
    """A day of another month than the slip's."""

    field = "on_day"
    what = _("Nothing was sent.")
    why = _("The day does not lie in %(month)s.")
    remedy = _("Open the slip of the month in which the day lies.")


class AlreadyContested(Refused):
    """The same once more."""

    field = "on_day"
    what = _("Nothing was sent.")
    why = _("You have said the same about %(day)s already, and it waits for an answer.")
    remedy = _("Wait for the answer, or withdraw it and say it anew.")


class ContestClosed(Refused):
    """Answering what is answered or withdrawn."""

    what = _("Nothing was changed.")
    why = _("It stands at “%(state)s”.")
    remedy = _("The member can contest the record anew from the slip.")
