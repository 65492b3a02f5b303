# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen generate`: write the files that are made from the code, or check that they are fresh."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from binhyen.accounts import policy_page
from binhyen.api.schema import openapi_json
from binhyen.indicators.handbook import render_indicators
from binhyen.law.conformance import render_conformance
from binhyen.office import data_inventory

GENERATED: list[tuple[str, Callable[[], str]]] = [
    ("docs/policy.md", policy_page.markdown),
    ("docs/data-inventory.md", data_inventory.markdown),
    ("docs/indicators.md", render_indicators),
    ("docs/conformance.md", render_conformance),
    ("contracts/openapi.json", openapi_json),
]
"""Where each generated file stands, and what makes its text."""


class Command(BaseCommand):
    """Write or check the generated files."""

    help = "Write the files that are made from the code (policy, personal data, conformance)."

    def add_arguments(self, parser: CommandParser) -> None:
        """`--check` for machines."""
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if a file is stale"
        )

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        """Name each file that was written, or that would have to be."""
        stale = [(path, text) for path, text in _texts() if _stored(path) != text]
        if check and stale:
            names = ", ".join(str(path.relative_to(settings.BASE_DIR)) for path, _text in stale)
            raise CommandError(f"Stale: {names}. Run `binhyen generate` and commit the result.")
        for path, text in stale:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            self.stdout.write(f"written: {path.relative_to(settings.BASE_DIR)}")
        if not stale:
            self.stdout.write("generated files: fresh")


def _texts() -> list[tuple[Path, str]]:
    return [(settings.BASE_DIR / name, make().rstrip() + "\n") for name, make in GENERATED]


def _stored(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""
