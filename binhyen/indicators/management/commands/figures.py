# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen figures`: figures of a place and period; recount and check of what is stored."""

import json
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import translation
from django.utils.translation import gettext as _
from tqdm import tqdm

from binhyen.core import clock, lately
from binhyen.core.actors import EVERYWHERE
from binhyen.core.errors import Refused
from binhyen.core.periods import parse_period
from binhyen.indicators import catalogue, queries, recounting, verifying
from binhyen.indicators.figures import Figure
from binhyen.territory.queries import names_of, territory_ever


class Command(BaseCommand):
    """Aggregates only, so it needs no account; `binhyen explain` opens records and needs one."""

    help = (
        "Show figures of a place and period, recount the stored sums, or check them. "
        "Examples: binhyen figures --area 68 --period 2025-09 · "
        "binhyen figures --area 68 --period 2024-09-16..2025-09-15 --codes ACT_PATROLS --json · "
        "binhyen figures --recount --verify. "
        "Exit codes: 0 done, 1 refused or differences found, 2 wrong usage."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument("--area", help="VN, a province (68) or a commune (22918)")
        parser.add_argument(
            "--period",
            help="2025 · 2025-09 · 15-14:2025-09 (reporting month) · rating:2025 · "
            "2024-09-16..2025-09-15",
        )
        parser.add_argument("--codes", default="", help="codes joined by commas; all without it")
        parser.add_argument("--json", action="store_true", help="a JSON list, for programs")
        parser.add_argument("--recount", action="store_true", help="count everything anew")
        parser.add_argument(
            "--verify", action="store_true", help="compare what is stored with a recount"
        )
        parser.add_argument("--lang", choices=["vi", "en"], default="vi", help="default: vi")

    def handle(self, *args: Any, **options: Any) -> None:
        """Recount, then check, then show: whatever was asked for."""
        wants_figures = options["area"] or options["period"]
        if wants_figures and not (options["area"] and options["period"]):
            raise CommandError("Give both --area and --period.", returncode=2)
        if not (wants_figures or options["recount"] or options["verify"]):
            raise CommandError("Give --area and --period, --recount or --verify.", returncode=2)
        with translation.override(options["lang"]):
            try:
                codes = _codes(options["codes"])
                if options["recount"]:
                    self._recount(codes)
                if options["verify"]:
                    self._verify(codes)
                if wants_figures:
                    self._show(options, codes)
            except Refused as refusal:
                raise CommandError(str(refusal), returncode=1) from refusal

    def _recount(self, codes: list[str]) -> None:
        bases = [one.code for one in catalogue.bases(codes) if one.is_counted]
        everything = len(bases) == len(catalogue.counted())
        with tqdm(total=len(bases), unit="indicator", disable=None) as bar:

            def done(code: str) -> None:
                bar.set_postfix_str(code)
                bar.update()

            stored = recounting.recount(None if everything else bases, watch=done)
        self.stderr.write(_("Counted anew: %(stored)s stored sums.") % {"stored": stored})

    def _verify(self, codes: list[str]) -> None:
        found = verifying.verify([one.code for one in catalogue.bases(codes) if one.is_counted])
        names = names_of({difference.territory_id for difference in found})
        for one in found:
            self.stderr.write(
                _("%(code)s, %(place)s, %(start)s (%(grain)s) %(part)s: stored %(stored)s, counted"
                  " %(counted)s") % {
                    "code": one.indicator,
                    "place": names.get(one.territory_id, one.territory_id),
                    "start": one.start.isoformat(),
                    "grain": one.grain,
                    "part": one.part,
                    "stored": one.stored,
                    "counted": one.counted,
                }
            )  # fmt: skip
        if found:
            raise CommandError(
                _("%(number)s stored sums differ from a recount. Run: binhyen figures --recount")
                % {"number": len(found)},
                returncode=1,
            )
        lately.note(lately.VERIFY)
        self.stderr.write(_("Stored sums equal a recount."))

    def _show(self, options: dict[str, Any], codes: list[str]) -> None:
        period = parse_period(options["period"])
        place = territory_ever(options["area"], on=min(period.last, clock.today()))
        figures = queries.figures_for(codes, place, period, scope=EVERYWHERE).values()
        if options["json"]:
            told = [figure.as_json() for figure in figures]
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"{place.full_name}, {period}")
        self.stdout.write("\n".join(_lines(figures)))


def _codes(text: str) -> list[str]:
    """The codes that were asked for, or all that people see. Raises UnknownIndicator."""
    asked = [code.strip().upper() for code in text.split(",") if code.strip()]
    return [catalogue.indicator(code).code for code in asked] or [
        one.code for one in catalogue.listed()
    ]


def _lines(figures: Iterable[Figure]) -> list[str]:
    return [
        f"  {figure.code:<28} {figure.with_unit:>24}  {figure.indicator.title}"
        for figure in figures
    ]
