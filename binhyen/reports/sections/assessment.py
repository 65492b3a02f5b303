# SPDX-License-Identifier: AGPL-3.0-or-later
"""Places not fully staffed, weak points, good places by rate, sources.

Nothing ranks places by reports, violations or patrols; only rates and delays are compared, and a
place with few cases is left out of a rate.
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.indicators.catalogue import indicator
from binhyen.reports.composing import Composer, list_of_names
from binhyen.reports.numbers import Place
from binhyen.reports.sentences import Bound, Grid, Named, Part, PlaceMap, Sentence
from binhyen.territory.reference import OFFICIAL_START

FULL = Decimal(100)
ENOUGH_DISPUTES = 5
"""A settlement rate over fewer closed disputes says nothing."""
LONGEST = 40
"""Rows of the table of places not fully staffed; the rest is a sentence."""
BEST = 10


def not_fully_staffed(composer: Composer) -> tuple[Text, list[Part]]:
    """Communes in which fewer serve than were decided, and the map."""
    numbers = composer.numbers
    title = _("Places not yet fully staffed")
    if not numbers.children:
        return title, [
            composer.say(_("%(vacant)s decided places are vacant."), vacant="FORCE_VACANCIES")
        ]
    short = composer.children_where("FORCE_FILL_RATE", lambda rate: rate < FULL)
    short.sort(key=lambda place: (numbers.child("FORCE_FILL_RATE", place) or 0, place.name))
    basis = _("units whose fill rate is below 100 per cent")
    parts: list[Part] = [
        Sentence(
            _("%(short)s of %(all)s units have not yet recruited the decided number."),
            {
                "short": composer.count("FORCE_FILL_RATE", len(short), basis),
                "all": composer.count("FORCE_FILL_RATE", len(numbers.children), _("units below")),
            },
        ),
        PlaceMap(_("Fill rate by unit"), "FORCE_FILL_RATE",
                 numbers.by_child.get("FORCE_FILL_RATE", {})),
    ]  # fmt: skip
    if short:
        parts.append(_staffing_grid(composer, short[:LONGEST]))
    if len(short) > LONGEST:
        parts.append(
            Sentence(
                _("The table shows the %(shown)s units with the lowest rate."),
                {"shown": composer.count("FORCE_FILL_RATE", LONGEST, _("rows of the table"))},
            )
        )
    return title, parts


def _staffing_grid(composer: Composer, places: list[Place]) -> Grid:
    codes = ("FORCE_PLANNED_MEMBERS", "FORCE_MEMBERS", "FORCE_VACANCIES", "FORCE_FILL_RATE")
    return Grid(
        _("Units not yet fully staffed"),
        (_("Unit"), _("Decided"), _("Serving"), _("Vacant"), _("Fill rate")),
        [(Named(p.name), *(composer.child(code, p) for code in codes)) for p in places],
        (6.5, 2.5, 2.5, 2.5, 2.5),
    )


def weak_points(composer: Composer) -> tuple[Text, list[Part]]:
    """What the figures show to be weak, each with its number; nothing is blamed on a person."""
    numbers = composer.numbers
    parts: list[Part] = []
    vacant = composer.now("FORCE_VACANCIES")
    if vacant and vacant.value:
        parts.append(Sentence(_("%(vacant)s decided places in villages are vacant; those villages"
                                " lean on their neighbours."), {"vacant": vacant}))  # fmt: skip
    silent = composer.children_where("ACT_PATROLS", lambda value: value == 0)
    if silent:
        count = composer.count("ACT_PATROLS", len(silent), _("units without a patrol"))
        parts.append(Sentence(_("%(count)s units recorded no patrol: %(names)s."),
                              {"count": count, "names": Named(list_of_names(silent))}))  # fmt: skip
    parts += _slow(composer)
    missing = [
        str(indicator(code).title)
        for code in ("ACT_OUTREACH", "ACT_FIRE", "ACT_RESCUE", "ACT_ADMIN_SUPPORT", "ACT_EDUCATION")
        if numbers.now.get(code) is None
    ]
    if missing:
        parts.append(Sentence(_("No authority has signed figures for: %(titles)s."),
                              {"titles": Named("; ".join(missing))}))  # fmt: skip
    later = Sentence(
        _(
            "Training, equipment, support and benefits are not yet counted in this system, so"
            " this review says nothing about them."
        )
    )
    return _("Weak points and difficulties"), [*parts, later]


def _slow(composer: Composer) -> list[Part]:
    """Units that hand over slower than twice the median of the whole."""
    whole = composer.now("ACT_HANDOVER_DELAY")
    if whole is None or not whole.value:
        return []
    slow = composer.children_where("ACT_HANDOVER_DELAY", lambda value: value > whole.value * 2)
    if not slow:
        return []
    basis = _("units whose median delay is more than twice that of the whole")
    return [
        Sentence(
            _(
                "In %(count)s units half of the reports took more than twice the usual %(usual)s"
                " minutes to reach commune police: %(names)s."
            ),
            {
                "count": composer.count("ACT_HANDOVER_DELAY", len(slow), basis),
                "usual": whole,
                "names": Named(list_of_names(slow)),
            },
        )
    ]


def good_places(composer: Composer) -> tuple[Text, list[Part]]:
    """Full staffing, short delays and settled disputes; always rates, never counts."""
    numbers = composer.numbers
    if not numbers.children:
        return _("Good places"), [Sentence(_("Villages are not compared with each other."))]
    full = composer.children_where("FORCE_FILL_RATE", lambda rate: rate >= FULL)
    parts: list[Part] = [
        Sentence(
            _("%(full)s units have recruited everybody that was decided."),
            {"full": composer.count("FORCE_FILL_RATE", len(full), _("fill rate of 100"))},
        )
    ]
    grid = _settled_grid(composer)
    if grid:
        parts.append(grid)
    return _("Good places, by rate"), parts


def _settled_grid(composer: Composer) -> Grid | None:
    numbers = composer.numbers
    places = [
        place
        for place in composer.children_where("ACT_DISPUTES_RATE", lambda rate: rate > 0)
        if (numbers.child("ACT_DISPUTES_FOUND", place) or 0) >= ENOUGH_DISPUTES
    ]
    if not places:
        return None
    places.sort(key=lambda p: (-(numbers.child("ACT_DISPUTES_RATE", p) or 0), p.name))
    codes = ("ACT_DISPUTES_RATE", "ACT_HANDOVER_DELAY", "FORCE_FILL_RATE")
    return Grid(
        _("Units with the highest share of disputes settled"),
        (_("Unit"), _("Disputes settled"), _("Delay of hand-over (minutes)"), _("Fill rate")),
        [(Named(p.name), *(composer.child(code, p) for code in codes)) for p in places[:BEST]],
        (6.5, 3.3, 3.4, 3.3),
    )


def sources(composer: Composer) -> tuple[Text, list[Part]]:
    """Where the numbers come from, and what is doubtful about them."""
    numbers = composer.numbers
    parts: list[Part] = [
        Sentence(
            _(
                "Figures of the force are counted from the records of this system, as they stood"
                " on %(read)s, for %(first)s to %(last)s. Crime, accidents and what this system"
                " does not count yet were typed in and signed by an authority."
            ),
            {"read": Named(f"{numbers.counted_until:%d/%m/%Y}"),
             **{name: Named(text) for name, text in composer.days().items()}},
        )
    ]  # fmt: skip
    if numbers.communes_from:
        parts.append(
            Sentence(
                _(
                    "This is a demonstration: the people and records are invented, and the communes"
                    " of %(law)s stand in it from %(first)s."
                ),
                {
                    "law": Named(f"{OFFICIAL_START:%d/%m/%Y}"),
                    "first": Named(f"{numbers.communes_from:%d/%m/%Y}"),
                },
            )
        )
    for code, words in numbers.doubts.items():
        parts += [
            Sentence("%(title)s: %(doubt)s",
                     {"title": Named(str(indicator(code).title)), "doubt": Named(word)})
            for word in words
        ]  # fmt: skip
    rows: list[tuple[Named | Bound | None, ...]] = [
        (Named(code), Named(str(indicator(code).title)), _figure(composer, code))
        for code in numbers.now
        if numbers.now[code] is not None and not indicator(code).is_internal
    ]
    parts.append(
        Grid(_("Every figure of this review by its code"), (_("Code"), _("Figure"), _("Value")),
             rows, (6.6, 7.2, 2.9))
    )  # fmt: skip
    return _("Sources of the figures"), parts


def _figure(composer: Composer, code: str) -> Bound | None:
    return composer.now(code)
