"""Text brought to one form for comparing: case, accents, ligatures and Arabic spelling variants."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not take apart, and the Arabic variants that writers mix freely:
# alef with hamza or madda, alef maqsura, ta marbuta, hamza on waw or ya. Persian kaf and ya too,
# which keyboards put in their place.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ʼ": "'", "’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}
    | dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""}
)

# Accents and signs on the letter before them, and what is invisible in a text. Marks of Indic
# scripts and Japanese voicing carry the sense, so only those of these ranges go.
_MARKS = re.compile(
    "["
    "\u0300-\u036f"  # Latin, Greek, Cyrillic
    "\u064b-\u065f"  # harakat, loose hamza and madda
    "\u0670\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    "]+"
)


def fold(text: str) -> str:
    """`text` in lower case without accents, ligatures, harakat or tatweel, and with single spaces.

    For comparing and searching only, never for showing: “Évaluation du Cœur” becomes
    "evaluation du coeur". Chinese characters stay as they are. Folding twice changes nothing.
    """
    words = text.split()
    if text.isascii():  # nothing to take apart
        return " ".join(words).lower()
    # Nothing in a word depends on the words beside it, and most have nothing to take apart.
    folded = [word.lower() if word.isascii() else _fold_word(word) for word in words]
    return " ".join(" ".join(folded).split())


@lru_cache(maxsize=10_000)
def _fold_word(word: str) -> str:
    # Arabic first: taken apart, أ and ا would meet, but ئ would leave a ya and a loose hamza.
    composed = unicodedata.normalize("NFKC", word).casefold().translate(_LETTERS)
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", composed))
    return unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS)
