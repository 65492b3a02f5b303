# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen budget …`: show the year of a commune or province, and what communes lack."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from binhyen.accounts.queries import account_named
from binhyen.budgets import queries
from binhyen.budgets.choices import item_label
from binhyen.budgets.explaining import said
from binhyen.budgets.permissions import VIEW_BUDGET, VIEW_GAPS
from binhyen.budgets.record import title_of
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.templatetags.show import dong
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

REFUSED = 1


class Command(BaseCommand):
    """Shows a budget year, or the gaps of communes."""

    help = (
        "Budgets of a year: `show` prints what a commune or province planned, got and spent by"
        " source and item, with the forecast to the end of the year; `gaps` prints what each"
        " commune under a place lacks. Exit code 0: done; 1: refused; 2: wrong command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        for step, words in (
            ("show", "show the year of a commune or province"),
            ("gaps", "show what the communes under a place lack"),
        ):
            one = steps.add_parser(step, help=words)
            one.add_argument("code", help="the code of a place")
            one.add_argument("year", type=int, help="a year, such as 2026")
            one.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                             help="user name whose rights and language are used")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(user.language):
                actor = user.actor(clock.today())
                place = territory_by_code(options["code"], on=actor.on)
                getattr(self, f"_{options['step']}")(actor, place, options["year"])
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal

    def _show(self, actor: Actor, place: Territory, year: int) -> None:
        row = queries.budget_of(scope=actor.scope(VIEW_BUDGET), place=place, year=year)
        book = queries.book_of(row, by=actor)
        self.stdout.write(f"{place.full_name}: {title_of(row)}, {row.get_state_display()}")
        for one in book.account.sources():
            self.stdout.write(
                _("%(source)s: planned %(planned)s, allocated %(allocated)s, received %(received)s,"
                  " spent %(spent)s, left %(left)s")
                % {"source": one.source.label, "planned": dong(one.planned),
                   "allocated": dong(one.allocated), "received": dong(one.received),
                   "spent": dong(one.spent), "left": dong(one.left)}
            )  # fmt: skip
        for line in book.forecasts:
            self.stdout.write(
                f"  {item_label(line.item)}: {dong(book.account.spent_on(line.item))} →"
                f" {dong(line.total)} ({said(line)})"
            )
        self.stdout.write(
            _("At the end of the year: %(total)s") % {"total": dong(book.total_forecast)}
        )

    def _gaps(self, actor: Actor, place: Territory, year: int) -> None:
        actor.require(VIEW_GAPS, place)
        scope = actor.scope(VIEW_GAPS)
        for row in queries.gaps_under(scope=scope, place=place, on=actor.on, year=year):
            name = row.place.full_name if row.place else _("Total")
            if row.is_unknown:
                self.stdout.write(f"{name}: {_('neither plan nor sheet')}")
                continue
            self.stdout.write(
                _("%(name)s: needs %(need)s, was given %(given)s, lacks %(gap)s")
                % {"name": name, "need": dong(row.need),
                   "given": dong(row.allocated + row.received), "gap": dong(row.gap)}
            )  # fmt: skip
