"""Reports: the same content in Word, PDF and the annex; complete, and the same bytes again."""

import datetime as dt
import io
import shutil
import subprocess

import openpyxl
import pytest
from django.utils import translation
from docx import Document
from pypdf import PdfReader

from registry.exchange import reports
from registry.queries import quotable

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
DAY = dt.date(2026, 11, 25)
HEAD = reports.Head(
    "Activities of the Partnership, 2017–2024", "UNEP/PAG/15/3", "Fifteenth meeting", "Item 4"
)
SCOPE = quotable.Scope(2017, 2024)


@pytest.fixture(scope="module")
def material(django_db_setup, django_db_blocker):
    """The real data, read once; to compare all activities would take seconds."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patched:
        patched.setattr("registry.queries.quotable.material.look_alikes", lambda: ())
        return quotable.live()


@pytest.fixture(scope="module")
def report(material):
    return made(material)


def made(material, scope=SCOPE, language="en"):
    return reports.of(
        material, scope, HEAD, revision=7, language=language, address="https://example.org"
    )


@pytest.fixture(scope="module")
def listed(report):
    """The references and titles of the annex of activities."""
    annex = next(b for b in report.blocks if isinstance(b, reports.Table) and len(b.columns) == 6)
    return [(row[0], row[1]) for row in annex.rows]


def test_annex_lists_every_activity_of_the_period(material, listed):
    within, _undated = SCOPE.dated(material.of("activity"))

    assert sorted(reference for reference, _title in listed) == sorted(
        each["reference"] for each in within
    )
    assert len(listed) > 60


def test_word_has_the_tables_with_styles_numbers_and_repeated_heads(report):
    book = Document(io.BytesIO(reports.FORMATS["docx"](report, day=DAY)))
    tables = [block for block in report.blocks if isinstance(block, reports.Table)]

    for written, table in zip(book.tables, tables, strict=True):
        rows = [[cell.text for cell in row.cells] for row in written.rows]
        assert rows == [list(table.columns), *map(list, table.rows)]
        assert written.rows[0]._tr.trPr.xpath("w:tblHeader")
        assert written._tbl.tblPr.xpath("w:tblCaption/@w:val") == [table.caption]
    styles = [line.style.name for line in book.paragraphs]
    paragraphs = [b for b in report.blocks if isinstance(b, reports.Paragraph)]
    assert styles.count("List Number") == len(paragraphs)
    headings = [line.text for line in book.paragraphs if line.style.name == "Heading 1"]
    assert headings[:2] == ["I.\u2003Introduction", "II.\u2003Overview"]
    assert headings[-3:] == ["Annex I. Activities", "Annex II. Guidance", "Annex III. Partners"]
    assert book.core_properties.title == HEAD.title
    assert book.paragraphs[0].text == "UNEP/PAG/15/3"


def test_pdf_is_tagged_and_complete(report, listed):
    pdf = PdfReader(io.BytesIO(reports.FORMATS["pdf"](report, day=DAY)))
    text = " ".join(page.extract_text() for page in pdf.pages)

    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert "pdfuaid" in pdf.xmp_metadata.stream.get_data().decode()
    assert [reference for reference, _title in listed if reference not in text] == []
    assert len(pdf.pages) > 10


def test_annex_holds_numbers_as_numbers(report):
    book = openpyxl.load_workbook(io.BytesIO(reports.FORMATS["xlsx"](report, day=DAY)))
    tables = [block for block in report.blocks if isinstance(block, reports.Table)]

    assert len(book.worksheets) == 1 + len(tables)
    areas = next(sheet for sheet in book if "By area of work" in sheet.title)
    assert all(
        isinstance(cell, int)
        for row in areas.iter_rows(2, min_col=2, values_only=True)
        for cell in row
    )


@pytest.mark.parametrize("format", reports.FORMATS)
def test_made_again_it_is_the_same_bytes(report, format):
    write = reports.FORMATS[format]

    assert write(report, day=DAY) == write(report, day=DAY)


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_word_document_opens_in_libreoffice(report, listed, tmp_path):
    (tmp_path / "report.docx").write_bytes(reports.FORMATS["docx"](report, day=DAY))

    subprocess.run(
        [
            "soffice",
            "--headless",
            f"-env:UserInstallation=file://{tmp_path}/profile",
            "--convert-to",
            "pdf",
            "--outdir",
            tmp_path,
            tmp_path / "report.docx",
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )

    pdf = PdfReader(tmp_path / "report.pdf")
    text = " ".join(page.extract_text() for page in pdf.pages)
    assert [reference for reference, _title in listed if reference not in text] == []
    # The head of a table that goes on stands on each of its pages.
    assert sum("Led by" in page.extract_text() for page in pdf.pages) > 2
    assert len(pdf.pages) > 10


def test_nothing_recorded_is_said_in_words():
    nothing = quotable.Material(
        {noun: [] for noun in ("area", "partner", "activity", "guidance", "contribution")}, ()
    )

    said = [block.text for block in made(nothing).blocks if hasattr(block, "text")]

    assert "No activity is recorded that went on in the period." in said
    assert "No activity on record reports its budget." in said
    assert said.count("None is recorded.") == 3


@pytest.mark.parametrize("language", ["ar", "zh", "ru"])
def test_report_is_written_in_the_language_spoken(material, language):
    with translation.override(language):
        report = made(material, quotable.Scope(2022, 2023), language)
        for write in reports.FORMATS.values():
            assert len(write(report, day=DAY)) > 5_000
