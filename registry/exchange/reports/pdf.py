"""A report as a tagged PDF (PDF/UA-1), set by Typst with the fonts of the brief."""

import datetime as dt
import json
from functools import cache
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from articles.languages import LANGUAGES, RIGHT_TO_LEFT
from registry.exchange.brief import fonts
from registry.exchange.reports.blocks import Block, Heading, Paragraph, Report, Table, on

_SOURCE = Path(__file__).resolve().parent / "report.typ"


def write(report: Report, *, day: dt.date) -> bytes:
    """The report as PDF. The same report of the same day gives the same bytes."""
    data = {
        "language": report.language,
        "is_right_to_left": report.language in RIGHT_TO_LEFT,
        "programme": _("United Nations Environment Programme"),
        "partnership": _("Global Mercury Partnership"),
        "distribution": _("Distr.: General"),
        "original": _("Original: %s") % LANGUAGES[report.language],
        "note": _("Note by the secretariat"),
        "date": on(report.head.date or day),
        "symbol": report.head.symbol,
        "meeting": report.head.meeting,
        "item": report.head.item,
        "title": report.head.title,
        "author": _("Registry of the UNEP Global Mercury Partnership"),
        "about": report.about,
        "annex": _("Annex"),
        "blocks": [_data(block) for block in report.blocks],
    }
    midnight = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    try:
        return _compiled(data, int(midnight.timestamp()), ["ua-1"])
    except typst.TypstError:
        # A text that none of the fonts can show: what is left out of the standard is that it must.
        return _compiled(data, int(midnight.timestamp()), [])


def _data(block: Block) -> dict[str, Any]:
    match block:
        case Heading():
            return {"kind": "heading", "text": block.text, "level": block.level}
        case Paragraph():
            return {"kind": "numbered", "text": block.text}
        case Table():
            return {
                "kind": "table",
                "caption": block.caption,
                "columns": list(block.columns),
                "rows": [list(row) for row in block.rows],
                "widths": list(block.widths),
                "numbers": sorted(block.numbers),
            }
    return {"kind": "text", "text": block.text}


def _compiled(data: dict[str, Any], timestamp: int, standards: list[str]) -> bytes:
    return typst.compile(
        _source(),
        font_paths=fonts(),
        sys_inputs={"report": json.dumps(data)},
        pdf_standards=standards,
        timestamp=timestamp,
    )


@cache
def _source() -> bytes:
    return _SOURCE.read_bytes()
