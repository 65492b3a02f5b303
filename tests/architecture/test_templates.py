# SPDX-License-Identifier: AGPL-3.0-or-later
"""Templates are escaped and bring no style or script of their own: browsers would refuse it."""

import re
from pathlib import Path

import pytest

from tests.architecture.source import files, name, python

TEMPLATES = [
    pytest.param(path, id=name(path))
    for path in files()
    if path.suffix in {".html", ".svg"} and "templates" in path.parts
]
FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*=|<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler": re.compile(r"\s(?:on[a-z]+|hx-on[:\w-]*)\s*=\s*[\"']", re.IGNORECASE),
    "a script address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*(?:safe|safeseq)\b|{%\s*autoescape\s+off"),
    "a foreign address": re.compile(
        r"<(?:script|link|img|iframe)\b[^>]*(?:src|href)=[\"']\s*(?:https?:)?//"
    ),
    "a form without a token": re.compile(
        r"<form\b(?=[^>]*method=[\"']post)(?:(?!csrf_token|</form>|{%\s*include).)*</form>",
        re.IGNORECASE | re.DOTALL,
    ),
}  # fmt: skip


@pytest.mark.parametrize("path", TEMPLATES)
def test_template_holds_nothing_that_the_policy_forbids(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_code_marks_text_as_safe_only_where_it_was_escaped() -> None:
    allowed = {"binhyen/core/templatetags/show.py": "an object that promises to be safe already"}
    marking = [
        name(path)
        for path in python(tests=False)
        if re.search(r"\bmark_safe\(|\bSafeString\(", path.read_text("utf-8"))
    ]
    assert not set(marking) - set(allowed)
