"""Look-alike pairs, and two records side by side."""

import pytest

from registry.actions import activities, joins, partners
from registry.models import Entry
from registry.permissions import SYSTEM
from registry.queries import joins as alike
from tests import factories

pytestmark = pytest.mark.django_db
FEW = 5


@pytest.fixture(autouse=True)
def few(monkeypatch):
    """Pages of a few records: each is compared with all that may be like it."""
    monkeypatch.setattr(alike, "STRETCH", FEW)


def _two():
    given = {"countries": ["KE"], "start": "2015", "summary": "Retorts for miners."}
    title = "Quokka friendly retorts for Migori"
    return factories.activity(title=title, **given), factories.activity(title=title, **given)


def _found(page):
    return [{pair.one["slug"], pair.other["slug"]} for pair in page.pairs]


def test_pair_comes_once_with_its_reasons():
    one, other = _two()

    page = alike.pairs("activity")

    found = [pair for pair in page.pairs if one.slug in (pair.one["slug"], pair.other["slug"])]
    assert [{pair.one["slug"], pair.other["slug"]} for pair in found] == [{one.slug, other.slug}]
    assert [reason.sentence for reason in found[0].reasons][0] == "The same title"
    assert found[0].score > 0.8


def test_best_come_first():
    _two()

    scores = [pair.score for pair in alike.pairs("activity").pairs]

    assert scores == sorted(scores, reverse=True)


def test_pairs_kept_apart_are_left_out_whichever_stands_first():
    one, other = _two()
    joins.keep_apart(noun="activity", one=other.slug, other=one.slug, why="", by=SYSTEM)

    assert {one.slug, other.slug} not in _found(alike.pairs("activity"))
    assert alike.is_apart("activity", one.slug, other.slug)
    assert alike.is_apart("activity", other.slug, one.slug)


def test_withdrawn_records_are_in_no_pair():
    one, other = _two()
    activities.withdraw(record=other, version=1, reason="A test.", by=SYSTEM)

    assert {one.slug, other.slug} not in _found(alike.pairs("activity"))


@pytest.mark.parametrize("noun", ["activity", "guidance", "partner"])
def test_pages_go_through_all_records(noun, registry_data):
    behind = Entry.objects.public().filter(noun=noun).order_by("pk")[12].pk
    compared, page = 0, alike.pairs(noun, before=behind)
    while page.next is not None:
        compared, page = compared + page.compared, alike.pairs(noun, before=page.next)

    assert compared + page.compared == 12


def test_same_names_are_found_however_old_they_are(monkeypatch):
    one, other = _two()
    monkeypatch.setattr(alike, "STRETCH", 1)
    factories.activity()

    assert {one.slug, other.slug} in _found(alike.pairs("activity"))


def test_page_asks_the_same_however_many_records(django_assert_max_num_queries, registry_data):
    alike.pairs("activity")

    # Some questions for each record, whatever the registry holds.
    with django_assert_max_num_queries(FEW * 25):
        alike.pairs("activity")


def _choices(noun, verbs, one, other):
    values = verbs.SHAPE.read(one), verbs.SHAPE.read(other)
    return {each.name: each for each in alike.choices(noun, *values)}


def test_choices_say_values_in_words_and_what_is_taken():
    one = factories.activity(title="Ash", summary="Short.", countries=["KE"], kind="inventory")
    other = factories.activity(title="Birch", summary="Longer text.", start="2014")

    found = _choices("activity", activities, one, other)

    said = {
        name: (found[name].label, found[name].kept, found[name].gone, found[name].taken)
        for name in ("title", "summary", "countries", "kind", "start")
    }
    assert said == {
        "title": ("Title", ["Ash"], ["Birch"], "kept"),
        "summary": ("Summary", ["Short."], ["Longer text."], "gone"),
        "countries": ("Countries", ["Kenya"], [], "both"),
        "kind": ("Kind", ["Inventory"], ["Awareness and exchange"], "kept"),
        "start": ("Start", [], ["2014"], "gone"),
    }
    assert (found["title"].differs, found["level"].differs) == (True, False)
    assert "slug" not in found


@pytest.mark.parametrize("noun", ["activity", "guidance", "partner"])
def test_every_field_has_words(noun):
    made = {"activity": factories.activity, "guidance": factories.guidance}
    record = made.get(noun, factories.partner)()
    from registry.actions.following import NOUNS

    shape = NOUNS[noun].shape
    found = alike.choices(noun, shape.read(record), shape.read(record))

    assert {each.name for each in found} == shape.names - {"slug"}
    assert [each.label for each in found if "_" in each.label] == []


def test_standing_of_a_partner_is_kept_and_what_goes_with_it():
    named = {"name": "x", "standing": "named", "represented_by": None}
    other = {"name": "y", "standing": "partner", "represented_by": None}

    assert alike.taken("standing", named, other) == "gone"
    assert alike.taken("standing", other, named) == "kept"


def test_identifier_and_its_system_are_taken_together():
    one = {"source_system": "GEF", "external_id": ""}
    other = {"source_system": "IATI", "external_id": "17"}

    assert alike.taken("external_id", one, other) == alike.taken("source_system", one, other)


def test_partner_is_named_by_whom_it_is_represented():
    whole = factories.partner(name="Union of quokkas")
    part = factories.partner(standing="represented", represented_by=whole.slug, evidence="")

    found = _choices("partner", partners, part, factories.partner())

    assert found["represented_by"].kept == ["Union of quokkas"]
