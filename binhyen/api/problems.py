# SPDX-License-Identifier: AGPL-3.0-or-later
"""One shape of refusal for every address below /api/: problem details (RFC 9457), in words."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse

from binhyen.api.words import BY_STATUS
from binhyen.core.api import Fault, Problem
from binhyen.core.errors import Forbidden

MEDIA_TYPE = "application/problem+json"


def problem(
    status: int,
    word: str,
    title: str,
    detail: str,
    *,
    field: str = "",
    errors: Sequence[Fault] = (),
) -> HttpResponse:
    """A refusal as a response."""
    told = Problem(
        type=word, title=title, status=status, detail=detail, field=field, errors=list(errors)
    )
    return HttpResponse(as_json(told.model_dump()), status=status, content_type=MEDIA_TYPE)


def problem_of_status(status: int) -> HttpResponse:
    """A refusal that Django, a library or the server gave, in our words."""
    if status == 404:
        return not_found()
    usual = 500 if status >= 500 else 400
    word, title, detail = BY_STATUS.get(status) or BY_STATUS[usual]
    return problem(status, word, str(title), str(detail))


def not_found() -> HttpResponse:
    """Forbidden and missing: the same answer."""
    what, why, remedy = Forbidden().sentences()
    return problem(404, "not_found", what, f"{why} {remedy}")


def as_json(data: Any) -> bytes:
    """JSON that keeps Vietnamese letters as they are; what is no letter becomes a question mark."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), default=_as_text)
    return text.encode("utf-8", "replace")


def _as_text(value: Any) -> str:
    """Days and moments as RFC 3339 writes them; ids as they are."""
    return value.isoformat() if isinstance(value, date) else str(value)
