# SPDX-License-Identifier: AGPL-3.0-or-later
"""The two addresses below /api/ that are no operations."""

from functools import cache

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from binhyen.api.problems import not_found
from binhyen.api.schema import openapi_json
from binhyen.core.guards import public


@require_GET
@public("what the API offers stands in the public source as well")
def description(request: HttpRequest) -> HttpResponse:
    """The API's description for programs."""
    return HttpResponse(_described(), content_type="application/json; charset=utf-8")


@cache
def _described() -> str:
    """Made once in the life of a process; it depends on nothing but the code."""
    return openapi_json()


@csrf_exempt
@public("it shows nothing")
def unknown_address(request: HttpRequest) -> HttpResponse:
    """Any other address below /api/."""
    return not_found()
