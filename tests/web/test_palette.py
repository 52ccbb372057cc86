"""Marks of drawings stand out from what they lie on, on both papers (WCAG 1.4.11: 3 to 1)."""

import itertools
import math
import re

import pytest
from django.contrib.staticfiles import finders

from registry.models import Area
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


AREA = re.compile(r"--(area-[\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
PAPERS = [("#fbfbf9", "#f1f3f2"), ("#0e161c", "#17222a")]
# What is left of red, green and blue (linear) where one kind of cone is missing: Machado 2009.
SIGHTS = {
    "all": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "no green": [[0.367, 0.861, -0.228], [0.280, 0.673, 0.047], [-0.012, 0.043, 0.969]],
    "no red": [[0.152, 1.053, -0.205], [0.115, 0.786, 0.099], [-0.004, -0.048, 1.052]],
    "no blue": [[1.256, -0.077, -0.179], [-0.078, 0.931, 0.148], [0.005, 0.691, 0.304]],
}


def of_areas(theme):
    """The colours of the areas in a theme."""
    with open(finders.find("css/tokens.css"), encoding="utf-8") as file:
        return {name: pair[theme] for name, *pair in AREA.findall(file.read())}


def seen(colour, sight):
    """Where a colour lies for an eye: lightness, red or green, yellow or blue (CIE Lab)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    left = [
        min(1, max(0, sum(share * each for share, each in zip(row, linear, strict=True))))
        for row in SIGHTS[sight]
    ]
    to_xyz = [(0.4339, 0.3762, 0.1899), (0.2126, 0.7152, 0.0722), (0.0178, 0.1095, 0.8727)]
    xyz = [sum(share * each for share, each in zip(row, left, strict=True)) for row in to_xyz]
    x, y, z = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in xyz)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_of_areas_stand_out_on_the_page(theme):
    found = of_areas(theme)

    weak = {
        (name, paper): round(contrast(colour, paper), 2)
        for name, colour in found.items()
        for paper in PAPERS[theme]
    }
    assert len(found) == 8
    assert {pair: n for pair, n in weak.items() if n < 3} == {}


@pytest.mark.parametrize("sight", SIGHTS)
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_colours_of_areas_are_told_apart_by_every_eye(theme, sight):
    places = {name: seen(colour, sight) for name, colour in of_areas(theme).items()}

    near = {
        pair: round(math.dist(places[pair[0]], places[pair[1]]), 1)
        for pair in itertools.combinations(places, 2)
    }
    # Ten is told apart side by side; these stand with their names as well.
    assert {pair: n for pair, n in near.items() if n < 14} == {}


@pytest.mark.django_db
def test_every_area_has_its_colour(registry_data):
    assert {f"area-{slug}" for slug in Area.objects.values_list("slug", flat=True)} == set(
        of_areas(LIGHT)
    )
