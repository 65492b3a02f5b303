# SPDX-License-Identifier: AGPL-3.0-or-later
"""What may come in: a photo is drawn anew by a limited process, a recording is looked at.

Nothing is written here, so that it can be done before a transaction begins: it takes a moment.
"""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from binhyen.attachments import pictures
from binhyen.attachments.choices import Kind
from binhyen.attachments.rules import LARGEST_PHOTO, LARGEST_SOUND, PHOTO_TYPE, sound_type
from binhyen.core.apart import MEGABYTE, Allowed, EndedBadlyError, run_apart
from binhyen.core.errors import Refused

_ALLOWED = Allowed(seconds=20, memory=768 * MEGABYTE, answer=8 * MEGABYTE)


class NotAPhoto(Refused):
    """A file that is no picture."""

    field = "photo"
    what = _("The file was not taken.")
    why = _("It is no photo that can be opened, or it arrived damaged.")
    remedy = _("Choose a photo (JPEG, PNG or WebP), or take it again.")


class PhotoTooLarge(NotAPhoto):
    """More bytes or pixels than a photo of a phone has."""

    why = _("It is larger than a photo of a phone: more than 10 megabytes or 60 million pixels.")
    remedy = _("Take it again with a lower resolution, or choose another one.")


class PhotoTakesTooMuch(NotAPhoto):
    """A picture that needs more time or memory than a photo does."""

    why = _("Opening it takes more time or memory than a photo needs.")
    remedy = _("Choose another photo, or take it again.")


class NotASound(NotAPhoto):
    """A recording that is none, or that is too long."""

    why = _("It is no recording of at most one minute that is known here, or it arrived damaged.")
    remedy = _("Record it again on the phone.")


@dataclass(frozen=True)
class Prepared:
    """A file as it will be kept and given out."""

    kind: Kind
    media_type: str
    content: bytes
    width: int | None = None
    height: int | None = None

    @property
    def digest(self) -> str:
        """SHA-256 of the file as it is given out."""
        return hashlib.sha256(self.content).hexdigest()


def prepared_photo(content: bytes, allowed: Allowed = _ALLOWED) -> Prepared:
    """The picture of a photo and nothing else. Raises NotAPhoto or one of its kinds."""
    if len(content) > LARGEST_PHOTO:
        raise PhotoTooLarge
    try:
        made = run_apart(pictures.__name__, content, allowed)
    except EndedBadlyError as error:
        if error.code == pictures.NO_PHOTO:
            raise NotAPhoto from error
        if error.code == pictures.TOO_MANY_PIXELS:
            raise PhotoTooLarge from error
        raise PhotoTakesTooMuch from error
    width, height = _measured(made)
    return Prepared(Kind.PHOTO, PHOTO_TYPE, made, width, height)


def prepared_sound(content: bytes) -> Prepared:
    """A recording as it came: its container is known, its sound is not opened. Raises NotASound.

    It is not coded anew: that would need a program for every codec, with a history of holes of its
    own. So it is never played by the office's pages, only given out as a file.
    """
    found = sound_type(content)
    if not found or len(content) > LARGEST_SOUND:
        raise NotASound
    return Prepared(Kind.SOUND, found, content)


def prepared_again(content: bytes) -> Prepared:
    """The same of a file that was prepared and kept before."""
    if found := sound_type(content):
        return Prepared(Kind.SOUND, found, content)
    return Prepared(Kind.PHOTO, PHOTO_TYPE, content, *_measured(content))


def _measured(jpeg: bytes) -> tuple[int, int]:
    """Width and height of a JPEG that our own child wrote: its first frame says them."""
    at = 2
    while jpeg[at + 1] not in range(0xC0, 0xC4):
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    height, width = jpeg[at + 5 : at + 7], jpeg[at + 7 : at + 9]
    return int.from_bytes(width, "big"), int.from_bytes(height, "big")
