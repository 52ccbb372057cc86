"""A change to the reference book reaches the entries that show it, and the trail."""

import pytest

from articles.models import Annex, Article, Country, Decision, Term
from registry.actions import entries, reference
from registry.errors import Stale
from registry.models import Entry, Event
from registry.permissions import SYSTEM
from registry.queries import bodies
from tests import factories

pytestmark = pytest.mark.django_db


def _revisions():
    return {(entry.noun, entry.key): entry.revision for entry in Entry.objects.all()}


def _save(record, **values):
    """Save a page of the reference book; the entries that were written by it."""
    before, stored = reference.read(record), _revisions()
    for name, value in values.items():
        setattr(record, name, value)
    record.save()
    reference.changed(record=record, before=before, by=SYSTEM)
    written = {each for each, revision in _revisions().items() if revision != stored.get(each)}
    for noun, key in written:
        [built] = bodies.build(noun, [key])
        assert Entry.objects.get(noun=noun, key=key).body == built.json
    return written


def test_title_of_an_article_reaches_everything_that_names_it():
    rows = [{"article": 13, "basis": "stated"}]
    activity, document = factories.activity(articles=rows), factories.guidance(articles=rows)
    area = factories.area(articles=[13])

    written = _save(Article.objects.get(number=13), title_en="Money, for the test")

    ours = {(each.noun, each.slug) for each in (activity, document, area)}
    assert ours | {("article", "13")} <= written


def test_summary_of_an_article_is_its_own():
    written = _save(Article.objects.get(number=13), summary="Says so.")

    assert written == {("article", "13")}


def test_name_of_a_country_reaches_everything_that_names_it():
    activity = factories.activity(countries=["TV"])
    meeting, partner = factories.meeting(country="TV"), factories.partner(country="TV")

    written = _save(Country.objects.get(code="TV"), name_en="Tuvalu, for the test")

    ours = {(each.noun, each.slug) for each in (activity, meeting, partner)}
    assert ours | {("country", "TV")} <= written


def test_name_in_another_language_is_shown_by_the_country_alone():
    factories.activity(countries=["TV"])

    written = _save(Country.objects.get(code="TV"), name_fr="Tuvalu, pour l’essai")

    assert written == {("country", "TV")}


def test_change_is_recorded_with_before_and_after():
    country = Country.objects.get(code="TV")
    before = reference.read(country)

    _save(country, name_fr="Tuvalu, pour l’essai")

    event = Event.objects.about("country", "TV").first()
    assert (event.verb, event.before) == ("change", before)
    assert event.after == before | {"name_fr": "Tuvalu, pour l’essai"}
    assert event.revision == Entry.objects.get(noun="country", key="TV").revision


def test_saved_as_it_was_leaves_nothing():
    country = Country.objects.get(code="TV")
    before = reference.read(country), _revisions(), Event.objects.count()

    told = reference.changed(record=country, before=before[0], by=SYSTEM)

    assert told is False
    assert (_revisions(), Event.objects.count()) == before[1:]


def test_page_is_read_for_change_by_its_mark():
    country = Country.objects.get(code="TV")
    values = reference.read(country)

    assert reference.unchanged(country, reference.mark(values), {}) == values


def test_page_that_somebody_else_changed_is_stale():
    country = Country.objects.get(code="TV")
    seen = reference.mark(reference.read(country))
    _save(country, name_fr="Tuvalu, pour l’essai")

    with pytest.raises(Stale, match="Nothing was saved") as told:
        reference.unchanged(country, seen, {"name_fr": "Tuvalu à moi"})

    assert told.value.differences() == [("name_fr", "Tuvalu, pour l’essai", "Tuvalu à moi")]
    assert reference.unchanged(country, told.value.version, {}) == told.value.current


def test_new_page_is_told_as_created():
    stored = Term.objects.order_by("pk").first()
    term = Term.objects.get(pk=stored.pk)
    term.pk, term.slug = None, "zinnober"
    for field in term._meta.concrete_fields:
        if field.unique and not field.primary_key and field.name != "slug":
            setattr(term, field.name, "Zinnober")
    term.save()

    told = reference.changed(record=term, before=None, by=SYSTEM)

    event = Event.objects.about("term", "zinnober").get()
    assert (told, event.verb, event.before) == (True, "create", None)
    assert Entry.objects.filter(noun="term", key="zinnober").exists()


@pytest.mark.parametrize("model", reference.NOUNS)
def test_every_page_has_an_address_and_values(model):
    record = model.objects.order_by("pk").first()

    noun, key = reference.address(record)
    values = reference.read(record)

    code = record.slug if model in (Decision, Term) else record.pk
    assert (noun, key) == (reference.NOUNS[model], str(code))
    assert values == reference.read(model.objects.get(pk=record.pk))
    assert "id" not in values


@pytest.mark.slow
def test_articles_of_an_annex_are_written_before_and_after():
    annex = Annex.objects.order_by("pk").first()
    before = reference.read(annex)
    annex.articles.set([4])

    reference.changed(record=annex, before=before, by=SYSTEM)

    assert entries.differences() == []
