# SPDX-License-Identifier: AGPL-3.0-or-later
"""PDF papers in the layout of Decree 30/2020/NĐ-CP, Annex I, for reading and keeping.

PDF/A-2a and PDF/UA-1: tagged, with its fonts inside. The same paper gives the same bytes, on any
machine: no font of the system is used and no time of making is written.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import fontpkg_noto_serif
import typst
from django.utils.translation import get_language

from binhyen.papers.parts import Heading, Paper, Part, Picture, Table

_TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"
_FONTS = [Path(one.ROOT) / "files" for one in (fontpkg_noto_serif, fontpkg_be_vietnam_pro)]


def made(paper: Paper) -> bytes:
    """The file."""
    data = {
        "head": asdict(paper.head),
        "title": paper.title,
        "language": get_language() or "vi",
        "made_on": [paper.made_on.year, paper.made_on.month, paper.made_on.day],
        "digest": paper.digest,
        "landscape": paper.landscape,
        "signers": [asdict(one) for one in paper.signers],
        "parts": [_part(part) for part in paper.parts],
    }
    return typst.compile(
        _TEMPLATE,
        sys_inputs={"paper": json.dumps(data, ensure_ascii=False)},
        font_paths=_FONTS,
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
    )


def _part(part: Part) -> dict[str, Any]:
    """A part as the template takes it."""
    kind = {"kind": type(part).__name__.lower()}
    if isinstance(part, Picture):
        return kind | {"text": part.text, "svg": part.svg(), "width_cm": part.width_cm}
    if isinstance(part, Table):
        columns = range(len(part.heads))
        return kind | {
            "title": part.title,
            "heads": list(part.heads),
            "rows": [list(row) for row in part.rows],
            "widths": list(part.widths_cm) or [1] * len(part.heads),
            "words": [index in part.words for index in columns],
            "totals": part.totals,
        }
    if isinstance(part, Heading):
        return kind | {"text": part.text, "level": part.level}
    return kind | asdict(part)
