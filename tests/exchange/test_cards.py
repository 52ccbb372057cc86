"""Pictures say what a record is, whatever its texts hold."""

import pytest

from registry.exchange import cards
from registry.exchange.cards import Card

TITLE = "Retorts for the goldsmiths of Tarkwa"


@pytest.mark.parametrize(
    "title",
    [
        TITLE,
        "#panic() $x$ *bold* `code` \\ \" ' @ref <label> // comment",
        "w" * 400,
        "A title " * 60,
        "Ртуть и права человека",
        "مكافحة التلوث بالزئبق",
        "汞污染防治",
        "",
    ],
    ids=["plain", "markup", "one word", "long", "Cyrillic", "Arabic", "Chinese", "blank"],
)
def test_any_title_makes_a_picture(title):
    facts = [("Seat", title), ("Year", "2014"), ("Countries", "3"), ("One too many", "x")]

    picture = cards._drawn(Card("Demonstration", title, facts, [7, 14]))

    assert picture[:4] == b"\x89PNG"


def test_markup_is_drawn_as_it_is_typed():
    plain = cards._drawn(Card("Kind", "a b", [], []))

    assert cards._drawn(Card("Kind", "a *b*", [], [])) != plain
    assert cards._drawn(Card("Kind", "a b", [], [])) == plain


@pytest.mark.parametrize(
    ("text", "has"),
    [("Quicksilver", True), ("Ртуть", True), ("Νερό 7", True), ("زئبق", False), ("Hg 汞", False)],
)
def test_letters_that_the_typeface_lacks_are_known(text, has):
    assert cards._has_letters(text) is has


def test_long_text_is_cut_between_words():
    assert cards._short("one two three", 13) == "one two three"
    assert cards._short("one two, three", 11) == "one two…"
