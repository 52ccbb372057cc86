"""Many records at once from a list: told first, done as one batch, undone by a button."""

import pytest
from django.urls import reverse

from registry.actions import activities
from registry.models import Activity, Area, Batch, Event, Guidance, Meeting
from registry.permissions import SYSTEM
from tests import factories
from tests.admin.pages import address, list_of

pytestmark = pytest.mark.django_db


def _begin(client, doing, records, model=Activity, **more):
    keys = [record.pk for record in records]
    data = {"action": doing, "_selected_action": keys, "index": "0"} | more
    narrowed = "?kind=awareness" if model is Activity else ""
    return client.post(list_of(model) + narrowed, data)


def _bulk(client, doing, page, model=Activity, **typed):
    """Send the page between back, as a browser would."""
    held = {"seen": page.context["seen"], "back": page.context["back"]}
    name = f"admin:registry_{model._meta.model_name}_bulk"
    return client.post(reverse(name, args=[doing]), held | typed)


def _values(record):
    return activities.SHAPE.read(Activity.objects.get(pk=record.pk))


def test_area_is_added_told_first_and_undone(as_editor):
    asgm, waste = Area.objects.get(slug="asgm"), Area.objects.get(slug="waste")
    plain, same = factories.activity(areas=["waste"]), factories.activity(areas=["asgm"])
    gone = factories.withdrawn(factories.activity())
    records = [plain, same, gone]

    page = _begin(as_editor, "add_area", records)
    assert page.context["names"] == [each.title for each in records]
    page = _bulk(as_editor, "add_area", page, area=asgm.pk)
    told = page.context["preview"]
    assert (told.will, told.same, told.cannot) == (1, 1, 1)
    assert "restore it before changing it" in str(told.reasons)
    [(title, [difference])] = told.sample
    assert (title, difference.before, difference.after) == (
        plain.title,
        ["waste"],
        ["asgm", "waste"],
    )
    assert not Batch.objects.exists()

    response = _bulk(as_editor, "add_area", page, area=asgm.pk, do="1")
    batch = Batch.objects.get()
    assert response["Location"] == list_of(Activity) + "?kind=awareness"
    assert (batch.kind, batch.changed, batch.label) == ("bulk", 1, f"area “{asgm}” added")
    assert _values(plain)["areas"] == ["asgm", "waste"]
    link = reverse("admin:registry_batch_change", args=[batch.pk])
    # In the message that it is done: one click undoes it.
    told = as_editor.get(list_of(Activity)).content.decode()
    assert f'<form method="post" action="{link}" class="undo">' in told
    assert f'<a href="{link}">Done: 1 changed.</a>' in told

    assert link in as_editor.get(address(plain, "history")).content.decode()
    text = as_editor.get(link).content.decode()
    assert plain.title in text and "says again what it said before" in text
    assert "is withdrawn. Its addresses stay" not in text
    as_editor.post(link)
    assert _values(plain)["areas"] == [waste.slug]
    assert "Undone on" in as_editor.get(link).content.decode()


def test_area_is_taken_away_and_an_article_keeps_how_it_is_known(as_editor):
    rows = [{"article": 7, "basis": "inferred"}]
    known, other = factories.activity(areas=["asgm"], articles=rows), factories.activity()
    page = _begin(as_editor, "take_area", [known, other])
    area = Area.objects.get(slug="asgm").pk
    _bulk(as_editor, "take_area", page, area=area, do="1")
    page = _begin(as_editor, "add_article", [known, other])
    _bulk(as_editor, "add_article", page, article=7, basis="stated", do="1")

    assert (_values(known)["areas"], _values(known)["articles"]) == ([], rows)
    assert _values(other)["articles"] == [{"article": 7, "basis": "stated"}]


def test_field_is_set_and_only_those_of_the_list_can_be(as_editor):
    record = factories.activity(confirm_every=12)
    page = _begin(as_editor, "set_field", [record])
    _bulk(as_editor, "set_field", page, value="confirm_every=24", do="1")
    assert _values(record)["confirm_every"] == 24
    refused = _bulk(as_editor, "set_field", page, value="title=x", do="1")
    assert "value" in refused.context["form"].errors and _values(record)["title"] == record.title


def test_what_somebody_changed_meanwhile_is_left_out_and_named(as_editor):
    record, other = factories.activity(), factories.activity()
    page = _begin(as_editor, "set_field", [record, other])
    activities.change(record=record, values={"level": "regional"}, version=1, by=SYSTEM)
    page = _bulk(as_editor, "set_field", page, value="level=national")
    assert page.context["preview"].reasons == [
        (
            record.slug,
            ["Level: Changed since it was read: stored is “regional”, yours is “national”."],
        )
    ]
    _bulk(as_editor, "set_field", page, value="level=national", do="1")
    assert (_values(record)["level"], _values(other)["level"]) == ("regional", "national")


def test_withdrawing_needs_a_reason_and_undo_restores(as_editor):
    records = [factories.meeting(), factories.meeting()]
    page = _begin(as_editor, "withdraw", records, Meeting)
    assert page.context["preview"].will == 2
    page = _bulk(as_editor, "withdraw", page, Meeting, reason=" ", do="1")
    assert "Say why they are withdrawn." in page.content.decode()
    _bulk(as_editor, "withdraw", page, Meeting, reason="Held twice.", do="1")
    batch = Batch.objects.get()
    assert set(Event.objects.filter(batch=batch.pk).values_list("note", flat=True)) == {
        "Held twice."
    }
    gone = Meeting.objects.filter(pk__in=[each.pk for each in records])
    assert (batch.withdrawn, gone.published().count()) == (2, 0)
    as_editor.post(reverse("admin:registry_batch_change", args=[batch.pk]))
    assert gone.published().count() == 2


def test_all_of_the_filter_are_selected_up_to_a_number(as_editor, monkeypatch):
    page = _begin(as_editor, "restore", [Activity.objects.first()], select_across="1")
    assert page.context["count"] == Activity.objects.filter(kind="awareness").count() > 1
    monkeypatch.setattr("registry.admin.bulk.MOST", 3)
    page = _begin(as_editor, "restore", [Activity.objects.first()], select_across="1")
    assert "More than 3 records" in as_editor.get(list_of(Activity)).content.decode()


def test_lists_offer_what_their_noun_has(as_editor, as_administrator):
    found = {
        model: [name for name, _said in _choices(as_administrator, model) if name]
        for model in (Area, Guidance, Meeting)
    }
    assert found[Area] == []
    assert found[Meeting] == ["withdraw", "restore"]
    assert "add_article" in found[Guidance] and "set_field" in found[Guidance]


def _choices(client, model):
    form = client.get(list_of(model)).context["action_form"]
    return form.fields["action"].choices if form else []


@pytest.mark.parametrize("seen", ["", "x", "1:", "1:1:1", "9" * 30 + ":1", "1:1 " * 6000])
def test_garbled_selection_leads_back(as_editor, seen):
    path = reverse("admin:registry_activity_bulk", args=["restore"])
    assert as_editor.post(path, {"seen": seen, "do": "1"}).status_code in (200, 302)
    assert as_editor.get(path).status_code == 302
    assert not Batch.objects.exists()
