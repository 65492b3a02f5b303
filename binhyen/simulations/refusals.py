# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be refused about simulations, in words."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused

_WHAT = _("Nothing was simulated.")


class MonthNotOver(Refused):
    """A basis with a month that still goes on."""

    field = "last_month"
    what = _WHAT
    why = _("%(month)s is not over; its duties are not all done.")
    remedy = _("Choose an earlier month as the last one.")


class BadMonths(Refused):
    """A basis of no month, or of more than a year."""

    field = "months"
    what = _WHAT
    why = _("A basis has 1 to 12 months; %(months)s were asked for.")
    remedy = _("Choose a number from 1 to 12.")


class NoFacts(Refused):
    """A place where nobody served in the last month."""

    field = "last_month"
    what = _WHAT
    why = _("Nobody is recorded as serving in %(place)s in %(month)s.")
    remedy = _("Choose another month, or record the members first.")


class NotGathered(Refused):
    """A nation whose facts nobody has gathered yet."""

    field = "last_month"
    what = _WHAT
    why = _("The nation's facts of these months are not gathered; that takes some minutes.")
    remedy = _("Ask the operator to run: binhyen simulate gather VN %(month)s --months %(months)s.")


class NoPlaceForSimulations(Refused):
    """A commune or a village."""

    field = "place"
    what = _WHAT
    why = _("%(place)s is neither a province nor the nation; levels are set by the province"
            " (Law 30/2023 Art. 23, 26).")  # fmt: skip
    remedy = _("Choose a province, or the nation.")


class NotADraft(Refused):
    """A resolution that is no draft."""

    what = _WHAT
    why = _("The resolution %(number)s is no draft of a province (%(state)s).")
    remedy = _("Enter what should be asked as a draft; it counts for nobody before approval.")


class DraftWithoutCommunes(Refused):
    """A draft that says nowhere where its values are to hold."""

    what = _WHAT
    why = _("The draft %(number)s names no communes for: %(items)s.")
    remedy = _("Name the communes on the draft's page, then ask again.")


class DraftSetsNothing(Refused):
    """A draft without a usable value."""

    what = _WHAT
    why = _("The draft %(number)s sets no value that can be used.")
    remedy = _("Add its values, or complete those that are marked as not usable.")


class DraftCommunesGone(Refused):
    """A draft whose communes did not stand in the basis."""

    what = _WHAT
    why = _("None of the communes of the draft %(number)s stood in %(month)s.")
    remedy = _("Choose a later month, or correct the communes of the draft.")


class FloorBelowZero(Refused):
    """A negative floor."""

    field = "leader"
    what = _WHAT
    why = _("A floor is a whole number of đồng from 0 on; %(amount)s was given.")
    remedy = _("Write 0 where a role has no floor.")


class FloorAbsurd(Refused):
    """A floor beyond every bound."""

    field = "leader"
    what = _WHAT
    why = _("%(amount)s đồng a month is beyond every support known; the most is %(most)s.")
    remedy = _("Check the number of zeros.")


class NoFloor(Refused):
    """A floor of nothing."""

    field = "leader"
    what = _WHAT
    why = _("Every floor is 0, so nothing would change.")
    remedy = _("Give an amount for one role, or a percent of health insurance.")


class BadPercent(Refused):
    """A percent that is none."""

    field = "health_percent"
    what = _WHAT
    why = _("%(percent)s is no percent of health insurance.")
    remedy = _("Write a whole number from 0 to 100.")


class NoMoney(Refused):
    """Support of nothing, or of more than any budget."""

    field = "money"
    what = _WHAT
    why = _("A sum from 1 to %(most)s đồng can be allocated; %(amount)s was given.")
    remedy = _("Write the sum in đồng.")


class NoCommunes(Refused):
    """Support for nobody."""

    field = "listed"
    what = _WHAT
    why = _("No commune was chosen, or none has the mark that was chosen.")
    remedy = _("Choose marks that communes carry, or name communes one by one.")


class CommunesOutside(Refused):
    """Communes that do not lie in the place."""

    field = "listed"
    what = _WHAT
    why = _("Not among the communes of %(place)s in %(month)s: %(codes)s.")
    remedy = _("Name communes of %(place)s by their five digits, as they stood then.")


class NothingToAllocate(Refused):
    """Communes that all pay the floor already."""

    field = "leader"
    what = _WHAT
    why = _("None of the %(communes)s chosen communes pays less than this floor.")
    remedy = _("Raise the floor, or choose other communes.")
