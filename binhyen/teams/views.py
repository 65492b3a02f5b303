# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages about teams: list, one team, establish, change, dissolve, strength by village."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.core import events
from binhyen.core.listing import Column, Filter, Listing
from binhyen.core.pages import Action, Badge, Section, form_page, record_page, say, sections_for
from binhyen.core.text import fold
from binhyen.teams import actions, forms, queries
from binhyen.teams.models import Team
from binhyen.teams.permissions import DECIDE_STRENGTH, DECIDE_TEAM, VIEW_TEAM
from binhyen.territory.models import Territory
from binhyen.territory.queries import communes_within, territory_by_code


class TeamListing(Listing):
    """The teams that exist today in the reader's area."""

    name = "teams"
    title = _("Teams")
    counted = ngettext_lazy("%(count)s team", "%(count)s teams", "count")
    default_sort = "commune"
    columns = (
        Column("name", _("Team"), lambda team: team.name, sort="name_order"),
        Column("commune", _("Commune"), lambda team: team.territory.full_name,
               sort=("territory__name_order", "name_order")),
        Column("serving", _("Serving"), lambda team: team.serving, sort="serving", align="end"),
        Column("decided", _("Decided"), lambda team: team.decided, sort="decided", align="end"),
        Column("vacant", _("Vacant"), lambda team: max(0, team.decided - team.serving),
               align="end"),
        Column("established", _("Established on"), lambda team: team.established_on,
               sort="established_on", hide_narrow=True),
    )  # fmt: skip
    filters = (
        Filter("q", _("Name"), "text", lambda rows, text: rows.filter(
            name_folded__contains=fold(text))),
        Filter("commune", _("Commune"), "choice", lambda rows, code: rows.filter(
            territory__code=code), lambda actor: _commune_choices(actor)),
        Filter("short", _("With vacant places"), "flag", lambda rows, on: queries.with_vacancies(
            rows)),
    )  # fmt: skip
    empty_title = _("No team yet")
    empty_help = _("Teams appear here when the chair's decision is recorded.")

    def row_url(self, row: Any) -> str:
        return reverse("team", args=[row.id])

    def actions(self, request: Any) -> list[Action]:
        communes = _communes_to_decide(request)
        if len(communes) != 1:
            return []
        code = communes[0].code
        return [
            Action(_("Establish a team"), reverse("team-establish", args=[code]), primary=True),
            Action(_("Strength by village"), reverse("strength", args=[code])),
        ]


def _commune_choices(actor: Any) -> list[tuple[str, str]]:
    return [(c.code, c.full_name) for c in communes_within(actor.scope(VIEW_TEAM), actor.on)]


def _communes_to_decide(request: ActorRequest) -> list[Territory]:
    scope = request.actor.scope(DECIDE_TEAM)
    return [] if scope.is_empty else communes_within(scope, request.actor.on)


@signed_in(VIEW_TEAM)
def team_list(request: ActorRequest) -> HttpResponseBase:
    """Every team of the reader's area."""
    rows: QuerySet[Team] = queries.teams_in(
        scope=request.actor.scope(VIEW_TEAM), on=request.actor.on
    )
    return TeamListing().respond(request, rows)


