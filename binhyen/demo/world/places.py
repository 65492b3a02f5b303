# SPDX-License-Identifier: AGPL-3.0-or-later
"""Villages of a commune: kind, name, people and a point, as such villages are called there."""

from dataclasses import dataclass
from functools import cache
from math import cos, pi, radians, sin, sqrt
from random import Random

from binhyen.core.text import fold
from binhyen.demo.world.plan import CommunePlan
from binhyen.demo.world.sizes import village_people
from binhyen.demo.world.sources import rows
from binhyen.territory.choices import RESIDENTIAL_GROUP_KINDS

_ONLY: dict[str, frozenset[str]] = {
    "khối": frozenset({"40"}),
    "xóm": frozenset({"40", "04", "08", "19", "25", "01", "33", "37", "31", "24"}),
    "khu vực": frozenset({"92"}),
    "bon": frozenset({"68"}),
    "buôn": frozenset({"66", "68"}),
    "làng": frozenset({"51", "52"}),
    "khu phố": frozenset({"56", "66", "68", "75", "79", "80"}),
}
"""Kinds that only some provinces know, where the table gives them for a whole region."""
_NUMBERED = {True: 0.7, False: 0.4}  # wards number their groups more often than communes do

_FIRST = (
    "Tân", "Phú", "Hòa", "Mỹ", "Long", "Bình", "An", "Thạnh", "Đông", "Đại", "Vĩnh", "Xuân",
    "Thanh", "Trung", "Hưng", "Lộc", "Phước", "Thái", "Hiệp", "Đức", "Ngọc", "Minh", "Yên", "Nam",
)  # fmt: skip
_SECOND = (
    "Lập", "Thành", "Tiến", "Hòa", "Phú", "Lợi", "An", "Bình", "Thịnh", "Hưng", "Sơn", "Giang",
    "Lộc", "Mỹ", "Long", "Thuận", "Tường", "Điền", "Trung", "Hải", "Lâm", "Khê", "Thủy", "Quý",
)  # fmt: skip
_WORDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "bản": (
        ("Nà", "Pác", "Khuổi", "Nậm", "Huổi", "Sín", "Tả", "Lùng", "Phiêng", "Co", "Pom"),
        ("Cang", "Luông", "Pán", "Mạ", "Hin", "Khoang", "Tông", "Phung", "Sài", "Chải", "Ngần"),
    ),
    "buôn": (
        ("Ea", "Krông", "Kuôp", "Dur", "Niêng", "Kmrơng", "Ja"),
        ("Tul", "Kõ", "Mấp", "Rang", "Sing", "Drah", "Tiêu"),
    ),
    "bon": (
        ("Bu", "Păng", "Đắk", "Jâng", "Sre"),
        ("Prâng", "Suê", "Rung", "Jri", "Plơm", "Dơng"),
    ),
    "làng": (
        ("Kon", "Plei", "Đê", "Bôn", "Kte"),
        ("Klah", "Brêl", "Mơ", "Tơ Nâu", "Chrăh", "Ngol"),
    ),
}
"""Words that village names of the uplands are made of; other kinds take the common words."""


@dataclass(frozen=True, slots=True)
class Village:
    """A village or residential group with a point in it."""

    code: str
    kind: str
    name: str
    people: int
    latitude: float
    longitude: float

    @property
    def spoken(self) -> str:
        """As people say it: 'thôn Đa Lộc'."""
        return f"{self.kind} {self.name}"


def villages(commune: CommunePlan, draw: Random) -> list[Village]:
    """The villages of a commune in the order of their serials."""
    kind = _kind(commune, draw)
    names = _names(commune, kind, draw)
    people = village_people(commune.population, commune.villages)
    draw.shuffle(people)
    return [
        Village(f"{commune.code}-{serial:02d}", kind, name, people[serial - 1],
                *_point(commune, draw))
        for serial, name in enumerate(names, start=1)
    ]  # fmt: skip


def _kind(commune: CommunePlan, draw: Random) -> str:
    known = {
        row["kind"]: float(row["share"])
        for row in rows_of_region(commune.region)
        if (row["kind"] in RESIDENTIAL_GROUP_KINDS) == commune.is_ward
        and commune.province in _ONLY.get(row["kind"], {commune.province})
    }
    if commune.province == "68" and (commune.is_ward or commune.code in _former_binh_thuan()):
        # Former Bình Thuận says khu phố and thôn, the rest of the province tổ dân phố.
        coast = commune.code in _former_binh_thuan()
        return ("khu phố" if coast else "tổ dân phố") if commune.is_ward else "thôn"
    return draw.choices(list(known), list(known.values()))[0]


def _names(commune: CommunePlan, kind: str, draw: Random) -> list[str]:
    own = [row["name"] for row in _samples().get(commune.code, []) if not row["name"].isdigit()]
    names = [name for name in own if len(name) > 1][: commune.villages]
    if draw.random() < _NUMBERED[commune.is_ward]:
        names += _numbers(commune, commune.villages - len(names), draw)
    first, second = _WORDS.get(kind, (_FIRST, _SECOND))
    taken = {fold(name) for name in names}
    while len(names) < commune.villages:
        one, two = draw.choice(first), draw.choice(second)
        if one == two:
            continue
        name = _free(f"{one} {two}", taken)
        taken.add(fold(name))
        names.append(name)
    return names


def _free(name: str, taken: set[str]) -> str:
    """The name, or with the first number that is still free: villages are divided that way."""
    number, free = 1, name
    while fold(free) in taken:
        number += 1
        free = f"{name} {number}"
    return free


def _numbers(commune: CommunePlan, count: int, draw: Random) -> list[str]:
    """Numbered villages of a merged commune say which old commune they were numbered in."""
    old = _former_binh_thuan().get(commune.code) or [
        "", *(f"{draw.choice(_FIRST)} {draw.choice(_SECOND)}" for _ in range(draw.randint(0, 2)))
    ]  # fmt: skip
    old = list(dict.fromkeys(old))
    share = -(-count // len(old))
    every = [f"{n + 1} {name}".strip() for name in old for n in range(share)]
    return every[:count]


def _point(commune: CommunePlan, draw: Random) -> tuple[float, float]:
    """Somewhere in a disc that is a good half of the commune."""
    reach = 0.6 * sqrt(commune.area_km2 / pi) * sqrt(draw.random())
    angle = draw.uniform(0, 2 * pi)
    north, east = reach * sin(angle), reach * cos(angle)
    return (
        round(commune.latitude + north / 111.2, 5),
        round(commune.longitude + east / (111.2 * cos(radians(commune.latitude))), 5),
    )


@cache
def rows_of_region(region: str) -> list[dict[str, str]]:
    """Kinds of villages that a region knows, with their shares."""
    return [row for row in rows("names/village-kinds-by-region") if row["region"] == region]


@cache
def _samples() -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows("names/village-name-samples"):
        found.setdefault(row["commune_code"], []).append(row)
    return found


@cache
def _former_binh_thuan() -> dict[str, list[str]]:
    """The old communes inside each new one, where the lineage is known."""
    found: dict[str, list[str]] = {}
    for row in rows("territory/lineage"):
        found.setdefault(row["new_code"], []).append(row["old_name"])
    return found
