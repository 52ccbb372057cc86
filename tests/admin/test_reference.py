"""The reference book in the administration: saved plainly, recorded, shown by entries."""

import json

import pytest
from django.core.exceptions import PermissionDenied

from articles.models import Article, ConferenceOfTheParties, Country, Decision, Term
from registry.actions import entries, reference
from registry.models import Activity, Entry, Event
from registry.permissions import EDITOR
from tests.admin.pages import address, list_of, typed


def _body(noun, key):
    return json.loads(Entry.objects.get(noun=noun, key=key).body)


def test_title_of_an_article_reaches_what_shows_it(as_administrator, administrator, activity):
    article = Article.objects.get(number=7)
    data = typed(as_administrator.get(address(article))) | {"title_en": "Gold"}
    assert as_administrator.post(address(article), data).status_code == 302
    assert _body("article", "7")["titles"]["en"] == "Gold"
    assert _body("activity", activity.slug)["articles"][0]["title"] == "Gold"
    event = Event.objects.about("article", "7").first()
    assert (event.verb, event.actor_id) == ("change", administrator.pk)
    assert event.after["title_en"] == "Gold" != event.before["title_en"]
    assert Activity.objects.get(pk=activity.pk).version == 1
    assert entries.differences() == []


def test_provision_is_part_of_its_article(as_administrator, activity):
    article = Article.objects.get(number=4)
    data = typed(as_administrator.get(address(article)))
    number = int(data["provisions-TOTAL_FORMS"])
    new = {"position": "9", "paragraph": "4.99", "kind": "obligation", "summary": "New."}
    data |= {f"provisions-{number}-{name}": value for name, value in new.items()}
    data["provisions-TOTAL_FORMS"] = str(number + 1)
    assert as_administrator.post(address(article), data).status_code == 302
    assert _body("article", "4")["provisions"][-1]["summary"] == "New."
    after = Event.objects.about("article", "4").first().after
    assert after["provisions"][-1]["paragraph"] == "4.99"
    assert "4.99" in as_administrator.get(address(article, "history")).content.decode()


def test_name_of_a_country_and_its_standing(as_administrator, activity):
    country = Country.objects.get(code="KE")
    data = typed(as_administrator.get(address(country))) | {"name_en": "Republic of Kenya"}
    assert as_administrator.post(address(country), data).status_code == 302
    assert _body("activity", activity.slug)["countries"][0]["name"] == "Republic of Kenya"
    assert _body("country", "KE")["names"]["en"] == "Republic of Kenya"
    assert entries.differences() == []


def test_saved_as_it_is_leaves_no_event(as_administrator, activity):
    article = Article.objects.get(number=7)
    as_administrator.post(address(article), typed(as_administrator.get(address(article))))
    assert not Event.objects.about("article", "7").exists()


def test_wrong_value_is_told(as_administrator, activity):
    article = Article.objects.get(number=7)
    data = typed(as_administrator.get(address(article))) | {"summary": ""}
    page = as_administrator.post(address(article), data)
    assert "article_of_the_spine_has_summary" in page.content.decode()


def test_term_and_decision_added(as_administrator, book):
    data = typed(as_administrator.get(list_of(Term, "add")))
    data |= {"slug": "retort-99", "term": "Retort (99)", "kind": "term", "meaning": "A vessel."}
    as_administrator.post(list_of(Term, "add"), data | {"articles": ["7"]})
    assert _body("term", "retort-99")["articles"][0]["number"] == 7
    assert Event.objects.about("term", "retort-99").get().verb == "create"
    ConferenceOfTheParties.objects.get_or_create(
        number=99, defaults={"start": "2099-01-01", "end": "2099-01-02", "place": "Minamata"}
    )
    data = typed(as_administrator.get(list_of(Decision, "add")))
    data |= {"slug": "d-99", "probable_code": "MC-99/1", "cop": "99", "year": "2099"}
    data |= {"kind": "process", "subject": "S", "source": "S", "basis": "B", "articles": ["7"]}
    assert as_administrator.post(list_of(Decision, "add"), data).status_code == 302
    assert "MC-99/1" in as_administrator.get(list_of(Decision), {"q": "d-99"}).content.decode()
    assert "MC-99/1" not in Entry.objects.get(noun="decision", key="d-99").body


def test_only_administrators(staff, book):
    article = Article.objects.get(number=7)
    with pytest.raises(PermissionDenied):
        reference.changed(record=article, before=None, by=staff(EDITOR))


def test_second_of_two_sees_both_texts_and_loses_nothing(as_administrator, activity):
    article = Article.objects.get(number=7)
    data = typed(as_administrator.get(address(article))) | {"title_en": "Mine"}
    Article.objects.filter(number=7).update(title_en="Theirs")
    page = as_administrator.post(address(article), data)
    told = {each.label: (each.before, each.after) for each in page.context["differences"]}
    assert told == {"Title en": (["Theirs"], ["Mine"])}
    again = typed(page)
    assert again["title_en"] == "Mine"
    assert as_administrator.post(address(article), again).status_code == 302
    assert Article.objects.get(number=7).title_en == "Mine"
