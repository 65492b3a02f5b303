# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two tables that a commune brings along: its teams, and the people in them."""

from typing import Any, ClassVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from binhyen.core.actors import Actor
from binhyen.core.errors import Refused
from binhyen.core.text import fold
from binhyen.personnel import importing
from binhyen.personnel.actions import recognise_member
from binhyen.personnel.choices import Origin, Sex
from binhyen.personnel.importing import ColumnIn, Importer
from binhyen.personnel.permissions import RECOGNISE
from binhyen.personnel.queries import areas_in
from binhyen.teams.actions import establish_team
from binhyen.teams.choices import Post
from binhyen.teams.models import Team
from binhyen.teams.permissions import DECIDE_TEAM
from binhyen.territory.models import Territory
from binhyen.territory.queries import villages_of

_A_DAY = _("a day, such as 21/11/2026")
_A_NUMBER = _("the number of a decision, such as 20/QĐ-UBND")


class UnknownVillage(Refused):
    """A village that the commune does not have."""

    field = "village"
    why = _("The commune has no village of this name or code.")
    remedy = _("Write the name with its kind, such as “Thôn 3”, or the code, such as 23272-03.")


class UnknownTeam(Refused):
    """A team that the commune does not have."""

    field = "team"
    why = _("The commune has no team of this name.")
    remedy = _("Write the name as in the list of teams, or leave it to the village.")


class VillageWithoutTeam(Refused):
    """A village that no team serves, so that no team is known."""

    field = "team"
    why = _("No team serves this village today.")
    remedy = _("Establish the team first, or write the team that served it on that day.")


class _Villages:
    """The villages of a commune, found by name, name with kind, or code."""

    def __init__(self, commune: Territory, actor: Actor) -> None:
        self._found: dict[str, Territory | None] = {}
        for village in villages_of(commune, actor.on):
            for said in {fold(village.name), fold(village.full_name), fold(village.code)}:
                self._found[said] = None if said in self._found else village

    def find(self, said: str, field: str) -> Territory:
        """The one village of this name. Raises UnknownVillage, for two of one name as well."""
        village = self._found.get(fold(said))
        if village is None:
            raise UnknownVillage(field=field)
        return village


class MemberImporter(Importer):
    """Members who are recognised: one row, one file."""

    kind = "members"
    title = _("Import members")
    verb = RECOGNISE
    columns: ClassVar[tuple[ColumnIn, ...]] = (
        ColumnIn("full_name", _("Full name"), _("a name, letters only"), importing.text,
                 also=("Họ tên", "Họ, chữ đệm và tên", "Name")),
        ColumnIn("born_on", _("Date of birth"), _A_DAY, importing.day,
                 also=("Ngày, tháng, năm sinh", "Ngày tháng năm sinh", "Born on")),
        ColumnIn("sex", _("Sex"), _("one of the known words, or empty"),
                 importing.one_of(Sex.choices, ""), required=False),
        ColumnIn("phone", _("Phone"), _("a phone number, or empty"), importing.text,
                 required=False, also=("Số điện thoại", "Điện thoại", "SĐT", "Phone number")),
        ColumnIn("origin", _("Former force"), _("one of the known words, or empty"),
                 importing.one_of(Origin.choices, Origin.NEW), required=False,
                 also=("Lực lượng trước đây", "Nguồn", "Origin")),
        ColumnIn("village", _("Village"), _("a village of the commune"), importing.text,
                 also=("Thôn", "Thôn, tổ dân phố", "Thôn/Tổ dân phố", "Tổ dân phố")),
        ColumnIn("team", _("Team"), _("a team of the commune, or empty for the village's"),
                 importing.text, required=False, also=("Tên tổ", "Team name")),
        ColumnIn("post", _("Role in the team"), _("one of the known words"),
                 importing.one_of(Post.choices), also=("Chức vụ", "Post", "Role")),
        ColumnIn("recognised_on", _("Serves from"), _A_DAY, importing.day,
                 also=("Ngày công nhận", "Recognised on")),
        ColumnIn("decision", _("Recognition decision"), _A_NUMBER, importing.text,
                 also=("Số quyết định", "Quyết định", "Decision", "Decision number")),
        ColumnIn("over_age_decision", _("Decision on a member over 70"),
                 _("the number of a decision, or empty"), importing.text, required=False),
    )  # fmt: skip

    def __init__(self, by: Actor, commune: Territory) -> None:
        super().__init__(by, commune)
        areas = areas_in(scope=by.scope(RECOGNISE), on=by.on)
        here = [area for area in areas if area.team.territory_id == commune.id]
        self.villages = _Villages(commune, by)
        self.teams = {fold(area.team.name): area.team for area in here}
        self.serving = {village.id: area.team for area in here for village in area.villages}

    def write(self, values: dict[str, Any], op_id: UUID | None) -> None:
        village = self.villages.find(values.pop("village"), "village")
        team = self._team(values.pop("team"), village)
        recognise_member(by=self.by, team=team, village=village, op_id=op_id, **values)

    def _team(self, said: str, village: Territory) -> Team:
        if said:
            if fold(said) not in self.teams:
                raise UnknownTeam
            return self.teams[fold(said)]
        if village.id not in self.serving:
            raise VillageWithoutTeam
        return self.serving[village.id]


class TeamImporter(Importer):
    """Teams that are established: one row, one decision."""

    kind = "teams"
    title = _("Import teams")
    verb = DECIDE_TEAM
    columns: ClassVar[tuple[ColumnIn, ...]] = (
        ColumnIn("name", _("Name of the team"), _("a name"), importing.text,
                 also=("Tên tổ", "Tổ", "Name", "Team")),
        ColumnIn("villages", _("Villages it serves"),
                 _("villages of the commune, with semicolons between them"), importing.text,
                 also=("Địa bàn phụ trách", "Thôn, tổ dân phố", "Villages", "Area")),
        ColumnIn("decision", _("Decision number"), _A_NUMBER, importing.text,
                 also=("Quyết định", "Decision")),
        ColumnIn("decided_on", _("Date of the decision"), _A_DAY, importing.day,
                 also=("Ngày thành lập", "Established on", "Decided on")),
    )  # fmt: skip

    def __init__(self, by: Actor, commune: Territory) -> None:
        super().__init__(by, commune)
        self.villages = _Villages(commune, by)

    def write(self, values: dict[str, Any], op_id: UUID | None) -> None:
        said = [one for one in values.pop("villages").split(";") if one.strip()]
        villages = [self.villages.find(one, "villages") for one in said]
        establish_team(by=self.by, commune=self.commune, villages=villages, op_id=op_id, **values)


KINDS: dict[str, type[Importer]] = {one.kind: one for one in (MemberImporter, TeamImporter)}
