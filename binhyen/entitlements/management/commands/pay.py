# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen pay …`: compute a month, explain what somebody got, and say what would differ now."""

import os
import sys
from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, override

from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.actors import Actor, Purpose
from binhyen.core.commands import STOPPED
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.events import record_reading
from binhyen.core.money import Dong
from binhyen.core.periods import Period, parse_period
from binhyen.core.templatetags.show import dong, number
from binhyen.entitlements import queries
from binhyen.entitlements.differing import differences
from binhyen.entitlements.explaining import chain
from binhyen.entitlements.permissions import COMPUTE_PAY, VIEW_PAY
from binhyen.entitlements.running import Run, compute_run
from binhyen.law.choices import Pay
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

REFUSED = 1


class NotAMonth(Refused):
    """A period that is no calendar month."""

    what = gettext_lazy("Nothing was computed.")
    why = gettext_lazy("“%(text)s” is no calendar month; pay is by the calendar month.")
    remedy = gettext_lazy("Write the month as 2026-09.")


class Command(BaseCommand):
    """Computes sheets, explains slips, and compares them with what would be computed now."""

    help = (
        "Pay of a month: `run` computes the sheets of a commune, a province or the nation (VN) that"
        " have none yet, and can be stopped and started again; `explain` says why a member got"
        " what; `diff` says what a correction would change. Exit code 0: done; 1: refused; 2: wrong"
        " command; 130: stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        for step, words in (
            ("run", "compute the sheets of a place that has none"),
            ("explain", "say what a member got and why"),
            ("diff", "say what a correction of a commune's sheet would change"),
        ):
            one = steps.add_parser(step, help=words)
            if step == "explain":
                one.add_argument("member", type=UUID, help="the member's id")
            else:
                one.add_argument("code", help="the code of a place; VN is the nation")
            one.add_argument("month", help="a calendar month, such as 2026-09")
            if step == "run":
                one.add_argument("--jobs", type=int, default=len(os.sched_getaffinity(0)),
                                 help="processes that work at it (PostgreSQL)")  # fmt: skip
            one.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                             help="user name whose rights and language are used")  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(user.language):
                actor, month = user.actor(clock.today()), _month(options["month"])
                getattr(self, f"_{options['step']}")(actor, month, options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal

    def _run(self, actor: Actor, month: Period, options: dict[str, Any]) -> None:
        place = territory_by_code(options["code"], on=month.last)
        try:
            run = compute_run(by=actor, place=place, month=month.start, jobs=options["jobs"],
                              tell=self._tell)  # fmt: skip
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped; what is there is whole. Start it again to go on."))
            sys.exit(STOPPED)
        self.stdout.write(
            _("%(made)s sheets computed, %(there)s were there: %(people)s members, %(total)s.")
            % {"made": run.made, "there": run.there, "people": number(run.people),
               "total": dong(Dong(run.total))}
        )  # fmt: skip
        self._say_lacking(actor, place, month)

    def _tell(self, run: Run) -> None:
        done = run.there + run.made
        self.stderr.write(f"{done}/{run.communes}", ending="\r" if done < run.communes else "\n")

    def _say_lacking(self, actor: Actor, place: Territory, month: Period) -> None:
        """Whoever may see the sheets is told member, item and day; others how many in which."""
        if not actor.can(VIEW_PAY, place):
            self._say_lacking_by_commune(actor, place, month)
            return
        sheets = queries.sheets_under(scope=actor.scope(VIEW_PAY), place=place, month=month.start)
        lacking = queries.lacking_values(sheets)
        if lacking:
            record_reading(sheets[0], by=actor, where=place, purpose=Purpose.MANAGE_FORCE)
        for one in lacking:
            day = date.fromisoformat(one.day)
            self.stdout.write(
                _("No value in force: %(name)s, %(item)s, from %(day)s")
                % {"name": one.name, "item": one.item.label, "day": f"{day:%d/%m/%Y}"}
            )

    def _say_lacking_by_commune(self, actor: Actor, place: Territory, month: Period) -> None:
        sheets = queries.sheets_under(
            scope=actor.scope(COMPUTE_PAY), place=place, month=month.start
        )
        for sheet in sheets:
            counts = Counter((one.item, one.day) for one in queries.lacking_values([sheet]))
            for (item, first), count in sorted(counts.items()):
                self.stdout.write(
                    ngettext(
                        "No value in force: %(place)s, %(item)s, from %(day)s: %(count)s member",
                        "No value in force: %(place)s, %(item)s, from %(day)s: %(count)s members",
                        count,
                    )
                    % {"place": sheet.territory.full_name, "item": item.label, "count": count,
                       "day": f"{date.fromisoformat(first):%d/%m/%Y}"}
                )  # fmt: skip

    def _explain(self, actor: Actor, month: Period, options: dict[str, Any]) -> None:
        slips = queries.slips_of_member(
            scope=actor.scope(VIEW_PAY), member_id=options["member"], month=month.start
        )
        if not slips:
            raise Forbidden
        for slip in slips:
            sheet = slip.sheet
            record_reading(slip, by=actor, where=sheet.territory, purpose=Purpose.MANAGE_FORCE)
            self.stdout.write(
                f"{slip.full_name}, {month.start:%m/%Y}, {sheet.territory.full_name}:"
                f" {sheet.get_kind_display()}, {sheet.get_state_display()}"
            )
            self.stdout.write("\n".join(chain(slip)))

    def _diff(self, actor: Actor, month: Period, options: dict[str, Any]) -> None:
        place = territory_by_code(options["code"], on=month.last)
        sheet = queries.sheet_of(scope=actor.scope(VIEW_PAY), commune=place, month=month.start)
        record_reading(sheet, by=actor, where=place, purpose=Purpose.MANAGE_FORCE)
        _values, slips = differences(sheet)
        for slip in slips:
            for line in slip.lines:
                self.stdout.write(
                    f"{slip.draft.person.full_name}: {Pay(line['item']).label}:"
                    f" {dong(line['old'])} → {dong(line['new'])}"
                )
        if not slips:
            self.stdout.write(_("Computed anew, everything is the same."))


def _month(text: str) -> Period:
    found = parse_period(text)
    if found.start.day != 1 or next(found.months()) != found:
        raise NotAMonth(text=text)
    return found
