# SPDX-License-Identifier: AGPL-3.0-or-later
"""`docs/conformance.md`, made from the register, the cases and the nation's values."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from binhyen.law import national
from binhyen.law.cases import Case, cases, read

REGISTER = Path(__file__).parent / "register.yaml"

_HEAD = """\
# Conformance

Made by `binhyen generate` from `binhyen/law/register.yaml`, the cases in `binhyen/law/tests/*.yaml`
and the values in `binhyen/law/parameters`; change it there. Every case is worked by hand from what
the sources quote, and is run by the tests. Where a source did not show a number, the rule asks for
it or answers that there is no value; such points are named under *open*.
"""


def register() -> list[Mapping[str, Any]]:
    """The instruments with their articles."""
    found: list[Mapping[str, Any]] = read(REGISTER)
    return found


def articles() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every article with its instrument."""
    for instrument in register():
        for article in instrument["articles"]:
            yield instrument["instrument"], article


def render_conformance() -> str:
    """The page, in English."""
    known = cases()
    counted = Counter(rule for case in known for rule in set(case.rules))
    return "\n".join(_lines(known, counted)) + "\n"


def _lines(known: Sequence[Case], counted: Counter[str]) -> Iterator[str]:
    yield _HEAD
    yield "## Article by article\n"
    for instrument in register():
        yield f"### {instrument['instrument']}, from {instrument['in_force']}\n"
        yield "| Article | What | Rule (cases) | Open, or why not |"
        yield "|---|---|---|---|"
        yield from (_row(one, counted) for one in instrument["articles"])
        yield ""
    yield "## Values of the nation\n"
    yield "| Value | Unit | From | Is | Where it stands | Mark |"
    yield "|---|---|---|---|---|---|"
    yield from _national()
    yield ""
    yield "## Cases\n"
    file = ""
    for case in known:
        if case.file != file:
            file = case.file
            yield from ("", f"### {case.title} (`{file}`)", "", f"{case.article}", "")
            yield "| Case | Worked by hand | Comes out as |"
            yield "|---|---|---|"
        cells = (_place(case) + case.name, case.worked, _said(case.expected))
        yield f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _row(one: Mapping[str, Any], counted: Counter[str]) -> str:
    rules = ", ".join(f"`{rule}` ({counted[rule]})" for rule in one.get("rules", []))
    if not rules:
        rules = f"not here; {one['elsewhere']}" if "elsewhere" in one else "none"
    notes = [f"open: {one['open']}"] if "open" in one else []
    notes += [one["why"]] if "why" in one else []
    return f"| {one['article']} | {one['title']} | {rules} | {_cell('; '.join(notes))} |"


def _national() -> Iterator[str]:
    for name in national.names():
        for since in national.days(name):
            value = national.known(name, since)
            if value is not None:
                cells = (
                    f"`{name}`", value.unit, str(since), _said(value.value), value.reference,
                    value.mark,
                )  # fmt: skip
                yield f"| {' | '.join(_cell(cell) for cell in cells)} |"


def _place(case: Case) -> str:
    province = case.given.get("province")
    return f"({province}) " if province else ""


def _said(expected: Any) -> str:
    """What has to come out, as people write it."""
    if isinstance(expected, Mapping):
        return ", ".join(f"{name} {_said(value)}" for name, value in expected.items())
    if isinstance(expected, list):
        return "; ".join(_said(one) for one in expected) or "nothing is lacking"
    if isinstance(expected, int) and not isinstance(expected, bool):
        return f"{expected:,}"
    if isinstance(expected, date):
        return expected.isoformat()
    return "unknown" if expected is None else str(expected).replace("_", " ")


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
