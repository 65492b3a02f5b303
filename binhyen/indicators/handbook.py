# SPDX-License-Identifier: AGPL-3.0-or-later
"""`docs/indicators.md`, made from the catalogue."""

from collections.abc import Iterable, Iterator
from textwrap import dedent

from django.utils import translation

from binhyen.indicators import catalogue
from binhyen.indicators.catalogue import Indicator
from binhyen.indicators.choices import Group, Source

_HEAD = """\
# Indicators

Made from `binhyen/indicators/catalogue` by `binhyen generate`; change it there.

A figure is *counted* from records by the SQL text below, *typed in* and signed by an authority,
*set by law*, or *not yet counted*, with the day from which it is to count. Flows are added up over
the days of a period and up the tree of places; stocks stand as on the last day of the period;
rates are divided last, anew at each level. Figures stop at the commune.
"""


def render_indicators() -> str:
    """The page, in English, with the Vietnamese titles."""
    with translation.override("en"):
        return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield _HEAD
    for group in Group:
        members = [one for one in catalogue.listed() if one.group is group]
        yield f"## {group.label}\n"
        yield "| Code | Name | Unit | Form | Where from | Published | What counts |"
        yield "|---|---|---|---|---|---|---|"
        yield from (_row(one) for one in members)
        yield ""
    yield "## How they are counted\n"
    yield from _definitions(catalogue.ALL.values())
    yield "## What a source should not contradict\n"
    yield "When it does, both numbers are kept and marked.\n"
    for rule in catalogue.EXPECTATIONS:
        yield f"- `{rule.smaller}` ≤ `{rule.larger}`: {rule.because}"


def _row(one: Indicator) -> str:
    english = str(one.title)
    with translation.override("vi"):
        vietnamese = str(one.title)
    cells = (
        f"`{one.code}`",
        f"{vietnamese} / {english}",
        str(one.unit.label),
        str(one.form.label),
        _source(one),
        str(one.public.label),
        str(one.meaning),
    )
    return f"| {' | '.join(cell.replace('|', '·') for cell in cells)} |"


def _source(one: Indicator) -> str:
    if one.source is Source.LATER:
        return f"{one.source.label}; from {one.since:%d/%m/%Y}"
    if one.is_derived:
        return f"`{one.numerator}` / `{one.denominator}` × {one.factor}"
    if one.until_counted:
        return f"{one.source.label}, until an app counts it"
    return str(one.source.label)


def _definitions(indicators: Iterable[Indicator]) -> Iterator[str]:
    for one in indicators:
        if one.is_counted:
            fed = ", ".join(f"`{kind}*`" for kind in one.feeds)
            yield f"### {one.code}\n"
            yield f"Counted again after {fed}; the records are of `{one.record}`.\n"
            yield f"```sql\n{dedent(one.definition).strip()}\n```\n"
