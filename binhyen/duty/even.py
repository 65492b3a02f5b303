# SPDX-License-Identifier: AGPL-3.0-or-later
"""How evenly a team's duties are shared, as a table in the order of names: counts, never scores."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Text
from binhyen.core.templatetags.show import number
from binhyen.duty.filling import Measure
from binhyen.duty.proposals import Choice, Count, Evenness, OpenPlace, Proposal

LABELS: Mapping[Measure, Text] = {
    Measure.NIGHTS: _("Nights, this quarter"),
    Measure.DUTIES: _("All duties, this quarter"),
    Measure.OFF: _("On days off, this year"),
    Measure.TET: _("At Tết, three years"),
}
"""In the order of the columns."""


@dataclass(frozen=True)
class EvenLine:
    """A member's row."""

    name: str
    cells: tuple[tuple[Text, str], ...]
    """Each with its column's head."""
    is_free: bool


@dataclass(frozen=True)
class EvenTable:
    """A team's table with its sentences."""

    title: str
    heads: tuple[Text, ...]
    lines: tuple[EvenLine, ...]
    spreads: tuple[tuple[Text, str], ...]
    claim: str


def even_table(team: Evenness) -> EvenTable:
    """A team before and after, ready for the page."""
    return EvenTable(
        team.team.name,
        tuple(LABELS.values()),
        tuple(
            EvenLine(
                line.member.full_name,
                tuple((head, _cell(line.counts[one])) for one, head in LABELS.items()),
                line.is_free,
            )
            for line in team.lines
        ),
        tuple((head, _change(*team.spreads[one])) for one, head in LABELS.items()),
        claim(team),
    )


@dataclass(frozen=True)
class TeamPart:
    """What a proposal says about one team."""

    table: EvenTable
    choices: tuple[Choice, ...]
    open: tuple[OpenPlace, ...]

    @property
    def said(self) -> str:
        """How many duties it gets, and how many places stay open."""
        words = ngettext("%(count)s duty", "%(count)s duties", len(self.choices))
        said = words % {"count": number(len(self.choices))}
        missing = sum(one.gap.missing for one in self.open)
        if not missing:
            return said
        words = ngettext("%(count)s place stays open", "%(count)s places stay open", missing)
        return f"{said} · {words % {'count': number(missing)}}"


def parts(found: Proposal) -> list[TeamPart]:
    """A proposal team by team, by name."""
    return [
        TeamPart(
            even_table(one),
            tuple(choice for choice in found.choices if choice.shift.team_id == one.team.pk),
            tuple(gap for gap in found.open if gap.shift.team_id == one.team.pk),
        )
        for one in found.teams
    ]


def claim(team: Evenness) -> str:
    """What is known about whether a fairer way exists."""
    if team.is_proven:
        return gettext("No fairer way exists under these rules.")
    return gettext("The best way found in %(seconds)s seconds; a fairer one may exist.") % {
        "seconds": number(settings.ROSTER_SECONDS)
    }


def _cell(count: Count) -> str:
    shown = _change(count.before, count.after)
    return f"{shown} (+{number(count.level)})" if count.level else shown


def _change(before: int, after: int) -> str:
    return number(before) if before == after else f"{number(before)} → {number(after)}"
