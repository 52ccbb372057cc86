"""Keeps text from becoming a formula in a spreadsheet, and gives it back as it was."""

import re

MARK = "'"
# What spreadsheets take for the beginning of a formula, also behind blanks and in full width.
# Leading marks are passed over, so that a text that has one of its own gets another and loses
# exactly that one again.
_FORMULA = re.compile("'*[\\s\u200b\u2060\ufeff]*[=+@\\-\uff1d\uff0b\uff20\uff0d\t\r\n]")
# A text that begins with none of these cannot be a formula: a look-up that spares the pattern.
SUSPECTS = frozenset("=+-@'\uff1d\uff0b\uff20\uff0d\u200b\u2060\ufeff") | {
    chr(code) for code in range(0x3001) if chr(code).isspace()
}


def guard(text: str) -> str:
    """The text with one apostrophe before it if a spreadsheet could take it for a formula."""
    return MARK + text if text[:1] in SUSPECTS and _FORMULA.match(text) else text


def unguard(text: str) -> str:
    """What `guard` was given: undoes it exactly, for every text."""
    return text[1:] if text[:1] == MARK and _FORMULA.match(text, 1) else text
