"""What a title is about, whatever its words."""

from hypothesis import given
from hypothesis import strategies as st

from articles.gist import gist

NAP = {"nation", "action", "plan"}


def test_countries_are_taken_out_and_told_by_code():
    said = gist(
        "Mercury inventories in Côte d'Ivoire, Guinea-Bissau and the United Rep. of Tanzania"
    )

    assert said.countries == {"CI", "GW", "TZ"}
    assert said.words.keys() == {"mercuri", "inventori", "unit", "rep"}


def test_a_country_is_known_by_each_of_its_names():
    names = ("Viet Nam", "Vietnam", "VIET NAM", "Вьетнам", "越南", "فييت نام")

    assert [gist(f"Lamps in {name}").countries for name in names] == [{"VN"}] * len(names)


def test_a_country_within_a_longer_name_is_not_meant():
    assert gist("Gold in Papua New Guinea").countries == {"PG"}
    assert gist("Gold in Equatorial Guinea and Guinea").countries == {"GQ", "GN"}
    assert gist("Democratic Republic of the Congo").countries == {"CD"}


def test_abbreviations_and_other_languages_mean_the_same():
    titles = ("NAP for Rwanda", "Plan d'action national, Rwanda", "National Action Plans: Rwanda")

    assert [gist(title).meant.keys() for title in titles] == [NAP] * 3
    assert gist("MIA Ghana").meant == gist("Minamata Initial Assessment, Ghana").meant


def test_words_stay_as_they_are_written():
    assert gist("NAP for Rwanda").words == {"nap": "nap"}


def test_numbers_stand_apart_in_figures_and_words():
    assert gist("Sixth meeting of 2014, phase II").numbers == {"6", "2014", "2"}
    assert gist("6th meeting").numbers == {"6"}
    assert gist("Sixth meeting").words == {"meet": "meeting"}


def test_a_blank_title_is_about_nothing():
    said = gist("")

    assert (said.words, said.meant, said.countries) == ({}, {}, frozenset())


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    assert gist(text).countries <= frozenset(gist(f"{text}. ").countries)
