# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tripwires: what this product must never become, one test per prohibition.

They read names, not intentions, so they catch the first careless step and no determined one. Do not
weaken them to make a feature pass: bring the feature to the data-protection officer instead.
Source: docs of the ethical boundary; Law 91/2025/QH15 Art. 3, 7; Law 30/2023/QH15 Art. 6.
"""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, models

from binhyen.api.root import api
from binhyen.core.actors import POLICY, DataClass
from binhyen.core.models import Event
from binhyen.core.text import fold
from tests.architecture.source import (
    ROOT,
    app_of,
    callee,
    calls,
    label,
    name,
    nodes,
    own_forms,
    own_models,
    python,
    role_of,
)
from tests.architecture.test_routes import routes

BELIEFS = {
    *("religion", "religious", "faith", "belief", "parish", "church", "clergy"),
    *("ethnicity", "ethnic", "nationality", "tribe", "caste"),
    *("politics", "political", "opinion", "party", "regime", "reactionary", "dissident"),
    *("union", "association", "affiliation", "petition", "petitioner", "petitions", "protest"),
    *("sexuality", "sexual", "orientation", "gay", "lesbian", "transgender"),
    *("relative", "relatives", "kin", "browsing", "subscriptions"),
}
BELIEFS_IN_VIETNAMESE = (
    *("ton giao", "dan toc", "chinh tri", "quan diem", "dang vien", "cong doan", "phan dong"),
    *("khieu kien", "don thu", "xu huong tinh duc", "than nhan", "giao dan", "giao xu"),
)
RESIDENTS = {
    *("resident", "residents", "citizen", "citizens", "household", "households", "inhabitant"),
    *("person", "persons", "suspect", "suspects", "offender", "offenders", "victim", "victims"),
    *("informant", "informants", "informer", "reporter", "complainant", "addict", "witness"),
    *("subject", "neighbour", "neighbor", "caller", "accused", "minor", "child"),
}
SCORES = {"score", "scores", "risk", "risks", "ranking", "suspicion", "danger", "watchlist"}
RECOGNITION = {
    *("face", "faces", "facial", "plate", "plates", "voice", "voiceprint", "biometric"),
    *("fingerprint", "iris", "camera", "cameras", "cctv", "gait"),
}
PLACES_OF_PEOPLE = {
    *("latitude", "longitude", "lat", "lon", "lng", "gps", "track", "tracks", "location"),
    *("position", "coordinates", "whereabouts"),
}


def words(text: str) -> set[str]:
    """The words of a name or a sentence: `bornOn`, `born_on`, 'Born on' alike."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return set(re.findall(r"[a-z]+", spaced.lower()))


@cache
def api_schema() -> dict[str, Any]:
    return dict(api.get_openapi_schema(path_prefix="/api/"))


@cache
def names() -> tuple[tuple[str, str], ...]:
    """Everything with a name that holds or asks for data: (where it stands, its name)."""
    return (*_names_in_pages(), *_names_in_api())


def _names_in_pages() -> Iterator[tuple[str, str]]:
    for model in own_models():
        yield f"model {model.__name__}", model.__name__
        for field in model._meta.get_fields():
            yield f"field {model.__name__}.{field.name}", field.name
            yield f"label of {model.__name__}.{field.name}", _english(field, "verbose_name")
            for value, _text in getattr(field, "choices", None) or ():
                yield f"choice of {model.__name__}.{field.name}", str(value)
    for form in own_forms():
        for field_name, field in getattr(form, "base_fields", {}).items():
            yield f"form field {form.__name__}.{field_name}", field_name
            yield f"label of {form.__name__}.{field_name}", _english(field, "label")
    for address, pattern in routes():
        if not pattern.callback.__module__.startswith("allauth."):
            yield f"address {address}", re.sub(r"<\w+:", "<", address)
            yield f"route {pattern.name}", pattern.name or ""


def _english(thing: Any, attribute: str) -> str:
    from django.utils import translation

    with translation.override("en"):
        return str(getattr(thing, attribute, "") or "")


def _names_in_api() -> Iterator[tuple[str, str]]:
    schema = api_schema()
    for shape, body in schema.get("components", {}).get("schemas", {}).items():
        yield f"API shape {shape}", shape
        for field in body.get("properties", {}):
            yield f"API field {shape}.{field}", field
    for path, methods in schema["paths"].items():
        yield f"API address {path}", path
        for method in methods.values():
            for parameter in method.get("parameters", ()):
                yield f"API parameter {path}?{parameter['name']}", parameter["name"]


