# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pure decisions: what a file is by its first bytes, and how much of it there may be."""

LARGEST_PHOTO = 10 * 1024 * 1024
LARGEST_SOUND = 1024 * 1024
LONGEST_SIDE = 1600
MOST_PIXELS = 60_000_000
MOST_OF_A_RECORD = 8
KEPT_DAYS = 90
"""As long as the text of a report."""

PHOTO_TYPE = "image/jpeg"
SOUND_TYPES = {"audio/webm": "webm", "audio/mp4": "m4a", "audio/ogg": "ogg"}
_EBML, _OGG, _FTYP = b"\x1a\x45\xdf\xa3", b"OggS", b"ftyp"


def sound_type(content: bytes) -> str:
    """The type of a recording by its container's first bytes; empty for anything else.

    >>> sound_type(b"OggS" + bytes(60))
    'audio/ogg'
    >>> sound_type(b"<html>")
    ''
    """
    if content.startswith(_EBML) and b"webm" in content[:64]:
        return "audio/webm"
    if content.startswith(_OGG):
        return "audio/ogg"
    if content[4:8] == _FTYP and len(content) > 16:
        return "audio/mp4"
    return ""
