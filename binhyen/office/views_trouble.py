# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is answered when something broke: a fault of ours, or a database that cannot work."""

import logging
import sys

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from binhyen.api.middleware import ROOT
from binhyen.api.problems import problem
from binhyen.core.database_trouble import CROWDED, Trouble, trouble_of

RETRY_SECONDS = 30
PHONES = "/sync/"
_LOG = logging.getLogger("binhyen.database")


def server_error(request: HttpRequest) -> HttpResponse:
    """The page of an exception that nothing caught; nothing here asks the database."""
    error = sys.exc_info()[1]
    trouble = trouble_of(error)
    if trouble is None:
        return HttpResponse(render_to_string("500.html"), status=500)
    # One line without the message, which may hold what somebody typed.
    state = getattr(error.__cause__ if error else None, "sqlstate", None) or "-"
    _LOG.error("%s: %s %s, %s %s; nothing was kept of it", trouble.word, request.method,
               request.path, type(error).__name__, state)  # fmt: skip
    response = _page(request, trouble)
    response["Retry-After"] = str(RETRY_SECONDS)
    response["Cache-Control"] = "no-store"
    vars(response)["_has_been_logged"] = True  # Django would add the traceback of every page
    return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """The answer to whoever finds every place taken: when to ask again. Nothing was looked at."""
    response = _page(request, CROWDED)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    response["Content-Length"] = str(len(response.content))  # what adds it stands further in
    vars(response)["_has_been_logged"] = True  # thousands of lines would say the same
    return response


def _page(request: HttpRequest, trouble: Trouble) -> HttpResponse:
    kept = _what_was_kept(request)
    if request.path_info.startswith(PHONES):
        return JsonResponse({"why": f"{trouble.why} {trouble.remedy}"}, status=503)
    if request.path_info.startswith(ROOT):
        detail = f"{trouble.why} {kept} {trouble.remedy}"
        return problem(503, trouble.word, str(trouble.what), detail)
    was_sent = request.method == "POST"
    html = render_to_string("503.html", {"trouble": trouble, "kept": kept, "was_sent": was_sent})
    return HttpResponse(html, status=503)


def _what_was_kept(request: HttpRequest) -> str:
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return _("Everything that was recorded before is kept.")
    return _("What you sent was not recorded, not even a part of it; everything before is kept.")
