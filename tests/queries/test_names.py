"""Who looks for a record by a name of it finds it first."""

import random
from collections import Counter

import pytest
from django.db import transaction
from django.utils.datastructures import MultiValueDict

from registry import words
from registry.actions import entries, partners
from registry.models import Activity, EntryName, Partner
from registry.permissions import SYSTEM
from registry.queries import bodies
from registry.queries.search import search
from tests import factories

pytestmark = pytest.mark.django_db


def first(text, noun=""):
    hit = search(text, noun=noun, limit=1).hits[0]
    return hit.noun, hit.key


def listed_first(noun, text):
    return bodies.LISTS[noun].ask(MultiValueDict({"q": [text]})).keys(0, 1)


ASGM_PLAN = "gef-9478-national-action-plan-on-mercury-in-the-artisanal-and-small"
PLANETGOLD = "gef-planetgold-programme-in-nine-countries"
NAMED = [
    # articles, as they are spoken of
    ("article 7", "article", "7"),
    ("Article 7", "article", "7"),
    ("art. 7", "article", "7"),
    ("Art 7", "article", "7"),
    ("ARTICLE  7.", "article", "7"),
    ("article7", "article", "7"),
    ("7", "article", "7"),
    ("Article 7. Artisanal and small-scale gold mining", "article", "7"),
    ("7 artisanal and small-scale gold mining", "article", "7"),
    ("artículo 7", "article", "7"),
    ("статья 7", "article", "7"),
    ("第7条", "article", "7"),
    ("المادة 7", "article", "7"),
    ("article 17", "article", "17"),
    ("Releases", "article", "9"),
    ("释放", "article", "9"),
    # partners, by name, acronym, other name and code
    ("United Nations Institute for Training and Research", "partner", "unitar"),
    ("unitar", "partner", "unitar"),
    ("A.M.I.C.A.", "partner", "amica-italy"),
    ("amica", "partner", "amica-italy"),
    ("Pure Earth", "partner", "blacksmith-institute"),
    ("asociacion argentina de medicos por el medio ambiente", "partner", "aamma"),
    ("alliance-for-responsible-mining", "partner", "alliance-for-responsible-mining"),
    ("Association for Responsible Mining", "partner", "alliance-for-responsible-mining"),
    # countries
    ("Kenya", "country", "KE"),
    ("ke", "country", "KE"),
    ("KEN", "country", "KE"),
    ("Кения", "country", "KE"),
    ("cote d’ivoire", "country", "CI"),
    # activities
    ("A-0042-2", "activity", ASGM_PLAN),
    ("a 0042 2", "activity", ASGM_PLAN),
    ("9478", "activity", ASGM_PLAN),
    ("GEF 9478", "activity", ASGM_PLAN),
    (ASGM_PLAN, "activity", ASGM_PLAN),
    # the others
    ("MC-1/6", "decision", "cop1-art13-sip"),
    ("mc 1 6", "decision", "cop1-art13-sip"),
    ("APCD", "term", "apcd"),
    ("air pollution control device", "term", "apcd"),
    ("Chlor-alkali", "area", "chlor-alkali"),
    ("artisanal and small-scale gold mining (ASGM)", "area", "asgm"),
    ("artisanal and small scale gold mining", "area", "asgm"),
    ("PlanetGold programme in nine countries", "contribution", PLANETGOLD),
    ("Guidance on Mercury Releases", "guidance", "guidance-on-mercury-releases"),
    (
        "air transport and fate research: third meeting",
        "meeting",
        "air-transport-and-fate-research-third-meeting",
    ),
]


@pytest.mark.parametrize(("text", "noun", "key"), NAMED)
def test_a_name_finds_its_record_first(registry_data, text, noun, key):
    assert listed_first(noun, text) == [key]
    # Others may be called the same: those of that title, and if there are none, of that name.
    called = EntryName.objects.filter(name=words.name(text)).order_by("-is_title")
    best = called.filter(is_title=called[0].is_title).values_list("entry__noun", "entry__key")
    assert first(text) in best
    assert (noun, key) in called.values_list("entry__noun", "entry__key")


