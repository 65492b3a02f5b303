# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of reviews."""

from django.urls import path

from binhyen.reports import views, views_tables

urlpatterns = [
    path("reviews/", views.review_list, name="reviews"),
    path("reviews/new/", views.new_review, name="review-new"),
    path("reviews/<uuid:review_id>/", views.review_page, name="review"),
    *(
        path(
            f"reviews/<uuid:review_id>/{name}/",
            views.review_paper,
            {"file_format": kind},
            name=f"review-{name}",
        )
        for name, kind in (("word", "docx"), ("pdf", "pdf"), ("annex", "xlsx"))
    ),
    path(
        "reviews/<uuid:review_id>/picture/<int:index>.png",
        views.review_picture,
        name="review-picture",
    ),
    path("tables/", views_tables.tables_page, name="tables"),
    path(
        "tables/<slug:table>/columns.<slug:file_format>",
        views_tables.table_columns,
        name="table-columns",
    ),
    path("tables/<slug:table>/rows.<slug:file_format>", views_tables.table_file, name="table-file"),
    path(
        "tables/<slug:table>/rows.<slug:file_format>.json",
        views_tables.table_description,
        name="table-description",
    ),
]
