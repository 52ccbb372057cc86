"""Text brought to one form for comparing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.folding import fold
from articles.stemming import stem, tokens


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Évaluation\tdu \n Cœur ", "evaluation du coeur"),
        ("Straße Łódź Øresund Đakovo Æther", "strasse lodz oresund dakovo aether"),
        ("İstanbul ısı", "istanbul isi"),
        ("l’émission d‘air", "l'emission d'air"),
        ("chlor‑alkali 2013–2014", "chlor-alkali 2013-2014"),
        ("ﬁsh Ｈｇ", "fish hg"),
        ("Новый ЁЖ", "новыи еж"),
        ("Ύδωρ", "υδωρ"),
        ("汞 水俣公约", "汞 水俣公约"),
        ("ガス", "ガス"),
        ("soft\u00adhyphen\u200b", "softhyphen"),
        ("", ""),
    ],
)
def test_fold_takes_case_accents_and_ligatures_away(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أحمد إلى آخر ٱلماء", "احمد الي اخر الماء"),
        ("اتفاقية", "اتفاقيه"),
        ("مسؤول بيئة", "مسوول بييه"),
        ("الزِّئْبَق", "الزيبق"),
        ("زئـــبق", "زيبق"),
    ],
)
def test_fold_unites_arabic_spellings(text, folded):
    assert fold(text) == folded


def test_composed_and_decomposed_letters_fold_alike():
    assert fold("e\u0301 и\u0306 ا\u0654") == fold("é й أ") == "e и ا"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_folded_text_has_single_spaces(text):
    assert fold(text) == " ".join(fold(text).split())


@given(st.text(), st.text())
def test_words_fold_alike_alone_and_together(one, other):
    assert fold(f"{one} {other}") == f"{fold(one)} {fold(other)}".strip()


def test_letters_that_have_no_small_form_in_common_use_fold_alone():
    assert (fold("Ꮖ a"), fold("Ꮖ"), fold("A Ꮖ")) == ("Ꮖ a", "Ꮖ", "a Ꮖ")


def test_tokens_are_words_and_single_chinese_characters():
    assert tokens("Chlor-alkali: 水银体温计 (2013), l'été") == [
        *["chlor", "alkali"],
        *"水银体温计",
        *["2013", "l", "ete"],
    ]


@pytest.mark.parametrize(
    ("words", "shared"),
    [
        ("lamp lamps", 1),
        ("Déchet dechets", 1),
        ("ртуть ртути ртутью", 1),
        ("новый новые нового новым", 1),
        ("زئبق الزئبق والزئبق", 1),
        ("lamp cement", 2),
    ],
)
def test_forms_of_one_word_share_a_stem(words, shared):
    assert len({stem(word) for word in tokens(words)}) == shared
