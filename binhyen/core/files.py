# SPDX-License-Identifier: AGPL-3.0-or-later
"""A table as the answer to a request: a CSV or Excel file to take away."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import get_language, override

from binhyen.core.errors import Text
from binhyen.core.tables import ColumnOut, write_csv, write_xlsx

FORMATS = ("csv", "xlsx")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RowsResponse(StreamingHttpResponse):
    """An answer whose rows are still read while it is sent; `core.gate` keeps its place so long."""


def table_file(
    columns: Sequence[ColumnOut], rows: Iterable[Any], *, kind: str, name: str, title: Text
) -> HttpResponseBase:
    """The rows as `name.kind`, of one of FORMATS; nobody between server and reader stores it."""
    response: HttpResponseBase
    if kind == "csv":
        parts = _in_language(write_csv(columns, rows))
        response = RowsResponse(parts, content_type="text/csv; charset=utf-8")
    else:
        response = FileResponse(write_xlsx(columns, rows, sheet=str(title)), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}.{kind}"'
    response["Cache-Control"] = "no-store"
    return response


def _in_language(parts: Iterator[bytes]) -> Iterator[bytes]:
    """The parts of a stream, made in the language of the request that asked for it."""
    language = get_language() or "vi"
    while True:
        with override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part