def named_like(forbidden: set[str]) -> list[str]:
    return [where for where, text in names() if words(text) & forbidden]


@pytest.mark.parametrize(
    ("name_", "forbidden"),
    [
        ("religion", BELIEFS),
        ("ethnicGroup", BELIEFS),
        ("party_member", BELIEFS),
        ("Household", RESIDENTS),
        ("suspect_id", RESIDENTS),
        ("risk_score", SCORES),
        ("plate", RECOGNITION),
        ("last_location", PLACES_OF_PEOPLE),
    ],
)
def test_tripwire_catches_what_it_is_for(name_: str, forbidden: set[str]) -> None:
    assert words(name_) & forbidden


def test_nothing_asks_for_beliefs_origin_or_membership() -> None:
    """Prohibition 1: opinion, religion, ethnicity, union, sexuality, habits, petitions, kin."""
    assert not named_like(BELIEFS)


def test_nothing_asks_for_beliefs_in_vietnamese() -> None:
    """The same, where a name or a stored choice is written in Vietnamese, with or without tones."""
    folded = [(where, fold(text.replace("_", " "))) for where, text in names()]
    assert not [where for where, text in folded if any(w in text for w in BELIEFS_IN_VIETNAMESE)]


def test_no_table_is_about_residents() -> None:
    """Prohibition 2: no profile of a resident, and no link from a record to one."""
    about = [
        where for where, text in names()
        if where.startswith(("model", "field", "form field", "API")) and words(text) & RESIDENTS
    ]  # fmt: skip
    assert not about


REPORTS = ("incidents", "office", "api", "reports", "indicators")


def test_reports_cannot_be_searched_by_their_text() -> None:
    """Prohibition 2: who is named in one report cannot be looked for in the others."""
    searching = [
        f"{name(path)}:{node.lineno} {text}"
        for path in python(tests=False)
        if app_of(path) in REPORTS
        for node, text in _lookups(path)
        if text == "account" or text.startswith("account__")
    ]
    assert not searching


def _lookups(path: Path) -> Iterator[tuple[ast.AST, str]]:
    """The names by which rows are chosen: keywords of filters, and texts that look like lookups."""
    choosing = {"filter", "exclude", "get", "Q", "order_by", "SearchVector", "When", "alias"}
    for node in nodes(path):
        if isinstance(node, ast.Call) and callee(node) in choosing:
            yield from (
                (node, keyword.arg or "") for keyword in node.keywords if not _is(keyword.value, "")
            )
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "__" in node.value:
            yield node, node.value


def test_lists_of_reports_have_no_text_filter_and_no_text_column() -> None:
    """Prohibitions 2 and 5: neither a search box over reports nor an export of their texts."""
    open_to_text = [
        f"{name(path)}:{call.lineno}"
        for path in python(tests=False)
        if app_of(path) == "incidents"
        for call in calls(path)
        if (callee(call) == "Filter" and any(_is(arg, "text") for arg in call.args))
        or (callee(call) == "Column" and ".account" in ast.unparse(call))
    ]
    assert not open_to_text


def _is(node: ast.expr, text: str) -> bool:
    return isinstance(node, ast.Constant) and node.value == text


def test_api_gives_texts_of_reports_one_at_a_time() -> None:
    """Prohibition 5: no page of rows carries what was told."""
    shapes = api_schema().get("components", {}).get("schemas", {})
    carrying = {shape for shape, body in shapes.items() if "account" in body.get("properties", {})}
    rows = {
        shape: body["properties"]["rows"]["items"].get("$ref", "").split("/")[-1]
        for shape, body in shapes.items()
        if shape.startswith("Page_")
    }
    paged = [shape for shape, row in rows.items() if row in carrying]
    assert not paged


def test_api_lists_cannot_be_searched_by_words() -> None:
    """Prohibition 2: programs narrow lists by place, day and closed kinds, not by text."""
    searched = [
        f"{path}?{parameter['name']}"
        for path, methods in api_schema()["paths"].items()
        if words(path) & {"incidents", "reports", "cases", "disputes", "members", "accounts"}
        for method in methods.values()
        for parameter in method.get("parameters", ())
        if words(parameter["name"]) & {"q", "query", "search", "text", "name", "phone", "account"}
    ]
    assert not searched


