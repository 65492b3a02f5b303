# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of calls for help."""

from django.urls import path

from binhyen.calls import views

urlpatterns = [
    path("help-calls/", views.call_list, name="help-calls"),
    path("help-calls/alarm/", views.alarm, name="help-alarm"),
    path("help-calls/<uuid:call_id>/", views.call_page, name="help-call"),
    path("help-calls/<uuid:call_id>/see/", views.see, name="help-call-see"),
    path("help-calls/<uuid:call_id>/close/", views.close, name="help-call-close"),
    path("help-calls/<uuid:call_id>/take-back/", views.take_back, name="help-call-take-back"),
]