@signed_in(VIEW_TEAM)
def team_page(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """One team: area, strength, decisions, history."""
    actor = request.actor
    team = queries.team(scope=actor.scope(VIEW_TEAM), team_id=team_id)
    villages = queries.served_villages(team, actor.on)
    by_village = [
        row
        for row in queries.strength_by_village(
            scope=actor.scope(VIEW_TEAM), commune=team.territory, on=actor.on
        )
        if row.village in villages
    ]
    stands = team.is_in_force(actor.on)
    return record_page(
        request,
        kind=_("Team"),
        title=team.name,
        state=_state(stands=stands),
        actions=_team_actions(request, team) if stands else [],
        facts=[
            (_("Commune"), team.territory.full_name),
            (_("Area of responsibility"), ", ".join(village.full_name for village in villages)),
            (_("Serving"), sum(row.serving for row in by_village)),
            (_("Decided number"), sum(row.decided for row in by_village)),
            (_("Vacant places"), sum(row.vacancies for row in by_village)),
            (_("Established on"), team.established_on),
            (_("Dissolved on"), team.dissolved_on),
        ],
        sections=[
            _villages_section(by_village),
            *sections_for("team", request, team),
            _decisions_section(team),
        ],
        history=events.history(team),
    )


def _state(*, stands: bool) -> Badge:
    return Badge(pgettext_lazy("team", "In force"), "good") if stands else Badge(_("Dissolved"))


def _team_actions(request: ActorRequest, team: Team) -> list[Action]:
    if not request.actor.can(DECIDE_TEAM, team.territory):
        return []
    return [
        Action(_("Change"), reverse("team-change", args=[team.id])),
        Action(_("Dissolve"), reverse("team-dissolve", args=[team.id])),
    ]


def _villages_section(rows: list[queries.VillageStrength]) -> Section:
    return Section(
        _("Strength by village"),
        columns=(
            Column("village", _("Village"), lambda row: row.village.full_name),
            Column("serving", _("Serving"), lambda row: row.serving, align="end"),
            Column("decided", _("Decided"), lambda row: row.decided, align="end"),
            Column("vacant", _("Vacant"), lambda row: row.vacancies, align="end"),
        ),
        records=rows,
        empty=_("No village is served today."),
    )


def _decisions_section(team: Team) -> Section:
    return Section(
        _("Decisions"),
        columns=(
            Column("number", _("Number"), lambda decision: decision.number),
            Column("kind", _("What it does"), lambda decision: decision.get_kind_display()),
            Column("decided_on", _("Date"), lambda decision: decision.decided_on),
        ),
        records=team.decisions.all(),
        empty=_("No decision is recorded."),
    )


@signed_in(DECIDE_TEAM)
def establish(request: ActorRequest, code: str) -> HttpResponse:
    """Establish a team in one commune."""
    commune = _commune(request, code)
    villages = queries.unserved_villages(commune=commune, on=request.actor.on)
    form = forms.EstablishForm(request.POST or None, villages=villages)
    if form.done(actions.establish_team, by=request.actor, commune=commune):
        say(request, _("The team was established."))
        return redirect("team", form.result.id)
    return form_page(
        request, form, kind=commune.full_name, title=_("Establish a team"),
        intro=_(
            "Record the decision of the chair of the People's Committee (Law 30/2023 Art. 14)."
        ),
        cancel_url=reverse("teams"),
    )  # fmt: skip


@signed_in(DECIDE_TEAM)
def change(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Rename a team or change the villages it serves."""
    team = queries.team(scope=request.actor.scope(DECIDE_TEAM), team_id=team_id)
    served = queries.served_villages(team, request.actor.on)
    free = queries.unserved_villages(commune=team.territory, on=request.actor.on)
    form = forms.ChangeForm(
        request.POST or None,
        villages=sorted([*served, *free], key=lambda village: village.name_order),
        initial={"name": team.name, "villages": [village.id for village in served]},
    )
    if form.done(actions.change_team, by=request.actor, team=team):
        say(request, _("The change was recorded."))
        return redirect("team", team.id)
    return form_page(
        request, form, kind=team.name, title=_("Change the team"),
        intro=_("A village that leaves the area, or joins it, does so on the day of the decision."),
        cancel_url=reverse("team", args=[team.id]),
    )  # fmt: skip


@signed_in(DECIDE_TEAM)
def dissolve(request: ActorRequest, team_id: UUID) -> HttpResponse:
    """Dissolve a team."""
    team = queries.team(scope=request.actor.scope(DECIDE_TEAM), team_id=team_id)
    form = forms.DissolveForm(request.POST or None)
    if form.done(actions.dissolve_team, by=request.actor, team=team):
        say(request, _("The team was dissolved."))
        return redirect("team", team.id)
    return form_page(
        request, form, kind=team.name, title=_("Dissolve the team"),
        intro=_(
            "Its past stays: patrols, reports and figures keep their team (Law 30/2023 Art. 17)."
        ),
        cancel_url=reverse("team", args=[team.id]),
    )  # fmt: skip


@signed_in(VIEW_TEAM)
def strength(request: ActorRequest, code: str) -> HttpResponse:
    """Decided number, serving number and vacancies of each village of a commune."""
    scope = request.actor.scope(VIEW_TEAM)
    commune = territory_by_code(code, on=request.actor.on)
    rows = queries.strength_by_village(scope=scope, commune=commune, on=request.actor.on)
    may_decide = request.actor.can(DECIDE_STRENGTH, commune)
    return record_page(
        request,
        kind=commune.full_name,
        title=_("Strength by village"),
        facts=[
            (_("Decided number"), sum(row.decided for row in rows)),
            (_("Serving"), sum(row.serving for row in rows)),
            (_("Vacant places"), sum(row.vacancies for row in rows)),
            (_("Villages without a team"), sum(1 for row in rows if row.team is None)),
        ],
        sections=[
            Section(
                _("Villages"),
                columns=(
                    Column("village", _("Village"), lambda row: row.village.full_name),
                    Column("team", _("Team"), lambda row: row.team.name if row.team else ""),
                    Column("serving", _("Serving"), lambda row: row.serving, align="end"),
                    Column("decided", _("Decided"), lambda row: row.decided, align="end"),
                    Column("vacant", _("Vacant"), lambda row: row.vacancies, align="end"),
                ),
                records=rows,
                row_url=_decide_url if may_decide else _team_url,
                empty=_("No village is recorded in this commune yet."),
                note=_("Choose a village to record a new decided number.") if may_decide else "",
            )
        ],
    )


def _team_url(row: queries.VillageStrength) -> str | None:
    return reverse("team", args=[row.team.id]) if row.team else None


def _decide_url(row: queries.VillageStrength) -> str:
    return reverse("strength-decide", args=[row.village.code])


@signed_in(DECIDE_STRENGTH)
def decide(request: ActorRequest, code: str) -> HttpResponse:
    """Record the number of members that the province decided for a village."""
    village = territory_by_code(code, on=request.actor.on)
    request.actor.require(DECIDE_STRENGTH, village)
    form = forms.StrengthForm(request.POST or None)
    back = reverse("strength", args=[code.split("-")[0]])
    if form.done(actions.decide_strength, by=request.actor, village=village):
        say(request, _("The decided number was recorded."))
        return redirect(back)
    return form_page(
        request, form, kind=village.full_name, title=_("Decided number of members"),
        intro=_("Decided by the provincial People's Committee (Law 30/2023 Art. 14(4))."),
        cancel_url=back,
    )  # fmt: skip


def _commune(request: ActorRequest, code: str) -> Territory:
    commune = territory_by_code(code, on=request.actor.on)
    request.actor.require(DECIDE_TEAM, commune)
    return commune
