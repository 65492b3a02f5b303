# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of members: what a reader may see of each, and how it can be narrowed."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from binhyen.approvals.exports import What, let_out
from binhyen.approvals.queries import place_of
from binhyen.core.actors import Actor
from binhyen.core.listing import Chip, Column, Filter, Listing
from binhyen.core.pages import Action, permitted
from binhyen.core.text import fold
from binhyen.personnel import queries, readings
from binhyen.personnel.choices import Origin
from binhyen.personnel.models import Membership
from binhyen.personnel.permissions import RECOGNISE
from binhyen.personnel.queries import COMING, ENDED, SERVING, Reach
from binhyen.personnel.sections import last_day
from binhyen.teams.choices import Post
from binhyen.teams.queries import teams_in

ALL = "all"
STATES = (
    (SERVING, _("Serves")),
    (COMING, _("Beginning soon")),
    (ENDED, _("No longer serves")),
    (ALL, _("Everybody")),
)
_COUNTED = {
    SERVING: ngettext_lazy("%(count)s member serves", "%(count)s members serve", "count"),
    COMING: ngettext_lazy("%(count)s member begins soon", "%(count)s members begin soon", "count"),
    ENDED: ngettext_lazy("%(count)s former member", "%(count)s former members", "count"),
    ALL: ngettext_lazy("%(count)s file", "%(count)s files", "count"),
}
_NEEDS = {
    "name": "full_name", "post": "post", "team": "team", "village": "village", "phone": "phone",
    "born_on": "born_on", "origin": "origin", "from": "recognised_on", "until": "ended_on",
}  # fmt: skip
"""The field that a reader must be allowed to see for each column and filter."""
_ON_SCREEN = ("name", "post", "team", "village", "phone", "until")


class MemberListing(Listing):
    """The members of the reader's area or team, serving ones unless the filter says otherwise."""

    name = "members"
    title = _("People")
    default_sort = "name"
    columns = (
        Column("name", _("Full name"), lambda row: row.member.full_name,
               sort="member__name_order"),
        Column("post", _("Role in the team"), lambda row: _post(row)),
        Column("team", _("Team"), lambda row: row.team.name,
               sort=("team__name_order", "member__name_order")),
        Column("village", _("Village"), lambda row: row.village.full_name,
               sort=("village__name_order", "member__name_order"), hide_narrow=True),
        Column("phone", _("Phone"), lambda row: row.member.phone),
        Column("born_on", _("Date of birth"), lambda row: row.member.born_on),
        Column("origin", _("Former force"), lambda row: row.member.get_origin_display()),
        Column("from", _("Serves from"), lambda row: row.recognised_on),
        Column("until", _("Served up to"), lambda row: last_day(row.ended_on), sort="ended_on"),
    )  # fmt: skip
    empty_title = _("Nobody here yet")
    empty_help = _("Members appear here when the chair's decision is recorded.")

    def __init__(self, actor: Actor, reach: Reach) -> None:
        self.actor, self.reach = actor, reach
        self.filters = [one for one in self._all_filters() if reach.shows(_NEEDS.get(one.key, ""))
                        or one.key == "q"]  # fmt: skip
        self.state = SERVING

    def respond(
        self, request: HttpRequest, queryset: QuerySet[Any, Any], **context: Any
    ) -> HttpResponseBase:
        asked = request.GET.get("state", "")
        if asked in {key for key, _label in STATES} and any(
            one.key == "state" for one in self.filters
        ):
            self.state = asked
        if self.state != ALL:
            queryset = queries.in_state(queryset, self.state, self.actor.on)
        return super().respond(request, queryset, **context)

    def _all_filters(self) -> list[Filter]:
        return [
            Filter("q", _("Name"), "text", _named),
            Filter("team", _("Team"), "choice", lambda rows, key: rows.filter(team=key),
                   self._teams),
            Filter("post", _("Role in the team"), "choice", lambda rows, key: rows.filter(post=key),
                   lambda actor: Post.choices),
            Filter("origin", _("Former force"), "choice",
                   lambda rows, key: rows.filter(member__origin=key),
                   lambda actor: Origin.choices),
            Filter("state", _("State"), "choice", lambda rows, key: rows,
                   lambda actor: STATES),
        ]  # fmt: skip

    def _teams(self, actor: Actor | None) -> list[tuple[str, str]]:
        rows = teams_in(scope=self.reach.scope, on=self.actor.on)
        return [(str(one.pk), one.name) for one in rows.order_by("territory__path", "name_order")]

    def columns_for(self, request: HttpRequest) -> Sequence[Column]:
        """What finds a person on the screen; what fills a list on paper in an export."""
        wanted = set(_NEEDS) if request.GET.get("format") else set(_ON_SCREEN)
        if self.state in {SERVING, COMING}:
            wanted -= {"until"}
        return [
            column
            for column in self.columns
            if column.key in wanted and self.reach.shows(_NEEDS[column.key])
        ]

    def sentence(self, count: int, chips: Sequence[Chip]) -> str:
        self.counted = _COUNTED[self.state]
        return super().sentence(count, chips)

    def row_url(self, row: Any) -> str:
        return reverse("member", args=[row.member_id])

    def actions(self, request: HttpRequest) -> list[Action]:
        return permitted(
            request,
            [
                Action(_("Recognise a member"), reverse("member-recognise"), primary=True,
                       verb=RECOGNISE),
                Action(_("Import"), reverse("import", kwargs={"kind": "members"}), verb=RECOGNISE),
            ],
        )  # fmt: skip

    def on_rows(self, request: HttpRequest, rows: Sequence[Membership]) -> None:
        readings.note_listing(by=self.actor, rows=rows, purpose=self.reach.purpose)

    def _export(
        self,
        request: HttpRequest,
        columns: Sequence[Column],
        rows: QuerySet[Any, Any],
        kind: str,
    ) -> HttpResponseBase:
        place = place_of(self.reach.scope, on=self.actor.on)
        let_out(request, what=What.MEMBERS, rows=rows.count(), where=place)
        readings.note_export(by=self.actor, rows=rows, purpose=self.reach.purpose)
        return super()._export(request, columns, rows, kind)


def _post(row: Any) -> str:
    return str(Post(row.post).label) if row.post else ""


def _named(rows: QuerySet[Any, Any], text: str) -> QuerySet[Any, Any]:
    """Those whose name holds every word, whatever its tones; one's own force only."""
    for word in fold(text).split():
        rows = rows.filter(member__name_folded__contains=word)
    return rows
