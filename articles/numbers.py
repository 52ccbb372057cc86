"""Numbers as people read them."""

from typing import Any


def spaced(number: Any) -> str:
    """A whole number with thin spaces between its thousands."""
    return f"{int(float(number)):,}".replace(",", "\u202f")
