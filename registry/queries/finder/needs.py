"""From what a person needs, in words or by number, to articles, with the reason for each."""

import re
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles import crosswalk
from articles.folding import fold
from articles.models import SPINE
from registry.errors import Misunderstood
from registry.queries.search import Hit, search

# An article as people write it in the six languages: “7”, “Article 7”, “art. 7.3(a)”, “第7条”,
# “المادة 7”, “7. Artisanal and small-scale gold mining”.
_NUMBERED = re.compile(
    r"(?:art(?:icle|iculo)?s?\.?|стат\w+|ст\.|(?:ال)?ماده|第)?\s*"
    r"(?P<number>\d{1,2})\s*条?(?:\s*[.:(].*)?"
)
# So many articles are offered where only a search knows, out of so many documents.
MOST_OFFERED = 4
MOST_SEARCHED = 20


class By(StrEnum):
    """What leads from a need to an article."""

    NUMBER = "number"
    CHOICE = "choice"
    VOCABULARY = "vocabulary"
    TEXT = "text"
    DOCUMENTS = "documents"


@dataclass(frozen=True)
class Candidate:
    """An article that may be meant, and why.

    `words` are those of the need that the vocabulary knows; `count` says how many of the documents
    found serve it.
    """

    article: int
    by: By
    words: tuple[str, ...] = ()
    count: int = 0

    @property
    def why(self) -> str:
        """The reason in words; blank where the article itself was asked for."""
        if self.by == By.VOCABULARY:
            return _("your words: %s") % ", ".join(f"“{word}”" for word in self.words)
        if self.by == By.TEXT:
            return _("its text holds what you wrote")
        if self.by == By.DOCUMENTS:
            said = ngettext(
                "%d document found by your words serves it",
                "%d documents found by your words serve it",
                self.count,
            )
            return said % self.count
        return ""


@dataclass(frozen=True)
class Need:
    """What was asked for, and the articles that may be meant, best first.

    `words` is blank where an article was named by its number. `outside` are articles to which the
    registry maps no records (1–2 and 15–35); `suggestion` is a better spelling.
    """

    words: str = ""
    candidates: tuple[Candidate, ...] = ()
    outside: tuple[int, ...] = ()
    suggestion: str = ""

    @property
    def chosen(self) -> Candidate | None:
        """The article that is shown."""
        return self.candidates[0] if self.candidates else None


def need_of(text: str, chosen: int | None = None) -> Need:
    """The articles that a need is about; the one chosen, if any, comes first.

    A number or “Article 7” names its article. Plain words in any of the six languages lead to
    articles by the vocabulary; where it knows none of them, by a search in the articles, then in
    guidance. Raises Misunderstood for an article that has no records.
    """
    text = " ".join(text.split())
    if (number := numbered(text)) is not None:
        need = Need(candidates=(Candidate(_in_spine(number), By.NUMBER),))
    else:
        need = _of_words(text) if text else Need()
    return need if chosen is None else _with_choice(need, chosen)


def numbered(text: str) -> int | None:
    """The number of the article that a text names; None for plain words."""
    found = _NUMBERED.fullmatch(fold(text))
    return int(found["number"]) if found else None


def _in_spine(number: int) -> int:
    if number not in SPINE:
        said = {"value": number, "first": SPINE[0], "last": SPINE[-1]}
        remedy = _(
            "“%(value)d” is not one of Articles %(first)d–%(last)d, to which the registry maps its "
            "records; give one of these, or write what you need in plain words."
        )
        raise Misunderstood({"need": remedy % said})
    return number


def _with_choice(need: Need, article: int) -> Need:
    known = {each.article: each for each in need.candidates}
    first = known.pop(article, Candidate(article, By.CHOICE))
    return Need(need.words, (first, *known.values()), need.outside, need.suggestion)


def _of_words(text: str) -> Need:
    leading = crosswalk.leading_words(text)
    numbers = crosswalk.articles_for(text)
    inside = tuple(
        Candidate(number, By.VOCABULARY, tuple(leading[number]))
        for number in numbers
        if number in SPINE
    )
    outside = tuple(number for number in numbers if number not in SPINE)
    if inside:
        return Need(text, inside, outside)
    found = search(text, noun="article", limit=MOST_SEARCHED)
    return Need(text, _by_text(found.hits) or _by_documents(text), outside, found.suggestion)


def _by_text(hits: list[Hit]) -> tuple[Candidate, ...]:
    numbers = [int(hit.key) for hit in hits if int(hit.key) in SPINE]
    return tuple(Candidate(number, By.TEXT) for number in numbers[:MOST_OFFERED])


def _by_documents(text: str) -> tuple[Candidate, ...]:
    """The articles that the best documents serve; equal numbers: the article that comes first."""
    counts: dict[int, int] = {}
    for hit in search(text, noun="guidance", limit=MOST_SEARCHED).hits:
        for article in hit.body["articles"]:
            counts[article["number"]] = counts.get(article["number"], 0) + 1
    best = sorted(counts, key=lambda number: (-counts[number], number))[:MOST_OFFERED]
    return tuple(Candidate(number, By.DOCUMENTS, count=counts[number]) for number in best)
