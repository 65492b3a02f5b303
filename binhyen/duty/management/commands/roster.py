# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen roster fill PLACE`: a fair filling of open places; assigned only with --yes."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import override

from binhyen.accounts.queries import account_named
from binhyen.core import clock
from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.periods import Period, parse_period
from binhyen.core.templatetags.show import number
from binhyen.duty.actions import fill_roster
from binhyen.duty.even import even_table
from binhyen.duty.permissions import ASSIGN_DUTY
from binhyen.duty.proposals import Proposal, propose
from binhyen.teams.models import Team
from binhyen.teams.queries import team as one_team
from binhyen.territory.models import Territory
from binhyen.territory.queries import territory_by_code

REFUSED = 1


class Command(BaseCommand):
    """Says who would serve where and why; with --yes assigns them."""

    help = (
        "Propose who fills the open places of a team's or a commune's planned shifts, fairly and"
        " under the rules, with a reason for each; --yes assigns them, with the rights of an"
        " account. Exit code 0: done; 1: refused; 2: wrong command."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=("fill",), help="what is done")
        parser.add_argument("place", metavar="COMMUNE|TEAM",
                            help="five-digit code of a commune, or id of a team, as in the address"
                            " of its roster")  # fmt: skip
        parser.add_argument("--month", required=True, metavar="PERIOD",
                            help="2026-12, or two days: 2026-12-01..2026-12-15")  # fmt: skip
        parser.add_argument("--as", required=True, metavar="ACCOUNT", dest="account",
                            help="user name whose rights and language are used")  # fmt: skip
        parser.add_argument("--yes", action="store_true", help="assign what is proposed")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = account_named(options["account"])
            with override(user.language):
                self._fill(user.actor(clock.today()), **options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=REFUSED) from refusal

    def _fill(self, actor: Actor, **options: Any) -> None:
        place = _place(actor, options["place"])
        found = propose(by=actor, place=place, period=_period(options["month"], actor.on))
        assigned = _assign(actor, place, found) if options["yes"] and found.choices else ""
        if options["json"]:
            self.stdout.write(_as_json(found, is_assigned=bool(assigned)))
        else:
            self.stdout.write("\n".join([*_lines(found), assigned or _not_yet(found)]))


def _place(actor: Actor, text: str) -> Team | Territory:
    """A team by its id, or a commune by its code. Raises Forbidden."""
    try:
        team_id = UUID(text)
    except ValueError:
        return territory_by_code(text.strip(), on=actor.on)
    return one_team(scope=actor.scope(ASSIGN_DUTY), team_id=team_id)


def _period(text: str, today: date) -> Period:
    """The days that are asked for, from today on. Raises BadPeriod."""
    period = parse_period(text)
    if period.start < today < period.end:
        return Period(today, period.end)
    return period


def _assign(actor: Actor, place: Team | Territory, found: Proposal) -> str:
    duties = [(one.shift, one.member) for one in found.choices]
    done = fill_roster(by=actor, place=place, duties=duties)
    lines = [f"{one.when}, {one.member.full_name}: {one.why}" for one in done.refused]
    lines.append(
        _("%(assigned)s duties assigned, %(left_out)s left out.")
        % {"assigned": number(done.assigned), "left_out": number(done.left_out)}
    )
    return "\n".join(lines)


def _not_yet(found: Proposal) -> str:
    if not found.choices:
        return _("Nobody to assign.")
    return _("Nothing is saved. Add --yes to assign them.")


def _lines(found: Proposal) -> list[str]:
    lines = [
        f"{one.when}, {one.shift.team.name}: {one.member.full_name} – {one.why}"
        for one in found.choices
    ]
    for gap in found.open:
        missing = _("%(count)s missing") % {"count": number(gap.gap.missing)}
        words = " ".join((*gap.gap.why, *gap.gap.mend))
        lines.append(f"{gap.when}, {gap.shift.team.name}: {missing}. {words}")
    for table in map(even_table, found.teams):
        lines.append(f"{table.title}: {table.claim}")
        for line in table.lines:
            lines.append(
                f"  {line.name}: " + "; ".join(f"{head} {cell}" for head, cell in line.cells)
            )
    return lines


def _as_json(found: Proposal, *, is_assigned: bool) -> str:
    shown = {
        "assigned": is_assigned,
        "duties": [
            {"shift": str(one.shift.id), "member": str(one.member.id),
             "full_name": one.member.full_name, "when": one.when, "why": one.why}
            for one in found.choices
        ],
        "open": [
            {"shift": str(one.shift.id), "when": one.when, "missing": one.gap.missing,
             "why": one.gap.why, "mend": one.gap.mend}
            for one in found.open
        ],
        "teams": [
            {"team": table.title, "claim": table.claim,
             "members": [asdict(line) for line in table.lines]}
            for table in map(even_table, found.teams)
        ],
    }  # fmt: skip
    return json.dumps(shown, ensure_ascii=False, indent=2, default=str)
