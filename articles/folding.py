"""Text brought to one form for comparing: case, accents, ligatures and Arabic spelling variants."""

import unicodedata

# Letters that Unicode does not take apart, and the Arabic variants that writers mix freely:
# alef with hamza or madda, alef maqsura, ta marbuta, hamza on waw or ya. Persian kaf and ya too,
# which keyboards put in their place.
_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
    | {"ʼ": "'", "’": "'", "‘": "'", "‐": "-", "‑": "-", "–": "-"}
    | dict.fromkeys("أإآٱ", "ا")
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ؤ": "و", "ئ": "ي", "ـ": ""}
)


def fold(text: str) -> str:
    """`text` in lower case without accents, ligatures, harakat or tatweel, and with single spaces.

    For comparing and searching only, never for showing: “Évaluation du Cœur” becomes
    "evaluation du coeur". Chinese characters stay as they are. Folding twice changes nothing.
    """
    # Arabic first: taken apart, أ and ا would meet, but ئ would leave a ya and a loose hamza.
    composed = unicodedata.normalize("NFKC", text).casefold().translate(_LETTERS)
    apart = unicodedata.normalize("NFKD", composed)
    bare = "".join(letter for letter in apart if not _is_mark(letter))
    return " ".join(unicodedata.normalize("NFKC", bare).casefold().translate(_LETTERS).split())


def _is_mark(letter: str) -> bool:
    """Whether `letter` is an accent or sign on the letter before it, or invisible in the text."""
    # Marks of Indic scripts and Japanese voicing carry the sense, so only those of these ranges go.
    return (
        "\u0300" <= letter <= "\u036f"  # Latin, Greek, Cyrillic
        or "\u064b" <= letter <= "\u065f"  # harakat, loose hamza and madda
        or letter in "\u0670\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
    )
