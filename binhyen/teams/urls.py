# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about teams."""

from django.urls import path

from binhyen.accounts.team_choices import register_teams
from binhyen.teams import views
from binhyen.teams.links import strength_link, teams_link, teams_of
from binhyen.territory.links import register_place_link

register_teams(teams_of)
register_place_link(teams_link, strength_link)

urlpatterns = [
    path("teams/", views.team_list, name="teams"),
    path("teams/new/<str:code>/", views.establish, name="team-establish"),
    path("teams/<uuid:team_id>/", views.team_page, name="team"),
    path("teams/<uuid:team_id>/change/", views.change, name="team-change"),
    path("teams/<uuid:team_id>/dissolve/", views.dissolve, name="team-dissolve"),
    path("strength/<str:code>/", views.strength, name="strength"),
    path("strength/<str:code>/decide/", views.decide, name="strength-decide"),
]
