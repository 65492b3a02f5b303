# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen roles`: the SQL that gives PostgreSQL's roles no more than they need."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from binhyen.core.database_roles import Names, roles_sql
from binhyen.core.errors import Refused


class Command(BaseCommand):
    """Prints, changes nothing."""

    help = (
        "Print the SQL for three roles in PostgreSQL: one that owns the tables and migrates, one"
        " with which the product works (no change of tables, events are only added), one that reads"
        " figures and places. A superuser runs it in the product's database before and after the"
        " first `binhyen migrate`: binhyen roles | psql -d binhyen. Changes nothing itself."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What the roles are called."""
        parser.add_argument("--database", help="default: that of DATABASE_URL, or binhyen")
        for part in ("owner", "app", "reader"):
            parser.add_argument(f"--{part}", default=getattr(Names, part),
                                help=f"default: {getattr(Names, part)}")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the script."""
        own = connection.settings_dict["NAME"] if connection.vendor == "postgresql" else "binhyen"
        names = Names(options["database"] or str(own), options["owner"], options["app"],
                      options["reader"])  # fmt: skip
        try:
            self.stdout.write(roles_sql(names))
        except Refused as error:
            raise CommandError(str(error)) from error
