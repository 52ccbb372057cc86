"""What differs between two texts or lists is told whole, and in pieces that a person can read."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.queries import differences
from registry.queries.differences import Change, Piece

TEXTS = st.text(st.sampled_from("ab C.,;\n\u202f汞污é\u0301م"), max_size=60) | st.text(max_size=40)


def _joined(pieces, *changes):
    return "".join(piece.text for piece in pieces if piece.change in changes)


@given(TEXTS, TEXTS)
def test_same_and_added_make_the_new_text_same_and_removed_the_old(old, new):
    pieces = differences.words(old, new)

    assert _joined(pieces, Change.SAME, Change.ADDED) == new
    assert _joined(pieces, Change.SAME, Change.REMOVED) == old
    assert "" not in [piece.text for piece in pieces]


@given(TEXTS, TEXTS)
def test_the_same_holds_for_texts_that_are_compared_by_lines_or_not_at_all(old, new):
    for most in (30, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(differences, "MOST_STEPS", most)
            pieces = differences.words(old, new)

        assert _joined(pieces, Change.SAME, Change.ADDED) == new
        assert _joined(pieces, Change.SAME, Change.REMOVED) == old


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text):
    assert differences.words(text, text) == ([Piece(text, Change.SAME)] if text else [])


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_rows_that_are_the_same_or_added_are_the_new_list(old, new):
    told = differences.rows(old, new)

    assert [row.text for row in told if row.change != Change.REMOVED] == new
    same_or_removed = [row.text for row in told if row.change != Change.ADDED]
    assert sorted(same_or_removed) == sorted(old)


def _said(pieces):
    marks = {Change.SAME: "", Change.ADDED: "+", Change.REMOVED: "-"}
    return [marks[piece.change] + piece.text for piece in pieces]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Two villages.", "Three villages.", ["-Two", "+Three", " villages."]),
        ("Train miners.", "Train women miners.", ["Train ", "+women ", "miners."]),
        ("Retorts, kilns", "Retorts", ["Retorts", "-, kilns"]),
        ("villages, with", "villages (A, B), with", ["villages", "+ (A, B)", ", with"]),
        # Crumbs of a sentence that was written anew are no help.
        ("the quick fox", "a slow cat", ["-the quick fox", "+a slow cat"]),
        ("减少汞的使用", "减少汞的排放", ["减少汞的", "-使用", "+排放"]),
        ("", "All of it", ["+All of it"]),
        ("All of it", "", ["-All of it"]),
    ],
)
def test_differences_are_told_in_phrases(old, new, said):
    assert _said(differences.words(old, new)) == said


def test_a_word_is_changed_whole_with_its_accents():
    told = _said(differences.words("re\u0301torte propre", "re\u0301tortes propres"))

    assert told == ["-re\u0301torte propre", "+re\u0301tortes propres"]


def test_codes_and_dates_are_another_or_the_same():
    assert _said(differences.whole("2014-03", "2014-05")) == ["-2014-03", "+2014-05"]
    assert _said(differences.whole("2014", "2014")) == ["2014"]


def test_rows_that_only_moved_are_the_same():
    assert _said(differences.rows(["A", "B"], ["B", "A"])) == ["B", "A"]
    assert differences.is_moved(["A", "B"], ["B", "A"])
    assert not differences.is_moved(["A", "B"], ["A", "B"])
    assert not differences.is_moved(["A", "A"], ["A"])


@pytest.mark.slow
@pytest.mark.parametrize(
    "text", ["word and " * 20_000, "a\n" * 90_000, "x" * 180_000], ids=["words", "lines", "one"]
)
def test_the_longest_texts_are_compared_within_a_second(text):
    begun = time.process_time()

    pieces = differences.words(text, text.replace("a", "b") + "end")

    assert _joined(pieces, Change.SAME, Change.REMOVED) == text
    assert time.process_time() - begun < 1
