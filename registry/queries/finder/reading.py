"""Guidance for who reads certain languages: which, in what order, and how they were chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from articles.languages import language_name
from registry.models import Guidance
from registry.queries import guidance
from registry.queries.articles import listing
from registry.queries.figures import Asked, Number
from registry.queries.representation import Body

# So many documents of a language are shown, out of so many that are weighed, the newest first.
FEW = 8
MOST_WEIGHED = 200
# What helps most to carry out an article comes first; all kinds have a place.
USEFUL = (
    Guidance.Kind.GUIDELINE,
    Guidance.Kind.TECHNICAL,
    Guidance.Kind.TOOLKIT,
    Guidance.Kind.TRAINING,
    Guidance.Kind.CASE_STUDY,
    Guidance.Kind.ASSESSMENT,
    Guidance.Kind.POLICY_BRIEF,
    Guidance.Kind.REPORT,
    Guidance.Kind.BROCHURE,
    Guidance.Kind.DATASET,
)


class By(StrEnum):
    """What tells that a language is read."""

    ASKED = "asked"
    PLAN = "plan"
    PAGE = "page"


@dataclass(frozen=True)
class Read:
    """A language in which guidance is shown first, and what tells so."""

    code: str
    by: By

    @property
    def name(self) -> str:
        """The language's own name."""
        return language_name(self.code)

    @property
    def why(self) -> str:
        """How it was chosen, in words."""
        return {
            By.ASKED: _("the language you chose"),
            By.PLAN: _("the language of the country's national action plan"),
            By.PAGE: _("the language of this page"),
        }[self.by]


def languages_read(asked: str, plans: Iterable[str], page: str) -> tuple[Read, ...]:
    """The languages to show first: the one asked for alone; else those of plans, then the page's.

    The registry does not record the languages of a country; its national action plans tell the
    most of what is known, the page that somebody reads tells the rest.
    """
    if asked:
        return (Read(asked, By.ASKED),)
    found = dict.fromkeys(sorted(filter(None, plans)), By.PLAN)
    found.setdefault(page, By.PAGE)
    return tuple(Read(code, by) for code, by in found.items())


@dataclass(frozen=True)
class Document:
    """A document, and whether it holds the words of the need."""

    body: Body
    has_words: bool


@dataclass(frozen=True)
class Group:
    """The guidance on an article in one language, or in no language of those before.

    `number` says how many there are, and the list that proves it; the first few are shown.
    """

    language: Read | None
    number: Number
    documents: tuple[Document, ...]


def groups(article: int, languages: tuple[Read, ...], words: str = "") -> list[Group]:
    """The guidance on an article by language, each document once: in the first that it has.

    A language in which there is none is told with 0; what is in no language of those comes last.
    """
    # A language that no document has is no value that a list can be asked for.
    known = guidance.LIST.filters.all_filters()["language"].known(None)
    holding = _keys_with(article, words) if words else frozenset()
    found, before = [], []
    for read in (*languages, None):
        if read and read.code not in known:
            found.append(Group(read, Number("guidance", 0, ()), ()))
            continue
        found.append(_group(read, _asked(article, read, before), holding))
        before += [read.code] if read else []
    return [group for group in found if group.language or group.number.count]


def _asked(article: int, read: Read | None, before: list[str]) -> Asked:
    asked = [("article", str(article))]
    asked += [("language", read.code)] if read else []
    asked += [("not_language", ",".join(before))] if before else []
    return tuple(asked)


def _group(read: Read | None, asked: Asked, holding: frozenset[str]) -> Group:
    of = listing("guidance", **dict(asked))
    documents = ordered(of.bodies(0, MOST_WEIGHED), holding)
    return Group(read, Number("guidance", of.count(), asked), tuple(documents[:FEW]))


def ordered(bodies: Iterable[Body], holding: frozenset[str]) -> list[Document]:
    """Documents that hold the words first, then by what helps most, then newest first.

    What helps most is of a useful kind and on few articles: each further article that a document
    serves counts like one step down the kinds.
    """
    documents = [Document(body, body["slug"] in holding) for body in bodies]
    return sorted(documents, key=_place)


def _place(document: Document) -> tuple[bool, int, int, str]:
    body = document.body
    steps = USEFUL.index(Guidance.Kind(body["kind"])) + len(body["articles"])
    return not document.has_words, steps, -(body["year"] or 0), body["slug"]


def _keys_with(article: int, words: str) -> frozenset[str]:
    return frozenset(listing("guidance", article=str(article), q=words).keys(0, MOST_WEIGHED))
