# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts the rows of several queries with one question to the database."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, QuerySet, Value


def counted(asked: Sequence["QuerySet[Any]"]) -> list[int]:
    """How many rows each query holds, in their order; a row that stands there twice counts once."""
    if not asked:
        return []
    first, *others = [
        _plain(rows).values(asked_place=Value(place)).annotate(asked_rows=Count("pk"))
        for place, rows in enumerate(asked)
    ]
    found = {row["asked_place"]: row["asked_rows"] for row in first.union(*others, all=True)}
    return [found.get(place, 0) for place in range(len(asked))]


def _plain(rows: "QuerySet[Any]") -> "QuerySet[Any]":
    """The same rows without what they carry: a count of their own would be counted along."""
    held = rows.order_by().values("pk")
    return QuerySet(rows.model).filter(pk__in=held).order_by()
