# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about reports, cases and disputes."""

from django.urls import path

from binhyen.core.pages import register_section
from binhyen.incidents import views, views_attachments, views_cases, views_disputes
from binhyen.incidents.log_lines import log_source
from binhyen.incidents.sections import density_section
from binhyen.patrols.log_book import register_log_source

register_log_source(log_source)
register_section("patrol-plan-team", density_section)

_REPORT = "incidents/<uuid:report_id>/"

urlpatterns = [
    path("incidents/", views.report_list, name="incidents"),
    path("incidents/new/", views.receive, name="incident-new"),
    path(_REPORT, views.report_page, name="incident"),
    path(f"{_REPORT}hand/", views.hand, name="incident-hand"),
    path(f"{_REPORT}assign/", views.assign, name="incident-assign"),
    path(f"{_REPORT}close/", views.close, name="incident-close"),
    path(f"{_REPORT}withdraw/", views.withdraw, name="incident-withdraw"),
    path(f"{_REPORT}correct/", views.correct, name="incident-correct"),
    path(f"{_REPORT}case/", views_cases.confirm, name="incident-case"),
    path(f"{_REPORT}link/", views_cases.link, name="incident-link"),
    path(f"{_REPORT}photo/", views_attachments.add_photo, name="incident-photo"),
    path(
        f"{_REPORT}attachments/<uuid:attachment_id>/",
        views_attachments.attachment,
        name="incident-attachment",
    ),
    path(
        f"{_REPORT}attachments/<uuid:attachment_id>/erase/",
        views_attachments.erase,
        name="incident-attachment-erase",
    ),
    path("cases/", views_cases.case_list, name="cases"),
    path("cases/<uuid:case_id>/", views_cases.case_page, name="case"),
    path("cases/<uuid:case_id>/conclude/", views_cases.conclude, name="case-conclude"),
    path("disputes/", views_disputes.dispute_list, name="disputes"),
    path("disputes/new/", views_disputes.notice, name="dispute-new"),
    path("disputes/<uuid:dispute_id>/", views_disputes.dispute_page, name="dispute"),
    path("disputes/<uuid:dispute_id>/close/", views_disputes.close, name="dispute-close"),
]
