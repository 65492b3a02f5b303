# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about simulations."""

from django.urls import path

from binhyen.core.pages import register_section
from binhyen.simulations import views, views_asking
from binhyen.simulations.record import resolution_section

register_section("resolution", resolution_section)

_ONE = "simulations/<uuid:simulation_id>/"

urlpatterns = [
    path("simulations/", views.simulation_list, name="simulations"),
    path("simulations/floor/", views_asking.floor, name="simulation-floor"),
    path("simulations/support/", views_asking.support, name="simulation-support"),
    path("simulations/draft/<uuid:resolution_id>/", views_asking.draft, name="simulation-draft"),
    path(_ONE, views.simulation_page, name="simulation"),
    path(f"{_ONE}communes/", views.communes, name="simulation-communes"),
    path(f"{_ONE}council/", views.council, name="simulation-council"),
    path(f"{_ONE}file/", views.file, name="simulation-file"),
]
