# SPDX-License-Identifier: AGPL-3.0-or-later
"""Results, and the comparison with the year before."""

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.indicators.catalogue import indicator
from binhyen.reports.composing import Composer
from binhyen.reports.sentences import Bound, Grid, Named, Part, Sentence

COMPARED = (
    "FORCE_TEAMS",
    "FORCE_MEMBERS",
    "FORCE_FILL_RATE",
    "FORCE_VACANCIES",
    "ACT_PATROLS",
    "ACT_PATROL_HOURS",
    "ACT_VIOLATIONS",
    "ACT_TRAFFIC",
    "ACT_REPORTS",
    "ACT_CASES_SUPPORTED",
    "ACT_HANDOVER_DELAY",
    "ACT_DISPUTES_FOUND",
    "ACT_DISPUTES_SETTLED",
    "ACT_FIRE",
    "ACT_RESCUE",
    "ACT_OUTREACH",
    "OUT_TRAFFIC_ACCIDENTS",
    "EXT_SO_CASES",
)


HEADLINES = (
    "FORCE_TEAMS",
    "FORCE_MEMBERS",
    "ACT_PATROLS",
    "ACT_VIOLATIONS",
    "ACT_REPORTS",
    "ACT_CASES_SUPPORTED",
    "ACT_TRAFFIC",
)
"""The seven figures by which the ministry's review of 2025 was reported."""


def headlines(composer: Composer) -> tuple[Text, list[Part]]:
    """The seven figures at a glance, each with what is counted for it."""
    rows: list[tuple[Named | Bound | None, ...]] = [
        (Named(str(indicator(code).title)), composer.now(code), Named(str(indicator(code).meaning)))
        for code in HEADLINES
    ]
    heads = (_("Figure"), _("This period"), _("What it counts"))
    return _("The year in seven figures"), [
        Grid(_("Seven figures, counted from the records of this system"), heads, rows, (6, 3, 7.5))
    ]


def outcomes(composer: Composer) -> tuple[Text, list[Part]]:
    """Disputes, crime, accidents; with the sentence that outcomes have many causes."""
    parts: list[Part] = [
        composer.say(
            _(
                "Teams noticed %(found)s disputes early; %(settled)s were settled by grassroots"
                " mediators with their support, %(rate)s of those that were closed."
            ),
            found="ACT_DISPUTES_FOUND",
            settled="ACT_DISPUTES_SETTLED",
            rate="ACT_DISPUTES_RATE",
        )
    ]
    for code, fewer, more, same in (
        (
            "EXT_SO_CASES",
            _("Criminal cases against social order: %(now)s, %(change)s fewer than a year before."),
            _("Criminal cases against social order: %(now)s, %(change)s more than a year before."),
            _("Criminal cases against social order: %(now)s, as many as a year before."),
        ),
        (
            "OUT_TRAFFIC_ACCIDENTS",
            _("Traffic accidents: %(now)s, %(change)s fewer than a year before."),
            _("Traffic accidents: %(now)s, %(change)s more than a year before."),
            _("Traffic accidents: %(now)s, as many as a year before."),
        ),
    ):
        sentence = composer.say_change(code, fewer=fewer, more=more, same=same)
        parts.append(
            sentence
            or composer.say(
                _("%(title)s: %(now)s."), names={"title": str(indicator(code).title)}, now=code
            )
        )
    parts.append(
        composer.say(
            _("%(clarified)s of these cases were clarified, a rate of %(rate)s."),
            clarified="EXT_SO_CLARIFIED",
            rate="EXT_SO_RATE",
        )
    )
    parts.append(Sentence(_("Crime and accidents have many causes; these figures do not measure"
                            " the force alone.")))  # fmt: skip
    return _("Results for security and order"), parts


def year_before(composer: Composer) -> tuple[Text, list[Part]]:
    """The main figures beside those of the same days of the year before."""
    rows: list[tuple[Named | Bound | None, ...]] = []
    for code in COMPARED:
        now = composer.now(code)
        if now is not None:
            title = Named(str(indicator(code).title))
            rows.append((title, now, composer.before(code), composer.change(code)))
    period = composer.numbers.period.year_before()
    parts: list[Part] = [
        Sentence(
            _("The year before means %(first)s to %(last)s. The force was founded on %(founded)s,"
              " so a comparison with earlier days is not possible."),
            {
                "first": Named(f"{period.start:%d/%m/%Y}"),
                "last": Named(f"{period.last:%d/%m/%Y}"),
                "founded": Named("01/07/2024"),
            },
        ),
        Grid(
            _("Main figures against the year before"),
            (_("Figure"), _("This period"), _("Year before"), _("Up or down")),
            rows,
            (8, 3, 3, 2.5),
        ),
    ]  # fmt: skip
    return _("Compared with the year before"), parts
