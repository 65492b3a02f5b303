# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two addresses of the phone app that must not be below /static/: its page and its worker.

A service worker may only act for pages below its own address.
"""

from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from binhyen.core.guards import public

FOLDER = Path(__file__).resolve().parent / "static" / "field"
"""Where the build of `field/` lies."""


@public("the shell of the phone app holds nobody's data; a phone gets those by its device's token")
@require_safe
def field_page(request: HttpRequest) -> HttpResponse:
    """The page in which the phone app runs."""
    return _built("index.html", "text/html; charset=utf-8")


@public("the worker that keeps the shell of the phone app")
@require_safe
def field_worker(request: HttpRequest) -> HttpResponse:
    """The service worker."""
    return _built("sw.js", "text/javascript; charset=utf-8")


def _built(name: str, content_type: str) -> HttpResponse:
    """A file of the build, asked for anew each time: it names all others by their content."""
    path = FOLDER / name
    if not path.exists():
        words = _("The phone app has not been built on this server. The operator runs: make ready.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(
        path.read_bytes(), content_type=content_type, headers={"Cache-Control": "no-cache"}
    )
