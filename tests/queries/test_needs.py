"""What the finder is asked: articles by number or by plain words, and what is refused."""

import pytest
from django.utils.datastructures import MultiValueDict

from registry.errors import Misunderstood
from registry.queries.finder import needs
from registry.queries.finder.asked import asked
from registry.queries.finder.needs import By, Candidate
from tests import factories


def question(**values):
    return asked(MultiValueDict({name: [value] for name, value in values.items()}))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7", 7),
        ("Article 7", 7),
        ("art. 7", 7),
        ("Artículo 12", 12),
        ("статья 8", 8),
        ("第7条", 7),
        ("المادة 7", 7),
        ("٧", 7),
        ("7.3(a)", 7),
        ("Article 7(3)(a)", 7),
        ("7. Artisanal and small-scale gold mining", 7),
        ("gold", None),
        ("7 lamps", None),
        ("2020", None),
        ("", None),
    ],
)
def test_an_article_is_named_in_the_ways_people_name_it(text, number):
    assert needs.numbered(text) == number


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "candidates", "outside"),
    [
        ("dental amalgam", [(4, By.VOCABULARY, ("dental amalgam",))], ()),
        ("amalgame dentaire", [(4, By.VOCABULARY, ("amalgame dentaire",))], ()),
        ("水银体温计", [(4, By.VOCABULARY, ("体温计",))], ()),
        (
            "storage of coal and fish",
            [(10, By.VOCABULARY, ("storage",)), (8, By.VOCABULARY, ("coal",))],
            (16, 19),
        ),
    ],
)
def test_words_of_the_vocabulary_lead_to_articles(registry_data, words, candidates, outside):
    need = needs.need_of(words)

    assert [(each.article, each.by, each.words) for each in need.candidates] == candidates
    assert need.outside == outside


@pytest.mark.django_db
def test_words_that_the_vocabulary_does_not_know_are_looked_for_in_articles(registry_data):
    need = needs.need_of("assembled")

    assert need.candidates == (Candidate(4, By.TEXT),)
    assert need.chosen.why == "its text holds what you wrote"


@pytest.mark.django_db
def test_words_that_no_article_holds_are_looked_for_in_guidance(registry_data):
    for articles in ([9], [9, 12]):
        factories.guidance(
            title="On zyxword", articles=[{"article": n, "basis": "stated"} for n in articles]
        )

    need = needs.need_of("zyxword")

    assert need.candidates == (
        Candidate(9, By.DOCUMENTS, count=2),
        Candidate(12, By.DOCUMENTS, count=1),
    )
    assert need.chosen.why == "2 documents found by your words serve it"


@pytest.mark.django_db
def test_words_that_nothing_holds_lead_nowhere_and_a_better_spelling_is_offered(registry_data):
    need = needs.need_of("cinabbar zyxword")

    assert (need.candidates, need.chosen) == ((), None)
    assert need.suggestion == "cinnabar zyxword"


@pytest.mark.django_db
def test_the_article_that_is_chosen_comes_first_and_keeps_its_reason(registry_data):
    assert [each.article for each in needs.need_of("coal waste", 11).candidates] == [11, 8]
    assert needs.need_of("coal waste", 11).chosen.words == ("waste",)
    assert needs.need_of("coal", 12).chosen == Candidate(12, By.CHOICE)
    assert [each.article for each in needs.need_of("8", 7).candidates] == [7, 8]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "name", "remedy"),
    [
        ({"country": "ZZ"}, "country", "“ZZ” is not the code of a country"),
        ({"country": "Ghana"}, "country", "write its code of two letters, GH"),
        ({"need": "16"}, "need", "not one of Articles 3–14"),
        ({"need": "Article 99"}, "need", "not one of Articles 3–14"),
        ({"need": "x" * 201}, "need", "longer than 200 characters"),
        ({"article": "gold"}, "article", "“gold” is not one of: 3, 4"),
        ({"article": "16"}, "article", "“16” is not one of: 3, 4"),
        ({"language": "de"}, "language", "“de” is not one of: ar, zh"),
        ({"colour": "red"}, "colour", "There is no such filter here"),
    ],
)
def test_what_is_not_understood_is_refused_by_name(registry_data, values, name, remedy):
    with pytest.raises(Misunderstood) as refused:
        question(**values)

    assert list(refused.value.problems) == [name]
    assert remedy in refused.value.problems[name]


@pytest.mark.django_db
def test_all_that_is_wrong_is_said_at_once(registry_data):
    with pytest.raises(Misunderstood) as refused:
        question(country="ZZ", language="de", colour="red")

    assert set(refused.value.problems) == {"country", "language", "colour"}


@pytest.mark.django_db
def test_a_country_is_known_in_small_letters_too(registry_data):
    assert question(country="gh", need="7").country == "GH"
