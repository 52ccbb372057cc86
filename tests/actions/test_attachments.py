"""Files: told by their content, kept once, seen by whom they concern, cleared away."""

import io
import os
import time
import uuid
import zipfile

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from pypdf import PdfWriter

from registry.actions import attachments
from registry.actions.file_types import MOST_BYTES
from registry.actions.stripping import stripped
from registry.errors import Refused
from registry.models import Attachment
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c6300010000050001 0d0a2db40000000049454e44ae426082".replace(" ", "")
)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return tmp_path


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of):
    return factories.contributor(of)


@pytest.fixture
def draft(of, by):
    return factories.draft(by, of)


def pdf(password=""):
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(72, 72)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def packed(*names, content=b"<x/>"):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, content)
    return out.getvalue()


WORD = packed("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("plan.pdf", pdf(), "application/pdf"),
        ("Plan.DOCX", WORD, "wordprocessingml.document"),
        ("t.xlsx", packed("[Content_Types].xml", "xl/workbook.xml"), "spreadsheetml.sheet"),
        ("river.png", PNG, "image/png"),
    ],
    ids=["pdf", "docx", "xlsx", "png"],
)
def test_a_file_is_kept_and_what_it_shows_is_the_same(draft, by, name, content, kind):
    kept = attachments.attach(submission=draft, name=name, content=content, by=by)

    assert kept.media_type.endswith(kind)
    stored = attachments.path_of(kept).read_bytes()
    assert (kept.name, kept.size) == (name, len(stored))
    assert stored == stripped(content, kept.media_type, name)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.pdf", b"", "is empty"),
        ("big.pdf", b"%PDF-" + b"0" * MOST_BYTES, "larger than 10 MB"),
        ("page.pdf", b"<html><script>alert(1)</script>", "is none of these"),
        ("run.pdf", b"MZ" + b"\0" * 200, "is none of these"),
        ("plan.png", pdf(), "is a PDF file by its content"),
        ("plan.pdf.exe", pdf(), "is a PDF file by its content"),
        ("closed.pdf", pdf("secret"), "protected by a password"),
        ("broken.pdf", b"%PDF-1.7 and nothing else", "is damaged"),
        ("broken.docx", b"PK\x03\x04 and nothing else", "is damaged"),
        ("any.docx", packed("a.txt"), "is none of these"),
        (
            "macro.docx",
            packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
            "holds macros",
        ),
        (
            "bomb.docx",
            packed("[Content_Types].xml", "word/document.xml", content=b"0" * 5_000_000),
            "packed in a way",
        ),
        (
            "path.docx",
            packed("[Content_Types].xml", "word/document.xml", "../../etc/passwd"),
            "packed in a way",
        ),
        ("drawing.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is none of these"),
    ],
    ids=lambda each: each if isinstance(each, str) and "." in each else "",
)
def test_what_is_not_taken_is_refused_with_its_reason(draft, by, folder, name, content, said):
    with pytest.raises(ValidationError, match=said) as refused:
        attachments.attach(submission=draft, name=name, content=content, by=by)

    assert list(refused.value.message_dict) == ["file"]
    assert not Attachment.objects.exists()
    assert list(folder.rglob("*")) == []


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\temp\\plan.pdf", "plan.pdf"),
        ("photo\u202egpj.pdf", "photogpj.pdf"),
        ("a\r\nb\0.pdf", "ab.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("...", "file"),
        ("Été à Kéniéba.pdf", "Été à Kéniéba.pdf"),
    ],
    ids=range(7),
)
def test_names_mislead_nobody(name, safe):
    assert attachments.safe_name(name) == safe


def test_the_same_file_twice_is_one_and_ten_are_the_most(draft, by):
    first = attachments.attach(submission=draft, name="a.pdf", content=pdf(), by=by)
    again = attachments.attach(submission=draft, name="b.pdf", content=pdf(), by=by)
    for number in range(attachments.MOST_FILES - 1):
        content = packed("[Content_Types].xml", "word/document.xml", f"{number}")
        attachments.attach(submission=draft, name="c.docx", content=content, by=by)

    assert first == again
    with pytest.raises(ValidationError, match="Ten files are the most"):
        attachments.attach(submission=draft, name="d.docx", content=WORD, by=by)


def test_who_may_add_and_open(of, by, client):
    submission = factories.submitted(by, of)
    draft = factories.draft(by, of)
    file = attachments.attach(submission=draft, name="é plan.pdf", content=pdf(), by=by)
    address = reverse("attachment", args=[file.number])
    stranger = factories.focal_point(factories.partner())

    with pytest.raises(PermissionDenied):
        attachments.attach(submission=draft, name="a.pdf", content=pdf(), by=stranger)
    with pytest.raises(Refused, match="cannot be changed now"):
        attachments.attach(submission=submission, name="a.pdf", content=pdf(), by=by)
    client.force_login(by)
    got = client.get(address)
    assert b"".join(got.streaming_content) == stripped(pdf(), "application/pdf", "")
    assert got.headers["Content-Disposition"] == ("attachment; filename*=utf-8''%C3%A9%20plan.pdf")
    assert got.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert got.headers["Cache-Control"] == "private, no-store"
    client.force_login(stranger)
    unknown = client.get(reverse("attachment", args=[uuid.uuid4()]))
    for response in (client.get(address), client.head(address)):
        assert response.status_code == unknown.status_code == 404


def test_the_page_says_what_is_wrong_and_lists_what_is_there(draft, by, client):
    client.force_login(by)
    here = reverse("submission-files", args=[draft.reference])

    def send(name, content):
        file = io.BytesIO(content)
        file.name = name
        return client.post(here, {"file": file}, follow=True)

    wrong = send("run.pdf", b"MZ" + b"\0" * 100)
    none = client.post(here, {})
    right = send("plan.pdf", pdf())

    assert wrong.status_code == none.status_code == 400
    assert "There is a problem" in wrong.text
    assert wrong.text.count("“run.pdf” is none of these") == 2
    assert "Choose a file." in none.text
    assert "plan.pdf" in right.text
    file = Attachment.objects.get()
    gone = client.post(
        reverse("submission-file-away", args=[draft.reference, file.number]), follow=True
    )
    assert "No file yet." in gone.text
    assert client.get(reverse("attachment", args=[file.number])).status_code == 404


def test_files_that_nobody_needs_are_cleared_away(draft, by, folder):
    kept = attachments.attach(submission=draft, name="a.pdf", content=pdf(), by=by)
    orphan = folder / "ab" / uuid.uuid4().hex
    orphan.parent.mkdir(exist_ok=True)
    orphan.write_bytes(b"left by a change that was taken back")
    long_ago = time.time() - 7200
    for file in (orphan, attachments.path_of(kept)):
        os.utime(file, (long_ago, long_ago))

    assert attachments.clear(by=SYSTEM) == 1
    assert not orphan.exists()
    assert attachments.path_of(kept).exists()
