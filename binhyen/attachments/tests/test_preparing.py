# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is kept of a photo, and what is no photo."""

import io

import pytest
from PIL import Image

from binhyen.attachments import preparing
from binhyen.attachments.preparing import (
    NotAPhoto,
    NotASound,
    PhotoTakesTooMuch,
    PhotoTooLarge,
    prepared_photo,
    prepared_sound,
)
from binhyen.core.apart import Allowed

pytestmark = pytest.mark.once


def a_picture(size=(40, 30), kind="PNG", mode="RGB", **saving):
    made = io.BytesIO()
    Image.new(mode, size, "red" if mode == "RGB" else 0).save(made, kind, **saving)
    return made.getvalue()


def test_photo_is_turned_upright_shrunk_and_plain():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Chim yến"

    made = prepared_photo(a_picture((3200, 800), "JPEG", exif=exif))

    assert (made.width, made.height) == (400, 1600)
    assert b"Chim" not in made.content
    assert made.media_type == "image/jpeg"


@pytest.mark.parametrize(("kind", "mode"), [("WEBP", "RGB"), ("PNG", "RGBA"), ("PNG", "P")])
def test_other_pictures_become_plain_jpegs(kind, mode):
    assert prepared_photo(a_picture(kind=kind, mode=mode)).content.startswith(b"\xff\xd8")


@pytest.mark.parametrize("content", [b"", b"<svg/>", a_picture(kind="GIF"), a_picture()[:60]])
def test_what_is_no_photo_is_refused(content):
    with pytest.raises(NotAPhoto):
        prepared_photo(content)


def test_photo_with_too_many_bytes_is_refused_before_it_is_read():
    with pytest.raises(PhotoTooLarge):
        prepared_photo(bytes(preparing.LARGEST_PHOTO + 1))


def test_photo_that_takes_too_long_is_refused():
    with pytest.raises(PhotoTakesTooMuch):
        prepared_photo(a_picture(), Allowed(seconds=0.001))


@pytest.mark.parametrize("content", [b"", b"RIFF", b"<html>", bytes(20)])
def test_what_is_no_recording_is_refused(content):
    with pytest.raises(NotASound):
        prepared_sound(content)
