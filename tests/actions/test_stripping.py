"""Files lose what they tell of people and machines, and show what they showed."""

import io
import struct
import zipfile
import zlib

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from docx import Document
from pypdf import PdfReader, PdfWriter
from pypdf.generic import DecodedStreamObject, NameObject

from registry.actions.stripping import stripped

CANARY = "Canary Author"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def has(content):
    """Whether the name stands in a file, packed or not."""
    texts = [content]
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            texts = [packed.read(name) for name in packed.namelist()]
    return any(CANARY.encode(how) in text for text in texts for how in ("utf-8", "utf-16-be"))


def pdf():
    writer = PdfWriter()
    page = writer.add_blank_page(72, 72)
    writer.add_metadata({"/Author": CANARY, "/Title": f"Of {CANARY}"})
    xmp = DecodedStreamObject()
    xmp.set_data(f"<x:xmpmeta>{CANARY}</x:xmpmeta>".encode())
    writer._root_object[NameObject("/Metadata")] = writer._add_object(xmp)
    page[NameObject("/Metadata")] = writer._add_object(xmp)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PIXELS = zlib.compress(b"\0\xff\0\0")


def png():
    return b"".join(
        [
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
            chunk(b"tEXt", b"Author\0" + CANARY.encode()),
            chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + CANARY.encode()),
            chunk(b"eXIf", b"MM\0*" + CANARY.encode()),
            chunk(b"IDAT", PIXELS),
            chunk(b"IEND", b""),
            CANARY.encode(),
        ]
    )


def segment(marker, data):
    return bytes([0xFF, marker]) + struct.pack(">H", len(data) + 2) + data


SCAN = b"\xff\xda\x00\x08\x01\x01\x00\x00\x3f\x00\x7f\xff\x00\x01"


def exif(turned):
    entries = [
        struct.pack("<HHIHH", 0x0112, 3, 1, turned, 0),
        struct.pack("<HHII", 0x013B, 2, len(CANARY), 38),
    ]
    tiff = b"II*\0\x08\0\0\0" + struct.pack("<H", 2) + b"".join(entries) + b"\0\0\0\0"
    return b"Exif\0\0" + tiff + CANARY.encode()


def jpeg(turned=1):
    return b"".join(
        [
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            segment(0xE1, exif(turned)),
            segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + CANARY.encode()),
            segment(0xE2, b"ICC_PROFILE\0\1\1colours"),
            segment(0xED, b"Photoshop 3.0\0" + CANARY.encode()),
            segment(0xFE, CANARY.encode()),
            segment(0xDB, b"\0" * 65),
            SCAN,
            b"\xff\xd9",
            CANARY.encode(),
        ]
    )


def word():
    book, out = Document(), io.BytesIO()
    book.add_paragraph("What it shows.")
    book.core_properties.author = book.core_properties.last_modified_by = CANARY
    book.save(out)
    return out.getvalue()


def sheet():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "What it shows."
    book.properties.creator = CANARY
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("make", "kind"),
    [
        (pdf, "application/pdf"),
        (png, "image/png"),
        (jpeg, "image/jpeg"),
        (word, WORD),
        (sheet, SHEET),
    ],
)
def test_nothing_tells_of_the_author(make, kind):
    content = make()
    assert has(content)

    left = stripped(content, kind, "file")

    assert not has(left)
    assert stripped(content, kind, "file") == left


def test_files_open_and_show_what_they_showed():
    assert len(PdfReader(io.BytesIO(stripped(pdf(), "application/pdf", ""))).pages) == 1
    opened = Document(io.BytesIO(stripped(word(), WORD, "")))
    assert [line.text for line in opened.paragraphs] == ["What it shows."]
    book = openpyxl.load_workbook(io.BytesIO(stripped(sheet(), SHEET, "")))
    assert book.active["A1"].value == "What it shows."
    assert PIXELS in stripped(png(), "image/png", "")
    left = stripped(jpeg(), "image/jpeg", "")
    assert SCAN in left and b"ICC_PROFILE" in left and b"JFIF" in left


def test_turned_pictures_stay_turned():
    left = stripped(jpeg(turned=6), "image/jpeg", "")

    assert b"Exif\0\0MM\0*" in left
    assert struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) in left
    assert b"Exif" not in stripped(jpeg(turned=1), "image/jpeg", "")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 5, "image/png"),
        (b"\xff\xd8\xff\xe1", "image/jpeg"),
        (b"\xff\xd8\x00\x00\x00\x00", "image/jpeg"),
    ],
)
def test_what_cannot_be_gone_through_is_refused(content, kind):
    with pytest.raises(ValidationError, match="cannot be taken out"):
        stripped(content, kind, "river.jpg")
