"""What is no sheet is refused in a sentence, before anything is taken from it."""

import io
import zipfile

import openpyxl
import pytest

from registry.errors import Refused
from registry.exchange import sheets

pytestmark = pytest.mark.django_db
HEAD = ("slug", "version", "title")
SHEET = "xl/worksheets/sheet1.xml"


def book(rows=(("a", 1, "b"),), head=HEAD):
    made = openpyxl.Workbook()
    for row in (head, *rows):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def changed(part, content, *, file=None, more=()):
    """A workbook in which one part is another, or is added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file or book())) as old:
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for name in old.namelist():
                if name != part:
                    new.writestr(name, old.read(name))
            for name, text in ((part, content), *more):
                new.writestr(name, text)
    return out.getvalue()


def sheet_xml(inside):
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><sheetData>{inside}</sheetData></worksheet>'
    )


def cell(place, text="x"):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def csv(*rows):
    return "\n".join(rows).encode()


ENTITY = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x>&e;</x>'
REFUSED = {
    "bomb": (
        lambda: changed("xl/media/image1.png", b"\0" * 30_000_000),
        "far larger inside than it looks",
    ),
    "many parts": (
        lambda: changed("xl/a.xml", "<a/>", more=[(f"xl/{n}.xml", "<a/>") for n in range(1_100)]),
        "far larger inside than it looks",
    ),
    "external entity": (lambda: changed("xl/sharedStrings.xml", ENTITY), "declares entities"),
    "entity in UTF-16": (
        lambda: changed("xl/sharedStrings.xml", ENTITY.encode("utf-16")),
        "declares entities",
    ),
    "macros": (lambda: changed("xl/vbaProject.bin", b"x"), "holds macros"),
    "other files": (
        lambda: changed("xl/externalLinks/externalLink1.xml", "<x/>"),
        "takes values from other files",
    ),
    "formula": (
        lambda: book([("a", 1, "=HYPERLINK(1)")]),
        "Cell C2 holds a formula. Paste its value instead",
    ),
    "cell far away": (
        lambda: changed(SHEET, sheet_xml(f'<row r="1048576">{cell("XFD1048576")}</row>')),
        "goes on to row 1048576; there may be 20000 rows",
    ),
    "column far away": (
        lambda: changed(SHEET, sheet_xml(f'<row r="2">{cell("XFD2")}</row>')),
        "goes on to column XFD",
    ),
    "no workbook": (lambda: changed("x", "y", file=_zip()), "an archive and no workbook"),
    "cut off": (lambda: book()[:2000], "damaged"),
    "old kind": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "of the old kind \\(XLS\\)"),
    "nothing": (lambda: b"", "The file is empty"),
    "too many rows": (
        lambda: csv("slug,title", *[f"a-{n},x" for n in range(20_001)]),
        "has 20001 rows; there may be 20000",
    ),
    "too large": (lambda: b"slug,title\n" + b"x" * (20 * 1024 * 1024), "larger than 20 MB"),
    "mixed encodings": (
        lambda: csv("slug,title", "a,café") + b"\nb,caf\xe9\n",
        "Row 3 is not written in UTF-8 .*byte 0xE9",
    ),
    "NUL": (lambda: b"slug,title\na,x\0y\n", "Row 2 holds a NUL"),
    "quotation mark": (lambda: csv("slug,title", 'a,"x'), "Is a quotation mark missing"),
    "unknown column": (
        lambda: csv("slug,tittle", "a,x"),
        "There is no column “tittle” here. Is it “title”\\?",
    ),
    "column twice": (lambda: csv("slug,title,Title", "a,x,y"), "“title” stands there twice"),
    "no address": (lambda: csv("title,kind", "x,y"), "“slug” among them"),
    "nothing to change": (lambda: csv("slug,version", "a,1"), "no column to change"),
    "column without a name": (lambda: csv("slug,,title", "a,x,y"), "has no name in the first row"),
}


def _zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("hello.txt", "hello")
    return out.getvalue()


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_sheet_is_refused_in_words(name):
    make, said = REFUSED[name]
    file = make()

    with pytest.raises(Refused, match=said):
        sheets.read("activity", file, "sheet.csv")


def test_name_does_not_make_a_workbook():
    with pytest.raises(Refused, match="named like a workbook and is none"):
        sheets.read("activity", b"slug,title\na,x\n", "sheet.xlsx")


def test_what_is_wrong_with_rows_is_told_by_row_and_column():
    file = csv(
        "slug,version,title,links",
        "a,first,x,",
        "b,1,x,a | b | c",
        "c,1,x,,what is this",
        "d,1,x,",
    )

    sheet = sheets.read("activity", file, "x.csv")

    assert {place: {*each} for place, each in sheet.problems.items()} == {
        2: {"version"},
        3: {"links"},
        4: {"slug"},
    }
    assert [each.place for each in sheet.wanted] == [5]
    assert sheet.cells[3] == ["b", "1", "x", "a | b | c"]
