# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where every address leads. Each app brings its own list."""

from django.urls import include, path

handler500 = "binhyen.office.views_trouble.server_error"

urlpatterns = [
    path("api/", include("binhyen.api.urls")),
    path("", include("binhyen.sync.urls")),
    path("", include("binhyen.sync.urls_field")),
    path("", include("binhyen.office.urls")),
    path("", include("binhyen.territory.urls")),
    path("", include("binhyen.norms.urls")),
    path("", include("binhyen.budgets.urls")),
    path("", include("binhyen.entitlements.urls")),
    path("", include("binhyen.simulations.urls")),
    path("", include("binhyen.claims.urls")),
    path("", include("binhyen.teams.urls")),
    path("", include("binhyen.personnel.urls")),
    path("", include("binhyen.duty.urls")),
    path("", include("binhyen.calls.urls")),
    path("", include("binhyen.patrols.urls")),
    path("", include("binhyen.incidents.urls")),
    path("", include("binhyen.accounts.urls")),
    path("", include("binhyen.approvals.urls")),
    path("", include("binhyen.indicators.urls")),
    path("", include("binhyen.reports.urls")),
    path("i18n/", include("django.conf.urls.i18n")),
]
