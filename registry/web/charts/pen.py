"""Draws elements of SVG: with class names for a page, or with their paint for a file."""

from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

from articles.languages import RIGHT_TO_LEFT, spoken

INK, MUTED, PAPER, RULE, BLUE = "#10222f", "#4c5d69", "#fbfbf9", "#c9d1d5", "#0a5c8f"
FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', sans-serif"
_TEXT = {"font-size": "14", "fill": INK}
_SMALL = {"font-size": "13", "fill": MUTED}
# How things look in a file; on a page `static/css/dashboard.css` says it, for light and dark.
PAINT: dict[str, dict[str, str]] = {
    "label": _TEXT,
    "number": _TEXT | {"font-weight": "600"},
    "small": _SMALL,
    "second": _TEXT | {"font-size": "13"},
    "tick": _SMALL,
    "minor": _SMALL | {"stroke": PAPER, "stroke-width": "3", "paint-order": "stroke"},
    "bar": {"fill": BLUE},
    "track": {"fill": "#eceff0"},
    "before": {"fill": "#7d8e9a"},
    "after": {"fill": BLUE},
    "unknown": {"fill": PAPER, "stroke": MUTED, "stroke-dasharray": "2 2"},
    "axis": {"stroke": MUTED},
    "rule": {"stroke": "#8a5300", "stroke-width": "2", "stroke-dasharray": "5 3"},
    "event": {"font-size": "13", "fill": "#8a5300", "font-weight": "600"},
    "land": {"fill": "#dbe1e4"},
    "gap": {"fill": PAPER, "stroke": "#6a7b86", "r": "2.5"},
    "dot dot-1": {"fill": "#4381a8", "stroke": PAPER, "r": "3.5"},
    "dot dot-2": {"fill": "#316f98", "stroke": PAPER, "r": "5"},
    "dot dot-3": {"fill": "#1f5e87", "stroke": PAPER, "r": "6.5"},
    "dot dot-4": {"fill": "#124b70", "stroke": PAPER, "r": "8"},
    "dot dot-5": {"fill": "#083653", "stroke": PAPER, "r": "10"},
    "empty": {"fill": "#f1f3f2"},
    "tint-1": {"fill": "#e9f1f5"},
    "tint-2": {"fill": "#d3e4ec"},
    "tint-3": {"fill": "#b8d3e1"},
    "tint-4": {"fill": "#9bc1d5"},
    "tint-5": {"fill": "#7eafc8"},
    "title": {"font-size": "22", "font-weight": "600", "fill": INK},
    "paper": {"fill": PAPER},
}


_ENDS = {False: {"x": "0"}, True: {"x": "100%", "text_anchor": "end"}}


class Pen:
    """Draws for a page, or for a file that is read away from the site at `site`."""

    def __init__(self, site: str = "") -> None:
        self.site = site
        # Lengths grow from where reading begins; time goes from left to right in all languages.
        self.is_mirrored = spoken() in RIGHT_TO_LEFT

    def draw(self, element: str, kind: str = "", *inside: Any, **attributes: Any) -> SafeString:
        """An element of a kind, with what is inside it; text is escaped."""
        paint = PAINT.get(kind, {}) if self.site else {"class": kind} if kind else {}
        given = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        said = "".join(f' {name}="{escape(value)}"' for name, value in (paint | given).items())
        content = "".join(map(conditional_escape, inside))
        # Names are the code's own, and all values were escaped.
        return mark_safe(f"<{element}{said}>{content}</{element}>")  # noqa: S308

    def text(self, kind: str, words: Any, x: Any, y: Any, **attributes: Any) -> SafeString:
        """Words at a place."""
        return self.draw("text", kind, words, x=x, y=y, **attributes)

    def at_start(self, kind: str, words: Any, y: Any) -> SafeString:
        """Words where reading begins."""
        return self.draw("text", kind, words, y=y, **_ENDS[self.is_mirrored])

    def at_end(self, kind: str, words: Any, y: Any) -> SafeString:
        """Words where reading ends."""
        return self.draw("text", kind, words, y=y, **_ENDS[not self.is_mirrored])

    def length(self, kind: str, share: float, **attributes: Any) -> SafeString:
        """A bar of a share of the width, from where reading begins."""
        x = percent(1 - share) if self.is_mirrored else "0"
        return self.draw("rect", kind, x=x, width=percent(share), **attributes)

    def link(self, address: str, says: str, *inside: Any, **attributes: Any) -> SafeString:
        """What is inside leads to a list; without an address it is shown only."""
        if not address:
            return self.draw("g", "", *inside)
        whole = {"href": self.site + address, "aria-label": says}
        return self.draw("a", "", *inside, **whole, **attributes)


def percent(share: float) -> str:
    """A share as a length across."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".") + "%"
