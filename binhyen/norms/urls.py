# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about norms."""

from django.urls import path

from binhyen.norms import views, views_drafts, views_steps
from binhyen.norms.links import norms_link
from binhyen.territory.links import register_place_link

register_place_link(norms_link)

_ONE = "norms/resolutions/<uuid:resolution_id>/"
_VALUE = "norms/values/<uuid:value_id>/"
_SET = "norms/sets/<uuid:set_id>/"

urlpatterns = [
    path("norms/", views.norms_own, name="norms"),
    path("norms/in/<str:code>/", views.norms_in, name="norms-in"),
    path("norms/resolutions/", views.resolution_list, name="resolutions"),
    path("norms/resolutions/new/", views_drafts.new, name="resolution-new"),
    path("norms/resolutions/file/", views_drafts.from_file, name="resolution-file"),
    path(_ONE, views.resolution_page, name="resolution"),
    path(f"{_ONE}document/", views.document, name="resolution-document"),
    path(f"{_ONE}change/", views_drafts.change, name="resolution-change"),
    path(f"{_ONE}values/", views_drafts.add_value, name="norm-value-add"),
    path(f"{_ONE}communes/", views_drafts.add_communes, name="norm-set-add"),
    path(f"{_ONE}scan/", views_drafts.scan, name="resolution-scan"),
    path(f"{_ONE}withdraw/", views_drafts.withdraw, name="resolution-withdraw"),
    path(f"{_ONE}approve/", views_steps.approve, name="resolution-approve"),
    path(f"{_ONE}end/", views_steps.end, name="resolution-end"),
    path(_VALUE, views_drafts.change_value, name="norm-value"),
    path(f"{_VALUE}remove/", views_drafts.remove_value, name="norm-value-remove"),
    path(_SET, views_drafts.change_communes, name="norm-set"),
    path(f"{_SET}remove/", views_drafts.remove_communes, name="norm-set-remove"),
]
