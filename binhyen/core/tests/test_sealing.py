# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sealing: unreadable without a key, bound to its place, keys that are replaced."""

import base64

import pytest

from binhyen.core.sealing import CannotOpen, open_sealed, seal

OLD, NEW = "o" * 40, "n" * 40


@pytest.fixture(autouse=True)
def keys(settings):
    settings.SEALING_KEYS = [OLD]
    return settings


def test_what_is_sealed_opens_and_does_not_show():
    sealed = seal("bí mật", belongs_to="a.b")
    assert open_sealed(sealed, belongs_to="a.b") == "bí mật"
    assert "bí mật" not in sealed
    assert "bí mật".encode() not in base64.urlsafe_b64decode(sealed.partition(":")[2])


def test_the_same_text_is_sealed_differently_each_time():
    assert seal("x", belongs_to="a.b") != seal("x", belongs_to="a.b")


def test_a_sealed_text_does_not_open_in_another_place():
    sealed = seal("x", belongs_to="a.b")
    with pytest.raises(CannotOpen):
        open_sealed(sealed, belongs_to="a.c")


def test_a_new_first_key_seals_and_the_old_one_still_opens(keys):
    before = seal("x", belongs_to="a.b")
    keys.SEALING_KEYS = [NEW, OLD]
    after = seal("y", belongs_to="a.b")
    assert open_sealed(before, belongs_to="a.b") == "x"
    keys.SEALING_KEYS = [NEW]
    assert open_sealed(after, belongs_to="a.b") == "y"
    with pytest.raises(CannotOpen):
        open_sealed(before, belongs_to="a.b")


def test_one_changed_bit_does_not_open():
    raw = bytearray(base64.urlsafe_b64decode(seal("x", belongs_to="a.b").partition(":")[2]))
    for at in range(len(raw)):
        bent = bytes([*raw[:at], raw[at] ^ 1, *raw[at + 1 :]])
        with pytest.raises(CannotOpen):
            open_sealed("sealed1:" + base64.urlsafe_b64encode(bent).decode(), belongs_to="a.b")


@pytest.mark.parametrize("text", ["", "x", "sealed1:", "sealed1:=", "sealed1:AAAA", "JBSWY3DPEHPK",
                                  "sealed1:đ", "sealed1:" + "A" * 100])  # fmt: skip
def test_what_was_never_sealed_does_not_open(text):
    with pytest.raises(CannotOpen):
        open_sealed(text, belongs_to="a.b")
