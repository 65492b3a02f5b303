# SPDX-License-Identifier: AGPL-3.0-or-later
"""Word papers in the layout of Decree 30/2020/NĐ-CP, Annex I.

A4, upright or across, margins 20, 20, 30 and 15 mm; Times New Roman; the national name and motto at
the top right over a rule as long as the motto; the issuing body at the top left over a rule of a
third to a half of its line; page numbers centred at the top, not on the first page; recipients at
the bottom left, level with the signer. Offices edit the paper afterwards, so every part is plain
text.
"""

from collections.abc import Sequence
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Emu, Mm, Pt

from binhyen.papers.parts import (
    Ground,
    Heading,
    Middle,
    Note,
    Paper,
    Part,
    Picture,
    Signer,
    Table,
    Text,
)

FONT = "Times New Roman"
BODY_PT = 13
CENTRE, LEFT, RIGHT = (
    WD_ALIGN_PARAGRAPH.CENTER,
    WD_ALIGN_PARAGRAPH.LEFT,
    WD_ALIGN_PARAGRAPH.RIGHT,
)


def made(paper: Paper) -> bytes:
    """The file: heads, parts in their order, then who signs."""
    return _Writer(paper).written()


class _Writer:
    """One file in the making."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self._document = docx.Document()
        self._document.core_properties.title = paper.title
        self._document.core_properties.author = " ".join(paper.head.issuing_body.split())
        self._width = Mm((297 if paper.landscape else 210) - 45)
        """Between the margins."""

    def written(self) -> bytes:
        self._page()
        self._letterhead()
        for part in self._paper.parts:
            self._add(part)
        if self._paper.signers:
            self._side_by_side(self._paper.signers)
        if self._paper.head.signer_post:
            self._recipients_and_signer()
        out = BytesIO()
        self._document.save(out)
        return _undated(out)

    def _add(self, part: Part) -> None:
        match part:
            case Heading():
                self._heading(part)
            case Text():
                self._text(part)
            case Ground():
                self._indented(self._paragraph(part.text, italic=True))
            case Middle():
                self._paragraph(part.text, bold=True, align=CENTRE)
            case Note():
                self._paragraph(part.text, size=11, italic=True)
            case Table():
                self._table(part)
            case Picture():
                self._picture(part)

    def _heading(self, part: Heading) -> None:
        paragraph = self._paragraph(part.text, bold=True, italic=part.level > 2)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.style = self._document.styles[f"Heading {part.level}"]

    def _text(self, part: Text) -> None:
        paragraph = self._document.add_paragraph()
        if part.lead:
            _line(paragraph, f"{part.lead} ", size=BODY_PT, bold=True)
        _line(paragraph, part.text, size=BODY_PT)
        self._indented(paragraph)

    def _indented(self, paragraph: Any) -> None:
        """Justified, first line indented by 1.27 cm, at least 6 pt between."""
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Cm(1.27)
        paragraph.paragraph_format.space_after = Pt(6)

    def _table(self, table: Table) -> None:
        if table.title:
            caption = self._paragraph(table.title, bold=True, align=CENTRE, size=12)
            caption.paragraph_format.keep_with_next = True
        grid = self._document.add_table(rows=1, cols=len(table.heads))
        grid.style = "Table Grid"
        grid.alignment = WD_TABLE_ALIGNMENT.CENTER
        _fill(grid.rows[0], table.heads, [CENTRE] * len(table.heads), bold=True)
        _repeat(grid.rows[0])
        sides = [LEFT if index in table.words else RIGHT for index in range(len(table.heads))]
        totals_from = len(table.rows) - table.totals
        for number, row in enumerate(table.rows):
            _fill(grid.add_row(), row, sides, bold=number >= totals_from)
        if table.widths_cm:
            _set_widths(grid, [Cm(width) for width in table.widths_cm])
        self._paragraph("", size=6)

    def _picture(self, part: Picture) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.alignment = CENTRE
        paragraph.paragraph_format.keep_with_next = True
        run = paragraph.add_run()
        shape = run.add_picture(BytesIO(part.png()), width=Cm(part.width_cm))
        shape._inline.docPr.set("descr", part.text)  # noqa: SLF001 - python-docx has no public name
        caption = self._paragraph(part.text, size=11, italic=True, align=CENTRE)
        caption.paragraph_format.space_after = Pt(8)

    def _side_by_side(self, signers: Sequence[Signer]) -> None:
        grid = self._document.add_table(rows=1, cols=len(signers))
        for cell, signer in zip(grid.rows[0].cells, signers, strict=True):
            _line(cell.paragraphs[0], signer.post, size=12, bold=True, align=CENTRE)
            if signer.how:
                _line(cell.add_paragraph(), signer.how, size=11, italic=True, align=CENTRE)
            for _unused in range(4):
                _line(cell.add_paragraph(), "", size=BODY_PT, align=CENTRE)
            _line(cell.add_paragraph(), signer.name, size=12, bold=True, align=CENTRE)
        _keep_together(grid.rows[0].cells)

    def _recipients_and_signer(self) -> None:
        head = self._paper.head
        grid = self._document.add_table(rows=1, cols=2)
        left, right = grid.rows[0].cells
        _line(left.paragraphs[0], head.recipients_word, size=12, bold=True, italic=True)
        for recipient in head.recipients:
            _line(left.add_paragraph(), recipient, size=11)
        _lines(right, head.signer_post, size=BODY_PT, bold=True)
        for _unused in range(4):
            _line(right.add_paragraph(), "", size=BODY_PT, align=CENTRE)
        if head.signer_name:
            _line(right.add_paragraph(), head.signer_name, size=BODY_PT, bold=True, align=CENTRE)
        _keep_together((left, right))

    def _page(self) -> None:
        section = self._document.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        if self._paper.landscape:
            section.orientation = WD_ORIENT.LANDSCAPE
            section.page_width, section.page_height = Mm(297), Mm(210)
        section.top_margin, section.bottom_margin = Mm(20), Mm(20)
        section.left_margin, section.right_margin = Mm(30), Mm(15)
        section.header_distance = Mm(10)
        section.different_first_page_header_footer = True
        number = section.header.paragraphs[0]
        number.alignment = CENTRE
        _page_number(number)
        for name in ("Normal", "Heading 1", "Heading 2", "Heading 3"):
            style: Any = self._document.styles[name]
            _set_font(style, BODY_PT)
            style.font.bold = name != "Normal"
            style.font.italic = name == "Heading 3"

    def _letterhead(self) -> None:
        head = self._paper.head
        grid = self._document.add_table(rows=2, cols=2)
        sides = Cm(6.2), Emu(self._width - Cm(6.2))
        _set_widths(grid, sides)
        body, nation = grid.rows[0].cells
        _lines(body, head.parent_body, size=12)
        _lines(body, head.issuing_body, size=12, bold=True)
        _rule(body.add_paragraph(), share=0.4, width=sides[0])
        _lines(nation, head.national_name, size=12, bold=True)
        _lines(nation, head.motto, size=13, bold=True)
        _rule(nation.add_paragraph(), share=0.6, width=sides[1])
        number, date = grid.rows[1].cells
        _line(number.paragraphs[0], head.number, size=13, align=CENTRE)
        _line(date.paragraphs[0], head.place_and_date, size=13, italic=True, align=CENTRE)
        kind = self._paragraph(head.kind, bold=True, align=CENTRE, size=14)
        kind.paragraph_format.space_before = Pt(18)
        about = self._paragraph(head.about, bold=True, align=CENTRE, size=14)
        about.paragraph_format.space_after = Pt(0)
        _rule(self._document.add_paragraph(), share=0.35, width=self._width)

    def _paragraph(self, text: str, *, size: float = BODY_PT, bold: bool = False,
                   italic: bool = False, align: Any = None) -> Any:  # fmt: skip
        paragraph = self._document.add_paragraph()
        _line(paragraph, text, size=size, bold=bold, italic=italic, align=align)
        paragraph.paragraph_format.space_after = Pt(6)
        return paragraph


def _undated(file: BytesIO) -> bytes:
    """The same file without the times at which its parts were packed: same words, same bytes."""
    out = BytesIO()
    with ZipFile(file) as packed, ZipFile(out, "w", ZIP_DEFLATED) as again:
        for name in packed.namelist():
            again.writestr(ZipInfo(name), packed.read(name), ZIP_DEFLATED)
    return out.getvalue()


def _lines(cell: Any, text: str, *, size: float, bold: bool = False) -> None:
    """Each line of a text as a centred paragraph of a cell; the first one is there already."""
    for line in filter(None, text.split("\n")):
        first = cell.paragraphs[0]
        paragraph = cell.add_paragraph() if first.runs else first
        _line(paragraph, line, size=size, bold=bold, align=CENTRE)


def _keep_together(cells: Sequence[Any]) -> None:
    for cell in cells:
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = True


def _line(paragraph: Any, text: str, *, size: float, bold: bool = False, italic: bool = False,
          align: Any = None) -> None:  # fmt: skip
    run = paragraph.add_run(text)
    _set_font(run, size)
    run.font.bold, run.font.italic = bold, italic
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if align is not None:
        paragraph.alignment = align


def _set_font(thing: Any, size: float) -> None:
    """Times New Roman in black for every script, theme fonts overruled."""
    thing.font.name, thing.font.size = FONT, Pt(size)
    thing.font.color.rgb = docx.shared.RGBColor(0, 0, 0)
    fonts = thing.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)


def _rule(paragraph: Any, *, share: float, width: int) -> None:
    """A solid rule of a share of the width, centred, drawn as the border of a short paragraph."""
    side = int(width * (1 - share) / 2)
    paragraph.paragraph_format.left_indent = Emu(side)
    paragraph.paragraph_format.right_indent = Emu(side)
    _line(paragraph, "", size=4)
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().append(borders)  # noqa: SLF001 - no public name for borders


def _page_number(paragraph: Any) -> None:
    run = paragraph.add_run()
    _set_font(run, BODY_PT)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        if kind:
            part = OxmlElement("w:fldChar")
            part.set(qn("w:fldCharType"), kind)
        else:
            part = OxmlElement("w:instrText")
            part.text = text
        run.element.append(part)


def _fill(row: Any, values: Sequence[str], sides: Sequence[Any], *, bold: bool) -> None:
    for cell, value, side in zip(row.cells, values, sides, strict=True):
        _line(cell.paragraphs[0], value, size=11, bold=bold, align=side)


def _set_widths(grid: Any, widths: Sequence[int]) -> None:
    """Widths that Word and LibreOffice both obey: on the grid and on every cell."""
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = width
    for row in grid.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width


def _repeat(row: Any) -> None:
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)  # noqa: SLF001 - no public name for a repeated head
