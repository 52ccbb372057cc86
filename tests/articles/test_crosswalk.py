"""From plain words to forms in six languages and to articles."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import crosswalk
from articles.languages import LANGUAGES
from articles.stemming import stem, tokens

with crosswalk.VOCABULARY.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))

THERMOMETER = {
    "thermometer",
    "thermomètre",
    "termómetro",
    "термометр",
    "градусник",
    "温度计",
    "体温计",
    "ترمومتر",
    "ميزان حرارة",
    "محرار",
}


@pytest.mark.parametrize(
    "word",
    ["thermometer", "Thermometers", "THERMOMETRE", "termometro", "термометра", "体温计", "المحرار"],
)
def test_a_word_stands_for_its_forms_in_six_languages(word):
    assert crosswalk.forms_of(word) == THERMOMETER


@pytest.mark.parametrize("word", ["", "  ", "programme", "cœlacanthe", "thermometer lamp"])
def test_an_unknown_word_has_no_forms(word):
    assert crosswalk.forms_of(word) == frozenset()


def test_a_phrase_is_matched_as_a_phrase():
    assert "dentistry" in crosswalk.forms_of("dental amalgams")
    assert "dentistry" not in crosswalk.forms_of("amalgam")


def test_the_written_form_comes_before_the_stem():
    assert crosswalk.forms_of("amalgam").isdisjoint(crosswalk.forms_of("amalgamation"))


def test_a_form_with_another_meaning_elsewhere_is_understood_but_not_offered():
    assert crosswalk.forms_of("formation") == crosswalk.forms_of("training")
    assert "formation" not in crosswalk.forms_of("training")
    assert "formation" in crosswalk.known_words()
    assert crosswalk.forms_of("or") == frozenset()
    assert "d'or" in crosswalk.forms_of("gold")


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("thermometer", [4]),
        ("Lámparas y pilas", [4]),
        ("storage of waste", [10, 11]),
        ("waste in storage", [11, 10]),
        ("mercury in fish and hair", [16, 19]),
        ("guidance on contaminated sites", [12]),
        ("small-scale gold mining with cyanide", [7]),
        ("lamps or batteries", [4]),
        ("水银体温计", [4]),
        ("تخزين النفايات", [10, 11]),
        ("люминесцентных ламп", [4]),
        ("déchets", [11]),
        ("chlor-alkali", [5, 3]),
        ("mercury", []),
        ("", []),
        ("programme of work", []),
    ],
)
def test_articles_for_plain_words_best_first(words, articles):
    assert crosswalk.articles_for(words) == articles


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["concept"])
def test_every_form_of_a_concept_leads_to_it_and_to_its_articles(row):
    cells = [row[language].split(";") for language in LANGUAGES]
    forms = [form.removesuffix("*") for cell in cells for form in cell]
    offered = {form for cell in cells for form in cell if not form.endswith("*")}
    articles = [int(number) for number in row["articles"].split(";") if number]

    assert {form: crosswalk.forms_of(form) for form in forms} == dict.fromkeys(forms, offered)
    assert {f: crosswalk.articles_for(f) for f in forms} == dict.fromkeys(forms, articles)
    assert crosswalk.known_words().issuperset(forms)


def test_no_two_concepts_share_a_form():
    owners: dict[tuple[str, ...], set[str]] = {}
    for row in ROWS:
        for language in LANGUAGES:
            for form in row[language].split(";"):
                owners.setdefault(tuple(tokens(form)), set()).add(row["concept"])

    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_every_concept_has_a_form_in_each_language():
    assert [row["concept"] for row in ROWS if not all(row[lang] for lang in LANGUAGES)] == []
    assert len(ROWS) == 85


@given(st.text(max_size=60))
def test_any_query_is_answered_with_articles_of_the_convention(words):
    articles = crosswalk.articles_for(words)

    assert set(articles) <= set(range(1, 36))
    assert len(set(articles)) == len(articles)


@given(st.text(max_size=30))
def test_stems_of_any_text_can_be_taken(text):
    assert all(isinstance(stem(word), str) for word in tokens(text))


@pytest.mark.parametrize(
    ("words", "leading"),
    [
        ("Storage of coal", {10: ["Storage"], 8: ["coal"]}),
        ("dental Amalgam", {4: ["dental Amalgam"]}),
        ("水银体温计", {4: ["体温计"]}),
        ("Déchets de lampes", {11: ["Déchets"], 4: ["lampes"]}),
        ("mercury", {}),
    ],
)
def test_the_words_that_lead_to_an_article_are_told_as_typed(words, leading):
    assert crosswalk.leading_words(words) == leading
