# SPDX-License-Identifier: AGPL-3.0-or-later
"""`python -m bench.night`: the national start, on the database that DATABASE_URL names.

    python -m bench.night [--rate 143] [--seconds 600] [--calm 143] [--surge 60] [--climb 60]

Needs a loaded demo with as many teams as starts (the nation for ten minutes). The database keeps
the accounts, phones and patrols that this makes: use one that is for measuring only. Writes
bench/NIGHT.md.
"""

import argparse
import os
import sys

import django


def main() -> None:
    """Measure each part in turn and write what came out."""
    given = _arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["BINHYEN_API_REQUESTS_A_MINUTE"] = "100000"
    django.setup()
    from bench.night import runs, told

    found: list[runs.Run] = []
    for run in runs.each_of(given):
        found.append(run)
        print(told.write(found), file=sys.stderr)  # kept at once: a long measurement may be stopped


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Every team starts a patrol at 22:00.")
    parser.add_argument("--rate", type=float, default=143.0, help="starts a second")
    parser.add_argument("--seconds", type=float, default=600.0, help="of the main run")
    parser.add_argument("--calm", type=float, default=0.0,
                        help="starts a second around the surge, which is three times as many;"
                        " default: --rate")  # fmt: skip
    parser.add_argument("--surge", type=float, default=60.0, help="seconds at three times the rate")
    parser.add_argument("--climb", type=float, default=60.0, help="seconds of each step of rates")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=list(PARTS))
    return parser.parse_args()


PARTS = ("main", "surge", "climb", "bare")

if __name__ == "__main__":
    main()
