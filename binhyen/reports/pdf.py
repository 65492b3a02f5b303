# SPDX-License-Identifier: AGPL-3.0-or-later
"""The annual review as PDF: the same paper as Word's, for reading and keeping.

PDF/A-2a and PDF/UA-1: tagged, with its fonts inside. The same numbers give the same bytes, on any
machine: no font of the system is used and no time of making is written.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import fontpkg_be_vietnam_pro
import fontpkg_noto_serif
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from binhyen.reports import pictures
from binhyen.reports.letterhead import letterhead
from binhyen.reports.numbers import Numbers
from binhyen.reports.sections import compose
from binhyen.reports.sentences import Chart, Grid, Heading, Part, Sentence, word_columns

_TEMPLATE = Path(__file__).parent / "typst" / "paper.typ"
_FONTS = [Path(one.ROOT) / "files" for one in (fontpkg_noto_serif, fontpkg_be_vietnam_pro)]


def review_pdf(numbers: Numbers, *, made_on: date) -> bytes:
    """The file, in the language that is active; Vietnamese is the official one."""
    paper = {
        "head": asdict(letterhead(numbers, made_on)),
        "title": f"{_('Annual review')} – {numbers.place.name}",
        "language": get_language() or "vi",
        "made_on": [made_on.year, made_on.month, made_on.day],
        "digest": numbers.digest(),
        "parts": [part for one in compose(numbers) for part in _part(one, numbers)],
    }
    return typst.compile(
        _TEMPLATE,
        sys_inputs={"paper": json.dumps(paper, ensure_ascii=False)},
        font_paths=_FONTS,
        ignore_system_fonts=True,
        pdf_standards=["ua-1", "a-2a"],
    )


def _part(part: Part, numbers: Numbers) -> Iterator[dict[str, Any]]:
    """A part as the template takes it; none for a map without a value."""
    if isinstance(part, Heading):
        text = str(part)
        shown = text.upper() if part.level == 1 else text
        yield {"kind": "heading", "level": part.level, "text": shown}
    elif isinstance(part, Sentence):
        yield {"kind": "sentence", "text": str(part)}
    elif isinstance(part, Grid):
        yield _grid(part)
    elif isinstance(part, Chart):
        svg = pictures.chart_svg(part)
        yield {"kind": "picture", "text": str(part.title), "svg": svg, "width_cm": 15}
    elif any(value is not None for value in part.values.values()):
        svg = pictures.map_svg(part, place=numbers.place.code)
        yield {"kind": "picture", "text": str(part.title), "svg": svg, "width_cm": 9.5}


def _grid(grid: Grid) -> dict[str, Any]:
    words = word_columns(grid)
    return {
        "kind": "table",
        "title": str(grid.title),
        "heads": [str(head) for head in grid.heads],
        "rows": [["–" if cell is None else str(cell) for cell in row] for row in grid.rows],
        "widths": list(grid.widths_cm) or [1] * len(grid.heads),
        "words": [index in words for index in range(len(grid.heads))],
    }
