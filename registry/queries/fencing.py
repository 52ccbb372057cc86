"""Words that people typed, made fit for a mail: on one line, quoted, and with no live address.

Mail programs turn whatever looks like an address into a link. In somebody else's words that would
be a way to lead our readers anywhere under our name; so only addresses of this site stay as typed.
"""

import re
import textwrap
import unicodedata
from dataclasses import dataclass

from django.conf import settings

LINE = 72
CUT = " …"
# Marks that turn the direction of what stands around them, and marks that cannot be seen at all.
_TURNING = frozenset("\u061c\u200e\u200f\u2028\u2029\ufeff") | {
    chr(code)
    for codes in (range(0x202A, 0x202F), range(0x2066, 0x206A), range(0xE0000, 0xE0080))
    for code in codes
}
_LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# A dot that makes a name of a host: between letters, before at least two of them.
_DOT = re.compile(r"(?<=\w)[.\uff0e\uff61](?=[^\W\d_]{2})")


def clean(text: str) -> str:
    """The text without what no database, mail or reader can use; its lines end with \\n."""
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return "".join(letter for letter in text if not _is_no_text(letter))


def _is_no_text(letter: str) -> bool:
    if letter in "\n\t":
        return False
    return letter in _TURNING or unicodedata.category(letter) in ("Cc", "Cs")


def one_line(text: str, most: int) -> str:
    """The text on one line of at most `most` characters."""
    line = " ".join(clean(text).split())
    return line if len(line) <= most else line[: most - len(CUT)].rstrip() + CUT


def inert(text: str) -> str:
    """The text with every address of another host broken in plain sight: “evil[.]example”."""
    ours = re.compile(re.escape(f"{settings.SITE_URL}/") + r"[^\s<>\"]*")
    pieces, at = [], 0
    for found in ours.finditer(text):
        pieces += [_broken(text[at : found.start()]), found.group()]
        at = found.end()
    return "".join([*pieces, _broken(text[at:])])


def _broken(text: str) -> str:
    return _DOT.sub("[.]", text.replace("://", "[:]//"))


@dataclass(frozen=True)
class Quote:
    """Somebody's words, to be set apart from ours."""

    text: str

    def __bool__(self) -> bool:
        return bool(self.text.strip())

    @property
    def lines(self) -> list[str]:
        """Its lines as they were typed, inert."""
        return inert(self.text).strip().split("\n")

    @property
    def fenced(self) -> str:
        """For plain text: every line begins with a mark, so that none can pass for ours."""
        wrapped = [piece for line in self.lines for piece in _wrapped(line)]
        return "\n".join(f"> {piece}".rstrip() for piece in wrapped)


def _wrapped(line: str) -> list[str]:
    # Words longer than a line stay whole: an address of ours must remain one.
    return textwrap.wrap(line, LINE, break_long_words=False, break_on_hyphens=False) or [""]
