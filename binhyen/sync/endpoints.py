# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every address of the protocol: JSON in and out, limits, refusals in words.

No cookie is read, so no forged request of a browser can do anything here.
"""

import gzip
import json
import logging
import math
import zlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import DatabaseError, InterfaceError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from binhyen.accounts.models import Device
from binhyen.accounts.queries_devices import device_by_token
from binhyen.core.api_limits import phone_may_ask, seconds_to_wait, stranger_may_ask
from binhyen.core.database_trouble import trouble_of
from binhyen.core.errors import Refused
from binhyen.core.guards import public
from binhyen.sync.wire import NotJsonError, read_json

_LOG = logging.getLogger("binhyen.sync")
RETRY_SECONDS = 10
_GZIP = 16 + zlib.MAX_WBITS
_WORTH_PACKING = 1024


class Problem(Exception):  # noqa: N818 - a refusal, told to the phone
    """A request that is not answered, with its status and why."""

    def __init__(self, status: int, why: str, **headers: str) -> None:
        self.status, self.why, self.headers = status, why, headers
        super().__init__(status)


Answering = Callable[..., dict[str, Any]]


def endpoint(
    reason: str, method: str = "POST"
) -> Callable[[Answering], Callable[..., HttpResponseBase]]:
    """An address that phones send to; every answer is JSON and none is stored on its way."""

    def decorate(view: Answering) -> Callable[..., HttpResponseBase]:
        @public(reason)
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, /, **parts: Any) -> HttpResponse:
            if request.method != method:
                why = _("Phones send with %(method)s.") % {"method": method}
                return _json(405, {"why": why}, Allow=method)
            try:
                answer = _json(200, view(request, **parts))
                return _packed(answer, request.headers.get("Accept-Encoding", ""))
            except Problem as problem:
                return _json(problem.status, {"why": problem.why}, **problem.headers)
            except Refused as refusal:
                return _json(422, {"why": said(refusal)})
            except (DatabaseError, InterfaceError) as error:
                return _away(error)

        return answered

    return decorate


def _away(error: Exception) -> HttpResponse:
    """The database cannot work: nothing was applied, the phone sends the same again."""
    trouble = trouble_of(error)
    if trouble is None:
        raise error
    _LOG.error("%s: %s; nothing was applied", trouble.word, type(error).__name__)
    why = f"{trouble.what} {trouble.why}"
    return _json(503, {"why": why}, **{"Retry-After": str(RETRY_SECONDS)})


def said(refusal: Refused) -> str:
    """Why, and how to mend it, in the language of the request."""
    _what, why, remedy = refusal.sentences()
    return " ".join(part for part in (why, remedy) if part)


def body_of(request: HttpRequest, largest: int) -> dict[str, Any]:
    """The JSON object that was sent. Raises Problem."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or int(length[:10]) > largest:
        raise Problem(413, _("Too much at once: send less."))
    if request.content_type != "application/json":
        raise Problem(415, _("What is sent here is JSON."))
    try:
        body = read_json(_unpacked(request, largest))
    except (NotJsonError, OSError, zlib.error) as error:
        raise Problem(400, _("What was sent could not be read as JSON.")) from error
    if not isinstance(body, dict):
        raise Problem(400, _("What was sent could not be read as JSON."))
    return body


def _unpacked(request: HttpRequest, largest: int) -> bytes:
    """What was sent, unpacked if it was packed. Raises Problem, OSError, zlib.error."""
    packing = request.headers.get("Content-Encoding", "")
    if packing == "":
        return bytes(request.body)
    if packing != "gzip":
        raise Problem(415, _("What is sent here is plain or packed with gzip."))
    unpacker = zlib.decompressobj(_GZIP)
    # Never more than may be sent at all, however small it was packed.
    body = unpacker.decompress(request.body, largest + 1)
    if len(body) > largest:
        raise Problem(413, _("Too much at once: send less."))
    if not unpacker.eof or unpacker.unused_data:
        raise zlib.error
    return body


def phone_of(request: HttpRequest) -> Device:
    """The phone that shows its token and may still send. Raises Problem 401, 429."""
    kind, _space, token = request.headers.get("Authorization", "").partition(" ")
    device = device_by_token(token) if kind == "Device" else None
    if device is None:
        slow_down_strangers(request)
        raise Problem(401, _(
            "This phone is not known here; perhaps the server was restored from an older backup."
            " What waits on it stays. Ask your team leader for a ticket and enrol again on this"
            " same phone: what waits is then sent."
        ))  # fmt: skip
    if device.revoked_at is not None:
        raise Problem(401, _(
            "This phone was revoked (%(why)s). What waits on it stays; a colleague's phone may"
            " carry it. For another phone ask your team leader."
        ) % {"why": device.get_revoked_why_display()})  # fmt: skip
    if not phone_may_ask(device.pk):
        raise Problem(429, _("This phone asks too often. It goes on by itself."), **_wait())
    return device


def slow_down_strangers(request: HttpRequest) -> None:
    """Let an address try only so often without a token. Raises Problem 429."""
    if not stranger_may_ask(request):
        raise Problem(429, _("Too many tries from here. Wait a minute."), **_wait())


def _wait() -> dict[str, str]:
    return {"Retry-After": str(math.ceil(seconds_to_wait()))}


def _packed(response: HttpResponse, accepted: str) -> HttpResponse:
    """An answer of some length, packed where the phone reads that.

    Nothing in it was chosen by somebody else than its phone, so its length tells nobody anything.
    """
    if "gzip" in accepted and len(response.content) > _WORTH_PACKING:
        response.content = gzip.compress(response.content, 5, mtime=0)
        response["Content-Encoding"] = "gzip"
    return response


def _json(status: int, told: dict[str, Any], **headers: str) -> HttpResponse:
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    response = HttpResponse(text.encode("utf-8", "replace"), status=status,
                            content_type="application/json")  # fmt: skip
    response["Cache-Control"] = "no-store"
    for name, value in headers.items():
        response[name] = value
    return response
