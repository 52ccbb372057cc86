"""From plain words to the Convention: a word's forms in six languages, and its articles."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from articles.languages import LANGUAGES
from articles.rows import Row, read_table
from articles.stemming import TOKEN, stem, tokens

VOCABULARY = Path(__file__).resolve().parent / "data" / "vocabulary.csv"

type Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Concept:
    """A thing that the field speaks of: its forms in all languages, and its articles, best first.

    `offered` leaves out forms that mean something else in another language (“formation” is
    French for training): who asks for one finds the concept, but nobody else is led to it.
    """

    name: str
    forms: frozenset[str]
    offered: frozenset[str]
    articles: tuple[int, ...]


def forms_of(word: str) -> frozenset[str]:
    """All forms, as written and in all six languages, of the concepts that have this word.

    `word` may be a phrase, such as “dental amalgam”. Case, accents and common endings do not
    matter. Empty if the word is not known.
    """
    concepts = _concepts_of(tuple(tokens(word)))
    return frozenset(form for concept in concepts for form in concept.offered)


def articles_for(words: str) -> list[int]:
    """The numbers of the articles that a query of plain words is about, best first.

    Each concept found counts one point for its first article, a half for its second, and so on.
    """
    points: dict[int, float] = defaultdict(float)
    for _where, concept in _found_in(tokens(words)):
        for place, article in enumerate(concept.articles, start=1):
            points[article] += 1 / place
    # Equal points: the order of the query, since sorting keeps it.
    return sorted(points, key=lambda article: -points[article])


def leading_words(words: str) -> dict[int, list[str]]:
    """By article, the words of a query that lead to it, as typed and in its order.

    “storage of coal” gives “storage” for Article 10 and “coal” for Article 8.
    """
    folded, typed = tokens(words), TOKEN.findall(words)
    # Where folding splits or joins words, they are told as they are compared.
    typed = typed if len(typed) == len(folded) else folded
    leading: dict[int, list[str]] = defaultdict(list)
    for where, concept in _found_in(folded):
        said = _joined(typed[where])
        for article in concept.articles:
            if said not in leading[article]:
                leading[article].append(said)
    return dict(leading)


def _joined(words: list[str]) -> str:
    # Chinese is written without spaces, and each of its characters is a word.
    is_chinese = all(len(word) == 1 and ord(word) >= 0x3400 for word in words)
    return ("" if is_chinese else " ").join(words)


@cache
def concepts_by_phrase() -> dict[Phrase, str]:
    """The name of the concept by each form that is offered for it, in folded words and in stems."""
    as_written = {
        tuple(tokens(form)): concept.name for concept in _read() for form in concept.offered
    }
    by_stem = {tuple(map(stem, phrase)): name for phrase, name in as_written.items()}
    return by_stem | as_written


def known_words() -> frozenset[str]:
    """Every form of the vocabulary, as written there."""
    return frozenset(form for concept in _read() for form in concept.forms)


def _found_in(words: list[str]) -> Iterator[tuple[slice, Concept]]:
    """The concepts named in a text, and where; “dental amalgam” is not also “amalgam”."""
    at, longest = 0, max(map(len, _index()))
    while at < len(words):
        for length in range(longest, 0, -1):
            if concepts := _concepts_of(tuple(words[at : at + length])):
                where = slice(at, at + length)
                yield from ((where, concept) for concept in concepts)
                at += length - 1
                break
        at += 1


def _concepts_of(words: Phrase) -> list[Concept]:
    # As written before by stem: “amalgam” and “amalgamation” have the same one.
    return _index().get(words) or _stem_index().get(tuple(map(stem, words)), [])


@cache
def _index() -> dict[Phrase, list[Concept]]:
    """The concepts by the words of their forms."""
    index: dict[Phrase, list[Concept]] = defaultdict(list)
    for concept in _read():
        for phrase in {tuple(tokens(form)) for form in concept.forms}:
            index[phrase].append(concept)
    return dict(index)


@cache
def _stem_index() -> dict[Phrase, list[Concept]]:
    """The concepts by the stems of their forms."""
    index: dict[Phrase, list[Concept]] = defaultdict(list)
    for phrase, concepts in _index().items():
        stems = index[tuple(map(stem, phrase))]
        stems.extend(concept for concept in concepts if concept not in stems)
    return dict(index)


@cache
def _read() -> tuple[Concept, ...]:
    columns = ["concept", *LANGUAGES, "articles"]
    return tuple(map(_concept, read_table(VOCABULARY, columns, key=["concept"])))


def _concept(row: Row) -> Concept:
    forms = {form for language in LANGUAGES for form in row.list(language)}
    return Concept(
        name=row.text("concept"),
        forms=frozenset(form.removesuffix("*") for form in forms),
        offered=frozenset(form for form in forms if not form.endswith("*")),
        articles=tuple(row.article_numbers("articles")),
    )
