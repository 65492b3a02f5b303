# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every request that may ask the database passes here (`core.gate`); static files do not.

What was sent is read before a place is taken: a phone on a slow line keeps a thread busy, never one
of the few connections.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.utils.translation import get_language_from_request, override

from binhyen.core.files import RowsResponse
from binhyen.core.gate import Gate
from binhyen.office.views_trouble import too_many

_READ_FIRST = 1024 * 1024
"""Bytes of a body that are read before there is a place; files are read as they come."""


class GateMiddleware:
    """Lets a request in, has it wait, or refuses it with the seconds after which to come again."""

    def __init__(
        self, get_response: Callable[[HttpRequest], HttpResponseBase], gate: Gate | None = None
    ) -> None:
        env = settings.ENV
        self.get_response = get_response
        self.gate = gate or Gate(
            at_work=env.connections, may_wait=env.waiting, patience=env.wait_seconds
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        _read_first(request)
        if not self.gate.enter():
            # This stands before the language of a request is known to everybody.
            with override(get_language_from_request(request)):
                return too_many(request, self.gate.come_back_in())
        place = _Place(self.gate)
        try:
            response = self.get_response(request)
            if isinstance(response, RowsResponse):
                # The server closes an answer when it was sent, or when the reader went away.
                response.streaming_content = place.until_sent(response)
            return response
        finally:
            place.leave_unless_sending()


class _Place:
    """A place in the gate, given back once: after the answer was made, or after it was sent."""

    def __init__(self, gate: Gate) -> None:
        self._gate, self._is_left, self._is_sending = gate, False, False
        self._parts: Iterator[bytes] = iter(())

    def until_sent(self, response: RowsResponse) -> "_Place":
        """The answer's parts; the place is kept until they are closed."""
        self._parts, self._is_sending = iter(response), True
        return self

    def leave_unless_sending(self) -> None:
        """Give the place back now."""
        if not self._is_sending:
            self.close()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        return next(self._parts)

    def close(self) -> None:
        """Give the place back, once; the server calls this at the end of an answer."""
        if not self._is_left:
            self._is_left = True
            self._gate.leave()

    def __del__(self) -> None:
        # Four answers that nobody closed would shut the process for ever.
        self.close()


def _read_first(request: HttpRequest) -> None:
    length = request.META.get("CONTENT_LENGTH") or "0"
    is_small = length.isascii() and length.isdecimal() and int(length[:10]) <= _READ_FIRST
    if is_small and request.content_type != "multipart/form-data":
        with suppress(UnreadablePostError):  # whoever reads it next says so
            _ = request.body
