# SPDX-License-Identifier: AGPL-3.0-or-later
"""What can be refused about a roster, each with why and how to mend it."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class RulesForbid(Refused):
    """An assignment that a rule forbids."""

    field = "members"
    why = _("%(reasons)s")
    remedy = _("Choose other members or another time, or enter the number of the plan.")


class EndsBeforeStart(Refused):
    """A shift that ends before, or when, it begins."""

    field = "ends_at"
    why = _("The shift would end at %(end)s, before it begins at %(start)s.")
    remedy = _("Correct one of the two; after midnight the end lies on the next day.")


class LongerThanADay(Refused):
    """A shift of more than 24 hours."""

    field = "ends_at"
    why = _("From %(start)s to %(end)s is more than 24 hours.")
    remedy = _("Plan a shift for each day.")


class TooFarAhead(Refused):
    """A shift more than a year away."""

    field = "starts_at"
    why = _("%(day)s is more than a year ahead.")
    remedy = _("Check the year.")


class TooLongAgo(Refused):
    """A shift of more than 31 days ago."""

    field = "starts_at"
    why = _("%(day)s is more than 31 days ago, and a roster is a plan.")
    remedy = _("Record what was done as a patrol.")


class TeamNotInForce(Refused):
    """A shift on a day on which the team does not exist."""

    field = "team"
    why = _("The team “%(team)s” does not exist on %(day)s.")
    remedy = _("Check the date, or choose the team that exists on that day.")


class MemberNotOfTeam(Refused):
    """A member of another team, who is not named."""

    field = "members"
    why = _("Somebody chosen does not serve in the team “%(team)s”.")
    remedy = _("Choose members of this team.")


class WrongState(Refused):
    """A step that does not follow from the present state."""

    what = _("Nothing was changed.")
    why = _("It stands at “%(state)s”, from which this step does not follow.")
    remedy = _("Open it again: it shows what can be done next.")


class NoReason(Refused):
    """Calling off or refusing without a reason."""

    field = "reason"
    why = _("Whoever planned with it needs to know why.")
    remedy = _("Write the reason in a few words.")


class NotYet(Refused):
    """Saying about a shift what has not come."""

    field = "at"
    why = _("%(moment)s has not come yet.")
    remedy = _("Correct the time.")


class FarFromShift(Refused):
    """A beginning or an end far away from the shift."""

    field = "at"
    why = _("%(moment)s lies far from the shift, which is from %(start)s to %(end)s.")
    remedy = _("Correct the time, or choose the right shift.")


class AlreadyTold(Refused):
    """Saying twice that a shift began or ended."""

    what = _("Nothing was changed.")
    why = _("It was said already, at %(moment)s.")
    remedy = _("Nothing more is needed.")


class NotBegun(Refused):
    """The end of a shift of which nobody said that it began."""

    field = "at"
    why = _("Nobody has said yet that this shift began.")
    remedy = _("Say first that it began.")


class NoService(Refused):
    """Leave of somebody who serves in no team."""

    field = "valid_from"
    why = _("On %(day)s you serve in no team.")
    remedy = _("Check the day.")


class LeaveInThePast(Refused):
    """Leave that is over before it is asked for."""

    field = "valid_to"
    why = _("The last day, %(day)s, is over already.")
    remedy = _("Choose days from today on.")


class LeaveTooLong(Refused):
    """Leave of more than a year."""

    field = "valid_to"
    why = _("Leave is asked for at most %(days)s days at a time.")
    remedy = _("Choose an earlier last day; whoever stops serving resigns instead.")


class LeaveTwice(Refused):
    """Leave that was asked for already."""

    field = "valid_from"
    why = _("You have asked for leave in these days already.")
    remedy = _("Take the other one back first, or choose other days.")


class StillOnDuty(Refused):
    """Granting leave to somebody who is assigned in those days."""

    what = _("The leave was not granted.")
    why = _("%(name)s is still assigned on %(days)s.")
    remedy = _("Put somebody else on these shifts first.")


class OwnRequest(Refused):
    """A leader who decides about the own leave or swap."""

    what = _("Nothing was decided.")
    why = _("Nobody decides about their own leave or swap.")
    remedy = _("Ask your commune police.")


class SwapWithOneself(Refused):
    """Offering a duty to oneself."""

    field = "colleague"
    why = _("This is your own duty.")
    remedy = _("Choose a colleague.")


class ShiftIsOver(Refused):
    """Changing who serves on a shift that has ended."""

    what = _("Nothing was changed.")
    why = _("The shift ended at %(end)s.")
    remedy = _("Record what was done as a patrol.")


class EmptyWeek(Refused):
    """Nothing to repeat."""

    field = "week"
    what = _("Nothing was repeated.")
    why = _("There is no shift in the week from %(day)s.")
    remedy = _("Choose a week that has shifts.")


class NothingAfter(Refused):
    """A last day before the week after the one that is repeated."""

    field = "until"
    what = _("Nothing was repeated.")
    why = _("%(day)s lies before the week that follows.")
    remedy = _("Choose a later last day, at most three months ahead.")


class NoPlaceLeft(Refused):
    """A proposed duty on a shift that was filled in the meantime."""

    why = _("The shift has all the members it needs by now.")
    remedy = _("Nothing more is needed.")


class OnItAlready(Refused):
    """A proposed duty of somebody who was put on the shift in the meantime."""

    why = _("%(name)s is on this shift already.")
    remedy = _("Nothing more is needed.")


class NothingPicked(Refused):
    """Assigning none of what was proposed."""

    what = _("Nobody was assigned.")
    why = _("No line was ticked.")
    remedy = _("Tick whom you want to assign, or leave the page: nothing was saved.")


class TooManyPicked(Refused):
    """More duties at once than one transaction should hold."""

    what = _("Nobody was assigned.")
    why = _("%(count)s duties at once are more than %(most)s.")
    remedy = _("Choose fewer days, or one team at a time.")
