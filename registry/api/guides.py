"""The hand-written guides, kept as Markdown beside this file, as parts of a page."""

import re
from functools import cache
from pathlib import Path

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

FOLDER = Path(__file__).parent / "guide"
# The address in the files, at which `make demo` serves; a page shows its own instead.
WRITTEN_FOR = "http://127.0.0.1:8000"
LANGUAGES = {"sh": "curl", "python": "Python", "r": "R"}
_BLOCKS = re.compile(r"^```(\w+)\n(.*?)^```$|((?:^(?!```)[^\n]+\n?)+)", re.M | re.S)
_PIECES = re.compile(r"`([^`]+)`")


def examples(name: str) -> list[tuple[str, str, str]]:
    """The examples of a guide: heading, language and code."""
    found, heading = [], ""
    for language, code, text in _blocks(name):
        heading = text[3:].strip() if text.startswith("## ") else heading
        if language:
            found.append((heading, language, code))
    return found


def headings(name: str) -> list[tuple[str, str]]:
    """The parts of a guide: anchor and heading."""
    texts = [text[3:].strip() for _l, _c, text in _blocks(name) if text.startswith("## ")]
    return [(_anchor(text), text) for text in texts]


def _anchor(heading: str) -> str:
    # Apart from the anchors of the reference on the same page.
    return f"how-{slugify(heading)}"


def page(name: str, site: str) -> SafeString:
    """A guide as HTML, its examples for the site at this address."""
    parts: list[str] = []
    waiting: list[tuple[str, str]] = []
    for language, code, text in _blocks(name):
        if language:
            waiting.append((language, code.replace(WRITTEN_FOR, site)))
            continue
        parts += [_choice(waiting, len(parts)), _text(text)]
        waiting = []
    # Every piece of text was escaped on its way here.
    return mark_safe("\n".join([*parts, _choice(waiting, len(parts))]))


@cache
def _blocks(name: str) -> list[tuple[str, str, str]]:
    """Language and code, or a block of text."""
    written = (FOLDER / f"{name}.md").read_text(encoding="utf-8")
    return [(m[1] or "", m[2] or "", (m[3] or "").strip()) for m in _BLOCKS.finditer(written)]


def _choice(examples: list[tuple[str, str]], number: int) -> str:
    """One example in several languages: the first is open, and opening another closes it."""
    return "".join(
        format_html(
            '<details class="example" name="example-{}"{}><summary>{}</summary>'
            '<pre tabindex="0"><code>{}</code></pre></details>',
            number,
            "" if place else mark_safe(" open"),
            LANGUAGES[language],
            code.rstrip("\n"),
        )
        for place, (language, code) in enumerate(examples)
    )


def _text(text: str) -> str:
    if text.startswith("# "):
        return ""
    if text.startswith("## "):
        heading = text[3:].strip()
        return format_html('<h3 id="{}">{}</h3>', _anchor(heading), heading)
    if text.startswith("- "):
        items = "".join(f"<li>{inline(line[2:])}</li>" for line in text.splitlines())
        return f'<ul class="compact">{items}</ul>'
    return f"<p>{inline(text)}</p>"


def inline(text: str) -> SafeString:
    """A sentence as HTML, with its code marked."""
    return mark_safe(_PIECES.sub(r"<code>\1</code>", escape(text)))
