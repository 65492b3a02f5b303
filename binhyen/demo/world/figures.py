# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures that a province's police sign: crime, accidents, and what later apps will count.

Invented in the size of a province, down on the year before as the published ones were. The only
real ones are those of article 004 about former Bình Thuận, which contradict each other: both are
signed as printed, and the product marks them.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from binhyen.demo.world.plan import YEAR
from binhyen.demo.world.rhythm import stretches
from binhyen.demo.world.shares import apportion
from binhyen.demo.world.sources import DEMO_PROVINCE, rows, stream

_ONE_DAY = timedelta(days=1)
_YEARLY: dict[str, tuple[float, float]] = {
    "EXT_SO_CASES": (38.5, -0.0805),
    "EXT_SO_CLARIFIED": (31.8, -0.061),
    "ACT_FIRE": (2.6, 0.05),
    "ACT_RESCUE": (1.7, 0.09),
    "ACT_DISASTER": (1.1, 0.2),
    "ACT_EVACUATED": (44, 0.35),
    "ACT_FOOD_DELIVERIES": (16, 0.4),
    "ACT_PRIORITY_HOUSEHOLDS": (21, 0.3),
    "ACT_ISOLATED_AREAS": (0.4, 0.2),
    "ACT_RECOVERY": (12, 0.25),
    "ACT_ADMIN_SUPPORT": (310, 0.12),
    "ACT_EDUCATION": (52, 0.07),
    "ACT_OUTREACH": (86, 0.16),
    "ACT_OUTREACH_REACH": (5600, 0.18),
    "ACT_MOBILISED": (9, 0.1),
    "HON_AWARDS_COLLECTIVE": (1.3, 0.2),
    "HON_AWARDS_INDIVIDUAL": (5.4, 0.24),
    "MOV_POINTS": (33, 0.06),
    "MOV_MODELS": (0.9, 0.04),
    "MOV_REVIEWED": (11, 0.3),
    "MOV_REPLICATED": (0.25, 0.3),
    "MOV_ENDED": (1.2, 0.1),
    "OUT_DRUG_FREE": (0.9, 0.2),
}
"""Per 100,000 residents in the reference year, and the change on the year before."""
_SINCE_THE_LAW: dict[str, float] = {
    "WPN_GUNS": 1.1,
    "WPN_TOOLS": 1.4,
    "WPN_PRIMITIVE": 9.5,
    "WPN_FIRECRACKER": 12.5,
    "WPN_RECEIPTS": 8.2,
}
"""Per 100,000 residents; the year before overlaps the article's five years and is left out."""
_MONTHLY: dict[str, tuple[float, float]] = {
    "OUT_CRIME_CASES": (41.2, -0.078),
    "OUT_TRAFFIC_ACCIDENTS": (17.8, -0.11),
    "OUT_SOCIAL_EVILS": (13.4, -0.05),
}
"""The same, signed month by month; the year before had a leap day, which adds to the change."""

_ILLUSTRATION = "Báo cáo năm của Công an tỉnh (số liệu minh họa, không phải số thật)"
_ARTICLE = (
    "Báo Bình Thuận 10/06/2024: 5 năm Kết luận 44, tỉnh Bình Thuận cũ; bài không ghi rõ thời gian,"
    " ở đây tạm lấy 01/07/2019 đến 30/06/2024"
)
_ARTICLE_DAYS = (date(2019, 7, 1), date(2024, 6, 30))
_OF_ARTICLE = {
    "guns_handed_in": "WPN_GUNS",
    "support_tools_handed_in": "WPN_TOOLS",
    "primitive_weapons_handed_in": "WPN_PRIMITIVE",
    "ammunition_handed_in": "WPN_AMMO",
    "grenades_handed_in": "WPN_GRENADE",
    "firecrackers_handed_in": "WPN_FIRECRACKER",
    "fireworks_kg_handed_in": "WPN_FIRECRACKER_KG",
    "social_order_cases_cleared": "EXT_SO_CLARIFIED",
    "social_order_cases": "EXT_SO_CASES",
    "offenders_arrested": "EXT_SO_ARRESTED",
    "gambling_cases": "EXT_GAMBLING_CASES",
    "drug_cases": "EXT_DRUG_CASES",
    "community_education_files": "EXT_EDU_RECORDS",
    "compulsory_rehab_files": "EXT_REHAB_RECORDS",
    "economic_cases": "EXT_ECON_CASES",
    "models_recognised_nationally": "MOV_NATIONAL_MODELS",
}
_PEOPLE_OF_ARTICLE = {
    "gambling_cases": "EXT_GAMBLING_SUBJECTS",
    "drug_cases": "EXT_DRUG_ARRESTED",
    "economic_cases": "EXT_ECON_SUBJECTS",
}
_DOUBTS = {
    "EXT_GAMBLING_SUBJECTS": "Bài báo viết 2.569 đối tượng bị bắt, trong đó có 7.596 đối tượng"
    " đánh bạc: phần lớn hơn toàn bộ; giữ cả hai số như đã đăng",
}
_ANOTHER_AREA = (
    "Số kia chỉ của tỉnh Bình Thuận cũ trong 5 năm, số này của toàn tỉnh mới trong 1 năm"
)


