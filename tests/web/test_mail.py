"""Kept mails are read in development, and nowhere else."""

import pytest
from django.urls import reverse

from registry.actions.delivery import deliver_pending
from registry.models import Notice
from registry.permissions import SYSTEM
from tests.notices import notice, person
from tests.web.reading import Page
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db
MEMORY = {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}


@pytest.fixture
def folder(settings, tmp_path):
    settings.MAIL_DIR = tmp_path
    keep = {"BACKEND": "partnership.mail.Folder", "OPTIONS": {"folder": tmp_path}}
    settings.MAILERS = {"default": MEMORY, "transport": keep}
    return tmp_path


@pytest.fixture
def kept(folder):
    """A mail with hostile words."""
    words = {"title": "<script>alert(1)</script>", "message": "https://evil.example/ <b>x</b>"}
    made = notice(Notice.Kind.CHANGES_ASKED, user=person(email="reader@example.org"), **words)
    deliver_pending(by=SYSTEM)
    return made


def _names(folder):
    return [file.stem for file in folder.glob("*.eml")]


def test_list_shows_subject_recipient_and_time(client, kept, folder):
    page = Page(client.get(reverse("mail-list")))

    assert "S-1042: changes asked – “<script>alert(1)</script>”" in page.text
    assert "reader@example.org" in page.text
    assert reverse("mail-detail", args=_names(folder)) in page.links
    assert faults(page) == []


def test_empty_folder_says_so(client, folder):
    page = Page(client.get(reverse("mail-list")))

    assert "None yet." in page.text
    assert page.headings == ["Mail"]


def test_text_is_shown_and_only_our_addresses_can_be_followed(client, kept, folder):
    response = client.get(reverse("mail-detail", args=_names(folder)))
    page = Page(response)

    assert kept.words["link"] in page.links
    assert not [link for link in page.links if "evil" in link]
    assert "> https[:]//evil[.]example/ <b>x</b>" in page.text
    assert kept.message_id in page.text
    assert faults(page) == []
    assert "no-store" in response.headers["Cache-Control"]


def test_html_is_shown_where_nothing_can_run(client, kept, folder):
    response = client.get(reverse("mail-html", args=_names(folder)))

    assert "&lt;script&gt;" in response.content.decode()
    policy = response.headers["Content-Security-Policy"]
    assert policy == (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'; sandbox"
    )


@pytest.mark.parametrize("name", ["x", "..", "..%2F..%2Fmanage", ".x"])
def test_only_what_is_in_the_folder_has_a_page(client, kept, name):
    for page in ("mail-detail", "mail-html"):
        assert client.get(reverse(page, args=["NAME"]).replace("NAME", name)).status_code == 404


def test_production_has_no_such_page(client, kept, folder, settings):
    settings.ENVIRONMENT = "production"

    assert client.get(reverse("mail-list")).status_code == 404
    for page in ("mail-detail", "mail-html"):
        assert client.get(reverse(page, args=_names(folder))).status_code == 404


def test_page_is_not_there_where_mails_are_really_sent(client, settings):
    settings.MAIL_DIR = None

    assert client.get(reverse("mail-list")).status_code == 404
