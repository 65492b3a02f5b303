# SPDX-License-Identifier: AGPL-3.0-or-later
"""The declarations hold together."""

import re

import pytest
from django.conf import settings
from django.utils import translation

from binhyen.incidents.choices import LAW_CATEGORIES, ReportState
from binhyen.indicators import catalogue
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Form, Group, Source
from binhyen.indicators.handbook import render_indicators
from binhyen.patrols.choices import PatrolState

EVERY = list(catalogue.ALL.values())


def test_there_are_102_indicators_that_people_see() -> None:
    assert len(catalogue.listed()) == 102


def test_the_first_nine_of_the_force_and_twelve_of_activity_are_counted() -> None:
    force = [one for one in catalogue.listed() if one.group is Group.FORCE][:9]
    activity = [one for one in catalogue.listed() if one.group is Group.ACT][:12]
    assert {one.source for one in force + activity} == {Source.COUNTED, Source.LAW}


def test_page_of_indicators_is_fresh() -> None:
    page = settings.BASE_DIR / "docs" / "indicators.md"
    assert page.read_text("utf-8") == render_indicators().rstrip() + "\n"


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.code)
def test_indicator_says_where_its_figure_comes_from(one: Indicator) -> None:
    ways = [bool(one.definition), one.is_derived, one.is_typed, one.source is Source.LAW,
            one.source is Source.LATER]  # fmt: skip
    assert ways.count(True) == 1


@pytest.mark.parametrize("one", EVERY, ids=lambda one: one.code)
def test_indicator_is_named_and_meant_in_both_languages(one: Indicator) -> None:
    for text in (one.title, one.meaning, one.unit.label):
        with translation.override("vi"):
            vietnamese = str(text)
        with translation.override("en"):
            english = str(text)
        assert english
        assert vietnamese != english or english in {"%", "kg", "đồng"}


@pytest.mark.parametrize("one", [o for o in EVERY if o.is_derived], ids=lambda one: one.code)
def test_derived_indicator_rests_on_those_that_are_not(one: Indicator) -> None:
    for code in (one.numerator, one.denominator):
        assert not catalogue.ALL[code].is_derived
        assert catalogue.ALL[code].source is one.source
    assert one.form in {Form.RATIO, Form.CHANGE}


@pytest.mark.parametrize("one", catalogue.counted(), ids=lambda one: one.code)
def test_definition_keeps_to_the_shared_subset(one: Indicator) -> None:
    text = one.definition.lower()
    assert "%" not in text, "a percent sign would be taken for a parameter"
    assert ";" not in text
    assert not re.search(r"::|interval|strftime|date_trunc|julianday|ilike|now\(|current_", text)
    assert one.feeds


def test_definitions_name_states_that_exist() -> None:
    """The texts name stored words; renaming one must be noticed here."""
    words = set(re.findall(r"state (?:=|<>) '(\w+)'", " ".join(o.definition for o in EVERY)))
    assert words <= {*PatrolState.values, *ReportState.values, "settled", "not_settled"}
    (listed,) = set(re.findall(r"category in \(([^)]+)\)", " ".join(o.definition for o in EVERY)))
    assert {word.strip(" '") for word in listed.split(",")} == set(LAW_CATEGORIES)


def test_expectations_name_typed_indicators() -> None:
    for rule in catalogue.EXPECTATIONS:
        assert catalogue.ALL[rule.smaller].is_typed
        assert catalogue.ALL[rule.larger].is_typed
