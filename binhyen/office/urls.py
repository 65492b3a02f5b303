# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the shell."""

from django.urls import path

from binhyen.core.guards import public
from binhyen.core.pages import register_place_path, set_theme
from binhyen.office import views
from binhyen.office.crumbs import place_path
from binhyen.office.on_duty import on_duty

register_place_path(place_path)

urlpatterns = [
    path("", views.today, name="today"),
    path("on-duty/", on_duty, name="on-duty"),
    path("root.crt", views.root_certificate, name="root_certificate"),
    path("search/", views.search_page, name="search"),
    path("theme/", public("light or dark is a matter of taste")(set_theme), name="set_theme"),
]
