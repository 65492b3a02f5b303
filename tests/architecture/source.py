# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sources as these tests read them: files, syntax trees, models, forms."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django import forms
from django.apps import apps
from django.db import models

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ROOT / "binhyen"

Function = ast.FunctionDef | ast.AsyncFunctionDef


@cache
def files() -> tuple[Path, ...]:
    """Every file that is, or would be, committed."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found = (ROOT / name for name in sorted(set(listed.split("\0"))) if name)
    return tuple(path for path in found if path.is_file())


def name(path: Path) -> str:
    """A file as people call it."""
    return path.relative_to(ROOT).as_posix()


def python(*, tests: bool = True) -> list[Path]:
    """Python that people write: no migrations, and no tests unless they are wanted."""
    return [
        path
        for path in files()
        if path.suffix == ".py" and "migrations" not in path.parts and (tests or not is_test(path))
    ]


def is_test(path: Path) -> bool:
    """Whether a file belongs to the tests."""
    return "tests" in path.relative_to(ROOT).parts or path.name == "conftest.py"


def app_of(path: Path) -> str:
    """The app to which a file belongs; empty outside the apps."""
    parts = path.relative_to(ROOT).parts
    return parts[1] if parts[0] == "binhyen" and len(parts) > 2 else ""


def role_of(path: Path) -> str:
    """What a file of an app is for: 'views' for `views.py`, `views_more.py` and `views/x.py`."""
    inside = path.relative_to(APPS).parts[1:]
    return inside[0].removesuffix(".py").split("_")[0] if inside else ""


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text("utf-8"), filename=str(path))


@cache
def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a file's tree."""
    return tuple(ast.walk(tree(path)))


@cache
def functions(path: Path) -> tuple[Function, ...]:
    """Every function and method of a file."""
    return tuple(node for node in nodes(path) if isinstance(node, Function))


def calls(path: Path) -> Iterator[ast.Call]:
    """Every call in a file."""
    return (node for node in nodes(path) if isinstance(node, ast.Call))


def public_functions(path: Path) -> list[Function]:
    """The functions that a module offers."""
    return [
        node
        for node in tree(path).body
        if isinstance(node, Function) and not node.name.startswith("_")
    ]


def called(node: ast.AST) -> Iterator[ast.Call]:
    """Every call inside a node."""
    for inner in ast.walk(node):
        if isinstance(inner, ast.Call):
            yield inner


def callee(call: ast.Call) -> str:
    """The last word of what is called: 'require' for `by.require(…)`."""
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


@cache
def layers() -> tuple[str, ...]:
    """The apps from the lowest to the highest, as the import contract lists them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    listed = next(c["layers"] for c in contracts if c["type"] == "layers")
    return tuple(app for line in reversed(listed) for app in line.split(" | "))


def own_models() -> list[type[models.Model]]:
    """The tables of this product, with those that Django makes for it."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_config.name.startswith("binhyen.")
    ]


def label(field: "models.Field[object, object]") -> str:
    """A field as people call it: 'personnel.Member.full_name'."""
    return f"{field.model._meta.app_label}.{field.model.__name__}.{field.name}"


def own_forms() -> list[type[forms.BaseForm]]:
    """Every form class of this product; its modules are loaded with the routes."""
    found: list[type[forms.BaseForm]] = []
    waiting = [forms.BaseForm]
    while waiting:
        form = waiting.pop()
        waiting += form.__subclasses__()
        if form.__module__.startswith("binhyen."):
            found.append(form)
    return found
