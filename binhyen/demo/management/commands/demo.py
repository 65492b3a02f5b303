# SPDX-License-Identifier: AGPL-3.0-or-later
"""`binhyen demo`: an invented commune, province or nation in the database, with sample accounts."""

import json
import os
import sys
import time
from argparse import ArgumentParser
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from tqdm import tqdm

from binhyen.core import bulk, clock, database
from binhyen.core.commands import STOPPED, LongCommand
from binhyen.core.errors import Refused
from binhyen.demo import (
    budgeting,
    claiming,
    loading,
    norming,
    paying,
    rostering,
    signing,
    signins,
    telling,
)
from binhyen.demo.world.commune import World
from binhyen.demo.world.rhythm import END
from binhyen.indicators import catalogue

_MORNING = 10


class Command(LongCommand):
    """Migrates, loads what is missing, prints the sign-ins, and ends; changes nothing else."""

    help = (
        "Fill the database with an invented but realistic commune, province or nation.\n\n"
        "Places are real, people and records are invented; all of it follows from the seed. The"
        " year from 16/09/2024 to 15/09/2025 is calibrated by the published figures; the records"
        " go on until now, with plans for the coming week. In the demonstration the communes of"
        " 01/07/2025 stand from 01/07/2024.\n\n"
        "Stop it at any moment and run it again: it goes on where it stopped. A second run adds"
        " only what is missing. The password of the sample accounts is public: with"
        " BINHYEN_HTTPS on, the command refuses.\n\n"
        "exit codes: 0 loaded or already there, 1 refused (the reason is printed), 130 stopped"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What can be chosen."""
        parser.add_argument(
            "--scale",
            choices=loading.SCALES,
            default="province",
            help="commune: xã Đức Linh (23191); province: Lâm Đồng (68), the default;"
            " nation: all 3,321 communes, which takes long and is best on PostgreSQL",
        )
        parser.add_argument("--seed", type=int, help="another invented world; default: 1")
        parser.add_argument(
            "--years",
            type=int,
            help="years of records, the first ending on 15/09/2025; the last eight weeks are always"
            " there; default: everything until now",
        )
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day at which the world stands (10 o'clock), such as 2025-11-12; default: now",
        )
        parser.add_argument(
            "--jobs", type=int,
            help="processes that build and load; default: one for each core from a province up",
        )  # fmt: skip

        parser.add_argument(
            "--planted", metavar="FILE",
            help="load nothing; write the list of planted records as JSON, - for the screen",
        )  # fmt: skip
        parser.add_argument(
            "--calibration", action="store_true",
            help="load nothing; the published figures beside those of the nation that is loaded",
        )  # fmt: skip
        parser.add_argument(
            "--score", action="store_true",
            help="load nothing; say how many planted records the checks find (recall, precision)",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, load, sign, count, print; or tell of what was planted."""
        if options["planted"] or options["score"] or options["calibration"]:
            self._tell(options)
            return
        started = time.monotonic()
        call_command("migrate", verbosity=0, interactive=False)
        try:
            with database.alone("binhyen demo"), bulk.quick_writes():
                counts = self._load(options)
        except Refused as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        except KeyboardInterrupt:
            self.stderr.write(_("Stopped. What was loaded stays; run the command again to go on."))
            sys.exit(STOPPED)
        self._report(counts, time.monotonic() - started)

    def _load(self, options: dict[str, Any]) -> loading.Counts:
        signins.check_private()
        asked = frozenset(name for name in ("seed", "today", "years") if options[name] is not None)
        world = loading.begin(_world(options), is_asked=asked)
        officer = signins.open_offices(world)
        codes = loading.communes_of(world, options["scale"])
        missing = loading.missing(codes)
        with tqdm(total=len(missing), unit=_(" communes"), disable=not missing, **_bar()) as bar:
            counts = loading.load(
                world, missing, officer=officer, jobs=_jobs(options),
                watch=lambda _code: _advance(bar),
            )  # fmt: skip
        if loading.is_unfinished():
            with tqdm(unit=_(" tables and indexes"), **_bar()) as bar:
                loading.put_together(lambda _name: _advance(bar), jobs=_jobs(options))
        signins.open_team(world)
        norming.set_norms(world)
        if options["scale"] == "commune":
            rostering.fill_roster(world)
            paying.pay_months(world)
            budgeting.set_budget(world)
            claiming.make_claims(world)
        signed = signing.sign_provinces(world, codes)
        if missing or signed:
            total = len(catalogue.counted())
            with tqdm(total=total, unit=_(" figures"), **_bar()) as bar:
                loading.finish(watch=lambda _code: _advance(bar))
        return counts

    def _tell(self, options: dict[str, Any]) -> None:
        if options["planted"]:
            text = json.dumps(loading.planted(), indent=1)
            if options["planted"] == "-":
                self.stdout.write(text)
            else:
                Path(options["planted"]).write_text(text, encoding="utf-8")
        wanted = {"calibration": telling.calibration, "score": telling.scores}
        for name, tell in wanted.items():
            if options[name]:
                for line in tell():
                    self.stdout.write(line)

    def _report(self, counts: loading.Counts, seconds: float) -> None:
        if counts.communes:
            self.stdout.write(
                _(
                    "Loaded %(communes)s communes, %(teams)s teams, %(members)s members,"
                    " %(patrols)s patrols, %(reports)s reports in %(seconds)s seconds."
                )
                % (vars(counts) | {"seconds": round(seconds)})
            )
        else:
            self.stdout.write(_("Everything is already there; nothing was changed."))
        self.stdout.write(
            _("All people and records are invented; the places are real. In this demonstration the"
              " communes of 01/07/2025 stand from 01/07/2024.")
        )  # fmt: skip
        self.stdout.write("")
        self.stdout.write(_("Sign in with the password %(password)s as:")
                          % {"password": signins.PASSWORD})  # fmt: skip
        places = signins.places()
        for one in signins.EVERY:
            line = f"  {one.username:<18} {one.role.label!s:<40} {places.get(one.code, one.code)}"
            self.stdout.write(line)
        self.stdout.write("")
        self.stdout.write(_("Start the product with: binhyen serve"))


def _world(options: dict[str, Any]) -> World:
    now = _now(options["today"])
    if not World(0, now).is_possible or now > clock.now():
        raise loading.NotThatDay(day=f"{clock.day_of(now):%d/%m/%Y}")
    seed = 1 if options["seed"] is None else options["seed"]
    return World(seed, now, options["years"])


def _jobs(options: dict[str, Any]) -> int:
    """A single commune is quicker than starting a second process."""
    asked: int | None = options["jobs"]
    if asked is not None:
        return max(1, asked)
    return 1 if options["scale"] == "commune" else len(os.sched_getaffinity(0))


def _now(today: date | None) -> datetime:
    """Ten in the morning of a given day, or this moment in steps of five minutes."""
    now = clock.now()
    if today is None or today == clock.today():
        return now - timedelta(minutes=now.minute % 5, seconds=now.second,
                               microseconds=now.microsecond)  # fmt: skip
    return clock.at_vietnam(min(today, END), _MORNING)


def _advance(bar: "tqdm[Any]") -> None:
    bar.update()


def _bar() -> dict[str, Any]:
    """A bar for people; a line now and then where nobody watches."""
    is_watched = sys.stderr.isatty()
    return {"dynamic_ncols": True, "mininterval": 0.5 if is_watched else 15, "smoothing": 0.05}
