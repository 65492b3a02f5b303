# SPDX-License-Identifier: AGPL-3.0-or-later
"""`PUT /sync/blob/ID`: the bytes of a photo or a recording, piece by piece, and how far it is."""

import hashlib
import re
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binhyen.accounts.models import Device
from binhyen.accounts.queries_devices import saw_device
from binhyen.core import clock
from binhyen.sync import incoming
from binhyen.sync.blobs import blob_of, take_whole
from binhyen.sync.choices import BlobState
from binhyen.sync.endpoints import RETRY_SECONDS, Problem, endpoint, phone_of
from binhyen.sync.epochs import current_epoch
from binhyen.sync.models import Blob
from binhyen.sync.refusals import BlobTooLarge
from binhyen.sync.wire import moment_text

PIECE = 64 * 1024
_RANGE = re.compile(r"bytes (?:\*|(\d{1,15})-(\d{1,15}))/(\d{1,15})")


@endpoint("a phone shows its token, and only what an operation announced is taken", "PUT")
def blob(request: HttpRequest, blob_id: UUID) -> dict[str, Any]:
    """Take a piece, or say how far it is."""
    device = phone_of(request)
    saw_device(device, clock.now())
    begin, piece, size = _piece(request)
    found = blob_of(blob_id)
    if found is None:
        raise Problem(404, _("No record that is here has announced this. Send the record first."))
    try:
        return _told(found, _taken(found, device, begin, piece, size))
    except OSError as error:
        why = _("The server cannot store it now. The phone sends it again by itself.")
        raise Problem(503, why, **{"Retry-After": str(RETRY_SECONDS)}) from error


def _taken(found: Blob, device: Device, begin: int, piece: bytes, size: int) -> int:
    """How many bytes of it are here. Raises Problem."""
    _check_refused(found)
    if found.state == BlobState.HERE:
        return found.size
    if size != found.size:
        raise Problem(416, _("The record announced another size."))
    try:
        there = incoming.put(found.id, device.pk, begin, piece) if piece else _have(found, device)
    except incoming.OutOfOrderError as error:
        raise Problem(416, _("A piece in between is missing. It goes on by itself.")) from error
    if there < found.size:
        return there
    content = incoming.whole(found.id, device.pk)
    if hashlib.sha256(content).hexdigest() != found.digest:
        incoming.drop(found.id, device.pk)
        raise Problem(409, _("It arrived damaged and is sent again from its beginning."))
    take_whole(found, content)
    incoming.drop(found.id, device.pk)
    _check_refused(found)
    return found.size


def _have(found: Blob, device: Device) -> int:
    return incoming.have(found.id, device.pk)


def _piece(request: HttpRequest) -> tuple[int, bytes, int]:
    """Where it begins, the bytes, and the size of the whole. Raises Problem."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not (length.isascii() and length.isdecimal()) or int(length[:10]) > PIECE:
        raise Problem(413, _("A piece has at most 64 KB."))
    told = _RANGE.fullmatch(request.headers.get("Content-Range", ""))
    if told is None:
        raise Problem(400, _("The header Content-Range is missing or cannot be read."))
    try:
        piece = request.body
    except OSError as error:
        raise Problem(400, _("The piece was cut off. It is sent again.")) from error
    first, last, size = told.groups()
    if first is None:
        if piece:
            raise Problem(400, _("The header Content-Range does not fit what was sent."))
        return 0, b"", int(size)
    if int(last) - int(first) + 1 != len(piece) or int(last) >= int(size):
        raise Problem(416, _("The header Content-Range does not fit what was sent."))
    return int(first), piece, int(size)


def _check_refused(found: Blob) -> None:
    if found.state != BlobState.REFUSED:
        return
    said: dict[str, str] = found.why
    why = said.get((get_language() or "vi")[:2]) or said.get("vi", "")
    raise Problem(413 if found.word == BlobTooLarge.__name__ else 422, why)


def _told(found: Blob, there: int) -> dict[str, Any]:
    state = "here" if found.state == BlobState.HERE else "part"
    return {"state": state, "have": there, "epoch": str(current_epoch()),
            "server_time": moment_text(clock.now())}  # fmt: skip
