"""What somebody may have looked for who came to an address where nothing is."""

import re

from rapidfuzz import fuzz

from articles.languages import without_language
from articles.models import SPINE
from registry.queries.search import Hit, search

# The first part of the addresses of records → their noun.
_NOUNS = {
    "activities": "activity",
    "areas": "area",
    "contributions": "contribution",
    "countries": "country",
    "decisions": "decision",
    "glossary": "term",
    "guidance": "guidance",
    "meetings": "meeting",
    "partners": "partner",
}
_WORD = re.compile(r"[^\W_]{2,}")
# An address is anybody's to make: so many words of it are looked up, of so many letters.
_MOST_WORDS, _LONGEST = 8, 120
# So many of the best are held against the address, and so alike (of 100) is alike.
_BEST, _ALIKE = 20, 55


def words(path: str) -> str:
    """The words of an address that may be those of a record: of its last part."""
    parts = [part for part in without_language(path).split("/") if part]
    if not parts or (len(parts) == 1 and parts[0] in _NOUNS):
        return ""
    # Files of programs are looked for by programs.
    last = "" if "." in parts[-1] else parts[-1][:_LONGEST]
    return " ".join(_WORD.findall(last)[:_MOST_WORDS])


def nearest(path: str, limit: int = 5) -> list[Hit]:
    """Public records whose addresses or titles are most like an address, the likest first.

    Records of the kind that the address names go before all others.
    """
    text = words(path)
    if not text:
        return []
    first = without_language(path).split("/")[1]
    noun = _NOUNS.get(first, "")
    found = _found(text, noun) or (_found(text, "") if noun else [])
    return [hit for _alike, hit in found][:limit]


def _found(text: str, noun: str) -> list[tuple[float, Hit]]:
    results = search(text, noun=noun, limit=_BEST)
    if not results.hits and results.suggestion:
        results = search(results.suggestion, noun=noun, limit=_BEST)
    scored = [(_likeness(text, hit), hit) for hit in results.hits if _has_page(hit)]
    return sorted((each for each in scored if each[0] >= _ALIKE), key=lambda each: -each[0])


def _likeness(text: str, hit: Hit) -> float:
    folded, title = text.casefold(), "".join(piece.text for piece in hit.title).casefold()
    key = hit.key.replace("-", " ").casefold()
    return max(fuzz.token_sort_ratio(folded, key), fuzz.token_set_ratio(folded, title))


def _has_page(hit: Hit) -> bool:
    return hit.noun != "article" or int(hit.key) in SPINE
