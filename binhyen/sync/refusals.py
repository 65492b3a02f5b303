# SPDX-License-Identifier: AGPL-3.0-or-later
"""Why an operation is refused for ever, or waits for somebody: in words, in both languages."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class Unacceptable(Refused):
    """What the server can never take; the phone keeps it and shows why."""

    remedy = _("It stays on this phone. Show it to your team leader or commune police.")


class Unreadable(Unacceptable):
    """Bytes that are no operation."""

    why = _("What was sent is cut off or damaged and cannot be read.")


class UnknownPhone(Unacceptable):
    """An operation of a phone that nobody enrolled here."""

    why = _("It was made on a phone that is not known here.")
    remedy = _(
        "It stays on this phone. Its person asks the team leader for a ticket and enrols again on"
        " this same phone: then it is sent once more."
    )


class Forged(Unacceptable):
    """A signature that does not fit."""

    why = _("Its signature does not fit: it was changed on the way, or made with another key.")


class BadBody(Unacceptable):
    """Fields that are none of their kind."""

    why = _("It was not understood: %(part)s.")


class BrokenSeal(Unacceptable):
    """A sealed part that does not open with the key to which it says it was sealed."""

    why = _("Its sealed part is damaged and cannot be opened.")


class Waiting(Refused):
    """What somebody must look at before it counts."""

    remedy = _("It is kept whole. Commune police look at it and decide; you need do nothing.")


class NewerVersion(Waiting):
    """An operation of a later version of the app than this server reads."""

    why = _("It was made by a newer app than this server knows.")


class UnknownKind(Waiting):
    """A kind of operation that this server does not know."""

    why = _("It is of a kind that this server does not know yet.")


class NumberUsed(Waiting):
    """Two operations of one phone with the same number."""

    why = _("Another record of this phone has the same number: its key may be on two phones.")


class IdUsed(Waiting):
    """Two operations with the same id."""

    why = _("Another record with the same id and another content came before.")


class BeforeEnrolment(Waiting):
    """An operation from before its phone was enrolled."""

    why = _("By its own account it was done before this phone was enrolled.")


class TimeRunsBack(Waiting):
    """A server time that lies before that of an earlier operation."""

    why = _("By its own account it was done long before a record that this phone made earlier.")


class RightsUnclear(Waiting):
    """Nobody can tell whether the person held the role when it was done."""

    why = _("It is not certain when it was done, and the person's role changed meanwhile.")


class NoRightThen(Waiting):
    """The person held no right there at that time."""

    why = _("When it was done, this person's role did not reach that team or place.")


class NotHereYet(Waiting):
    """What it belongs to has not arrived."""

    why = _("What it belongs to has not arrived here yet.")
    remedy = _("It is kept whole and recorded by itself as soon as the other arrives.")

    def __init__(self, awaited: UUID) -> None:
        self.awaited = awaited
        super().__init__()


class LostPhone(Waiting):
    """An operation that came after its phone was reported lost."""

    why = _("This phone was reported lost before the record arrived.")


class AfterRevocation(Waiting):
    """An operation done after its phone was revoked."""

    why = _("It was done after this phone was revoked.")


class SealedElsewhere(Waiting):
    """A report sealed to a key that this server does not hold."""

    why = _("It was sealed to a key that this server cannot use.")


class ServerFault(Waiting):
    """Something broke on the server while applying this one."""

    why = _("Something went wrong on the server with this one record.")


class BlobTooLarge(Unacceptable):
    """A photo or recording with more bytes than one may have."""

    why = _("It is larger than a photo or a recording of this app can be.")


class BlobOfUnknownType(Unacceptable):
    """Bytes that are announced as something else."""

    why = _("It is neither a photo nor a recording that is known here.")


class BlobWasErased(Unacceptable):
    """What was erased before a restore comes once more."""

    why = _("It had been erased here already and is not kept again.")
    remedy = _("You need do nothing.")


class TooManyBlobs(Unacceptable):
    """More than one record may have."""

    why = _("The record has too many photos and recordings; the first ones were taken.")


class BlobDoesNotOpen(Unacceptable):
    """Bytes that the announced key does not open."""

    why = _("It cannot be opened with the key that came along.")


class RefusedByPerson(Refused):
    """An officer looked at it and refused it, in their own words."""

    why = "%(words)s"


def in_both(refusal: Refused) -> dict[str, str]:
    """Why and how to mend it, in each language, as it is kept."""
    said = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            _what, why, remedy = refusal.sentences()
            said[language] = " ".join(part for part in (why, remedy) if part)
    return said
