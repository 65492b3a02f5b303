# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about members, and of taking over tables."""

from django.urls import path, re_path

from binhyen.core.pages import register_section
from binhyen.personnel import views, views_import
from binhyen.personnel.sections import roles_section

register_section("team", roles_section)

urlpatterns = [
    path("people/", views.member_list, name="members"),
    path("people/me/", views.my_file, name="my-file"),
    path("people/recognise/", views.recognise, name="member-recognise"),
    path("people/<uuid:member_id>/", views.member_page, name="member"),
    path("people/<uuid:member_id>/again/", views.recognise_again, name="member-again"),
    path("people/<uuid:member_id>/role/", views.change_role, name="member-role"),
    path("people/<uuid:member_id>/end/", views.end, name="member-end"),
    path("people/<uuid:member_id>/correct/", views.correct, name="member-correct"),
    path(
        "people/<uuid:member_id>/recognition/",
        views.correct_recognition,
        name="member-recognition",
    ),
    path("people/<uuid:member_id>/take-back/", views.take_back_ending, name="member-take-back"),
    *(
        pattern
        for kind, folder in (("members", "people"), ("teams", "teams"))
        for pattern in (
            path(f"{folder}/import/", views_import.import_page, {"kind": kind}, name="import"),
            re_path(
                rf"^{folder}/import/template\.(?P<file_format>csv|xlsx)$",
                views_import.template,
                {"kind": kind},
                name="import-template",
            ),
        )
    ),
]
