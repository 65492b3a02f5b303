# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen explain`: the records behind a figure that one account may see."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _

from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.errors import Refused
from binhyen.core.periods import parse_period
from binhyen.core.templatetags.show import day, number
from binhyen.indicators.explain import Explanation, explain
from binhyen.territory.queries import territory_ever


class Command(BaseCommand):
    """Opens records, so it runs with the rights of an account."""

    help = (
        "List the records behind a figure that an account may see. "
        "Example: binhyen explain ACT_PATROLS --area 22918 --period 2025-09 --as ACCOUNT. "
        "Exit codes: 0 listed, 1 refused, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("code", help="the indicator, such as ACT_PATROLS")
        parser.add_argument("--area", required=True, help="VN, a province or a commune code")
        parser.add_argument("--period", required=True, help="2025-09, 2024-09-16..2025-09-15 …")
        parser.add_argument("--as", dest="account", required=True, help="whose rights count")
        parser.add_argument("--json", action="store_true", help="JSON, for programs")
        parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="default: vi")

    def handle(self, *args: Any, **options: Any) -> None:
        """List what the account may see, and say why the rest is closed."""
        with translation.override(options["lang"]):
            try:
                found = _explained(options)
            except Refused as refusal:
                raise CommandError(str(refusal), returncode=1) from refusal
            if options["json"]:
                self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(_lines(found)))


def _explained(options: dict[str, Any]) -> Explanation:
    today = clock.today()
    period = parse_period(options["period"])
    account = account_named(options["account"])
    place = territory_ever(options["area"], on=min(period.last, today))
    return explain(
        options["code"].strip().upper(), place, period, actor=account.actor(today), limit=None
    )


def _lines(found: Explanation, indent: str = "") -> Iterator[str]:
    figure = found.figure
    yield f"{indent}{figure.code} {figure.indicator.title}: {figure.with_unit}"
    for record in found.records:
        part = f", {record.part}" if record.part else ""
        yield (
            f"{indent}  {day(record.day)}  {record.commune.full_name}  {record.title}{part}"
            f"  {number(record.amount)}  [{record.kind} {record.record_id}]"
        )
    for row in found.signed:
        signed = f"{row.signed_by}, {day(row.signed_on)}"
        yield f"{indent}  {number(row.value)}  {row.source}  ({signed})"
    if found.records:
        yield f"{indent}  " + _("%(count)s records") % {"count": number(found.count)}
    if found.closed:
        yield f"{indent}  {found.closed}"
    for part_of in found.made_of:
        yield from _lines(part_of, f"{indent}  ")
