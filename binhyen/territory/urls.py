# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about places."""

from django.urls import path

from binhyen.territory import views

urlpatterns = [
    path("places/", views.place_list, name="places"),
    path("places/<str:code>/", views.place_page, name="place"),
    path("places/<str:code>/villages/new/", views.add_village, name="village-add"),
    path("places/<str:code>/duty-phone/", views.duty_phone, name="duty-phone"),
    path("places/<str:code>/point/", views.place_village, name="village-point"),
    path("places/<str:code>/end/", views.end_village, name="village-end"),
]
