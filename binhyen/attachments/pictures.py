# SPDX-License-Identifier: AGPL-3.0-or-later
"""The child that draws a photo anew: bytes in, a JPEG out that holds its picture and nothing else.

Run by `preparing.py` in a process of its own (`core.apart`). Metadata, thumbnails, a second file
behind the picture and whatever else a format can carry do not survive; the picture stands upright.
"""

import io
import sys
import warnings

from PIL import Image, ImageOps

from binhyen.attachments.rules import LONGEST_SIDE, MOST_PIXELS
from binhyen.core.apart import limit_itself

NO_PHOTO, TOO_MANY_PIXELS = 3, 4
FORMATS = ("JPEG", "PNG", "WEBP")
_QUALITY = 82


def drawn_anew(content: bytes) -> bytes:
    """The picture as a plain JPEG, at most LONGEST_SIDE long. Raises ValueError, OSError."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise OverflowError
        picture.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
        if upright.mode in {"RGBA", "LA", "P", "PA"}:
            seen = upright.convert("RGBA")
            upright = Image.new("RGB", seen.size, "white")
            upright.paste(seen, mask=seen.getchannel("A"))
        plain = Image.new("RGB", upright.size)
        plain.paste(upright.convert("RGB"))
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=_QUALITY, optimize=True)
    return made.getvalue()


def main(arguments: list[str]) -> int:
    """The child: bytes in, JPEG out; its number says what was wrong."""
    limit_itself(*map(int, arguments))
    warnings.simplefilter("ignore")
    Image.MAX_IMAGE_PIXELS = None
    try:
        made = drawn_anew(sys.stdin.buffer.read())
    except OverflowError:
        return TOO_MANY_PIXELS
    except (ValueError, OSError, SyntaxError, EOFError, KeyError, IndexError, TypeError):
        return NO_PHOTO
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
