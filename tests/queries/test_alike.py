"""How alike two records are, and why: pure, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.gist import gist
from registry.queries.alike import facts, names, scores, titles
from registry.queries.alike.rarity import Rarity, counted
from registry.queries.alike.reasons import Reason

# All words say the same.
PLAIN = Rarity()

TITLE = "Reducing mercury releases from gold mining in Ghana"
SUMMARY = "The project trains miners in six villages to work with retorts and without mercury."


def values(**given):
    return {
        "title": TITLE,
        "summary": SUMMARY,
        "countries": ["GH"],
        "areas": ["asgm"],
        "articles": [{"article": 7, "basis": "stated"}],
        "participations": [{"partner": "agc", "role": "lead"}],
        "start": "2015-03",
        "end": "2018",
    } | given


def body(**given):
    return {
        "title": TITLE,
        "summary": SUMMARY,
        "countries": [{"code": "GH", "name": "Ghana"}],
        "areas": [{"slug": "asgm", "name": "", "short_name": ""}],
        "articles": [{"number": 7, "title": "", "basis": "stated"}],
        "partners": [{"slug": "agc", "name": "Artisanal Gold Council", "role": "lead"}],
        "start": "2015",
        "end": "2016-12-31",
        "gef_id": "",
        "url": "",
        "links": [],
    } | given


def alike(mine, theirs):
    return scores.activities(facts.of_values(mine), facts.of_body(theirs), PLAIN)


def score(mine, theirs):
    return alike(mine, theirs).score


def codes(mine, theirs):
    return [reason.code for reason in alike(mine, theirs).reasons]


def near(one, other):
    return titles.closeness(gist(one), gist(other), PLAIN.weight)


# Activities


def test_the_same_activity_is_alike_for_every_reason():
    found = alike(values(), body())

    assert found.score == 1.0
    assert found.reasons == (
        Reason("same-title"),
        Reason("summary"),
        Reason("countries-and-years", ("Ghana", "2015–2016")),
        Reason("partners", ("Artisanal Gold Council",)),
        Reason("articles-and-areas"),
    )


def test_the_reasons_are_sentences():
    said = [reason.sentence for reason in alike(values(), body()).reasons]

    assert said == [
        "The same title",
        "Similar summary",
        "Same country and overlapping years: Ghana, 2015–2016",
        "Same partner: Artisanal Gold Council",
        "Same articles and area",
    ]


def test_of_many_names_the_rest_is_counted():
    reason = Reason("countries", ("Chad", "Ghana", "Kenya", "Mali", "Niger"))

    assert reason.sentence == "Same country: Chad, Ghana, Kenya and 2 more"


def test_the_same_gef_number_is_enough():
    mine = {"title": "Réduction du mercure au Ghana", "gef_id": " GEF 05302 "}

    found = alike(mine, body(gef_id="5302"))

    assert found.score >= scores.KEY
    assert found.reasons[0] == Reason("gef", ("5302",))


def test_other_gef_numbers_speak_against():
    same, other = body(gef_id="1"), body(gef_id="2", summary="")

    mine = values(gef_id="1", summary="")
    assert score(mine, other) < score(values(summary=""), other) < score(mine, same)


def test_the_same_identifier_counts_within_its_system():
    mine = {"title": "x", "source_system": "IATI", "external_id": "XM-7"}

    assert codes(mine, {"source_system": "IATI", "external_id": "XM-7"}) == ["identifier"]
    assert score(mine, {"source_system": "UNDP", "external_id": "XM-7"}) == 0


def test_an_address_is_the_same_in_any_form():
    mine = {"url": "http://www.example.org/p/7/"}

    assert codes(mine, body(url="https://example.org/p/7")) == ["url"]
    assert codes(mine, body(url="https://example.org/p/8")) == []
    assert codes({"url": "https://example.org"}, body(url="https://example.org/")) == []


def test_a_title_alone_is_shown_if_it_is_nearly_the_same():
    assert score({"title": TITLE.upper()}, body()) >= scores.SHOWN
    assert score({"title": "Reducing mercury relaeses from gold mining"}, body()) >= scores.SHOWN
    assert score({"title": "Mercury in dental clinics"}, body()) < scores.SHOWN


def test_a_short_title_needs_the_same_country_and_years():
    short = {"title": "Gold and villages"}

    assert score(short, body()) < scores.SHOWN
    assert score(values(**short, summary=""), body()) >= scores.SHOWN


def test_a_series_with_one_project_in_each_country_is_not_alike():
    mine = {"title": "Minamata Initial Assessment in Gabon"}
    theirs = {
        "title": "Minamata Initial Assessment in Ghana",
        "countries": [{"code": "GH", "name": "Ghana"}],
    }

    assert score(mine, theirs) < scores.SHOWN
    assert score(mine, theirs | {"countries": [{"code": "GA", "name": "Gabon"}]}) > scores.SHOWN


def test_meetings_are_told_apart_by_their_numbers():
    sixth, tenth = "Sixth meeting of the advisory group", "Tenth meeting of the advisory group"

    assert near(sixth, tenth) == pytest.approx(titles.OTHER_NUMBERS)
    assert near(sixth, sixth.replace("Sixth", "6th")) == 1.0


def test_years_that_lie_apart_speak_against():
    together, apart = body(start="2015", end="2015"), body(start="2022", end="2024")

    assert score(values(summary=""), apart) < score(values(summary=""), together)


def test_who_only_pays_is_no_partner_in_common():
    funding = {"participations": [{"partner": "gef", "role": "funding"}]}
    theirs = body(partners=[{"slug": "gef", "name": "GEF", "role": "funding"}])

    assert "partners" not in codes(values(**funding), theirs)


# Titles


@pytest.mark.parametrize(
    "other",
    [
        "gold mining in ghana: reducing mercury releases",
        "Reducing mercury relases from gold minning",
        "Reducing quicksilver releases from gold mining",
        "Réduire: mercure, rejets, orpaillage",
    ],
)
def test_a_title_is_near_in_other_words(other):
    assert near("Reducing mercury releases from gold mining in Ghana", other) >= scores.NEAR


def test_shortened_words_are_meant_to_be_the_long_ones():
    assert near("Dev. of a proj. on lamps", "Development of a project on lamps") > 0.9
    assert near("wksp on lamps", "Workshop on lamps") > 0.9


def test_other_words_are_no_slips():
    assert near("paste", "waste") == 0
    assert near("lamp", "damp") == 0
    assert near("pln", "planetGOLD") == 0


def test_a_rare_word_says_more_than_a_common_one():
    common = [(f"Mercury project {word}", "") for word in "abcdefghijklmnopqrst"]
    rarity = counted([*common, ("Cinnabar in caves", "")])

    one, other = gist("Mercury project: cinnabar"), gist("Cinnabar")
    assert titles.closeness(one, other, rarity.weight) > near("Mercury project: lamps", "Lamps")
    assert rarity.weight("cinnabar") > rarity.weight("mercuri") >= 0.05


# Whatever is typed


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=5,
)
NAMES = ("title", "summary", "countries", "areas", "articles", "participations", "start", "end")
NAMES += ("gef_id", "url", "links", "editions", "publishers", "year", "source_system")
NAMES += ("external_id", "name", "acronym", "other_names", "country", "website", "abstract")


@given(st.dictionaries(st.sampled_from(NAMES), JUNK) | JUNK)
def test_half_typed_nonsense_is_read(given_values):
    mine = facts.of_values(given_values)

    assert 0 <= scores.activities(mine, facts.of_body(body()), PLAIN).score <= 1
    assert 0 <= scores.documents(mine, facts.of_body(body()), PLAIN).score <= 1
    mine = names.of_values(given_values)
    assert 0 <= names.organisations(mine, mine, PLAIN).score <= 1


@given(st.text(max_size=40), st.text(max_size=40))
def test_nearness_is_the_same_in_both_directions(one, other):
    assert near(one, other) == pytest.approx(near(other, one), abs=0.2)
    assert 0 <= near(one, other) <= 1.000001


# Documents


def test_another_edition_of_a_document_is_alike():
    mine = {"title": "Mercury in skin lightening products", "year": 2019, "publishers": ["who"]}
    theirs = {
        "title": "Mercury in Skin-Lightening Products",
        "year": 2011,
        "publishers": [{"slug": "who", "name": "World Health Organization"}],
    }

    found = scores.documents(facts.of_values(mine), facts.of_body(theirs), PLAIN)

    assert found.score >= scores.SHOWN_DOCUMENTS
    assert [reason.code for reason in found.reasons] == ["near-title", "publishers"]


def test_a_translation_is_alike_by_address_publisher_and_subject():
    mine = {
        "title": "Le mercure : le temps d'agir",
        "url": "https://grid.example.org/2",
        "editions": [{"language": "fr", "url": ""}],
        "publishers": ["unep"],
        "year": 2013,
    }
    theirs = {
        "title": "Mercury: Time to Act",
        "url": "https://grid.example.org/2/",
        "editions": [{"language": "en", "url": ""}],
        "publishers": [{"slug": "unep", "name": "UNEP"}],
        "year": 2013,
    }

    found = scores.documents(facts.of_values(mine), facts.of_body(theirs), PLAIN)

    assert found.score >= scores.SHOWN_DOCUMENTS
    assert {"url", "publishers", "year", "languages"} <= {each.code for each in found.reasons}
