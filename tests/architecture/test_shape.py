# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sizes, names, docstrings and licence lines (style.md)."""

import ast
import re

import pytest

from tests.architecture.source import (
    APPS,
    ROOT,
    app_of,
    files,
    functions,
    is_test,
    layers,
    name,
    public_functions,
    python,
    role_of,
    tree,
)

FILE_LINES, FUNCTION_LINES, TEMPLATE_LINES = 500, 60, 150
SPDX = "SPDX-License-Identifier: AGPL-3.0-or-later"
VAGUE = {"utils", "util", "helpers", "helper", "manager", "managers", "misc", "common", "info"}
DOCUMENTED = {"rules", "actions", "queries"}


def test_python_files_stay_short() -> None:
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in python()}
    assert not {path: lines for path, lines in lengths.items() if lines > FILE_LINES}


def test_files_of_the_phone_app_stay_short() -> None:
    lengths = {
        name(path): len(path.read_text("utf-8").splitlines())
        for path in files()
        if path.suffix in {".ts", ".tsx"}
    }
    assert not {path: lines for path, lines in lengths.items() if lines > FILE_LINES}


def test_functions_stay_short() -> None:
    long = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in python()
        for node in functions(path)
        if (node.end_lineno or node.lineno) - node.lineno + 1 > FUNCTION_LINES
    ]
    assert not long


def test_templates_stay_short() -> None:
    long = [
        name(path)
        for path in files()
        if path.suffix == ".html" and len(path.read_text("utf-8").splitlines()) > TEMPLATE_LINES
    ]
    assert not long


def test_every_source_file_names_its_licence_first() -> None:
    kinds = {".py", ".sh", ".css", ".js", ".ts", ".tsx", ".po"}
    sources = [
        p for p in files() if p.suffix in kinds or p.name == "Makefile" or p.parent.name == ".ci"
    ]
    without = [
        name(path)
        for path in sources
        if "migrations" not in path.parts
        and path.stat().st_size
        and not any(SPDX in line for line in path.read_text("utf-8").splitlines()[:2])
    ]
    assert not without


def test_file_names_say_something() -> None:
    assert not [name(path) for path in python() if set(path.stem.split("_")) & VAGUE]


def test_every_app_stands_in_the_list_of_layers() -> None:
    assert {path.parent.name for path in APPS.glob("*/apps.py")} == set(layers())


@pytest.mark.parametrize("app", layers())
def test_app_introduces_itself(app: str) -> None:
    words = (ast.get_docstring(tree(APPS / app / "__init__.py")) or "").split()
    assert len(words) >= 15, (
        f"binhyen/{app}/__init__.py: subject, legal basis, words, where to start"
    )


def test_modules_say_what_they_are() -> None:
    silent = [
        name(path)
        for path in python(tests=False)
        if not ast.get_docstring(tree(path)) and path.read_text("utf-8").count("\n") > 1
    ]
    assert not silent


def test_public_functions_say_what_they_give() -> None:
    silent = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in python(tests=False)
        if app_of(path) and (app_of(path) == "core" or role_of(path) in DOCUMENTED)
        for node in public_functions(path)
        if not ast.get_docstring(node)
    ]
    assert not silent


def test_tests_are_named_and_say_one_thing() -> None:
    vague = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in python()
        if is_test(path)
        for node in functions(path)
        if re.fullmatch(r"test_(it|works|\w{0,3}|\d+)", node.name)
    ]
    assert not vague


def test_notes_for_later_carry_an_issue() -> None:
    mark = "TO" + "DO"
    loose = [
        f"{name(path)}:{number}"
        for path in files()
        if path.suffix in {".py", ".html", ".css", ".js", ".ts", ".tsx", ".sh"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(rf"\b({mark}|FIXME|XXX)\b", line)
        and not re.search(r"#\d+", line)
        and path != ROOT / "tests/architecture/test_shape.py"
    ]
    assert not loose
