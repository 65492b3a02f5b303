# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen simulate …`: gather the facts of months, and ask what something would cost."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.periods import parse_period
from binhyen.core.templatetags.show import number
from binhyen.law.choices import Pay
from binhyen.norms.queries import resolution
from binhyen.simulations import queries
from binhyen.simulations.actions import Shares, simulate_draft, simulate_floor, simulate_support
from binhyen.simulations.bases import Months, gather_basis
from binhyen.simulations.choices import Rule
from binhyen.simulations.exporting import file_of
from binhyen.simulations.models import Simulation
from binhyen.simulations.permissions import RUN_SIMULATION
from binhyen.simulations.values import Floor
from binhyen.simulations.words import change_said, formula_of, summary_of, title_of
from binhyen.territory.choices import Flag
from binhyen.territory.queries import territory_by_code

REFUSED = 1


class NotAMonth(Refused):
    """A period that is no calendar month."""

    what = gettext_lazy("Nothing was simulated.")
    why = gettext_lazy("“%(text)s” is no calendar month.")
    remedy = gettext_lazy("Write the month as 2026-09.")


class Command(BaseCommand):
    """Gathers bases and runs simulations."""

    help = (
        "Simulations: `gather` counts the facts of a province or the nation (VN) for months that"
        " are over; `draft`, `floor` and `support` ask what a draft resolution, a floor or a sum"
        " from the centre would cost and change, and with --out keep the answer as an Excel file."
        " Exit code 0: done; 1: refused; 2: wrong command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        for step, words in (
            ("gather", "count the facts of some months of a place"),
            ("draft", "ask what a draft resolution would cost"),
            ("floor", "ask what a floor would cost"),
            ("support", "share a sum among communes"),
        ):
            one = steps.add_parser(step, help=words)
            if step == "draft":
                one.add_argument("resolution", type=UUID, help="the draft's id")
            else:
                one.add_argument("code", help="a province's code; VN is the nation")
            one.add_argument("month", help="the last calendar month, such as 2026-09")
            one.add_argument("--months", type=int, default=1, help="how many months, up to 12")
            one.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                             help="user name whose rights and language are used")  # fmt: skip
            if step != "gather":
                one.add_argument("--out", type=Path, help="an Excel file to write")
            if step in {"floor", "support"}:
                _add_floor(one)
            if step == "support":
                _add_shares(one)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(user.language):
                actor = user.actor(clock.today())
                months = Months(_month(options["month"]), options["months"])
                getattr(self, f"_{options['step']}")(actor, months, options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal

    def _gather(self, actor: Actor, months: Months, options: dict[str, Any]) -> None:
        place = territory_by_code(options["code"], on=months.last)
        basis = gather_basis(by=actor, place=place, months=months, tell=self._tell)
        self.stdout.write(
            _("Gathered: %(people)s members in the last month, check sum %(digest)s.")
            % {"people": number(basis.people), "digest": basis.digest[:16]}
        )

    def _tell(self, done: int, everything: int) -> None:
        self.stderr.write(f"{done}/{everything}", ending="\r" if done < everything else "\n")

    def _draft(self, actor: Actor, months: Months, options: dict[str, Any]) -> None:
        scope = actor.scope(RUN_SIMULATION)
        draft = resolution(scope=scope, resolution_id=options["resolution"])
        self._say(simulate_draft(by=actor, resolution=draft, months=months), options)

    def _floor(self, actor: Actor, months: Months, options: dict[str, Any]) -> None:
        place = territory_by_code(options["code"], on=months.last)
        self._say(simulate_floor(by=actor, place=place, months=months, floor=_floor_of(options)),
                  options)  # fmt: skip

    def _support(self, actor: Actor, months: Months, options: dict[str, Any]) -> None:
        place = territory_by_code(options["code"], on=months.last)
        shares = Shares(
            options["money"], Rule(options["rule"]), options["mark"], options["commune"]
        )
        self._say(simulate_support(by=actor, place=place, months=months, floor=_floor_of(options),
                                   shares=shares), options)  # fmt: skip

    def _say(self, row: Simulation, options: dict[str, Any]) -> None:
        self.stdout.write(f"{title_of(row)} ({row.pk})\n{summary_of(row)}")
        for item, (before, after) in row.items.items():
            self.stdout.write(f"  {Pay(item).label}: {number(before)} → {number(after)}"
                              f" ({change_said(after - before)})")  # fmt: skip
        if formula := formula_of(row):
            self.stdout.write(str(formula))
        if out := options["out"]:
            out.write_bytes(file_of(row, list(queries.rows_of(row))))
            self.stdout.write(str(out))


def _add_floor(one: Any) -> None:
    for role in ("leader", "deputy", "member"):
        one.add_argument(f"--{role}", type=int, default=0, help=f"least đồng a month of a {role}")
    one.add_argument("--health-percent", type=int, default=0,
                     help="least percent of health insurance")  # fmt: skip


def _add_shares(one: Any) -> None:
    one.add_argument("--money", type=int, required=True, help="the sum in đồng")
    one.add_argument("--rule", choices=Rule.values, default=Rule.BY_GAP.value)
    one.add_argument("--mark", choices=Flag.values, action="append", default=[],
                     help="communes with this mark; may be repeated")  # fmt: skip
    one.add_argument("--commune", action="append", default=[], metavar="CODE",
                     help="a commune by its code; may be repeated")  # fmt: skip


def _floor_of(options: dict[str, Any]) -> Floor:
    return Floor(options["leader"], options["deputy"], options["member"],
                 options["health_percent"])  # fmt: skip


def _month(text: str) -> date:
    period = parse_period(text)
    if period.start.day != 1 or next(period.months()) != period:
        raise NotAMonth(text=text[:40])
    return period.start
