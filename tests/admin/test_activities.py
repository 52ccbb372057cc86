"""Activities in the administration: added, changed, with their rows; nothing lost."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from registry.actions import activities
from registry.errors import Refused
from registry.models import Activity, Entry, Event
from registry.permissions import SYSTEM
from tests.admin.pages import address, list_of, row, typed

NEW = {
    "title": "Training of customs officers",
    "kind": "capacity",
    "level": "regional",
    "start": "2020",
    "regions": ["africa"],
}


def _stored(activity):
    return Activity.objects.get(pk=activity.pk)


def _events(record):
    return list(Event.objects.about("activity", record.slug))


def test_add(as_editor, editor, book, area, partner, document):
    data = typed(as_editor.get(list_of(Activity, "add"))) | NEW
    data |= {"areas": [area.pk], "countries": ["KE", "CI"], "outputs": [document.pk]}
    row(data, "participations", partner=partner.pk, role="lead")
    row(data, "articles", article=7, basis="inferred")
    row(data, "funding_lines", amount="250000", currency="USD")
    row(data, "links", label="News", url="https://example.org/news")
    response = as_editor.post(list_of(Activity, "add"), data)
    activity = Activity.objects.get(title=NEW["title"])
    assert response.status_code == 302
    assert activities.SHAPE.read(activity) == {
        **dict.fromkeys(activities.SHAPE.fields, ""),
        "slug": "training-of-customs-officers",
        "title": "Training of customs officers",
        "kind": "capacity",
        "level": "regional",
        "start": "2020",
        "confirmed_on": None,
        "confirm_every": None,
        "participations": [{"partner": partner.slug, "role": "lead"}],
        "areas": [area.slug],
        "articles": [{"article": 7, "basis": "inferred"}],
        "countries": ["CI", "KE"],
        "regions": ["africa"],
        "funding_lines": [{"funder": None, "amount": "250000.00", "currency": "USD"}],
        "links": [{"label": "News", "url": "https://example.org/news"}],
        "outputs": [document.slug],
    }
    (event,) = _events(activity)
    assert (event.actor_id, event.verb, event.before) == (editor.pk, "create", None)
    assert event.after == activities.SHAPE.read(activity)
    assert (
        "Training of customs officers" in Entry.objects.get(noun="activity", key=activity.slug).body
    )


def test_add_and_go_on_editing(as_editor, book):
    data = typed(as_editor.get(list_of(Activity, "add"))) | NEW | {"_continue": "on"}
    response = as_editor.post(list_of(Activity, "add"), data, follow=True)
    activity = Activity.objects.get(title=NEW["title"])
    assert response.redirect_chain == [(address(activity), 302)]
    assert response.context["adminform"].form["version"].value() == 1


def test_add_in_a_window_of_its_own(as_editor, book):
    data = typed(as_editor.get(list_of(Activity, "add"))) | NEW | {"_popup": "1"}
    response = as_editor.post(list_of(Activity, "add"), data)
    assert str(Activity.objects.get(title=NEW["title"]).pk) in response.content.decode()


def test_saved_as_it_is_changes_nothing(as_editor, activity):
    response = as_editor.post(address(activity), typed(as_editor.get(address(activity))))
    activity.refresh_from_db()
    assert response.status_code == 302
    assert activity.version == 1
    assert len(_events(activity)) == 1
    assert activity.summary == "First line.\nSecond line."


def test_change(as_editor, activity, partner):
    before = activities.SHAPE.read(activity)
    data = typed(as_editor.get(address(activity)))
    data |= {"title": "Mercury-free gold in Migori and Narok", "countries": ["KE", "CI"]}
    data["participations-1-DELETE"] = "on"
    row(data, "links", label="Film", url="https://example.org/film")
    assert as_editor.post(address(activity), data).status_code == 302
    after = activities.SHAPE.read(_stored(activity))
    assert after == before | {
        "title": "Mercury-free gold in Migori and Narok",
        "countries": ["CI", "KE"],
        "participations": [{"partner": partner.slug, "role": "lead"}],
        "links": [
            {"label": "Report", "url": "https://example.org/report"},
            {"label": "Film", "url": "https://example.org/film"},
        ],
    }
    event = _events(activity)[0]
    assert (event.verb, event.before, event.after, event.version) == ("change", before, after, 2)
    body = json.loads(Entry.objects.get(noun="activity", key=activity.slug).body)
    assert body["title"] == "Mercury-free gold in Migori and Narok"


def test_emptied_row_is_dropped(as_editor, activity):
    data = typed(as_editor.get(address(activity))) | {"links-0-label": "", "links-0-url": ""}
    as_editor.post(address(activity), data)
    assert activities.SHAPE.read(activity)["links"] == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"title": ""}, "This field is required."),
        ({"start": "March"}, "is not a date"),
        ({"start": "2020", "end": "2019"}, "It ends before it starts."),
        ({"url": "no address"}, "Enter a valid URL."),
        ({"title": "half\0"}, "Null characters are not allowed."),
        ({"links-0-url": ""}, "This field is required."),
        ({"funding_lines-0-amount": "-5"}, "An amount is more than nothing."),
        ({"funding_lines-0-currency": ""}, "This field is required."),
    ],
)
def test_wrong_values_are_told_and_kept(as_editor, activity, wrong, said):
    data = typed(as_editor.get(address(activity))) | {"summary": "Kept."} | wrong
    response = as_editor.post(address(activity), data)
    assert response.status_code == 200
    assert said in response.content.decode()
    assert response.context["adminform"].form["summary"].value() == "Kept."
    assert _stored(activity).version == 1


def test_gef_number_of_another_is_told_beside_the_field(as_editor, activity):
    data = typed(as_editor.get(list_of(Activity, "add"))) | NEW | {"gef_id": "99801"}
    response = as_editor.post(list_of(Activity, "add"), data)
    assert response.status_code == 200
    assert response.context["errors"]


def test_row_given_twice_is_told_at_the_rows(as_editor, activity, partner):
    data = typed(as_editor.get(address(activity))) | {"participations-1-role": "lead"}
    response = as_editor.post(address(activity), data)
    formset = response.context["inline_admin_formsets"][0].formset
    assert "is given twice" in str(formset.non_form_errors())
    assert len(formset.forms) == 3


def test_second_of_two_sees_both_texts_and_loses_nothing(as_editor, activity):
    data = typed(as_editor.get(address(activity)))
    activities.change(
        record=activity,
        values={
            "title": "Theirs",
            "links": [],
            "participations": [],
            "summary": "Also theirs",
        },
        version=1,
        by=SYSTEM,
    )
    data |= {"title": "Mine", "links-0-label": "My report"}
    page = as_editor.post(address(activity), data)
    text = page.content.decode()
    assert page.status_code == 200
    assert _stored(activity).title == "Theirs"
    told = {each.label: each for each in page.context["differences"]}
    assert list(told) == ["Title", "Summary", "Participations", "Links"]
    assert (told["Title"].before, told["Title"].after) == (["Theirs"], ["Mine"])
    assert told["Summary"].after == ["First line.", "Second line."]
    assert "Stored now" in text and "You typed" in text and "Also theirs" in text
    again = typed(page)
    assert (again["title"], again["links-0-label"], again["version"]) == ("Mine", "My report", "2")
    assert again["participations-1-role"] == "funding"
    assert as_editor.post(address(activity), again).status_code == 302
    saved = activities.SHAPE.read(_stored(activity))
    assert saved["title"] == "Mine"
    assert saved["links"] == [{"label": "My report", "url": "https://example.org/report"}]
    assert len(saved["participations"]) == 2
    assert _events(activity)[0].version == 3


def test_save_without_a_version_is_refused(as_editor, activity):
    data = typed(as_editor.get(address(activity))) | {"version": "", "title": "Blind"}
    response = as_editor.post(address(activity), data)
    assert response.status_code == 200
    assert _stored(activity).version == 1


def test_withdrawn_while_typing(as_editor, activity):
    data = typed(as_editor.get(address(activity))) | {"title": "Mine"}
    activities.withdraw(record=activity, version=1, reason="A test.", by=SYSTEM)
    page = as_editor.post(address(activity), data)
    assert typed(page)["title"] == "Mine"
    page = as_editor.post(address(activity), typed(page))
    assert page.status_code == 200
    assert "restore it before changing it" in page.content.decode()


def test_address_never_changes(as_editor, activity):
    data = typed(as_editor.get(address(activity))) | {"slug": "another"}
    as_editor.post(address(activity), data)
    assert _stored(activity).slug == "mercury-free-gold-in-migori"


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (IntegrityError("taken"), "at the same moment"),
        (ValidationError({"slug": ["A public address never changes."]}), "Slug: A public address"),
        (ValidationError("Not like this."), "Not like this."),
        (Refused("Not today."), "Not today."),
    ],
)
def test_whatever_the_action_refuses_is_told(as_editor, activity, monkeypatch, refusal, said):
    def refuse(**_values):
        raise refusal

    data = typed(as_editor.get(address(activity))) | {"title": "Kept"}
    monkeypatch.setattr(activities, "change", refuse)
    page = as_editor.post(address(activity), data)
    assert page.status_code == 200
    assert said in page.content.decode()
    assert typed(page)["title"] == "Kept"
