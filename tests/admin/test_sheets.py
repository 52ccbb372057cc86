"""Sheets in the administration: taken away, brought back, looked at, applied, undone."""

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from registry.actions import activities
from registry.models import Activity, Batch, ImportRun
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/registry/activity/"


def rows_of(response):
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))


def upload(client, *rows, name="sheet.csv", head="slug,version,title,kind,level"):
    content = "\n".join((head, *rows)).encode()
    return client.post(f"{LIST}upload/", {"sheet": SimpleUploadedFile(name, content)})


def test_list_is_taken_as_it_is_narrowed(as_editor):
    one = factories.activity(title="Zinnober in the north", kind="inventory")
    factories.activity(title="Zinnober in the south", kind="capacity")
    gone = factories.activity(title="Zinnober gone", kind="inventory")
    activities.withdraw(record=gone, version=1, reason="A test.", by=factories.editor())

    response = as_editor.get(f"{LIST}sheet.csv?q=Zinnober&kind__exact=inventory")

    assert [row[0] for row in rows_of(response)] == ["slug", one.slug]
    assert "attachment" in response.headers["Content-Disposition"]
    page = as_editor.get(f"{LIST}?q=Zinnober&kind__exact=inventory")
    assert f"{LIST}sheet.xlsx?kind__exact=inventory&q=Zinnober" in Page(page).links


def test_empty_sheet_has_the_headers_only(as_editor):
    factories.activity()

    rows = rows_of(as_editor.get(f"{LIST}sheet.csv?template"))

    assert rows[0][:4] == ["slug", "version", "title", "summary"]
    assert len(rows) == 1


def test_what_is_no_sheet_is_said_beside_the_field_and_nothing_is_kept(as_editor):
    page = upload(as_editor, "a,1,x,y,z", head="slug,version,titel,kind,level")

    assert "There is no column “titel” here. Is it “title”?" in page.content.decode()
    assert not ImportRun.objects.exists()


def test_what_is_wrong_is_told_by_row_and_column_with_a_remedy(as_editor):
    activity = factories.activity()
    page = upload(as_editor, f"{activity.slug},1,x,nonsense,national", ",,New,inventory,national")

    text = Page(as_editor.get(page.headers["Location"])).text

    assert "1 row is wrong, so nothing is applied." in text
    assert "nonsense" in text
    assert "It may be: baseline" in text or "It may be: information" in text
    assert "Apply" not in text


def test_wrong_rows_are_taken_alone_and_come_back_corrected(as_editor):
    upload(as_editor, ",,Right,inventory,national", ",,Wrong,nonsense,national")
    run = ImportRun.objects.get()

    rows = rows_of(as_editor.get(f"/admin/registry/importrun/{run.pk}/rejected.csv"))

    assert rows[0] == ["slug", "version", "title", "kind", "level", "what_is_wrong"]
    assert rows[1][:5] == ["", "", "Wrong", "nonsense", "national"]
    assert rows[1][5].startswith("kind: ")
    rows[1][3] = "inventory"
    upload(as_editor, ",".join(rows[1]), head=",".join(rows[0]))
    assert ImportRun.objects.latest("pk").rows.get().outcome == "new"


def test_applied_by_a_button_and_undone_by_another(as_editor):
    activity = factories.activity(title="One")
    page = upload(as_editor, f"{activity.slug},1,Eins,{activity.kind},{activity.level}")
    run = page.headers["Location"]
    looked_at = as_editor.get(run).content.decode()
    assert 'value="Apply: 0 new, 1 changed"' in looked_at
    assert Activity.objects.get(pk=activity.pk).title == "One"

    as_editor.post(run, {"apply": "Apply"})

    assert Activity.objects.get(pk=activity.pk).title == "Eins"
    batch = Batch.objects.get()
    undoing = reverse("admin:registry_batch_change", args=[batch.pk])
    assert undoing in Page(as_editor.get(run)).links
    as_editor.post(undoing, {"undo": "Undo"})
    assert Activity.objects.get(pk=activity.pk).title == "One"


def test_long_work_shows_how_far_it_is(as_editor):
    upload(as_editor, ",,Right,inventory,national")
    run = ImportRun.objects.get()
    ImportRun.objects.filter(pk=run.pk).update(status="trying", done=1)

    text = as_editor.get(f"/admin/registry/importrun/{run.pk}/change/").content.decode()

    assert '<progress id="progress" max="1" value="1">' in text
    assert '<meta http-equiv="refresh" content="3">' in text


def test_discarded_by_a_button(as_editor):
    upload(as_editor, ",,Right,inventory,national")
    run = ImportRun.objects.get()

    as_editor.post(f"/admin/registry/importrun/{run.pk}/change/", {"discard": "Discard"})

    run.refresh_from_db()
    assert run.status == "discarded"


def test_only_those_who_may_import_see_it(client):
    client.force_login(factories.contributor(factories.partner()))

    for address in (f"{LIST}sheet.csv", f"{LIST}upload/", "/admin/registry/importrun/"):
        assert client.get(address).status_code in (302, 403)


def test_page_of_an_upload_asks_as_often_for_many_rows_as_for_few(
    as_editor, django_assert_max_num_queries
):
    upload(as_editor, *[f",,New {at},inventory,national" for at in range(60)])
    run = ImportRun.objects.get()

    with django_assert_max_num_queries(22):
        text = as_editor.get(f"/admin/registry/importrun/{run.pk}/change/").content.decode()

    assert "Page 1 of 2" in text
