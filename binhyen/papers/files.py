# SPDX-License-Identifier: AGPL-3.0-or-later
"""A paper as a file."""

from dataclasses import dataclass
from typing import Any, Literal

from binhyen.papers import pdf, word
from binhyen.papers.parts import Paper

Kind = Literal["docx", "pdf", "xlsx"]
MEDIA_TYPES: dict[Kind, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True)
class PaperFile:
    """A file to send."""

    name: str
    media_type: str
    content: bytes


def paper_file(paper: Paper, kind: Literal["docx", "pdf"], *, name: str) -> PaperFile:
    """A paper as Word or PDF; `name` comes without its ending."""
    content = word.made(paper) if kind == "docx" else pdf.made(paper)
    return PaperFile(f"{name}.{kind}", MEDIA_TYPES[kind], content)


def openapi_files(*media_types: str) -> dict[str, Any]:
    """How the API's description names answers that are files."""
    content = {kind: {"schema": {"type": "string", "format": "binary"}} for kind in media_types}
    return {"responses": {200: {"content": content}}}