def test_each_noun_is_found_by_a_name():
    assert {noun for _, noun, _ in NAMED} == set(bodies.NOUNS)


def test_every_activity_is_found_by_its_title(registry_data):
    titles = Counter(Activity.objects.published().values_list("title", flat=True))
    chosen = random.Random(7).sample(sorted(titles), 60)

    for activity in Activity.objects.filter(title__in=chosen):
        if titles[activity.title] == 1:
            assert first(activity.title, noun="activity") == ("activity", activity.slug)


def test_every_partner_is_found_by_its_name_and_its_acronym(registry_data):
    names = Counter(EntryName.objects.filter(entry__noun="partner").values_list("name", flat=True))

    for partner in Partner.objects.published():
        for name in filter(None, (partner.name, partner.acronym)):
            if names[words.name(name)] == 1:
                assert listed_first("partner", name) == [partner.slug]


@pytest.mark.parametrize("spoken", ["Article {}", "art. {}", "{}"])
def test_every_article_is_found_as_it_is_spoken_of(registry_data, spoken):
    for number in range(1, 36):
        assert first(spoken.format(number)) == ("article", str(number))


def test_the_title_comes_before_other_names():
    by_title = factories.partner(name="Zinnober")
    other = factories.partner(name="Kalomel", acronym="ZINNOBER")
    said = factories.partner(name="Zinnober Zinnober Zinnober")

    found = [(hit.noun, hit.key) for hit in search("zinnober").hits]

    assert found == [("partner", each.slug) for each in (by_title, other, said)]
    assert listed_first("partner", "Zinnober!") == [by_title.slug]


def test_a_name_that_is_no_word_of_the_record_is_counted(registry_data):
    held = search("art. 7")
    with transaction.atomic():
        factories.partner()
        in_database = search("art. 7")
        transaction.set_rollback(True)

    assert held.by_noun == in_database.by_noun
    assert held.by_noun["article"] == 1
    assert bodies.LISTS["article"].ask(MultiValueDict({"q": ["art. 7"]})).count() == 1


def test_names_follow_the_record():
    partner = factories.partner(name="Zinnober", acronym="ZI", other_names=["Cinnabar (old)"])
    assert names_of(partner) == {
        "zinnober": True,
        "zi": False,
        "cinnabarold": False,
        "cinnabar": False,
        words.name(partner.slug): partner.slug == "zinnober",
    } | {"zinnober": True}

    partners.change(record=partner, values={"name": "Kalomel"}, version=1, by=SYSTEM)
    assert (names_of(partner)["kalomel"], "cinnabar" in names_of(partner)) == (True, True)
    assert search("zinnober").total == len({partner.slug} & {"zinnober"})

    partners.withdraw(record=partner, version=2, reason="A test.", by=SYSTEM)
    assert names_of(partner) == {}

    partners.restore(record=partner, version=3, by=SYSTEM)
    assert names_of(partner)["kalomel"]
    assert entries.differences() == []


def names_of(record):
    named = EntryName.objects.filter(entry__noun=record.noun, entry__key=record.slug)
    return dict(named.values_list("name", "is_title"))


@pytest.mark.slow
def test_names_that_are_lost_are_written_again():
    partner = factories.partner(acronym="ZINNOBER")
    EntryName.objects.filter(name="zinnober").delete()

    assert entries.differences() == [("partner", partner.slug)]
    assert entries.rebuild() == 1
    assert names_of(partner)["zinnober"] is False
    assert entries.differences() == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("GMP-0042", "gmp0042"),
        ("G.M.P. 0042", "gmp0042"),
        ("MC-1/12", "mc1-12"),
        ("MC 11/2", "mc11-2"),
        ("  Évaluation: du “Cœur” ", "evaluationducoeur"),
        ("第7条", "第7条"),
        ("?!", ""),
    ],
)
def test_names_are_compared_without_what_people_leave_out(text, name):
    assert words.name(text) == name
