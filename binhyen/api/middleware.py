# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every address below /api/, whoever answers: size, words, sums, no storing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag

from binhyen.api.problems import MEDIA_TYPE, problem_of_status

ROOT = "/api/"
LARGEST_BODY = 1024 * 1024
"""A track of 20,000 points fits in."""


class ProblemMiddleware:
    """Turns every refusal below /api/ into a problem in the reader's language.

    A body that is too large is refused before it is read; no answer is stored on its way.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ROOT):
            return self.get_response(request)
        response = problem_of_status(413) if _is_too_large(request) else self._answer(request)
        response["Cache-Control"] = "no-store"
        response = _unless_known(request, response)
        if response.status_code == 401:
            response["WWW-Authenticate"] = "Bearer"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        if response.status_code < 400 or kind.startswith(MEDIA_TYPE):
            return response
        told = problem_of_status(response.status_code)
        if "Allow" in response:
            told["Allow"] = response["Allow"]
        return told


def _unless_known(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Mark what was read with its sum, and answer 304 to a program that has it already.

    Rights were judged and a reading was recorded before this: 304 says no more than the answer.
    """
    if request.method != "GET" or response.status_code != 200 or response.streaming:
        return response
    set_response_etag(response)
    etag = response["ETag"]
    return get_conditional_response(request, etag=etag, response=response) or response


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_number = length.isascii() and length.isdecimal() and len(length) <= 9
    return not is_number or int(length) > LARGEST_BODY
