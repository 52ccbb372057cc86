"""Words as search sees them, in six languages: folded, stemmed, expanded, marked and cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import words
from registry.words import Piece, marked, parse, snippet

# Letters of all six languages, joined and loose accents, marks that quote, cut and join.
TEXTS = st.text(
    alphabet=st.sampled_from("aeé\u0301œİßñЙйртуть汞污染زئبقًـ \n-.·’'\"«»“”0179-_\u00ad\u200b"),
    max_size=300,
)
QUERIES = ["mercury", "ртуть", "زئبق", "汞", "mercure", '"dental amalgam"', "a e", "é 17"]


def _hits(pieces):
    return [piece.text for piece in pieces if piece.is_hit]


def _joined(pieces):
    return "".join(piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("Évaluation du Cœur", ["evaluation", "du", "coeur"]),
        ("A-1042-1", ["a", "1042", "1"]),
        ("汞污染", ["汞", "污", "染"]),
        ("Zn汞Zn", ["zn", "汞", "zn"]),
        ("_under_score_", ["under", "score"]),
        ("Новый ЁЖ", ["новыи", "еж"]),
        ("", []),
        ("…—!?", []),
        ("x" * 70, ["x" * 60]),
    ],
)
def test_tokens(text, tokens):
    assert words.tokens(text) == tokens


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lamps", "lamp"),
        ("Évaluations", "evaluation"),
        ("ртути", "ртуть"),
        ("отходов", "отходы"),
        ("الزئبق", "زئبق"),
        ("والزئبق", "زئبق"),
        ("ENFANTS", "enfant"),
        ("cafe\u0301", "café"),
        ("emissions", "EMISSION"),
    ],
)
def test_forms_of_a_word_have_one_stem(one, other):
    assert words.stems(one) == words.stems(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("mercury", "merchant"), ("ртуть", "рот"), ("汞", "水")]
)
def test_different_words_have_different_stems(one, other):
    assert words.stems(one) != words.stems(other)


def test_stems_stand_in_the_order_of_the_text():
    assert words.stems("Lamps for two villages, lamps") == "lamp for two villag lamp"


@given(TEXTS)
def test_stems_hold_letters_and_digits_only(text):
    assert all(token.isalnum() or token == "" for token in words.stems(text).split(" "))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("zinnober", [("zinnob",)]),
        ("zinnober kalomel", [("zinnob",), ("kalomel",)]),
        ('"zinnober kalomel"', [("zinnob", "kalomel")]),
        ("“zinnober kalomel” rot", [("zinnob", "kalomel"), ("rot",)]),
        ("«zinnober kalomel»", [("zinnob", "kalomel")]),
        ("A-1042-1", [("a", "1042", "1")]),
        ("朱砂", [("朱", "砂")]),
        ('"zinnober', [("zinnob",)]),
        ("zinnober - …", [("zinnob",)]),
    ],
)
def test_query_is_read_as_phrases(text, phrases):
    groups = parse(text).groups

    assert len(groups) == len(phrases)
    assert all(phrase in group for phrase, group in zip(phrases, groups, strict=True))


@pytest.mark.parametrize("text", ["", "  ", '""', "…", '"', "« »", "-- !"])
def test_query_without_a_word_is_empty(text):
    query = parse(text)

    assert (bool(query), query.groups, query.phrases) == (False, (), frozenset())


def test_word_of_the_field_stands_for_its_forms_in_all_languages():
    phrases = parse("mercury").phrases

    for form in ("mercury", "mercure", "mercurio", "ртуть", "زئبق", "汞", "水银"):
        assert tuple(words.stems(form).split()) in phrases


@pytest.mark.parametrize("form", ["mercure", "ртути", "الزئبق", "汞", "MERCURIO"])
def test_any_language_leads_to_the_same_records(form):
    [asked], [english] = parse(form).groups, parse("mercury").groups

    assert ("mercuri",) in asked & english


def test_unknown_word_stands_for_itself():
    assert parse("zinnober").groups == (frozenset({("zinnob",)}),)


def test_long_query_is_cut_and_not_refused():
    query = parse("zinnober " * 1000)

    assert 0 < len(query.groups) <= words.LONGEST_QUERY // 8


def test_widened_query_asks_for_any_of_the_same_words():
    query = parse("zinnober kalomel")

    assert (query.any, query.widened().any) == (False, True)
    assert query.widened().groups == query.groups


@given(st.text(max_size=250))
def test_any_text_is_a_query(text):
    query = parse(text)

    assert all(phrase for group in query.groups for phrase in group)
    assert all(part.isalnum() for phrase in query.phrases for part in phrase)


@pytest.mark.parametrize(
    ("text", "query", "hits"),
    [
        ("Lamps and a lamp.", "lamp", ["Lamps", "lamp"]),
        ("No mercure in it", "mercury", ["mercure"]),
        ("О ртути и воде", "ртуть", ["ртути"]),
        ("عن الزئبق والماء", "زئبق", ["الزئبق"]),
        ("控制汞污染", "汞", ["汞"]),
        ("Evaluation, ÉVALUATIONS", "évaluation", ["Evaluation", "ÉVALUATIONS"]),
        ("Clamp", "lamp", []),
        ("Call A-1042-1 now", "A-1042-1", ["A-1042-1"]),
        ("Call a friend, 1042 or 1", "A-1042-1", []),
        ("水 is water, 银 is silver, 水银 is both", "mercury", ["水银"]),
        ("Dental care without dental amalgams", '"dental amalgam"', ["dental amalgams"]),
        ("", "lamp", []),
        ("Lamp", "", []),
    ],
)
def test_words_looked_for_are_marked(text, query, hits):
    assert _hits(marked(text, parse(query))) == hits


def test_marks_cut_the_text_into_pieces():
    assert marked("Old lamps, new", parse("lamp")) == [
        Piece("Old ", False),
        Piece("lamps", True),
        Piece(", new", False),
    ]


@given(TEXTS, st.sampled_from(QUERIES))
def test_pieces_joined_give_the_text_back(text, query):
    pieces = marked(text, parse(query))

    assert _joined(pieces) == text
    assert all(piece.text for piece in pieces)


def test_short_text_is_its_own_snippet():
    assert _joined(snippet("Old lamps, new", parse("lamp"))) == "Old lamps, new"


def test_snippet_is_the_stretch_with_most_hits():
    text = "lamp " + "word " * 100 + "lamp and mercury lamp " + "word " * 100

    pieces = snippet(text, parse("lamp mercury"))

    assert _hits(pieces) == ["lamp", "mercury", "lamp"]
    assert _joined(pieces).startswith("… ") and _joined(pieces).endswith(" …")
    assert len(_joined(pieces)) < 300


def test_snippet_of_a_text_without_hits_is_its_beginning():
    text = "word " * 100

    pieces = snippet(text, parse("lamp"))

    assert pieces == [Piece("word " * 48 + "…", False)]


@given(st.integers(0, 120), st.integers(0, 120), st.sampled_from(["汞", "lamp", "ртути", "زئبق"]))
def test_snippet_never_cuts_a_hit(before, after, word):
    text = "слово " * before + word + " слово" * after

    pieces = snippet(text, parse(word))

    assert _hits(pieces) == [word]


@given(st.integers(0, 600), st.integers(0, 600))
def test_snippet_of_chinese_shows_the_hit_and_is_short(before, after):
    text = "水" * before + "汞" + "水" * after

    pieces = snippet(text, parse("汞"))

    assert _hits(pieces) == ["汞"]
    assert len(_joined(pieces)) <= 260


@given(TEXTS, st.sampled_from(QUERIES), st.integers(60, 240))
def test_snippet_is_cut_from_the_text(text, query, length):
    whole = _joined(snippet(text, parse(query), length))

    assert whole.removeprefix("… ").removesuffix(" …") in text
    assert bool(_hits(snippet(text, parse(query), length))) == bool(
        _hits(marked(text, parse(query)))
    )
