"""Takes out of a file what it tells of people and machines beside its content."""

import io
import re
import struct
import zipfile
from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, IndirectObject, NullObject

_PNG = b"\x89PNG\r\n\x1a\n"
# Chunks of PNG that the picture itself needs; others hold words, camera data, times.
_PICTURE = {
    *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT"),
    *(b"bKGD", b"pHYs", b"hIST", b"sPLT", b"acTL", b"fcTL", b"fdAT"),
}
# Segments of JPEG that the picture itself needs: how its colours are meant.
_JFIF, _ICC, _ADOBE, _COMMENT = 0xE0, 0xE2, 0xEE, 0xFE
_ORIENTATION = 0x0112
# Of office documents, what programs fill in by themselves; each part stays, and is empty.
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_EMPTY = {
    "docProps/core.xml": f'<cp:coreProperties xmlns:cp="{_CORE}"/>',
    "docProps/app.xml": f'<Properties xmlns="{_OFFICE}/extended-properties"/>',
    "docProps/custom.xml": f'<Properties xmlns="{_OFFICE}/custom-properties"/>',
}
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
# Which sitting wrote which letter, and who: kept by word processors in the text itself.
_SITTING = re.compile(rb'\sw:rsid\w*="[0-9A-F]{8}"')
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def stripped(content: bytes, media_type: str, name: str) -> bytes:
    """The file without authors, places, times and programs; what it shows is the same.

    Names in the content itself, such as those of comments, stay. Raises ValidationError, by
    `file`, for a file that cannot be gone through.
    """
    try:
        if media_type == "application/pdf":
            return _pdf(content)
        if media_type == "image/jpeg":
            return b"".join(_jpeg(content))
        if media_type == "image/png":
            return b"".join(_png(content))
        return _office(content)
    except (PyPdfError, struct.error, IndexError, KeyError, ValueError, TypeError) as why:
        said = _("What “%s” tells of its author cannot be taken out. Save it anew, and send that.")
        raise ValidationError({"file": [said % name]}) from why


def _pdf(content: bytes) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.metadata = None
    for each in list(writer._objects):
        if isinstance(each, DictionaryObject):
            for key in ("/Metadata", "/PieceInfo", "/LastModified"):
                _take_out(writer, each, key)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _take_out(writer: PdfWriter, of: DictionaryObject, key: str) -> None:
    """Take out an entry, and what it points at: else that would stay in the file, unused."""
    if key not in of:
        return
    told = of.raw_get(key)
    if isinstance(told, IndirectObject):
        writer._objects[told.idnum - 1] = NullObject()
    del of[key]


def _png(content: bytes) -> Iterator[bytes]:
    yield _PNG
    at = len(_PNG)
    while at < len(content):
        (length,), kind = struct.unpack_from(">I", content, at), content[at + 4 : at + 8]
        end = at + 12 + length
        if kind in _PICTURE:
            yield content[at:end]
        if kind == b"IEND":
            # What some programs hang on behind the end is no picture.
            return
        at = end
    raise ValueError("a picture without an end")


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at, turned = 2, _turned(content)
    if turned:
        yield turned
    while True:
        marker = content[at + 1]
        if content[at] != 0xFF:
            raise ValueError("no segment where there must be one")
        if marker == 0xDA:
            yield _picture(content[at:])
            return
        (length,) = struct.unpack_from(">H", content, at + 2)
        segment = content[at : at + 2 + length]
        if _is_needed(marker, segment):
            yield segment
        at += 2 + length


def _picture(rest: bytes) -> bytes:
    """The picture up to its end mark."""
    end = rest.rfind(b"\xff\xd9")
    if end < 0:
        raise ValueError("a picture without an end")
    return rest[: end + 2]


def _is_needed(marker: int, segment: bytes) -> bool:
    if marker == _ICC:
        return segment[4:16] == b"ICC_PROFILE\0"
    is_application = 0xE0 <= marker <= 0xEF
    return marker != _COMMENT and (not is_application or marker in (_JFIF, _ADOBE))


def _turned(content: bytes) -> bytes:
    """A segment that says how the picture is to be turned and no more; blank if it is upright."""
    at = content.find(b"Exif\0\0")
    if at < 0 or not 2 < at < 70_000:
        return b""
    tiff = content[at + 6 :]
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}I", tiff, 4)
    (count,) = struct.unpack_from(f"{order}H", tiff, first)
    for number in range(count):
        tag, kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
        if tag == _ORIENTATION and kind == 3 and 1 < value <= 8:
            entry = struct.pack(">HHIHH", _ORIENTATION, 3, 1, value, 0)
            exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01" + entry + b"\0\0\0\0"
            return b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif
    return b""


def _office(content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, _part(part.filename, old.read(part)))
    return out.getvalue()


def _part(name: str, content: bytes) -> bytes:
    if name in _EMPTY:
        return (_XML + _EMPTY[name]).encode()
    is_text = name.startswith("word/") and name.endswith(".xml")
    return _SITTING.sub(b"", content) if is_text else content
