# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen doctor`: what is wrong with this deployment, and how to mend it."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from binhyen.office.findings import Grade
from binhyen.office.health import findings

SIGNS = {Grade.GOOD: "ok  ", Grade.WARNING: "note", Grade.WRONG: "BAD "}


class Command(BaseCommand):
    """Looks, changes nothing. Exit code 1 when something is wrong."""

    help = (
        "Look at keys and addresses, the disk, the backup, the database (version, settings, order"
        " of texts, extension, what the product's role may do), the migrations, the clock, the"
        " list of communes, the figures and the catalogues, and say what is wrong, why it matters"
        " and how to mend it. Changes nothing. "
        "Exit code: 0 all good or notes only, 1 something is wrong."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--json", action="store_true", help="one JSON list for programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print every finding."""
        found = list(findings())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(one) for one in found], ensure_ascii=False))
        else:
            for one in found:
                self.stdout.write(f"{SIGNS[one.grade]} {one.what}")
                if one.why:
                    self.stdout.write(f"     {one.why}")
                if one.remedy:
                    self.stdout.write(f"     → {one.remedy}")
        if any(one.grade is Grade.WRONG for one in found):
            raise SystemExit(1)
