# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where every address leads. Each app brings its own list."""

from django.urls import include, path

urlpatterns = [
    path("", include("binhyen.teams.urls")),
    path("account/", include("allauth.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
