# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places, never persons: what this app must not be able to do. Do not weaken these tests."""

import inspect
import re

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse

from binhyen.core.actors import POLICY, DataClass
from binhyen.core.models import Event
from binhyen.core.text import fold
from binhyen.incidents import actions, forms, listings, queries
from binhyen.incidents.choices import Category, Channel, DisputeKind, Outcome, WithdrawReason
from binhyen.incidents.models import Report
from binhyen.incidents.tests.world import (
    MORNING,
    TEXT,
    a_case,
    a_dispute,
    an_officer,
    assigned,
    handed,
    minutes_after,
)

OF_PERSONS = re.compile(
    r"name|person|resident|phone|address|birth|born|identity|cccd|cmnd|plate|suspect|victim"
    r"|reporter|informant|religion|ethnic|politic|opinion|party|union|petition|gender|sex|score"
    r"|photo|face|relative|tag"
)
MODELS = list(apps.get_app_config("incidents").get_models())


@pytest.mark.parametrize("model", MODELS)
def test_no_column_holds_a_person(model):
    columns = [field.name for field in model._meta.get_fields() if not field.auto_created]

    assert not [name for name in columns if OF_PERSONS.search(name)]


def test_the_only_free_text_is_one_short_account():
    texts = {
        f"{model.__name__}.{field.name}": field.max_length
        for model in MODELS
        for field in model._meta.get_fields()
        if isinstance(field, models.TextField)
        or (isinstance(field, models.CharField) and not field.choices)
    }

    assert texts == {"Report.account": 500, "Case.number": 40}
    assert Report.personal["account"].sensitivity == "sensitive"


def test_no_table_is_keyed_by_anybody_but_team_place_and_officer():
    links = {
        field.name
        for model in MODELS
        for field in model._meta.get_fields()
        if field.many_to_one or field.one_to_one or field.many_to_many
    }

    assert links == {"territory", "village", "team", "case"}


@pytest.mark.parametrize("choices", [Category, Channel, DisputeKind, Outcome, WithdrawReason])
def test_no_choice_is_about_faith_origin_opinion_or_petitions(choices):
    banned = re.compile(r"ton giao|dan toc|chinh tri|khieu|to cao|cong doan|religio|ethnic|politic"
                        r"|petition|union|opinion|informant|dac tinh|co so bi mat")  # fmt: skip

    for value, label in choices.choices:
        assert not banned.search(fold(f"{value} {label}"))


@pytest.mark.parametrize(
    "listing", [listings.ReportListing, listings.CaseListing, listings.DisputeListing]
)
def test_no_list_searches_a_text(listing, officer):
    shown = listing(officer) if listing is listings.ReportListing else listing()

    assert {one.kind for one in shown.filters} <= {"choice", "flag", "date-range"}
    assert {one.key for one in shown.filters} <= {
        "category", "state", "village", "team", "day", "kind", "outcome", "open",
    }  # fmt: skip


def test_no_query_takes_a_text_or_a_person():
    for name, query in inspect.getmembers(queries, inspect.isfunction):
        if query.__module__ == queries.__name__ and not name.startswith("_"):
            taken = set(inspect.signature(query).parameters)
            assert not taken & {"text", "q", "search", "name", "phone", "plate", "number"}, name


def test_no_query_filters_by_the_account():
    assert not re.search(r"account__|account=", inspect.getsource(queries))
    assert "account" not in inspect.getsource(listings)


@pytest.mark.django_db
def test_the_text_is_not_found_through_the_address(client, sign_in, officer, team):
    handed(officer, team)
    sign_in(client, officer)

    page = client.get(reverse("incidents"), {"q": "chợ cá", "account": "chợ"}).content.decode()

    assert "1 tin báo" in page
    assert TEXT not in page


@pytest.mark.django_db
def test_events_hold_classes_and_times_only(officer, head, team, villages):
    report = assigned(officer, team, village=villages[0])
    actions.correct_report(by=officer, report=report, category="fire", received_at=MORNING,
                           handed_at=report.handed_at, account="Cháy chợ")  # fmt: skip
    a_case(officer, handed(officer, team))
    actions.close_report(by=officer, report=report, closed_at=minutes_after(MORNING, 99))
    a_dispute(officer, team)

    allowed = {"category", "channel", "minutes", "words_confirmed", "old", "new", "text_changed",
               "reports", "dispute", "state", "outcome", "reason"}  # fmt: skip
    for event in Event.everything.all():
        assert set(event.detail) <= allowed
        assert all(len(str(value)) <= 20 for value in event.detail.values())
        assert str(an_officer(officer).id) not in str(event.detail)


def test_no_form_asks_for_a_person():
    for _name, form in inspect.getmembers(forms, inspect.isclass):
        for field in getattr(form, "base_fields", {}):
            assert not OF_PERSONS.search(field), (form, field)


def test_only_commune_police_hold_the_right_to_sealed_reports():
    roles = {
        rule.role
        for rule in POLICY.rules()
        if rule.verb.data_class is DataClass.SEALED and rule.verb.key.startswith("incidents.")
    }

    assert roles == {"commune_police", "commune_police_head"}


def test_records_of_the_commune_do_not_go_up():
    above = {"province_police", "province_chair", "province_finance", "ministry_analyst",
             "inspector", "data_protection", "operator"}  # fmt: skip

    assert not [
        rule for rule in POLICY.rules()
        if rule.verb.key.startswith("incidents.") and rule.role in above
    ]  # fmt: skip
