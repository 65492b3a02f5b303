# SPDX-License-Identifier: AGPL-3.0-or-later
"""What `binhyen demo` tells of a world that is loaded, as Markdown tables."""

from collections.abc import Iterator

from binhyen.demo import calibrating, scoring, spreading


def calibration() -> Iterator[str]:
    """The published figures beside those of this database, then how they lie over the year."""
    yield "| figure | published | stored | from the records | apart |"
    yield "|---|---:|---:|---:|---:|"
    for line in calibrating.lines():
        apart = "" if line.apart is None else f"{line.apart:+.2%}"
        cells = (line.name, _whole(line.published), _whole(line.stored), _whole(line.recorded))
        yield f"| {' | '.join(cells)} | {apart} |"
    yield f"| communes with a place empty | | {_whole(calibrating.understaffed())} | | |"
    crime = calibrating.crime()
    stored = "" if crime.stored is None else f"{crime.stored:+.2f} %"
    yield f"| crime on the year before, typed in | over {crime.published:.0f} % | {stored} | | |"
    yield ""
    yield "| spread | least | middle | most |"
    yield "|---|---:|---:|---:|"
    for one in spreading.spreads():
        yield f"| {one.name} | {_rough(one.least)} | {_rough(one.middle)} | {_rough(one.most)} |"


def scores() -> Iterator[str]:
    """What the checks find of what was planted."""
    yield "| planted | records | found | recall | precision |"
    yield "|---|---:|---:|---:|---:|"
    for one in map(scoring.score, scoring.CHECKS):
        yield (
            f"| {one.kind} | {one.planted:,} | {one.found:,} | {one.recall:.1%}"
            f" | {one.precision:.1%} |"
        )


def _whole(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _rough(value: float | None) -> str:
    """Four digits are enough to compare."""
    return "" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"
