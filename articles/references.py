"""References to the Convention: "Article 7(3)(a)" to and from a value."""

import re
from dataclasses import dataclass

# The short form of the data files ("7.3(a)") and the form of the treaty ("Article 7(3)(a)",
# "Art. 7, paragraph 3 (a)").
_SHORT = re.compile(r"(\d{1,2})(?:\.(\d{1,2}))?(?:\(([a-z])\))?")
_FULL = re.compile(
    r"(?:articles?|art\.?)?\s*(\d{1,2})(?:\s*\((\d{1,2})\)|,?\s*para(?:graph|\.)?\s*(\d{1,2}))?"
    r"(?:\s*\(([a-z])\))?",
    re.IGNORECASE,
)
LAST_ARTICLE = 35


@dataclass(frozen=True, order=True)
class Reference:
    """A place in the Convention: an article, a numbered paragraph of it, a lettered point."""

    article: int
    paragraph: int | None = None
    point: str = ""

    @classmethod
    def parse(cls, text: str) -> "Reference":
        """Read “7”, “7.3(a)”, “Article 7(3)(a)” or “Art. 7, paragraph 3 (a)”.

        Raises ValueError, naming the text, for anything else and for articles outside 1–35.
        """
        text = text.strip()
        if short := _SHORT.fullmatch(text):
            number, paragraph, point = short.groups()
        elif full := _FULL.fullmatch(text):
            number, paragraph, spelt, point = full.groups()
            paragraph = paragraph or spelt
        else:
            raise ValueError(f"“{text}” is not a reference to the Convention, such as 7.3(a).")
        if not 1 <= int(number) <= LAST_ARTICLE:
            raise ValueError(f"“{text}”: the Convention has articles 1 to {LAST_ARTICLE}.")
        return cls(int(number), int(paragraph) if paragraph else None, (point or "").lower())

    @property
    def short(self) -> str:
        """The form used in tables: 7.3(a)."""
        paragraph = f".{self.paragraph}" if self.paragraph else ""
        return f"{self.article}{paragraph}" + (f"({self.point})" if self.point else "")

    def __str__(self) -> str:
        paragraph = f"({self.paragraph})" if self.paragraph else ""
        return f"Article {self.article}{paragraph}" + (f"({self.point})" if self.point else "")