def test_nothing_recognises_faces_plates_or_voices() -> None:
    """Prohibition 3, in names and in what is installed."""
    assert not named_like(RECOGNITION)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    seeing = re.compile(r"opencv|face|deepface|dlib|insight|plate|alpr|ocr|tesser|whisper|speech")
    assert not [line for line in wanted if seeing.search(line.lower())]


def test_nobody_is_scored() -> None:
    """Prohibition 4: no risk score of a person or household, no ranking of people."""
    assert not named_like(SCORES)


def test_nothing_is_hidden_from_the_log() -> None:
    """Prohibition 6: no flag takes a record out of the log; a seal narrows readers, not the log."""
    hiding = {"secret", "hidden", "hide", "invisible", "unlogged", "silent", "confidential"}
    flags = [
        label(field)
        for model in own_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BooleanField) and words(field.name) & hiding
    ]
    assert not flags


@pytest.mark.django_db
def test_database_refuses_to_change_the_log() -> None:
    """Prohibition 6: whoever writes SQL here cannot take an event away."""
    table = Event._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("select count(*) from pg_trigger where tgrelid = %s::regclass", [table])
            assert cursor.fetchone()[0] >= 1
        else:
            cursor.execute(
                "select count(*) from sqlite_master where type='trigger' and tbl_name=%s", [table]
            )
            assert cursor.fetchone()[0] == 2


def test_members_are_located_only_on_a_patrol() -> None:
    """Prohibition 7: a track exists on a patrol, and a point of a call for help on one only.

    That a point without its patrol cannot be stored is a constraint of `HelpCall`.
    """
    located = [
        label(field)
        for model in own_models()
        for field in model._meta.concrete_fields
        if words(field.name) & PLACES_OF_PEOPLE
    ]
    assert sorted(located) == [
        "calls.HelpCall.latitude",
        "calls.HelpCall.longitude",
        "patrols.Patrol.track",
        "territory.Territory.latitude",
        "territory.Territory.longitude",
    ]


def test_free_text_about_events_is_short_and_declared() -> None:
    """Prohibition 8: at most 500 characters, and an entry in the registry."""
    long, undeclared = [], []
    for model in own_models():
        if model._meta.app_label != "incidents":
            continue
        for field in model._meta.concrete_fields:
            if not isinstance(field, models.CharField | models.TextField) or field.choices:
                continue
            if not field.max_length or field.max_length > 500:
                long.append(label(field))
            elif field.max_length > 60 and field.name not in model.personal:
                undeclared.append(label(field))
    assert not long
    assert not undeclared


def test_no_role_above_the_commune_opens_what_was_told() -> None:
    """Records stay in the commune: higher levels get numbers (security.md, Access 6).

    Appointing people and one's own keys, in `accounts`, are no records of a commune.
    """
    above = {"province_finance", "province_chair", "ministry_analyst", "operator"}
    close = {DataClass.CASE, DataClass.SEALED, DataClass.PERSONAL}
    held = [
        f"{rule.role}: {rule.verb.key}"
        for rule in POLICY.rules()
        if rule.role in above and rule.verb.data_class in close
    ]
    assert not [line for line in held if ": accounts." not in line]


def test_operator_holds_no_right_to_data() -> None:
    """Operators of the platform have no data rights (security.md, Access 6)."""
    assert not [rule.verb.key for rule in POLICY.rules() if rule.role == "operator"]


def test_nothing_reads_posts_or_opinions_from_elsewhere() -> None:
    """Prohibition 1: no code that fetches; whoever adds a call to the outside explains it here."""
    fetching = {"requests", "httpx", "urllib3", "aiohttp", "scrapy", "selenium", "feedparser"}
    found = [
        f"{name(path)}:{node.lineno}"
        for path in python(tests=False)
        if app_of(path) and role_of(path) != "management"
        for node in nodes(path)
        if isinstance(node, ast.Import | ast.ImportFrom) and _imported(node) & fetching
    ]
    assert not found


def _imported(node: ast.Import | ast.ImportFrom) -> set[str]:
    if isinstance(node, ast.ImportFrom):
        return {(node.module or "").split(".")[0]}
    return {alias.name.split(".")[0] for alias in node.names}