class Signed(NamedTuple):
    """One figure to be signed; the last day is included."""

    indicator: str
    first_day: date
    last_day: date
    value: Decimal
    source: str
    doubt: str = ""


def figures(seed: int, province: str, population: int, today: date) -> Iterator[Signed]:
    """Every figure that a province has signed by a day."""
    people = population / 100_000
    if province == DEMO_PROVINCE:
        yield from _of_article()
    yield from _by_year(seed, province, people, today)
    yield from _by_month(seed, province, people, today)


def _by_year(seed: int, province: str, people: float, today: date) -> Iterator[Signed]:
    every = _YEARLY | {code: (rate, 0.05) for code, rate in _SINCE_THE_LAW.items()}
    for code, (rate, change) in every.items():
        draw = stream(seed, province, code)
        level = rate * people * draw.lognormvariate(0, 0.06)
        first_year = YEAR[0].year - (code not in _SINCE_THE_LAW)
        for year in range(first_year, today.year + 1):
            first, last = YEAR[0].replace(year=year), YEAR[0].replace(year=year + 1) - _ONE_DAY
            if last >= today:
                break
            value = level * (1 + change) ** (year - YEAR[0].year)
            overlaps = code in _OF_ARTICLE.values() and first <= _ARTICLE_DAYS[1]
            doubt = _ANOTHER_AREA if overlaps else ""
            yield Signed(code, first, last, Decimal(max(1, round(value))), _ILLUSTRATION, doubt)


def _by_month(seed: int, province: str, people: float, today: date) -> Iterator[Signed]:
    months = list(stretches(today))
    before = [(_year_earlier(start), _year_earlier(end)) for start, end in months
              if start < YEAR[1] and start >= YEAR[0]]  # fmt: skip
    both = [*(m for m in before if m[1] <= months[0][0]), *months]
    for code, (rate, change) in _MONTHLY.items():
        draw = stream(seed, province, code)
        level = rate * people * draw.lognormvariate(0, 0.06)
        for year in range(YEAR[0].year - 1, today.year + 1):
            start, end = YEAR[0].replace(year=year), YEAR[0].replace(year=year + 1)
            mine = [m for m in both if start <= m[0] < end]
            weights = [(m[1] - m[0]).days * draw.uniform(0.85, 1.15) for m in mine]
            days = sum((m[1] - m[0]).days for m in mine)
            total = level * (1 + change) ** (year - YEAR[0].year) * days / 365
            for (first, after), value in zip(mine, apportion(round(total), weights), strict=True):
                if after <= today:
                    yield Signed(code, first, after - _ONE_DAY, Decimal(value), _ILLUSTRATION)


def _year_earlier(day: date) -> date:
    return day.replace(year=day.year - 1)


def _of_article() -> Iterator[Signed]:
    for row in rows("calibration/former-binh-thuan-5y"):
        name, value = row["indicator"], row["value"]
        if name in _OF_ARTICLE:
            yield _printed(_OF_ARTICLE[name], Decimal(value))
        if name in _PEOPLE_OF_ARTICLE:
            # The note of the table holds the people of these cases: "7,596 people".
            people = row["note"].removesuffix(" people").replace(",", "")
            yield _printed(_PEOPLE_OF_ARTICLE[name], Decimal(people))


def _printed(code: str, value: Decimal) -> Signed:
    return Signed(code, *_ARTICLE_DAYS, value, _ARTICLE, _DOUBTS.get(code, ""))
