# SPDX-License-Identifier: AGPL-3.0-or-later
"""The small world of the journeys.

Made by a process of its own (`server.py`), so that the database belongs to the server and not to
pytest. Every row comes from an action, as in real use; what tests need to know is printed as JSON.
"""

import json
import sys
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import transaction
from django.utils import translation

from binhyen.accounts.actions import appoint, open_account
from binhyen.accounts.choices import Role
from binhyen.core import clock
from binhyen.incidents.actions import receive_report
from binhyen.incidents.actions_disputes import notice_dispute
from binhyen.patrols.actions import record_patrol
from binhyen.patrols.actions_noted import help_traffic, note_finding
from binhyen.personnel.actions import recognise_member
from binhyen.personnel.models import Member
from binhyen.teams.actions import decide_strength, establish_team
from binhyen.teams.models import Team
from binhyen.territory.actions import add_villages, load_reference
from binhyen.territory.models import NATION_CODE, Territory
from tests import cast

PASSWORD = "tuần-tra-ban-đêm-2025"
SINCE = date(2024, 7, 1)
PROVINCE, WARD, ISLAND, ELSEWHERE = "68", "22918", "23272", "22366"
"""Lâm Đồng; phường Mũi Né, where most happens; Phú Quý beside it; Nha Trang in another province."""


@dataclass(frozen=True)
class Person:
    """Somebody with an account and one role."""

    key: str
    role: str
    code: str
    name: str
    post: str = ""
    """The post in team Tổ 1 of whoever has a file."""

    @property
    def username(self) -> str:
        """The name to sign in with."""
        return self.key.replace("_", "-")


PEOPLE = (
    Person("officer", "commune_police", WARD, "Lê Minh Quang"),
    Person("head", "commune_police_head", WARD, "Phạm Đức Thịnh"),
    Person("clerk", "commune_clerk", WARD, "Võ Thị Hồng Nhung"),
    Person("chair", "commune_chair", WARD, "Đặng Văn Khoa"),
    Person("leader", "leader", WARD, "Trần Thị An", "leader"),
    Person("deputy", "deputy", WARD, "Nguyễn Hoàng Phương Thảo Nguyên", "deputy"),
    Person("member", "member", WARD, "Nguyễn Văn Bình", "member"),
    Person("province_police", "province_police", PROVINCE, "Huỳnh Ngọc Sơn"),
    Person("province_chair", "province_chair", PROVINCE, "Bùi Thanh Hà"),
    Person("finance", "province_finance", PROVINCE, "Đỗ Thị Mai"),
    Person("inspector", "inspector", PROVINCE, "Ngô Quốc Việt"),
    Person("data_officer", "data_protection", PROVINCE, "Hồ Thị Lan"),
    Person("analyst", "ministry_analyst", "VN", "Dương Tuấn Kiệt"),
    Person("sibling", "commune_police", ISLAND, "Phan Văn Hải"),
    Person("outsider", "commune_police", ELSEWHERE, "Trịnh Công Đạt"),
    Person("outsider_province", "province_police", "56", "Lý Thu Thủy"),
    Person("with_codes", "commune_chair", ELSEWHERE, "Tôn Nữ Hạnh"),
    Person("with_passkey", "commune_clerk", ELSEWHERE, "Quách Gia Bảo"),
)
"""One person for each role, those who must see nothing, and two who set up a second factor."""
OTHERS = ("Mai Văn Tư", "Cao Thị Ngọc", "Đinh Xuân Phúc")
"""Members of team Tổ 1 without an account."""
ISLANDERS = ("Châu Văn Lợi", "Kha Thị Út")


