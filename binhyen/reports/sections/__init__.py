# SPDX-License-Identifier: AGPL-3.0-or-later
"""The sections of the annual review, in the order of the conference's report.

The year in seven figures; organisation and strength; the six task groups; results; the year
before; places not fully staffed; weak points; good places by rate; sources. Each is a pure function
from the numbers.
"""

from binhyen.reports.composing import Composer
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import activity, assessment, organisation, results
from binhyen.reports.sentences import Heading, Part

SECTIONS = (
    results.headlines,
    organisation.strength,
    activity.task_groups,
    results.outcomes,
    results.year_before,
    assessment.not_fully_staffed,
    assessment.weak_points,
    assessment.good_places,
    assessment.sources,
)
NUMERALS = ("I.", "II.", "III.", "IV.", "V.", "VI.", "VII.", "VIII.", "IX.")


def compose(numbers: Numbers) -> list[Part]:
    """The whole paper from its numbers: the same numbers always give the same paper."""
    composer = Composer(numbers)
    parts: list[Part] = []
    for numeral, section in zip(NUMERALS, SECTIONS, strict=True):
        title, body = section(composer)
        parts += [Heading(title, 1, numeral), *body]
    return parts
