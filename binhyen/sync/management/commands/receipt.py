# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen receipt CODE`: what a code on a phone stands for."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from binhyen.core.errors import Missing
from binhyen.sync.queries import operation_of_code
from binhyen.sync.wire import moment_text


class Command(BaseCommand):
    """Says no name: whoever runs the machines holds no right to data."""

    help = "Say what a receipt code such as 7KQ3-M9XD stands for: what, where, when, what became."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The code."""
        parser.add_argument("code")

    def handle(self, *args: Any, **options: Any) -> None:
        """Look it up."""
        try:
            found = operation_of_code(options["code"])
        except Missing as error:
            raise CommandError(str(error)) from error
        safe = f"since {moment_text(found.safe_at)}" if found.safe_at else "no"
        for label, value in (
            ("code", found.receipt),
            ("what", found.kind),
            ("operation", found.op_id),
            ("place", f"{found.territory.code} {found.territory.full_name}"),
            ("done", moment_text(found.acted_at)),
            ("arrived", moment_text(found.arrived_at)),
            ("standing", f"{found.standing} {found.word}".strip()),
            ("record", f"{found.object_type} {found.object_id or ''}".strip() or "none"),
            ("in the archive", safe),
        ):
            self.stdout.write(f"{label}: {value}")
