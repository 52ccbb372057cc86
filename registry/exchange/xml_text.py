"""Text that XML can hold."""

import re

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legible(text: str) -> str:
    """The text with � for every character that no XML file may hold, even escaped."""
    return _NO_XML.sub("\ufffd", text)
