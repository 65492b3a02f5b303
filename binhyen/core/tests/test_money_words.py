# SPDX-License-Identifier: AGPL-3.0-or-later
"""Amounts in words: spelled as an accountant does, and every amount differently."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from binhyen.core.money_words import in_words

VI = {
    0: "Không đồng",
    5: "Năm đồng",
    10: "Mười đồng",
    15: "Mười lăm đồng",
    21: "Hai mươi mốt đồng",
    24: "Hai mươi tư đồng",
    105: "Một trăm lẻ năm đồng",
    110: "Một trăm mười đồng",
    1_000: "Một nghìn đồng",
    1_001: "Một nghìn không trăm lẻ một đồng",
    150_000: "Một trăm năm mươi nghìn đồng",
    2_340_000: "Hai triệu ba trăm bốn mươi nghìn đồng",
    1_000_055: "Một triệu không trăm năm mươi lăm đồng",
    503_048_810_000: (
        "Năm trăm lẻ ba tỷ không trăm bốn mươi tám triệu tám trăm mười nghìn đồng"
    ),
    2_000_000_000_000: "Hai nghìn tỷ đồng",
    -7_000: "Âm bảy nghìn đồng",
}  # fmt: skip
EN = {
    0: "Zero dong",
    21: "Twenty-one dong",
    105: "One hundred and five dong",
    1_001: "One thousand and one dong",
    2_340_000: "Two million three hundred and forty thousand dong",
    -7_000: "Minus seven thousand dong",
}


@pytest.mark.parametrize(("amount", "said"), VI.items())
def test_amounts_are_said_in_vietnamese(amount, said):
    with translation.override("vi"):
        assert in_words(amount) == said


@pytest.mark.parametrize(("amount", "said"), EN.items())
def test_amounts_are_said_in_english(amount, said):
    with translation.override("en"):
        assert in_words(amount) == said


@pytest.mark.parametrize("language", ["vi", "en"])
@given(one=st.integers(0, 10**15), other=st.integers(0, 10**15))
def test_no_two_amounts_sound_alike(language, one, other):
    with translation.override(language):
        assert (in_words(one) == in_words(other)) == (one == other)
