"""References to the Convention, to and from text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.loading import DATA
from articles.references import Reference

_BOOK = json.loads((DATA / "articles.json").read_text(encoding="utf-8"))
PARAGRAPHS = [
    (article["number"], provision["paragraph"])
    for article in _BOOK["articles"]
    for provision in article["provisions"]
]
references = st.builds(
    Reference, st.integers(1, 35), st.integers(1, 99), st.sampled_from(["", *"abcdefghij"])
) | st.builds(Reference, st.integers(1, 35))


@pytest.mark.parametrize(
    "text",
    [
        "7.3(a)",
        "Article 7(3)(a)",
        "Art. 7, paragraph 3 (a)",
        "article 7 (3) (A)",
        " ARTICLE 7, para. 3(a) ",
        "7(3)(a)",
    ],
)
def test_reference_is_read_in_each_of_its_forms(text):
    reference = Reference.parse(text)

    assert reference == Reference(7, 3, "a")
    assert (str(reference), reference.short) == ("Article 7(3)(a)", "7.3(a)")


@pytest.mark.parametrize("text", ["12", "Article 12", "Art 12", "articles 12"])
def test_reference_to_a_whole_article(text):
    reference = Reference.parse(text)

    assert reference == Reference(12)
    assert (str(reference), reference.short) == ("Article 12", "12")


def test_every_provision_of_the_data_comes_back_from_both_forms():
    for article, paragraph in PARAGRAPHS:
        reference = Reference.parse(paragraph)

        assert reference.short == paragraph
        assert reference.article == article
        assert Reference.parse(str(reference)) == reference

    assert len(PARAGRAPHS) == 104


@given(references)
def test_any_reference_comes_back_from_both_forms(reference):
    assert Reference.parse(str(reference)) == reference
    assert Reference.parse(reference.short) == reference


@pytest.mark.parametrize("text", ["", "Annex A", "7.3.1", "Article", "7(a)(3)", "Article VII"])
def test_what_is_no_reference_is_refused_by_name(text):
    with pytest.raises(ValueError) as refusal:
        Reference.parse(text)

    assert str(refusal.value) == (f"“{text}” is not a reference to the Convention, such as 7.3(a).")


@pytest.mark.parametrize("text", ["0", "36", "Article 99(1)"])
def test_articles_outside_the_convention_are_refused(text):
    with pytest.raises(ValueError) as refusal:
        Reference.parse(text)

    assert str(refusal.value) == f"“{text}”: the Convention has articles 1 to 35."


@given(st.text(max_size=20))
def test_reference_reads_a_text_or_raises_value_error(text):
    try:
        reference = Reference.parse(text)
    except ValueError:
        return

    assert Reference.parse(reference.short) == reference


def test_references_sort_by_place():
    texts = ["7.3(b)", "7.10", "7.3(a)", "8.1", "7.2"]

    assert [r.short for r in sorted(map(Reference.parse, texts))] == [
        "7.2",
        "7.3(a)",
        "7.3(b)",
        "7.10",
        "8.1",
    ]
