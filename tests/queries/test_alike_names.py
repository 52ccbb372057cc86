"""How alike two organisations are by their names: pure, without a database."""

import pytest

from registry.queries.alike import names
from registry.queries.alike.letters import is_mixed, skeleton
from registry.queries.alike.rarity import Rarity
from registry.queries.alike.scores import SHOWN

AGC = {
    "name": "Artisanal Gold Council",
    "acronym": "AGC",
    "other_names": ["Artisanal Gold Council (Canada)"],
    "country": {"code": "CA", "name": "Canada"},
    "website": "https://artisanalgold.org",
}


def alike(mine, theirs=AGC):
    return names.organisations(names.of_values(mine), names.of_body(theirs), Rarity())


def codes(mine, theirs=AGC):
    return [reason.code for reason in alike(mine, theirs).reasons]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("ARTISANAL GOLD COUNCIL", "same-name"),
        ("Artisanal  Gold Cóuncil", "same-name"),
        ("Artisanal Gold Concil", "near-name"),
        ("Gold Council, Artisanal", "near-name"),
        ("Аrtisanal Gоld Council", "letters"),
        ("Artisanal G0ld Council", "letters"),
    ],
)
def test_a_confusable_name_is_shown_with_its_reason(typed, code):
    found = alike({"name": typed})

    assert found.score >= SHOWN
    assert found.reasons[0].code == code
    assert found.reasons[0].values == ("Artisanal Gold Council",)


def test_an_acronym_is_the_same_without_dots():
    assert codes({"name": "Something else", "acronym": "a.g.c."}) == ["acronym"]
    assert alike({"acronym": "A.G.C."}).score >= SHOWN


def test_an_acronym_typed_as_the_name():
    assert codes({"name": "AGC"}) == ["initials"]


def test_a_name_whose_acronym_is_typed_first():
    theirs = {"name": "Artisanal Gold Council"}

    assert codes({"name": "?", "acronym": "AGC"}, theirs) == ["initials"]


def test_the_same_web_site():
    assert codes({"name": "x", "website": "http://www.artisanalgold.org/about"}) == ["host"]
    assert codes({"name": "x", "website": "artisanalgold.org"}) == ["host"]


def test_a_page_where_anybody_has_one_says_nothing():
    page = {"name": "x", "website": "https://www.facebook.com/agc"}

    assert alike(page, {"name": "Others", "website": "https://facebook.com/others"}).score == 0


def test_ministries_of_two_countries_are_not_alike():
    theirs = {"name": "Ministry of Environment", "country": {"code": "GH", "name": "Ghana"}}

    assert alike({"name": "Ministry of Environment", "country": "KE"}, theirs).score < SHOWN
    assert alike({"name": "Ministry of the Environment of Kenya"}, theirs).score < SHOWN
    assert alike({"name": "Ministry of the Environment", "country": "GH"}, theirs).score >= SHOWN


def test_a_government_is_its_country():
    theirs = {"name": "Japan", "other_names": ["Government of Japan"]}

    assert alike({"name": "Government of Japan"}, theirs).score >= SHOWN
    assert alike({"name": "Government of Norway"}, theirs).score < SHOWN


def test_other_organisations_are_not_alike():
    for name in ("World Gold Council", "Artisanal Mining Fund", "Council of Europe", "Gold"):
        assert alike({"name": name}).score < SHOWN, name


def test_letters_are_compared_as_they_look():
    assert skeleton("Мercury") == skeleton("mercury") == "mercury"
    assert is_mixed("Мercury")
    assert not is_mixed("Росгидромет")
    assert not is_mixed("Council")
