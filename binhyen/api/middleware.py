# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every address below /api/, whoever answers: size, words, no storing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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


def _is_too_large(request: HttpRequest) -> bool:
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_number = length.isascii() and length.isdecimal() and len(length) <= 9
    return not is_number or int(length) > LARGEST_BODY
