# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may be refused about claims, in words."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class WrongStep(Refused):
    """A step that does not follow from the present state."""

    what = _("Nothing was changed.")
    why = _("The claim stands at “%(state)s”.")
    remedy = _("Look at the claim; only the steps that it offers can follow.")


class NotServing(Refused):
    """An accident or claim of somebody who did not serve on that day."""

    field = "on_day"
    why = _("%(name)s did not serve on %(day)s; Art. 24 is about duty.")
    remedy = _("Check the day, or correct the membership first.")


class DayNotPossible(Refused):
    """A day in the future, before the law, or before the step that comes first."""

    why = _("%(day)s cannot be: it has to lie from %(first)s to %(last)s.")
    remedy = _("Give the day on which it happened.")


class OtherDuty(Refused):
    """An accident on a patrol or shift on which the member was not, or of another day."""

    field = "duty"
    why = _("The member was not on that duty on %(day)s.")
    remedy = _("Choose a duty of the member on that day, or give the number of the assignment.")


class ClaimStands(Refused):
    """Leaving an accident without a claim when one was made."""

    what = _("The accident was not closed.")
    why = _("A claim for it was made.")
    remedy = _("Withdraw the claim first, if it was a mistake.")


class AccidentClosed(Refused):
    """Claiming for an accident, or closing it, after it was closed."""

    why = _("The accident is closed: %(left)s.")
    remedy = _("Note it again if that was wrong.")


class NotOfThis(Refused):
    """A claim that cannot follow from what happened."""

    field = "kind"
    what = _("No claim was drafted.")
    why = _("“%(kind)s” does not follow from “%(harm)s”.")
    remedy = _("Choose another kind, or note what happened as well.")


class NotOneself(Refused):
    """A member who drafts what only others can claim."""

    field = "kind"
    what = _("No claim was drafted.")
    why = _("“%(kind)s” is claimed by the family, at the commune.")
    remedy = _("The office of the commune drafts it with them.")


class NotSigned(Refused):
    """Receiving what nobody signed."""

    field = "signed_on"
    what = _("The claim was not received.")
    why = _("Nobody signed the application; a person claims, never the system.")
    remedy = _("Give the day of the signed application, or let the member sign it here.")


class WrongRecipient(Refused):
    """Paying somebody who cannot be the recipient of this kind."""

    field = "recipient"
    why = _("“%(recipient)s” cannot be paid for “%(kind)s”.")
    remedy = _("Choose one of: %(allowed)s.")


class NameNeeded(Refused):
    """A recipient who is not the member, without a name; or a name that nobody needs."""

    field = "recipient_name"
    why = _("The name is kept only of a recipient who is not the member, and then it is needed.")
    remedy = _("Write the name of who is paid, or leave it empty for the member.")


class PaperNotAsked(Refused):
    """A paper that the dossier does not hold."""

    field = "papers"
    why = _("The dossier asks for no “%(paper)s”.")
    remedy = _("Mark only papers of its list.")


class NothingMissing(Refused):
    """Asking for papers that are there."""

    field = "papers"
    what = _("No paper was asked for.")
    why = _("Every paper of the dossier is there.")
    remedy = _("Mark what is missing, or pass the dossier on.")


class PapersLacking(Refused):
    """Passing an incomplete dossier on."""

    what = _("The dossier was not passed on.")
    why = _("Missing: %(papers)s.")
    remedy = _("Ask for them, or mark which authority shares the data.")


class NoAssignment(Refused):
    """On duty without an assignment, a plan or a mobilisation."""

    field = "plan_number"
    what = _("The claim was not appraised.")
    why = _("Duty counts under an assignment, a plan or a mobilisation (Decree 40/2024 Art. 5).")
    remedy = _("Give its number, or say that it was not on duty.")


class InsuranceRecorded(Refused):
    """Facts that say uninsured where an insurance is recorded."""

    field = "facts"
    what = _("The claim was not appraised.")
    why = _("On %(day)s the member had this insurance: %(insurance)s. Its fund pays (Art. 24(1)).")
    remedy = _("Mark it in the facts, or correct the recorded insurance.")


class OwnClaim(Refused):
    """Handling a claim of oneself, or deciding on what one received or appraised."""

    what = _("The step was not taken.")
    why = _("Nobody decides on a claim that they received or appraised, or handles their own.")
    remedy = _("Ask somebody else who may do it here.")


class NothingToGrant(Refused):
    """Granting nothing."""

    what = _("The claim was not granted.")
    why = _("Computed from its facts and the values in force it gives nothing.")
    remedy = _("Refuse it with the reason that it shows, or send it back to be appraised anew.")


class ClaimChanged(Refused):
    """A claim whose frozen amounts are not those that were computed."""

    what = _("The claim was not decided.")
    why = _("What is stored differs from what was computed: the check sum does not fit.")
    remedy = _("Send it back, have it appraised anew, and tell the operator of the system.")


class NotDecided(Refused):
    """Complaining before a decision."""

    what = _("The complaint was not noted.")
    why = _("The claim stands at “%(state)s”; a complaint is about a decision.")
    remedy = _("Wait for the decision, or withdraw the claim.")


class NoOpenComplaint(Refused):
    """Answering a complaint that is answered."""

    what = _("Nothing was changed.")
    why = _("No complaint about this decision is open.")
    remedy = _("Note the complaint first.")


class NoPaperYet(Refused):
    """A paper of a claim that does not stand at the step to which it belongs."""

    what = _("No file was made.")
    why = _("The claim stands at “%(state)s”.")
    remedy = _(
        "The decision is there once the claim is appraised, for the member once it is decided; the"
        " request for papers while papers are missing."
    )
