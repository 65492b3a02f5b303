# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of the pages about patrols, findings, traffic help and the log book."""

from django.urls import path

from binhyen.patrols import views, views_attachments, views_log_book, views_noted

urlpatterns = [
    path("patrols/", views.patrol_list, name="patrols"),
    path("patrols/plan/", views.choose_team_to_plan, name="patrol-plan"),
    path("patrols/plan/<uuid:team_id>/", views.plan, name="patrol-plan-team"),
    path("patrols/record/", views.choose_team_to_record, name="patrol-record"),
    path("patrols/record/<uuid:team_id>/", views.record, name="patrol-record-team"),
    path("patrols/<uuid:patrol_id>/", views.patrol_page, name="patrol"),
    path("patrols/<uuid:patrol_id>/start/", views.start, name="patrol-start"),
    path("patrols/<uuid:patrol_id>/end/", views.end, name="patrol-end"),
    path("patrols/<uuid:patrol_id>/record/", views.record_planned, name="patrol-record-planned"),
    path("patrols/<uuid:patrol_id>/cancel/", views.cancel, name="patrol-cancel"),
    path("patrols/<uuid:patrol_id>/correct/", views.correct, name="patrol-correct"),
    path("patrols/<uuid:patrol_id>/void/", views.void, name="patrol-void"),
    path("patrols/<uuid:patrol_id>/finding/", views_noted.note_finding, name="patrol-finding"),
    path(
        "patrols/<uuid:patrol_id>/traffic/",
        views_noted.help_traffic_on_patrol,
        name="patrol-traffic",
    ),
    path("findings/<uuid:finding_id>/", views_noted.finding_page, name="finding"),
    path("findings/<uuid:finding_id>/hand-over/", views_noted.hand_over, name="finding-hand-over"),
    path("findings/<uuid:finding_id>/void/", views_noted.void_finding, name="finding-void"),
    path("findings/<uuid:finding_id>/photo/", views_attachments.add_photo, name="finding-photo"),
    path(
        "findings/<uuid:finding_id>/attachments/<uuid:photo_id>/",
        views_attachments.attachment,
        name="finding-attachment",
    ),
    path(
        "findings/<uuid:finding_id>/attachments/<uuid:photo_id>/erase/",
        views_attachments.erase,
        name="finding-attachment-erase",
    ),
    path("traffic/", views_noted.traffic_list, name="traffic"),
    path("traffic/new/", views_noted.choose_team_for_traffic, name="traffic-record"),
    path("traffic/new/<uuid:team_id>/", views_noted.help_traffic, name="traffic-record-team"),
    path("traffic/<uuid:help_id>/", views_noted.traffic_page, name="traffic-help"),
    path("traffic/<uuid:help_id>/void/", views_noted.void_traffic, name="traffic-void"),
    path("log-book/", views_log_book.log_book_page, name="log-book"),
]
