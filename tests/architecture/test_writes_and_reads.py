# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every write is an action, every read has a scope, SQL text stands where it is reviewed."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import models

from tests.architecture.source import (
    APPS,
    ROOT,
    Function,
    app_of,
    called,
    callee,
    calls,
    functions,
    layers,
    name,
    nodes,
    own_models,
    public_functions,
    python,
    role_of,
)

TRANSLATORS = {"views", "forms", "api", "management", "urls", "links", "listings"}
"""Modules that translate a request into one action or query."""
SQL_ALLOWED = {
    "binhyen/core/feed.py": "locks of writers, and up to where nobody writes any more",
    "binhyen/core/bulk.py": "loads of millions of rows",
    "binhyen/core/export_text.py": "lines of whole tables, around statements that Django wrote",
    "binhyen/core/bulk_indexes.py": "indexes and keys set aside for a first load, and put back",
    "binhyen/core/bulk_parts.py": "parts of a load, joined by the database",
    "binhyen/core/database.py": "copies, checks and settings of a database",
    "binhyen/core/database_roles.py": "who may do what inside PostgreSQL",
    "binhyen/core/likeness.py": "trigrams, and the words with which names begin",
    "binhyen/demo/loading.py": "ANALYZE after a load",
    "binhyen/core/compiled.py": "sends again what Django compiled, with bound parameters only",
    "binhyen/indicators/sql.py": "definitions of figures, with bound parameters only",
}
SQL_CALLS = {"execute", "executemany", "executescript", "copy", "RawSQL", "raw", "extra"}


def apps_files(*roles: str) -> list[Path]:
    return [path for path in python(tests=False) if app_of(path) and role_of(path) in roles]


def attributes(path: Path, *names: str) -> Iterator[str]:
    for node in nodes(path):
        if isinstance(node, ast.Attribute) and node.attr in names:
            yield f"{name(path)}:{node.lineno} .{node.attr}"


def test_translators_never_touch_managers() -> None:
    touched = [
        line
        for path in apps_files(*TRANSLATORS)
        for line in attributes(path, "objects", "everything", "_default_manager", "_base_manager")
    ]
    assert not touched


def test_sql_text_stands_only_where_it_is_reviewed() -> None:
    found = [
        f"{name(path)}:{call.lineno} {callee(call)}"
        for path in python(tests=False)
        if name(path) not in SQL_ALLOWED and path.is_relative_to(APPS)
        for call in calls(path)
        if callee(call) in SQL_CALLS and not _is_django_program(path, call)
    ]
    assert not found


def _is_django_program(path: Path, call: ast.Call) -> bool:
    """`ManagementUtility(…).execute()` in the command's entry point; `copy.copy`, `row.copy()`."""
    if name(path) == "binhyen/__main__.py":
        return True
    return callee(call) == "copy" and not call.args


ACTIONS = [
    pytest.param(path, node, id=f"{app_of(path)}.{node.name}")
    for path in apps_files("actions")
    for node in public_functions(path)
]


@pytest.mark.parametrize(("path", "node"), ACTIONS)
def test_action_takes_keywords_and_the_actor_first(path: Path, node: Function) -> None:
    positional = [*node.args.posonlyargs, *node.args.args]
    assert not positional, f"{name(path)}: {node.name} takes positional arguments"
    assert [argument.arg for argument in node.args.kwonlyargs][:1] == ["by"]
    annotation = node.args.kwonlyargs[0].annotation
    assert annotation is not None
    assert ast.unparse(annotation) == "Actor"


@pytest.mark.parametrize(("path", "node"), ACTIONS)
def test_action_asks_for_the_right_and_leaves_an_event(path: Path, node: Function) -> None:
    """Itself, through a function of its module, or through actions to which it hands `by`."""
    assert _does(path, node, {"require"}), f"{name(path)}: {node.name} asks for no right"
    records = {"record", "record_many", "record_reading"}
    assert _does(path, node, records), f"{name(path)}: {node.name} leaves no event"


@pytest.mark.parametrize(("path", "node"), ACTIONS)
def test_action_is_one_transaction(path: Path, node: Function) -> None:
    decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
    assert decorators & {"transaction.atomic", "transaction.atomic()"}, f"{name(path)}: {node.name}"


def _does(path: Path, node: Function, wanted: set[str], seen: frozenset[str] = frozenset()) -> bool:
    own = {function.name: function for function in functions(path)}
    for call in called(node):
        called_name = callee(call)
        if called_name in wanted:
            return True
        hands_on = any(keyword.arg == "by" for keyword in call.keywords) or any(
            isinstance(argument, ast.Name) and argument.id == "by" for argument in call.args
        )
        if called_name in own and called_name not in seen and called_name != node.name:
            if _does(path, own[called_name], wanted, seen | {node.name}):
                return True
        elif hands_on and called_name not in own and called_name != "can":
            return True
    return False


def test_rows_hide_no_logic_in_saving() -> None:
    saving = [
        f"{name(path)}:{node.lineno} {node.name}"
        for path in apps_files("models")
        for node in functions(path)
        if node.name in {"save", "delete"}
    ]
    assert not saving


def test_apps_speak_without_signals() -> None:
    signals = {"receiver", "post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed"}
    heard = [
        f"{name(path)}:{node.lineno}"
        for path in python(tests=False)
        for node in nodes(path)
        if isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & signals
    ]
    assert not heard


def test_foreign_keys_point_down() -> None:
    order = {app: height for height, app in enumerate(layers())}
    upwards = []
    for model in own_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            target = field.related_model._meta.app_label
            height = order[model._meta.app_label]
            if target in order and order[target] > height:
                upwards.append(f"{model.__name__}.{field.name} → {target}")
    assert not upwards


def test_money_is_never_a_float() -> None:
    words = {"vnd", "dong", "amount", "money", "price", "allowance", "salary"}
    typed = [
        f"{name(path)}:{node.lineno}"
        for path in python(tests=False)
        for node in nodes(path)
        for called_name, annotation in _annotated(node)
        if words & set(called_name.lower().split("_")) and "float" in ast.unparse(annotation)
    ]
    stored = [
        f"{model.__name__}.{field.name}"
        for model in own_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FloatField | models.DecimalField)
        and words & set(field.name.split("_"))
    ]
    assert not typed + stored


def _annotated(node: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        yield node.target.id, node.annotation
    elif isinstance(node, ast.arg) and node.annotation is not None:
        yield node.arg, node.annotation
    elif isinstance(node, Function) and node.returns is not None:
        yield node.name, node.returns


def test_sql_exceptions_still_exist_or_are_planned() -> None:
    """An exception that nobody needs any more is taken back."""
    needless = [
        path
        for path in SQL_ALLOWED
        if (ROOT / path).exists()
        and not any(callee(call) in SQL_CALLS for call in calls(ROOT / path))
    ]
    assert not needless
