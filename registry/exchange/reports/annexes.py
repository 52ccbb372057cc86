"""The annexes of a report: every activity, document and partner that it counts."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from articles.dates import PartialDate
from registry.exchange.reports.blocks import Block, Heading, Table, Text
from registry.models import Activity, Partner
from registry.queries import quotable
from registry.queries.quotable.statistics import Chosen
from registry.queries.representation import Body


def annexes(chosen: Chosen, material: quotable.Material) -> Iterator[Block]:
    """The annexes, each beginning with its heading."""
    yield Heading(_("Annex I. Activities"))
    yield from _listed(
        chosen.activities,
        _("Activities, by the area that they belong to first"),
        (_("Reference"), _("Title"), _("Led by"), _("Countries"), _("Articles"), _("Period")),
        (12, 32, 18, 16, 10, 12),
        _activity,
    )
    yield Heading(_("Annex II. Guidance"))
    yield from _listed(
        chosen.guidance,
        _("Guidance documents"),
        (_("Year"), _("Title"), _("Published by"), _("Articles"), _("Languages")),
        (7, 45, 24, 12, 12),
        _document,
    )
    yield Heading(_("Annex III. Partners"))
    partners = [body for body in material.of("partner") if body["standing"] == "partner"]
    yield from _listed(
        partners,
        _("Partners"),
        (_("Name"), _("Kind"), _("Seat"), _("Areas")),
        (44, 16, 18, 22),
        _partner,
    )


def _listed(
    bodies: list[Body],
    caption: str,
    columns: tuple[str, ...],
    widths: tuple[int, ...],
    row: Any,
) -> Iterator[Block]:
    if not bodies:
        yield Text(_("None is recorded."))
        return
    ordered = sorted(bodies, key=_order)
    yield Table(caption, columns, tuple(row(body) for body in ordered), widths)


def _order(body: Body) -> tuple[str, str, str]:
    area = next(iter(card["slug"] for card in body["areas"]), "~")
    return (
        area if "reference" in body else "",
        body.get("name", body.get("title", "")),
        body["slug"],
    )


def _activity(body: Body) -> tuple[str, ...]:
    leads = [p["acronym"] or p["name"] for p in body["partners"] if p["role"] == "lead"]
    return (
        body["reference"],
        body["title"],
        ", ".join(leads),
        ", ".join(card["name"] for card in body["countries"]),
        _articles(body),
        period(body),
    )


def _document(body: Body) -> tuple[str, ...]:
    return (
        str(body["year"] or ""),
        body["title"],
        ", ".join(card["acronym"] or card["name"] for card in body["publishers"]),
        _articles(body),
        ", ".join(edition["language"] for edition in body["editions"]),
    )


def _partner(body: Body) -> tuple[str, ...]:
    acronym = f" ({body['acronym']})" if body["acronym"] else ""
    return (
        body["name"] + acronym,
        str(Partner.Type(body["type"]).label) if body["type"] else "",
        body["country"]["name"] if body["country"] else "",
        ", ".join(_(card["short_name"]) for card in body["areas"]),
    )


def _articles(body: Body) -> str:
    return ", ".join(str(card["number"]) for card in body["articles"])


def period(body: Body) -> str:
    """When an activity went on, as far as it is known; its status where nothing is."""
    days = [PartialDate.parse(day).in_words() for day in (body["start"], body["end"]) if day]
    if days:
        return " – ".join(dict.fromkeys(days))
    return str(Activity.Status(body["status"]).label) if body["status"] else ""
