# SPDX-License-Identifier: AGPL-3.0-or-later
"""Organisation and strength."""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.indicators.catalogue import indicator
from binhyen.reports.composing import Composer
from binhyen.reports.sentences import Bound, Grid, Named, Part


def strength(composer: Composer) -> tuple[Text, list[Part]]:
    """Teams, members, the decided number, vacancies, where members came from."""
    place = composer.numbers.place
    parts: list[Part] = [
        composer.say(
            _(
                "On %(last)s there were %(teams)s Security and Order Protection Teams in %(place)s"
                " with %(members)s members, on average %(size)s members in each Team."
            ),
            names={"last": composer.days()["last"], "place": place.name},
            teams="FORCE_TEAMS",
            members="FORCE_MEMBERS",
            size="FORCE_AVG_SIZE",
        ),
        composer.say(
            _(
                "The province decided a number of %(planned)s members; %(rate)s of it serve, and"
                " %(vacant)s places in villages are vacant."
            ),
            planned="FORCE_PLANNED_MEMBERS",
            rate="FORCE_FILL_RATE",
            vacant="FORCE_VACANCIES",
        ),
    ]
    change = composer.say_change(
        "FORCE_MEMBERS",
        fewer=_("That is %(change)s fewer members than a year before (%(before)s)."),
        more=_("That is %(change)s more members than a year before (%(before)s)."),
        same=_("The number of members is that of a year before (%(before)s)."),
    )
    if change:
        parts.append(change)
    origins = _origins(composer)
    if origins:
        parts.append(origins)
    return _("Organisation and strength"), parts


def _origins(composer: Composer) -> Grid | None:
    by_part = composer.numbers.by_part.get("FORCE_ORIGIN", {})
    total = sum(by_part.values())
    if not total:
        return None
    declared, place = indicator("FORCE_ORIGIN"), composer.numbers.place.code
    rows = [
        (
            Named(str(declared.part_label(part))),
            Bound("FORCE_ORIGIN", place, Decimal(amount), "part"),
            Bound("FORCE_ORIGIN", place, Decimal(amount) * 100 / total, "part",
                  _("share of all members"), 1, "%"),
        )
        for part, amount in sorted(by_part.items(), key=lambda item: -item[1])
    ]  # fmt: skip
    return Grid(
        _("Members by former force"),
        (_("Former force"), _("Members"), _("Share")),
        rows,
        (8.5, 3.5, 3.5),
    )
