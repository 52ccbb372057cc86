"""A report as a Word document, with real styles, numbers and repeated heads of tables."""

import datetime as dt
import io

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Book
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

from articles.languages import LANGUAGES, RIGHT_TO_LEFT
from registry.exchange.reports.blocks import Block, Heading, Paragraph, Report, Table, Text, on
from registry.exchange.reports.packing import packed
from registry.exchange.xml_text import legible

_FONT, _SIZE = "Times New Roman", Pt(10.5)
_WIDTH = 16.5  # centimetres between the margins of A4


def write(report: Report, *, day: dt.date) -> bytes:
    """The report as DOCX. The same report of the same day gives the same bytes."""
    book = Document()
    _dress(book, report)
    _describe(book, report, day)
    _masthead(book, report, day)
    numbers = {"chapter": 0}
    for block in report.blocks:
        _add(book, block, numbers)
    out = io.BytesIO()
    book.save(out)
    return packed(out.getvalue(), day)


def _dress(book: Book, report: Report) -> None:
    section = book.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.25)
    section.top_margin, section.bottom_margin = Cm(2), Cm(2)
    normal = book.styles["Normal"]
    normal.font.name, normal.font.size = _FONT, _SIZE
    normal.paragraph_format.space_after = Pt(6)
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        normal.element.rPr.rFonts.set(qn(name), _FONT)
    _set_language(normal, report.language)
    for name, size in (("Title", 16), ("Heading 1", 13), ("Heading 2", 11)):
        style = book.styles[name]
        style.font.name, style.font.size, style.font.bold = _FONT, Pt(size), True
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.rPr.rFonts.attrib.clear()
        for each in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
            style.element.rPr.rFonts.set(qn(each), _FONT)
        style.paragraph_format.space_before = Pt(14 if name != "Title" else 10)
        style.paragraph_format.space_after = Pt(6)
        style.paragraph_format.keep_with_next = True
    if report.language in RIGHT_TO_LEFT:
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "List Number"):
            book.styles[name].element.get_or_add_pPr().append(OxmlElement("w:bidi"))
    listed = book.styles["List Number"].paragraph_format
    listed.left_indent, listed.first_line_indent = Cm(0), Cm(0)
    listed.tab_stops.add_tab_stop(Cm(1.1))
    listed.space_after = Pt(6)


def _set_language(style, code: str) -> None:
    language = OxmlElement("w:lang")
    for name in ("w:val", "w:eastAsia", "w:bidi"):
        language.set(qn(name), {"zh": "zh-CN", "en": "en-GB"}.get(code, code))
    style.element.get_or_add_rPr().append(language)


def _describe(book: Book, report: Report, day: dt.date) -> None:
    told = book.core_properties
    told.title, told.subject = legible(report.head.title)[:255], legible(report.head.symbol)[:255]
    told.author = _("Registry of the UNEP Global Mercury Partnership")
    told.language, told.comments, told.keywords = report.language, report.about, ""
    told.created = told.modified = dt.datetime.combine(day, dt.time())
    told.last_modified_by, told.revision = told.author, 1


def _masthead(book: Book, report: Report, day: dt.date) -> None:
    head = report.head
    top = _line(book, head.symbol, align=WD_ALIGN_PARAGRAPH.RIGHT, is_bold=True)
    top.paragraph_format.space_after = Pt(2)
    _rule(top)
    first = _line(book, _("United Nations Environment Programme"), is_bold=True)
    first.add_run(f"\t{_('Distr.: General')}")
    second = _line(book, f"{_('Global Mercury Partnership')}\t{on(head.date or day)}")
    third = _line(book, f"\t{_('Original: %s') % _name(report.language)}")
    for line in (first, second, third):
        line.paragraph_format.tab_stops.add_tab_stop(Cm(_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
        line.paragraph_format.space_after = Pt(0)
    _rule(third, 6)
    for text in filter(None, (head.meeting, head.item)):
        _line(book, text).paragraph_format.space_after = Pt(0)
    book.add_paragraph(legible(head.title), style="Title")
    _plain_title(book.paragraphs[-1])
    _line(book, _("Note by the secretariat"), is_bold=True)
    _line(book, report.about, size=Pt(8.5))


def _plain_title(line: Line) -> None:
    # The title of Word's own template has a coloured rule under it.
    borders = line.style.element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        line.style.element.pPr.remove(borders)


def _name(language: str) -> str:
    return str(LANGUAGES[language])


def _line(book: Book, text: str, *, align=None, is_bold: bool = False, size=None) -> Line:
    line = book.add_paragraph()
    run = line.add_run(legible(text))
    run.bold = is_bold
    if size:
        run.font.size = size
    if align is not None:
        line.alignment = align
    return line


def _rule(line: Line, points: int = 2) -> None:
    """A rule under a line, and so much room after it."""
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (
        ("w:val", "single"),
        ("w:sz", "6"),
        ("w:space", "1"),
        ("w:color", "000000"),
    ):
        bottom.set(qn(name), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().append(borders)
    line.paragraph_format.space_after = Pt(points)


def _add(book: Book, block: Block, numbers: dict[str, int]) -> None:
    match block:
        case Heading(level=1):
            numbers["chapter"] += 1
            is_annex = block.text.startswith(_("Annex"))
            roman = "" if is_annex else f"{ROMAN[numbers['chapter']]}.\u2003"
            line = book.add_paragraph(legible(roman + block.text), style="Heading 1")
            line.paragraph_format.page_break_before = is_annex
        case Heading():
            book.add_paragraph(legible(block.text), style="Heading 2")
        case Paragraph():
            book.add_paragraph(legible(block.text), style="List Number")
        case Text():
            _line(book, block.text, size=Pt(9))
        case Table():
            _table(book, block)


ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def _table(book: Book, block: Table) -> None:
    caption = _line(book, block.caption, is_bold=True)
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_after = Pt(3)
    table = book.add_table(rows=1, cols=len(block.columns))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    if book.styles["Normal"].element.pPr.find(qn("w:bidi")) is not None:
        table._tbl.tblPr.append(OxmlElement("w:bidiVisual"))
    _line_out(table)
    _tell(table, block.caption)
    widths = [Cm(_WIDTH * share / sum(block.widths)) for share in block.widths]
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    _fill(table.rows[0].cells, block.columns, block, widths, is_head=True)
    _repeat(table.rows[0])
    for row in block.rows:
        added = table.add_row()
        _keep_whole(added)
        _fill(added.cells, row, block, widths)
    book.add_paragraph().paragraph_format.space_after = Pt(2)


def _fill(cells: tuple[_Cell, ...], texts, block: Table, widths, *, is_head: bool = False) -> None:
    for at, (cell, text) in enumerate(zip(cells, texts, strict=True)):
        cell.width = widths[at]
        line = cell.paragraphs[0]
        line.paragraph_format.space_after = Pt(1)
        line.paragraph_format.keep_with_next = is_head
        if at in block.numbers:
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = line.add_run(legible(text))
        run.font.size, run.bold = Pt(9), is_head


def _tell(table, caption: str) -> None:
    """What readers of screens say of the table."""
    told = OxmlElement("w:tblCaption")
    told.set(qn("w:val"), legible(caption))
    table._tbl.tblPr.append(told)


def _line_out(table) -> None:
    borders = OxmlElement("w:tblBorders")
    for name, size in (("top", "8"), ("bottom", "8"), ("insideH", "2")):
        line = OxmlElement(f"w:{name}")
        for key, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "808080")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _repeat(row) -> None:
    """The head of a table stands on each of its pages."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _keep_whole(row)


def _keep_whole(row) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
