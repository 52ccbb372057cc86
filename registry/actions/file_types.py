"""What a file that somebody sends really is: told from its content, never from its name."""

import io
import zipfile
from pathlib import PurePath

import puremagic
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_BYTES = 10 * 1024 * 1024
# Of an office document, which is a zip: what it may unpack to, and from how little.
MOST_UNPACKED = 100 * 1024 * 1024
MOST_RATIO = 100
MOST_MEMBERS = 2000
_OFFICE = "application/vnd.openxmlformats-officedocument"
# Media type → how names of such files end; and the words for it.
TAKEN = {
    "application/pdf": ((".pdf",), "PDF"),
    f"{_OFFICE}.wordprocessingml.document": ((".docx",), "Word (DOCX)"),
    f"{_OFFICE}.spreadsheetml.sheet": ((".xlsx",), "Excel (XLSX)"),
    "image/png": ((".png",), "PNG"),
    "image/jpeg": ((".jpg", ".jpeg"), "JPEG"),
}
_MAIN_PART = {
    "word/document.xml": "wordprocessingml.document",
    "xl/workbook.xml": "spreadsheetml.sheet",
}


def words() -> str:
    """The kinds that are taken, for people."""
    return ", ".join(label for _endings, label in TAKEN.values())


def media_type(content: bytes, name: str) -> str:
    """The media type of a file. Raises ValidationError, by `file`, saying why it is not taken."""
    if not content:
        raise _refused(_("“%s” is empty.") % name)
    if len(content) > MOST_BYTES:
        raise _refused(_("“%s” is larger than 10 MB; make it smaller, or send a link.") % name)
    found = _found(content, name)
    ending = PurePath(name).suffix.lower()
    if ending not in TAKEN[found][0]:
        said = _("“%(name)s” is a %(kind)s file by its content; name it so, ending in %(ending)s.")
        kind, right = TAKEN[found][1], TAKEN[found][0][0]
        raise _refused(said % {"name": name, "kind": kind, "ending": right})
    return found


def _found(content: bytes, name: str) -> str:
    if content.startswith(b"%PDF-"):
        _refuse_closed_pdf(content, name)
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return _office(content, name)
    try:
        found = puremagic.from_string(content, mime=True)
    except puremagic.PureError:
        found = ""
    if found not in TAKEN or not found.startswith("image/"):
        said = _("“%(name)s” is none of these: %(kinds)s. Save it as one of them.")
        raise _refused(said % {"name": name, "kinds": words()})
    return found


def _refuse_closed_pdf(content: bytes, name: str) -> None:
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise _refused(_("“%s” is protected by a password; send it without one.") % name)
        has_pages = len(reader.pages) > 0
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError, AttributeError):
        has_pages = False
    if not has_pages:
        raise _refused(_("“%s” is damaged: no PDF reader can open it.") % name)


def _office(content: bytes, name: str) -> str:
    """The kind of an office document; it is looked through without being unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise _refused(_("“%s” is damaged: it cannot be opened.") % name) from None
    _refuse_bomb(members, name)
    names = {member.filename for member in members}
    if any(each.lower().endswith("vbaproject.bin") for each in names):
        raise _refused(_("“%s” holds macros; save it without them.") % name)
    kinds = [kind for part, kind in _MAIN_PART.items() if part in names]
    if len(kinds) != 1 or "[Content_Types].xml" not in names:
        said = _("“%(name)s” is none of these: %(kinds)s. Save it as one of them.")
        raise _refused(said % {"name": name, "kinds": words()})
    return f"{_OFFICE}.{kinds[0]}"


def _refuse_bomb(members: list[zipfile.ZipInfo], name: str) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = sum(member.compress_size for member in members) or 1
    is_odd = any(member.flag_bits & 1 or ".." in member.filename for member in members)
    if (
        is_odd
        or len(members) > MOST_MEMBERS
        or unpacked > MOST_UNPACKED
        or unpacked > packed * MOST_RATIO
    ):
        raise _refused(_("“%s” is packed in a way that we do not open; send a plain one.") % name)


def _refused(text: str) -> ValidationError:
    return ValidationError({"file": [text]})