class Making:
    """Puts the world into an empty database."""

    def __init__(self) -> None:
        self.by = cast.an_actor(Role.LOADER, cast.NATION, name="Nạp dữ liệu")
        self.today = clock.today()

    def make(self) -> dict[str, Any]:
        """Make everything; the ids that a journey needs."""
        load_reference(by=self.by, stands_from=SINCE)
        team, crew = self._force(WARD, ("Suối Nước", "Long Sơn", "Hàm Tiến 1"), "Tổ 1", OTHERS)
        island, islanders = self._force(ISLAND, ("Mỹ Khê", "Quý Thạnh"), "Tổ Đảo", ISLANDERS)
        self._accounts(team, crew)
        known = self._past(team, list(crew.values())) | {
            "day": self.today.isoformat(),
            "team": str(team.id),
            "other_team": str(island.id),
            "other_member": str(next(iter(islanders.values())).id),
            "members": {name: str(file.id) for name, file in crew.items()},
        }
        self._past(island, list(islanders.values()), every=9)
        return known

    def _place(self, code: str) -> Territory:
        return Territory.everything.get(code=code, valid_to__isnull=True, valid_from=SINCE)

    def _force(
        self, code: str, names: tuple[str, ...], team_name: str, people: tuple[str, ...]
    ) -> tuple[Team, dict[str, Member]]:
        """Villages, a team that serves all but the last, three places in each, and its members."""
        commune = self._place(code)
        villages = add_villages(
            by=self.by, commune=commune, valid_from=SINCE, decision="01/NQ-HĐND",
            villages=[("khu phố" if code == WARD else "thôn", name) for name in names],
            points=[(10.93 + 0.008 * at, 108.28 + 0.011 * at) for at in range(len(names))],
        )  # fmt: skip
        team = establish_team(
            by=self.by, commune=commune, name=team_name, villages=villages[:2],
            decision="12/QĐ-UBND", decided_on=SINCE,
        )  # fmt: skip
        for village in villages[:2]:
            decide_strength(by=self.by, village=village, number=4, valid_from=SINCE,
                            decision="2451/QĐ-UBND")  # fmt: skip
        posts = [(one.name, one.post) for one in PEOPLE if one.post and one.code == code]
        posts += [(name, "member") for name in people]
        return team, {
            name: self._member(team, villages[index % 2], name, post, index)
            for index, (name, post) in enumerate(posts)
        }

    def _member(self, team: Team, village: Territory, name: str, post: str, index: int) -> Member:
        return recognise_member(
            by=self.by, team=team, village=village, full_name=name,
            born_on=date(1972 + 3 * index, 5, 20), sex="female" if "Thị" in name else "male",
            phone=f"09010000{index:02}", origin="ward_guard", post=post, decision="20/QĐ-UBND",
            recognised_on=SINCE,
        )  # fmt: skip

    def _accounts(self, team: Team, crew: dict[str, Member]) -> None:
        for one in PEOPLE:
            place = self._place(one.code) if one.code != "VN" else self._nation()
            file = crew.get(one.name)
            user, _password = open_account(
                by=self.by, at=place, username=one.username, full_name=one.name,
                member_id=file.id if file else None, password=PASSWORD,
            )  # fmt: skip
            appoint(by=self.by, user=user, role=one.role, territory=place, valid_from=SINCE,
                    team=team if one.post else None, decision="01/QĐ")  # fmt: skip

    def _nation(self) -> Territory:
        return Territory.everything.get(code=NATION_CODE)

    def _past(self, team: Team, crew: list[Member], *, every: int = 3) -> dict[str, str]:
        """Some weeks of duty before today; the ids of the newest record of each kind."""
        known: dict[str, str] = {}
        for back in range(38, 2, -every):
            evening = clock.at_vietnam(self.today - timedelta(days=back), 20)
            report = receive_report(
                by=self.by, team=team, category="violation", channel="phone",
                received_at=evening - timedelta(hours=5), account="Gây rối ở bến cá.",
                handed_at=evening - timedelta(minutes=291),
            )  # fmt: skip
            dispute = notice_dispute(
                by=self.by, team=team, kind="noise", noticed_on=clock.day_of(evening)
            )
            known = {"report": str(report.id), "dispute": str(dispute.id)}
            known |= self._duty(team, crew[back % 2 :: 2], evening)
        return known

    def _duty(self, team: Team, crew: list[Member], evening: datetime) -> dict[str, str]:
        patrol = record_patrol(
            by=self.by, team=team, started_at=evening, members=crew,
            ended_at=evening + timedelta(minutes=130), route="Đường bờ kè, chợ, bến cá",
            plan_number="05/KH-CAX", track=_walk(evening.day),
        )  # fmt: skip
        finding = note_finding(
            by=self.by, patrol=patrol, kind="public_order", place="Bến cá",
            found_at=evening + timedelta(minutes=40),
            handed_at=evening + timedelta(minutes=50) if evening.day % 2 else None,
        )  # fmt: skip
        helped = help_traffic(
            by=self.by, team=team, kind="guidance", place="Ngã ba bờ kè", duration_min=35,
            started_at=evening - timedelta(hours=3),
        )  # fmt: skip
        return {"patrol": str(patrol.id), "finding": str(finding.id), "traffic": str(helped.id)}


def _walk(seed: int) -> list[tuple[float, float]]:
    """A way walked along the shore of Mũi Né, out and back by another street."""
    out = [(10.93 + 0.0004 * step, 108.28 + 0.0007 * step + 0.00002 * (step * seed % 7))
           for step in range(40)]  # fmt: skip
    return out + [(lat - 0.0009, long + 0.0003) for lat, long in reversed(out)]


def main() -> None:
    """Migrate, make the world, print what it holds."""
    call_command("migrate", verbosity=0, interactive=False)
    with translation.override("vi"), transaction.atomic():
        known = Making().make()
    json.dump(known, sys.stdout)
