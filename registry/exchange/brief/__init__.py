"""The brief for governments: what the finder found, as a tagged PDF of a few pages."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import typst

from articles.languages import RIGHT_TO_LEFT, spoken
from registry.exchange.brief import contents
from registry.queries.finder.answers import Answer

_FOLDER = Path(__file__).resolve().parent
# PDF/UA-1 asks for tags, titles and languages that readers of screens rely on, and that every
# character has a shape.
_ACCESSIBLE = ["ua-1"]


def write(answer: Answer, *, site: str, address: str, revision: int) -> bytes:
    """The brief in the language spoken, as the bytes of a PDF.

    `site` is the public address of the site, without a slash at its end; `address` is that of the
    page which shows the same; `revision` is that of the data. The same answer gives the same bytes.
    """
    data = {
        "language": spoken(),
        "is_right_to_left": spoken() in RIGHT_TO_LEFT,
        **contents.of(answer, site=site, address=address, revision=revision),
    }
    midnight = dt.datetime.combine(answer.today, dt.time(), tzinfo=dt.UTC)
    return _set(data, int(midnight.timestamp()))


def _set(data: dict[str, Any], timestamp: int) -> bytes:
    try:
        return _compiled(data, timestamp, _ACCESSIBLE)
    except typst.TypstError:
        # A text that none of the fonts can show, in a script that nobody foresaw. What is left
        # out of the standard is that it must show; the tags are there all the same.
        return _compiled(data, timestamp, [])


def _compiled(data: dict[str, Any], timestamp: int, standards: list[str]) -> bytes:
    # The texts go in as data: whatever they hold, they are never read as Typst.
    return typst.compile(
        _source(),
        font_paths=fonts(),
        sys_inputs={"brief": json.dumps(data)},
        pdf_standards=standards,
        timestamp=timestamp,
    )


@cache
def _source() -> bytes:
    return (_FOLDER / "brief.typ").read_bytes()


@cache
def fonts() -> typst.Fonts:
    """The fonts that all documents are set in."""
    # Only ours and those of Typst, so that a brief looks the same wherever it is made.
    return typst.Fonts(include_system_fonts=False, font_paths=[str(_FOLDER / "fonts")])
