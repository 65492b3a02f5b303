# SPDX-License-Identifier: AGPL-3.0-or-later
"""Photos of a phone as the protocol describes them: drawn, sealed, announced, sent in pieces."""

import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.test import Client
from PIL import Image

from binhyen.sync.seals import current_key
from binhyen.sync.tests.phones import Phone, sealed
from binhyen.sync.wire import b64

PIECE = 64 * 1024


def a_picture(width: int = 300, height: int = 200, kind: str = "JPEG", **saving: Any) -> bytes:
    """A picture in which no two places are alike, with a place in its metadata."""
    picture = Image.effect_noise((width, height), 90).convert("RGB")
    if kind == "JPEG" and "exif" not in saving:
        exif = Image.Exif()
        exif[0x010F] = "Chim yến"
        saving["exif"] = exif
    made = io.BytesIO()
    picture.save(made, kind, **saving)
    return made.getvalue()


@dataclass
class Photo:
    """Sealed bytes and what announces them."""

    told: dict[str, Any]
    content: bytes

    @property
    def id(self) -> str:
        return str(self.told["id"])


def a_photo(plain: bytes, kind: str = "image/jpeg", *, key_id: str = "", **told: Any) -> Photo:
    """Bytes as a phone seals and announces them; `told` changes what is announced."""
    blob_id = str(told.get("id", uuid4()))
    key, iv = bytes(range(32)), bytes(12)
    content = iv + AESGCM(key).encrypt(iv, plain, blob_id.encode())
    to = current_key()
    announced = {
        "id": blob_id,
        "type": kind,
        "size": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "key": sealed({"id": str(to.id), "key": to.public}, b64(key), UUID(key_id or blob_id)),
    }
    return Photo(announced | told, content)


def put(client: Client, phone: Phone, blob_id: str, piece: bytes, told: str, **headers: str) -> Any:
    """One request."""
    return client.put(
        f"/sync/blob/{blob_id}", piece, content_type="application/octet-stream",
        headers={"Authorization": f"Device {phone.token}", "Content-Range": told, **headers},
    )  # fmt: skip


def send(client: Client, phone: Phone, photo: Photo, begin: int = 0) -> Any:
    """Everything from a byte on, piece by piece; the last answer."""
    size = len(photo.content)
    answer = None
    for first in range(begin, size, PIECE):
        piece = photo.content[first : first + PIECE]
        told = f"bytes {first}-{first + len(piece) - 1}/{size}"
        answer = put(client, phone, photo.id, piece, told)
    return answer


def asked(client: Client, phone: Phone, photo: Photo) -> dict[str, Any]:
    """How far it is."""
    answer = put(client, phone, photo.id, b"", f"bytes */{len(photo.content)}")
    found: dict[str, Any] = json.loads(answer.content)
    return found


Filed = Callable[..., dict[str, str]]


def a_report(phone: Phone, team: Any, *photos: Photo, **told: Any) -> dict[str, str]:
    """A sealed report that announces photos."""
    op_id = uuid4()
    to = current_key()
    body = {"team": str(team.pk), "category": "fire", "channel": "noticed", "account": "Cháy",
            "blobs": [one.told for one in photos], **told}  # fmt: skip
    box = sealed({"id": str(to.id), "key": to.public}, body, op_id)
    return phone.operation("report.file", None, id=str(op_id), sealed=box)
