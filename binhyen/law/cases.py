# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases that jurists write: `tests/*.yaml`, read for the tests and for the conformance page.

A file has a title, the article, the rules it covers, and cases. A case names a province (a file of
`tests/provinces`) or values of its own, the month, the facts of one member or of several rows, the
arithmetic by hand, and what is expected: đồng, or the name of an outcome.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from binhyen.law.choices import Basis, Role, Shape
from binhyen.law.strength import Rule, rule_from
from binhyen.law.values import Value

TESTS = Path(__file__).parent / "tests"
_PROVINCES = TESTS / "provinces"


@dataclass(frozen=True)
class Case:
    """One case of one file."""

    file: str
    title: str
    article: str
    rules: tuple[str, ...]
    name: str
    worked: str
    given: Mapping[str, Any]

    @property
    def expected(self) -> Any:
        """What has to come out."""
        return self.given["expect"]

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


def cases(kind: str = "") -> list[Case]:
    """Every case, in the order of files; or those of files whose cases hold a given key."""
    found = [case for path in sorted(TESTS.glob("*.yaml")) for case in _cases_of(path)]
    return [case for case in found if not kind or kind in case.given]


def _cases_of(path: Path) -> list[Case]:
    sheet = read(path)
    return [
        Case(
            file=path.name,
            title=sheet["title"],
            article=str(one.get("article", sheet["article"])),
            rules=_rules(one, sheet),
            name=one["name"],
            worked=str(one["worked"]),
            given=one,
        )
        for one in sheet["cases"]
    ]


def _rules(one: Mapping[str, Any], sheet: Mapping[str, Any]) -> tuple[str, ...]:
    """The rules that a case tries: of what is paid, the items that it expects something of."""
    if "month" not in one and "claim_on" not in one:
        return tuple(one.get("rules", sheet["rules"]))
    rows = one["expect"] if isinstance(one["expect"], list) else [one["expect"]]
    return tuple(dict.fromkeys(item.lower() for row in rows for item in row))


@cache
def read(path: Path) -> Any:
    """A YAML file, with plain values only."""
    return yaml.safe_load(path.read_text("utf-8"))


def provinces() -> list[str]:
    """The provinces whose values the cases know."""
    return sorted(path.stem for path in _PROVINCES.glob("*.yaml"))


def values_of(given: Mapping[str, Any], zone: str = "case") -> list[Value]:
    """The values of a case: those of its province, and those that it names itself."""
    sheet = read(_PROVINCES / f"{given['province']}.yaml") if "province" in given else {}
    instrument = str(sheet.get("instrument", ""))
    own = given.get("values", [])
    return [
        _value(one, zone, said)
        for rows, said in ((sheet.get("values", []), instrument), (own, "this case"))
        for one in rows
    ]


def _value(one: Mapping[str, Any], zone: str, instrument: str) -> Value:
    return Value(
        zone=zone,
        role=one.get("role", "all"),
        item=one["item"],
        amount=one["amount"],
        shape=Shape[one.get("shape", "DONG")],
        variant=one.get("variant", 0),
        basis=Basis[one.get("basis", "NONE")],
        share=one.get("share", 0),
        instrument=instrument,
    )


def rule_of(province: str) -> Rule:
    """The rule of strength of a province that the cases know."""
    sheet = read(_PROVINCES / f"{province}.yaml")
    return rule_from(sheet["strength"], instrument=sheet["instrument"])


def rows_of(given: Mapping[str, Any], zone: str = "case") -> list[dict[str, Any]]:
    """The facts of a case as rows of one member."""
    facts = given["facts"]
    rows: Sequence[Mapping[str, Any]] = facts if isinstance(facts, list) else [facts]
    roles = {role.name.lower(): role.value for role in Role}
    return [
        {**row, "zone": zone, "person": "one", "role": roles[row.get("role", "member")]}
        for row in rows
    ]


def month_of(given: Mapping[str, Any]) -> date:
    """The first day of the month of a case."""
    return date.fromisoformat(f"{given['month']}-01")
