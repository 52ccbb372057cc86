"""Marks of drawings stand out from what they lie on, on both papers (WCAG 1.4.11: 3 to 1)."""

import re

import pytest
from django.contrib.staticfiles import finders

from registry.web.charts import pen

LIGHT, DARK = 0, 1
PROPERTY = re.compile(r"--([\w-]+):\s*light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")


def colours(theme):
    """The custom properties that are colours, in a theme."""
    found = {}
    for name in ("css/tokens.css", "css/dashboard.css"):
        with open(finders.find(name), encoding="utf-8") as file:
            found |= {each: pair[theme] for each, *pair in PROPERTY.findall(file.read())}
    return found


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_marks_stand_out_on_the_page(theme):
    named = colours(theme)

    pairs = [(f"dot-{step}", under) for step in range(1, 6) for under in ("land", "paper")]
    pairs += [(mark, "paper") for mark in ("before", "link", "attention", "muted")]
    weak = {pair: contrast(named[pair[0]], named[pair[1]]) for pair in pairs}
    assert {pair: round(n, 2) for pair, n in weak.items() if n < 3} == {}


def test_letters_and_marks_stand_out_in_files():
    paint = pen.PAINT
    marks = [kind for kind in paint if kind.startswith("dot") or kind in ("bar", "before", "after")]

    for kind in marks:
        assert contrast(paint[kind]["fill"], pen.PAPER) >= 3, kind
    for kind in [each for each in marks if each.startswith("dot")]:
        assert contrast(paint[kind]["fill"], paint["land"]["fill"]) >= 3, kind
    for tint in [each for each in paint if each.startswith("tint")]:
        for text in ("label", "second"):
            assert contrast(paint[text]["fill"], paint[tint]["fill"]) >= 4.5, tint


def test_files_have_the_colours_of_the_page():
    named = colours(LIGHT)

    for name in ("before", "land"):
        assert pen.PAINT[name]["fill"] == named[name]
    for step in range(1, 6):
        assert pen.PAINT[f"dot dot-{step}"]["fill"] == named[f"dot-{step}"]
        assert pen.PAINT[f"tint-{step}"]["fill"] == named[f"tint-{step}"]
