"""Words of a text and their stems, so that “lamps” meets “lamp” and “ртути” meets “ртуть”."""

import re
import threading
from functools import lru_cache

import snowballstemmer

from articles.folding import fold

# Chinese is written without spaces; a character is the smallest thing one can look for there
# (mercury is one: 汞), so each is a token and neighbours are found as a phrase.
_CJK = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
TOKEN = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_ARABIC = re.compile(r"[\u0600-\u06ff]")
# Folding turned й into и; at the end of a word the stemmer needs it back: “новыи”.
_FOLDED_ENDING = re.compile(r"(?<=[аеиоуыэюя])и$")
# “the”, “and the”, “with the”, “to the”. The stemmer takes them off too, but then takes other
# endings off what is left than off the bare word.
_ARTICLE = re.compile(r"^[وف]?(?:[بك]?ال|لل)(?=\w{3})")

# A stemmer keeps the word that it works on: two threads in one would mix theirs.
_alone = threading.Lock()
_english = snowballstemmer.stemmer("english")
_russian = snowballstemmer.stemmer("russian")
_arabic = snowballstemmer.stemmer("arabic")


def tokens(text: str) -> list[str]:
    """The folded words of a text, in order; every Chinese character is a word."""
    return TOKEN.findall(fold(text))


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """The stem of one folded word, by the rules of the language that its script suggests.

    French and Spanish go by the English rules, which take off the plural.
    """
    with _alone:
        if _CYRILLIC.search(word):
            return fold(_russian.stemWord(_FOLDED_ENDING.sub("й", word)))
        if _ARABIC.search(word):
            return _arabic.stemWord(_ARTICLE.sub("", word))
        return _english.stemWord(word)
