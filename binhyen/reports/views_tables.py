# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whole tables for people: what can be taken, what its columns mean, and the file itself."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from binhyen.accounts.guards import signed_in
from binhyen.accounts.middleware import ActorRequest
from binhyen.approvals.exports import What, let_out
from binhyen.core.errors import Forbidden, Text
from binhyen.core.exports import FORMATS, Format, Table, dictionary, table_named
from binhyen.core.files import table_file as list_file
from binhyen.core.pages import Column
from binhyen.core.ranges import file_answer
from binhyen.indicators.asking import Asked, place_crumbs, presets, read_asked
from binhyen.indicators.permissions import VIEW_FIGURES
from binhyen.reports.taking import MEDIA_TYPES, Wanted, answer, tables_open_to

COLUMNS = (
    Column("name", _("Column"), lambda one: one["name"]),
    Column("kind", _("Kind"), lambda one: one["kind"]),
    Column("about", _("What it means"), lambda one: one["about"]),
)
"""The data dictionary as a table."""


@dataclass(frozen=True)
class Shown:
    """A table on the page."""

    table: Table
    title: Text
    files: Sequence[tuple[str, str]]
    """Name of the format and address."""
    described: Sequence[tuple[str, str]]
    columns: Sequence[dict[str, str]]
    dictionaries: Sequence[tuple[str, str]]


@signed_in(VIEW_FIGURES)
def tables_page(request: ActorRequest) -> HttpResponse:
    """The tables that the reader may take out of a place, with what each column means."""
    asked = read_asked(request, request.actor)
    found = tables_open_to(request.actor, asked.territory)
    context = {
        "title": _("Whole tables"),
        "asked": asked,
        "presets": presets(asked),
        "crumbs": place_crumbs(asked, request.actor.scope(VIEW_FIGURES)),
        "tables": [_shown(table, asked) for table in found],
    }
    return render(request, "reports/tables.html", context)


@signed_in(VIEW_FIGURES)
def table_file(request: ActorRequest, table: str, file_format: str) -> HttpResponseBase:
    """The file; rows of people beyond a few need somebody else's consent first.

    Its head names rows and sum; `Range` goes on where a connection broke.
    """
    wanted, kind = _wanted(request, table), _format(file_format)
    if wanted.table.is_personal:
        let_out(request, what=What.MEMBERS, rows=wanted.count(), where=wanted.area)
    made = answer(wanted, kind)
    return file_answer(
        request, made.file, name=made.name, media_type=MEDIA_TYPES[kind],
        sha256=made.made.sha256, rows=made.made.rows,
    )  # fmt: skip


@signed_in(VIEW_FIGURES)
def table_description(request: ActorRequest, table: str, file_format: str) -> HttpResponse:
    """Rows and SHA-256 of that file, and what each column means: what stands beside it."""
    made = answer(_wanted(request, table), _format(file_format))
    made.file.close()
    response = JsonResponse(
        made.description, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = f'attachment; filename="{made.name}.json"'
    return response


@signed_in(VIEW_FIGURES)
def table_columns(request: ActorRequest, table: str, file_format: str) -> HttpResponseBase:
    """The data dictionary of a table, without any row."""
    found = table_named(table)
    if not request.actor.can_anywhere(found.verb):
        raise Forbidden
    rows = dictionary(found.fields)
    if file_format == "json":
        return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    if file_format != "csv":
        raise Http404
    return list_file(COLUMNS, rows, kind="csv", name=f"{found.name}-columns", title=found.name)


def _wanted(request: ActorRequest, name: str) -> Wanted:
    asked = read_asked(request, request.actor)
    if asked.refusal:
        raise Http404  # days that nobody can have come by through the page
    return Wanted(request.actor, table_named(name), asked.territory, asked.until_today)


def _format(text: str) -> Format:
    if text not in FORMATS:
        raise Http404
    return text


def _shown(table: Table, asked: Asked) -> Shown:
    query = urlencode({"area": asked.territory.code, "period": str(asked.until_today)})

    def addresses(page: str, formats: Sequence[str], tail: str = "") -> list[tuple[str, str]]:
        made = [(one, reverse(page, args=[table.name, one])) for one in formats]
        return [(_FORMAT_NAMES[one], f"{address}{tail}") for one, address in made]

    return Shown(
        table,
        capfirst(str(table.about).rstrip(".")),
        addresses("table-file", FORMATS, f"?{query}"),
        addresses("table-description", FORMATS, f"?{query}"),
        dictionary(table.fields),
        addresses("table-columns", ("csv", "json")),
    )


_FORMAT_NAMES: dict[str, Any] = {
    "csv": "CSV", "xlsx": "Excel", "parquet": "Parquet", "json": "JSON"
}  # fmt: skip
