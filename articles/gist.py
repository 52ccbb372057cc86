"""What a title is about, whatever its words: for telling whether two titles speak of one thing.

Phrases of the field become the concept they stand for (“NAP”, “plan d'action national”), countries
are taken out and told by code, and numbers stand apart: the second phase is not the first.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from articles.crosswalk import concepts_by_phrase
from articles.languages import LANGUAGES
from articles.stemming import stem, tokens

DATA = Path(__file__).resolve().parent / "data"

type Phrase = tuple[str, ...]

# Words that hold a title together and say nothing of it: English, French, Spanish, Russian.
EMPTY = frozenset(
    "a an and as at by for from in into its of on or s the their to towards under via with "
    "au aux avec ce ces chez d dans de des du en et l la le les leur leurs ou par pour sa ses "
    "son sous sur un une vers al como con del el entre las los o para por su sus una y "
    "в во для и из к на о об от по при с со".split()
)
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
    "fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"
)
_NUMBERS = {word: str(number) for number, word in enumerate(_ORDINALS.split(), start=1)} | {
    "ii": "2",
    "iii": "3",
    "iv": "4",
}
_DIGITS = re.compile(r"0*(\d+)(?:st|nd|rd|th)?")
# How countries are called beside their names in the list of countries.
_ALSO = {
    "Burma": "MM",
    "Cape Verde": "CV",
    "DR Congo": "CD",
    "DRC": "CD",
    "Ivory Coast": "CI",
    "Kyrgyz Republic": "KG",
    "Laos": "LA",
    "Macedonia": "MK",
    "Russia": "RU",
    "South Korea": "KR",
    "Swaziland": "SZ",
    "Turkey": "TR",
    "USA": "US",
    "Vietnam": "VN",
}
_RANKS = re.compile(
    r"^((united|co-operative|people's|islamic|plurinational|bolivarian) )?"
    r"(republic|kingdom|state|federation) of (the )?"
)


@dataclass(frozen=True)
class Gist:
    """Words by their stems, which are what is compared; spellings are kept to forgive slips.

    `words` has the words as written; in `meant`, phrases of the field are put in the words of their
    concept. Neither has numbers, empty words or countries; `names` are the words of the countries.
    """

    words: Mapping[str, str]
    meant: Mapping[str, str]
    numbers: frozenset[str]
    countries: frozenset[str]
    names: frozenset[str]


@lru_cache(maxsize=20_000)
def gist(text: str) -> Gist:
    """What a title is about. Any text will do; a blank one is about nothing."""
    words, meant, numbers, countries, names = [], [], set(), set(), set()
    for phrase, meaning in _pieces(tokens(text)):
        if meaning in _codes():
            countries.add(meaning)
            names.update(phrase)
            continue
        numbers.update(filter(None, map(_number, phrase)))
        words += phrase
        meant += tokens(meaning) or phrase
    return Gist(
        _by_stem(words), _by_stem(meant), frozenset(numbers), frozenset(countries), frozenset(names)
    )


def _by_stem(words: list[str]) -> dict[str, str]:
    return {stem(word): word for word in words if word not in EMPTY and not _number(word)}


def _number(word: str) -> str:
    if digits := _DIGITS.fullmatch(word):
        return digits[1]
    return _NUMBERS.get(word, "")


def _pieces(words: list[str]) -> Iterator[tuple[Phrase, str]]:
    """The phrases and words of a text, each with its meaning: a concept, a country or nothing."""
    known, longest = _meanings()
    at = 0
    while at < len(words):
        stems = None
        for length in range(longest.get(words[at], longest.get(stem(words[at]), 0)), 0, -1):
            phrase = tuple(words[at : at + length])
            if not (meaning := known.get(phrase)):
                stems = stems or tuple(map(stem, words[at : at + length]))
                meaning = known.get(stems[:length])
            if meaning:
                break
        else:
            phrase, meaning = (words[at],), ""
        yield phrase, meaning
        at += len(phrase)


@cache
def _meanings() -> tuple[dict[Phrase, str], dict[str, int]]:
    """Phrases of words or stems → their meaning; first word → how long its phrases are at most."""
    known = concepts_by_phrase() | _abbreviations() | _countries()
    longest: dict[str, int] = {}
    for phrase in known:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return known, longest


@cache
def _codes() -> frozenset[str]:
    return frozenset(_countries().values())


@cache
def _countries() -> dict[Phrase, str]:
    """Countries by their names in the six languages and by what else they are called."""
    forms = {
        form: row["alpha2"]
        for row in _table("countries.csv")
        for language in LANGUAGES
        for form in _forms(row[f"name_{language}"])
    }
    return {phrase: code for form, code in (forms | _ALSO).items() if (phrase := _phrase(form))}


def _forms(name: str) -> Iterator[str]:
    """A country's name; without what stands in brackets; without “Republic of”."""
    yield name
    bare = re.sub(r"\s*[(（].*?[)）]", "", name)
    yield bare
    yield _RANKS.sub("", bare.lower())


@cache
def _abbreviations() -> dict[Phrase, str]:
    """Abbreviations of the glossary and what they stand for, by concept or as written out."""
    concepts, found = concepts_by_phrase(), {}
    for row in _table("glossary.csv"):
        if row["kind"] in ("abbreviation", "body"):
            term, expansion = _phrase(row["term"]), _phrase(row["expansion"])
            name = concepts.get(expansion) or concepts.get(term) or row["expansion"]
            stems = tuple(map(stem, expansion))
            found |= dict.fromkeys((term, expansion, stems), name)
    return found


def _table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def _phrase(text: str) -> Phrase:
    return tuple(tokens(text))
