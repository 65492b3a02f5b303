# SPDX-License-Identifier: AGPL-3.0-or-later
"""A finished file as an answer that can be taken up where it broke off (RFC 9110 §14)."""

import base64
import re
from collections.abc import Iterator
from typing import IO

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_STEP = 256 * 1024


def file_answer(
    request: HttpRequest, file: IO[bytes], *, name: str, media_type: str, sha256: str, rows: int
) -> HttpResponseBase:
    """The file, or the part that `Range` names; with its sum and number of rows in the head.

    `If-Range` with another sum gets the whole file, for it is another one.
    """
    etag = f'"{sha256}"'
    size = file.seek(0, 2)
    first, last, status = 0, size - 1, 200
    wanted = _RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted and request.headers.get("If-Range", etag) == etag:
        first, last = _ends(wanted[1], wanted[2], size)
        status = 206 if first <= last else 416
    response: HttpResponseBase
    if status == 416:
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    response = StreamingHttpResponse(_part(file, first, last), status=status)
    if status == 206:
        response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Content-Type"] = media_type
    response["Content-Length"] = str(last - first + 1)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    digest = base64.b64encode(bytes.fromhex(sha256)).decode()
    response["Repr-Digest"] = f"sha-256=:{digest}:"
    response["Row-Count"] = str(rows)
    response["Cache-Control"] = "no-store"
    return response


def _ends(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and last byte; the first lies behind the last where nothing can be given."""
    if first:
        return int(first), min(int(last), size - 1) if last else size - 1
    return (max(0, size - int(last)), size - 1) if last and int(last) else (size, size - 1)


def _part(file: IO[bytes], first: int, last: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        left = last - first + 1
        while left > 0 and (block := file.read(min(_STEP, left))):
            left -= len(block)
            yield block
