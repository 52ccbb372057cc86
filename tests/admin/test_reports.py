"""Reports and snapshots in the administration."""

import io

import pytest
from docx import Document

from registry.models import Snapshot
from tests import factories

pytestmark = pytest.mark.django_db
HERE = "/admin/registry/snapshot/"


@pytest.fixture(autouse=True)
def quick(settings, tmp_path, monkeypatch):
    """To compare all activities takes seconds; another test does."""
    settings.FILES_DIR = tmp_path
    monkeypatch.setattr("registry.queries.quotable.material.look_alikes", lambda: ())


def test_report_is_written_as_it_is_asked_for(as_editor):
    factories.activity(title="Zinnober", start="2019")
    factories.activity(title="Too early", start="2001")

    response = as_editor.get(
        f"{HERE}report/?title=Progress&symbol=UNEP/1&first=2017&last=2024&format=docx"
    )

    book = Document(io.BytesIO(response.content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    assert "Zinnober" in cells and "Too early" not in cells
    assert book.paragraphs[0].text == "UNEP/1"
    assert 'filename="unep1-' in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    "query, said",
    [
        ("title=&format=docx", "This field is required."),
        ("title=x&first=2024&last=2017&format=docx", "The first year comes after the last."),
        ("title=x&first=soon&format=docx", "Enter a whole number."),
        ("title=x&format=odt", "Select a valid choice."),
        ("title=x&areas=99999&format=docx", "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(as_editor, query, said):
    text = as_editor.get(f"{HERE}report/?{query}").content.decode()

    assert said in text
    assert 'class="errornote"' in text


def test_snapshot_is_taken_by_a_button_and_told(as_editor, editor):
    page = as_editor.post(
        f"{HERE}take/", {"title": "For the meeting", "first": "2017"}, follow=True
    )

    made = Snapshot.objects.get()
    assert (made.title, made.scope["first"], made.by) == ("For the meeting", 2017, editor)
    assert f"Snapshot {made.key} is public." in page.content.decode()


def test_others_do_not_see_it(client):
    client.force_login(factories.contributor(factories.partner()))

    for page in ("", "report/", "take/"):
        assert client.get(HERE + page).status_code in (302, 403)
