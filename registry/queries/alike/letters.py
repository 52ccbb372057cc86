"""Letters of other alphabets that look like Latin ones: “Мercury” with a Russian М looks right.

The common ones of Unicode's list of confusable characters (UTS 39), for folded text.
"""

from articles.folding import fold

_CYRILLIC = dict(zip("авеёзкмнорстухіїјѕԁһԛԝӏьп", "abee3kmhopctyxiijsdhqwlbn", strict=True))
_GREEK = dict(zip("αβγεηικνορτυχωζ", "abyenikvoptuxwz", strict=True))
_FIGURES = {"0": "o", "1": "l", "|": "l"}
_LATIN = str.maketrans(_CYRILLIC | _GREEK | _FIGURES)


def skeleton(text: str) -> str:
    """The folded text with each letter as the Latin one that it looks like; for comparing only."""
    return fold(text).translate(_LATIN)


def is_mixed(text: str) -> bool:
    """Whether a text holds letters of the Latin alphabet and of a look-alike one."""
    folded = fold(text)
    has_other = any(letter in _CYRILLIC or letter in _GREEK for letter in folded)
    return has_other and any("a" <= letter <= "z" for letter in folded)
