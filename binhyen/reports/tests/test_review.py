# SPDX-License-Identifier: AGPL-3.0-or-later
"""The review: no number without a source, nothing ranked by counts, the same numbers always."""

import re
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from binhyen.indicators.catalogue import ALL
from binhyen.papers import word
from binhyen.reports.laying import numbers_of, review_paper
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import SECTIONS, compose
from binhyen.reports.sentences import Bound, Grid, Named, PlaceMap, Sentence
from binhyen.reports.tests.numbers_for_tests import some_numbers

MADE_ON = date(2025, 11, 12)
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def docx_of(numbers: Numbers) -> bytes:
    return word.made(review_paper(numbers, made_on=MADE_ON))


def text_of(paper: bytes) -> str:
    document = docx.Document(BytesIO(paper))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def names_of(numbers: Numbers) -> list[str]:
    """Words of the paper that carry digits without being figures: names, days, codes, titles."""
    names = [
        str(piece)
        for part in compose(numbers)
        if isinstance(part, Sentence)
        for piece in part.pieces()
        if isinstance(piece, Named)
    ]
    names += [
        str(cell)
        for part in compose(numbers)
        if isinstance(part, Grid)
        for row in part.rows
        for cell in row
        if isinstance(cell, Named)
    ]
    return names


def unsourced(numbers: Numbers, paper: bytes) -> set[str]:
    """Numbers printed in the paper that no figure and no name accounts for."""
    text = text_of(paper)
    for name in sorted(names_of(numbers), key=len, reverse=True):
        text = text.replace(name, " ")
    known = {
        token for bound in numbers_of(compose(numbers)) for token in NUMBER.findall(str(bound))
    }
    heads = {str(n) for n in range(1, 7)}  # the numerals of the six task groups
    period = {token for day in (numbers.period.start, numbers.period.last, MADE_ON)
              for token in NUMBER.findall(f"{day:%d %m %Y}")}  # fmt: skip
    return set(NUMBER.findall(text)) - known - heads - period


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_number_in_the_paper_has_a_source(language):
    numbers = some_numbers()
    with translation.override(language):
        assert unsourced(numbers, docx_of(numbers)) == set()


def test_a_number_without_a_source_is_found(monkeypatch):
    """The check above can fail: a sentence with a number of its own is caught."""
    from binhyen.reports.sections import results

    def lying(composer):
        return "Lời", [Sentence("Cả tỉnh có 12345678 chuyện vui.")]

    monkeypatch.setattr("binhyen.reports.sections.SECTIONS", (*SECTIONS[:-1], lying))
    numbers = some_numbers()
    assert results  # the section that stays
    assert "12345678" in unsourced(numbers, docx_of(numbers))


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.sets(st.sampled_from(sorted(ALL)), max_size=len(ALL)))
def test_missing_figures_are_said_in_words_and_never_break_the_paper(missing):
    parts = compose(some_numbers(without=missing, children=3))

    assert all(bound.value is not None for bound in numbers_of(parts))
    assert all(str(part) for part in parts if isinstance(part, Sentence))


def test_the_same_numbers_give_the_same_paper_after_being_stored():
    numbers = some_numbers()
    again = Numbers.from_json(numbers.to_json())

    assert again == numbers
    assert again.digest() == numbers.digest()
    assert [str(p) for p in compose(again)] == [str(p) for p in compose(numbers)]


def test_another_number_gives_another_fingerprint():
    assert some_numbers(seed=1).digest() != some_numbers(seed=2).digest()


def test_places_are_compared_by_rates_and_delays_only():
    for part in compose(some_numbers()):
        if isinstance(part, PlaceMap):
            assert part.code == "FORCE_FILL_RATE"
        if isinstance(part, Grid):
            figures = [cell for row in part.rows for cell in row if isinstance(cell, Bound)]
            compared = {cell.code for cell in figures if cell.which == "child"}
            assert not compared & {"ACT_REPORTS", "ACT_VIOLATIONS", "ACT_PATROLS"}


def test_units_not_fully_staffed_are_all_counted():
    numbers = some_numbers(children=45)
    short = sum(1 for rate in numbers.by_child["FORCE_FILL_RATE"].values() if rate < 100)
    bound = next(b for b in numbers_of(compose(numbers)) if str(b.basis).startswith("units whose")
                 or "dưới 100" in str(b.basis))  # fmt: skip

    assert bound.value == Decimal(short)


def test_a_commune_compares_nobody():
    parts = compose(some_numbers(children=0))

    assert not any(isinstance(part, PlaceMap) for part in parts)


def test_the_paper_follows_decree_30():
    section = docx.Document(BytesIO(docx_of(some_numbers()))).sections[0]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert [round(side.mm) for side in (section.top_margin, section.bottom_margin,
            section.left_margin, section.right_margin)] == [20, 20, 30, 15]  # fmt: skip
    assert section.different_first_page_header_footer
    with translation.override("vi"):
        text = text_of(docx_of(some_numbers()))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "BÁO CÁO" in text
    assert "Nơi nhận:" in text
