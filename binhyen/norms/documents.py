# SPDX-License-Identifier: AGPL-3.0-or-later
"""The scanned document of a resolution: what may come in, and how it is given out.

It is kept as it came, byte for byte, so that its SHA-256 proves what was read; so it is never
opened inside the office's pages, only given out as a file. The store is that of `attachments`.
"""

import hashlib
import re

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from binhyen.attachments import store
from binhyen.core.errors import Forbidden, Refused
from binhyen.core.text import clean, fold
from binhyen.norms.models import Resolution

LARGEST = 20 * 1024 * 1024
_KINDS = {b"%PDF-": ("application/pdf", "pdf"), b"\xff\xd8\xff": ("image/jpeg", "jpg"),
          b"\x89PNG\r\n\x1a\n": ("image/png", "png")}  # fmt: skip


class NotADocument(Refused):
    """A file that is no scan."""

    field = "document"
    what = _("The document was not taken.")
    why = _("It is no PDF and no picture (JPEG, PNG), or it arrived damaged.")
    remedy = _("Scan the resolution into a PDF and choose that.")


class DocumentTooLarge(NotADocument):
    """More bytes than a scan needs."""

    why = _("It is larger than 20 megabytes.")
    remedy = _("Scan it with a lower resolution (200 dpi is enough).")


def check_document(content: bytes) -> str:
    """The SHA-256 of a scan. Raises NotADocument, DocumentTooLarge."""
    if len(content) > LARGEST:
        raise DocumentTooLarge
    kind_of(content)
    return hashlib.sha256(content).hexdigest()


def kind_of(content: bytes) -> tuple[str, str]:
    """Media type and ending by the first bytes, whatever the name says. Raises NotADocument."""
    for begins, kind in _KINDS.items():
        if content.startswith(begins):
            return kind
    raise NotADocument


def plain_name(name: str) -> str:
    """A name for lists, without folders.

    >>> plain_name("C:\\\\scan\\\\NQ 54.pdf")
    'NQ 54.pdf'
    """
    return clean(re.split(r"[\\/]", name)[-1])[-120:]


def document_of(resolution: Resolution) -> bytes:
    """The bytes of the document. Raises Forbidden without one, FileGone."""
    if resolution.document_id is None:
        raise Forbidden
    return store.read(resolution.document_id)


def answer(resolution: Resolution) -> HttpResponse:
    """The document as a file to take away."""
    content = document_of(resolution)
    media_type, ending = kind_of(content)
    name = fold(resolution.number).replace(" ", "-")[:60] or "resolution"
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
