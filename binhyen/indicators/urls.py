# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about figures."""

from django.urls import path

from binhyen.indicators import views, views_export, views_typed
from binhyen.indicators.links import figures_link
from binhyen.territory.links import register_place_link

register_place_link(figures_link)

urlpatterns = [
    path("figures/", views.figures, name="figures"),
    path("figures/signed/", views_typed.typed_list, name="typed-figures"),
    path("figures/signed/new/", views_typed.sign, name="typed-figure-sign"),
    path("figures/signed/<uuid:figure_id>/", views_typed.typed_page, name="typed-figure"),
    path(
        "figures/signed/<uuid:figure_id>/correct/",
        views_typed.correct,
        name="typed-figure-correct",
    ),
    path("figures/table.<str:file_format>", views_export.figures_table, name="figures-table"),
    path("figures/<str:code>/", views.figure, name="figure"),
    path("figures/<str:code>/records/", views.records, name="figure-records"),
]
