# SPDX-License-Identifier: AGPL-3.0-or-later
"""How many members a Team may have, and how many Teams a village: the province's rule, any shape.

The law gives no number: Art. 14(3) leaves criteria to the provincial People's Council. A rule is a
list of bands (the last that fits holds), steps that add members, and a ceiling. Sizes are ranges,
since some provinces say "3 to 5"; a size that no source shows stays open (`most` is None).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from binhyen.core.errors import Refused


class Measure(StrEnum):
    """By what a village is measured."""

    RESIDENTS = "residents"
    HOUSEHOLDS = "households"
    HECTARES = "hectares"
    """100 to the square kilometre, so that areas are whole."""


class BadRule(Refused):
    """A rule of strength that cannot be read."""

    what = _("The rule of strength cannot be used.")
    why = _("%(fault)s.")
    remedy = _(
        "Write bands with the least and the most members, steps, and a ceiling; then try again."
    )


@dataclass(frozen=True)
class Area:
    """What a rule may ask about the area of a Team; None is not known."""

    residents: int | None = None
    households: int | None = None
    hectares: int | None = None
    family: str = ""
    """`thon` or `to_dan_pho`, the two families of Art. 2(1)."""
    commune: str = ""
    """`xa`, `phuong` or `dac_khu`."""
    is_key: bool = False
    is_merged: bool = False

    def of(self, measure: Measure) -> int | None:
        """The number of a measure, or None."""
        found: int | None = getattr(self, measure.value)
        return found


@dataclass(frozen=True)
class _Where:
    """To which areas a part of a rule applies; empty is any."""

    measure: Measure | None = None
    start: int = 0
    """The least number of the measure to which it applies."""
    family: str = ""
    commune: str = ""
    key: bool | None = None
    merged: bool | None = None

    def fits(self, area: Area) -> bool:
        """Whether it applies. Raises _UnknownError where a measure is not known."""
        kinds = ((self.family, area.family), (self.commune, area.commune))
        flags = ((self.key, area.is_key), (self.merged, area.is_merged))
        if any(asked and asked != given for asked, given in kinds):
            return False
        if any(asked is not None and asked != given for asked, given in flags):
            return False
        return self.measure is None or _known(area, self.measure) >= self.start


@dataclass(frozen=True)
class Band(_Where):
    """So many members where it applies."""

    least: int = 0
    most: int | None = None
    teams: int = 1
    """Teams in one village, at most."""


@dataclass(frozen=True)
class Step(_Where):
    """One more member for each full stretch of the measure above `start`: `every` / `parts`."""

    every: int = 1
    parts: int = 1

    def members(self, area: Area) -> int:
        """How many are added."""
        if self.measure is None or not self.fits(area):
            return 0
        return (_known(area, self.measure) - self.start) * self.parts // self.every


@dataclass(frozen=True)
class Rule:
    """A province's rule of strength."""

    bands: tuple[Band, ...]
    steps: tuple[Step, ...] = ()
    ceiling: int | None = None
    instrument: str = ""


@dataclass(frozen=True)
class Strength:
    """What a rule gives an area; `lacks` names a measure that would have to be known first."""

    least: int | None
    most: int | None
    teams: int = 1
    added: int = 0
    lacks: Measure | None = None

    def vacancies(self, headcount: int) -> int | None:
        """How many are missing to the least number; None where the rule gives none."""
        return None if self.least is None else max(self.least - headcount, 0)

    def is_over(self, headcount: int) -> bool:
        """Whether a Team has more members than the rule allows."""
        return self.most is not None and headcount > self.most


class _UnknownError(Exception):
    def __init__(self, measure: Measure) -> None:
        self.measure = measure


def _known(area: Area, measure: Measure) -> int:
    number = area.of(measure)
    if number is None:
        raise _UnknownError(measure)
    return number


def strength(area: Area, rule: Rule) -> Strength:
    """How many members the Team of an area may have.

    Units: whole people; a full stretch counts, a begun one does not.
    Source: Law 30/2023/QH15 Art. 14(3); the province's resolution.

    >>> rule = Rule((Band(least=3, most=3), Band(Measure.RESIDENTS, 2_701, least=4, most=4)),
    ...             (Step(Measure.RESIDENTS, 3_600, every=900),))
    >>> strength(Area(residents=4_500), rule).least
    5
    """
    try:
        band = next((one for one in reversed(rule.bands) if one.fits(area)), None)
        added = sum(step.members(area) for step in rule.steps)
    except _UnknownError as unknown:
        return Strength(None, None, lacks=unknown.measure)
    if band is None:
        return Strength(None, None)
    least, most = band.least + added, None if band.most is None else band.most + added
    if rule.ceiling is not None:
        least = min(least, rule.ceiling)
        most = rule.ceiling if most is None else min(most, rule.ceiling)
    return Strength(least, most, teams=band.teams, added=added)


_Part = TypeVar("_Part", Band, Step)


def rule_from(written: Mapping[str, Any], *, instrument: str = "") -> Rule:
    """A rule as a person or a file writes it, checked. Raises BadRule."""
    if unknown := written.keys() - {"bands", "steps", "ceiling"}:
        raise BadRule(fault=f"{sorted(unknown)[0]}?")
    bands = _parts(written.get("bands", []), Band)
    steps = _parts(written.get("steps", []), Step)
    if not bands:
        raise BadRule(fault="bands = []")
    for band in bands:
        if not 0 <= band.least <= (band.least if band.most is None else band.most):
            raise BadRule(fault=f"least = {band.least}, most = {band.most}")
    for step in steps:
        if step.measure is None or step.every < 1 or step.parts < 1:
            raise BadRule(fault=f"every = {step.every}/{step.parts}")
    return Rule(bands, steps, written.get("ceiling"), instrument)


def _parts(rows: Sequence[Mapping[str, Any]], kind: type[_Part]) -> tuple[_Part, ...]:
    names = {field.name for field in fields(kind)}
    found = []
    for row in rows:
        if unknown := row.keys() - names:
            raise BadRule(fault=f"{sorted(unknown)[0]}?")
        measure = row.get("measure")
        if measure is not None and measure not in list(Measure):
            raise BadRule(fault=f"measure = {measure}")
        given = {**row, "measure": None if measure is None else Measure(measure)}
        found.append(kind(**given))
    return tuple(found)
