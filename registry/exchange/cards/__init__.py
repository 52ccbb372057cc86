"""Pictures of records that other sites show for a link to them, drawn from the public bodies.

They are set in the one typeface that comes with the program that sets them, which has Latin, Greek
and Cyrillic letters: in Arabic and Chinese the words around a title are English, and a title in
letters that it lacks gives way to what kind of record it is.
"""

import json
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from articles.dates import PartialDate
from articles.languages import FIRST, in_django, spoken, wording_in
from articles.models import SPINE, Party
from articles.numbers import spaced
from registry.models import Activity, Guidance, Meeting, Partner
from registry.queries.labels import COUNTRIES
from registry.queries.representation import Body
from registry.queries.statistics import Totals

MEDIA_TYPE = "image/png"
_TEMPLATE = Path(__file__).with_name("card.typ")
_LETTERS = ("LATIN", "CYRILLIC", "GREEK")
# Languages whose letters the typeface has.
_SET = ("en", "fr", "ru", "es")
_LONGEST_TITLE, _LONGEST_FACT, _MOST_FACTS = 160, 34, 3


@dataclass(frozen=True)
class Card:
    """What a picture says: kind, title, up to three facts, and the articles that are served."""

    kind: str
    title: str
    facts: list[tuple[str, str]] = field(default_factory=list)
    articles: list[int] = field(default_factory=list)


def language() -> str:
    """The language of a picture for a page in the language spoken."""
    return spoken() if spoken() in _SET else FIRST


def of_site(totals: Totals) -> bytes:
    """The picture of the registry as a whole."""
    with translation.override(in_django(language())):
        facts = [
            (_("Partners"), spaced(totals.partners)),
            (_("Activities"), spaced(totals.activities)),
            (_("Guidance"), spaced(totals.guidance)),
        ]
        title = _("Who does what to end mercury pollution, article by article")
        return _drawn(Card(_("UNEP Global Mercury Partnership"), title, facts, list(SPINE)))


def of_record(noun: str, body: Body, counts: list[tuple[Any, str]]) -> bytes:
    """The picture of a public record. `counts` are facts that its body does not hold."""
    with translation.override(in_django(language())):
        card = _CARDS[noun](body)
        facts = [(capfirst(str(name)), value) for name, value in counts]
        return _drawn(Card(card.kind, card.title, [*card.facts, *facts], card.articles))


def _drawn(card: Card) -> bytes:
    said = asdict(card) | {
        "title": _short(card.title if _has_letters(card.title) else card.kind, _LONGEST_TITLE),
        "facts": [
            (name, _short(value, _LONGEST_FACT))
            for name, value in card.facts
            if value and _has_letters(value)
        ][:_MOST_FACTS],
        "label": _("Articles"),
        "language": spoken(),
        "site": _("Registry of the Global Mercury Partnership"),
        "host": settings.SITE_HOST,
    }
    return typst.compile(
        _TEMPLATE,
        format="png",
        ppi=72,
        sys_inputs={"card": json.dumps(said)},
        # The same picture on every machine.
        ignore_system_fonts=True,
    )


def _short(text: str, most: int) -> str:
    """Cut between words, where it has to be."""
    return text if len(text) <= most else text[:most].rpartition(" ")[0].rstrip(" ,;:–") + "…"


def _has_letters(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    return all(unicodedata.name(each, "").startswith(_LETTERS) for each in letters)


def _activity(body: Body) -> Card:
    facts = [
        (_("Reference"), body["reference"]),
        (_("Countries"), _countries(body)),
        (_("Dates"), _period(body)),
    ]
    return Card(_kind(Activity.Kind, body, _("Activity")), body["title"], facts, _articles(body))


def _guidance(body: Body) -> Card:
    publishers = ", ".join(each["acronym"] or each["name"] for each in body["publishers"])
    facts = [(_("Published by"), publishers), (_("Year"), str(body["year"] or ""))]
    return Card(_kind(Guidance.Kind, body, _("Guidance")), body["title"], facts, _articles(body))


def _partner(body: Body) -> Card:
    seat = body["country"]
    facts = [
        (_("Seat"), _country(seat["code"]) if seat else ""),
        (_("Areas"), ", ".join(_(each["short_name"]) for each in body["areas"])),
    ]
    return Card(capfirst(str(Partner.Standing(body["standing"]).label)), body["name"], facts)


def _area(body: Body) -> Card:
    leads = ", ".join(each["acronym"] or each["name"] for each in body["leads"])
    name = _(body["name"])
    facts = [(_("Leads"), leads)]
    return Card(_("Partnership area"), capfirst(name), facts, _articles(body))


def _meeting(body: Body) -> Card:
    facts = [(_("Date"), _words(body["start"])), (_("Place"), body["place"])]
    return Card(_kind(Meeting.Kind, body, _("Meeting")), body["title"], facts)


def _contribution(body: Body) -> Card:
    amount = f"{spaced(body['amount'])} {body['currency']}" if body["amount"] else ""
    facts = [
        (_("Given by"), body["donor"]["name"]),
        (_("Year"), str(body["year"] or "")),
        (_("Amount"), amount),
    ]
    return Card(_("Contribution"), body["purpose"], facts)


def _article(body: Body) -> Card:
    kind = _("Minamata Convention, Article %d") % body["number"]
    return Card(kind, wording_in(body["titles"]).text, [], [body["number"]])


def _country(code: str) -> str:
    return str(COUNTRIES(None).get(code, code))


def _of_country(body: Body) -> Card:
    party = body["party"]
    status = str(Party.Status(party["status"]).label) if party else _("not a Party")
    return Card(_("Country"), _country(body["code"]), [(_("Convention"), status)])


def _decision(body: Body) -> Card:
    kind = _("Decision of the Conference of the Parties")
    facts = [(_("Code"), body["code"] or ""), (_("Year"), str(body["year"] or ""))]
    return Card(kind, body["subject"], facts, _articles(body))


def _kind(kinds: type, body: Body, otherwise: str) -> str:
    label = str(kinds(body["kind"]).label) if body["kind"] else otherwise
    return capfirst(label)


def _articles(body: Body) -> list[int]:
    return [each["number"] for each in body["articles"]]


def _countries(body: Body) -> str:
    names = [_country(each["code"]) for each in body["countries"]]
    return ", ".join(names) if len(names) < 4 else _("%d countries") % len(names)


def _period(body: Body) -> str:
    start, end = (_words(body[name]) for name in ("start", "end"))
    return f"{start} – {end}" if start and end and start != end else start or end


def _words(date: str) -> str:
    return PartialDate.parse(date).in_words() if date else ""


_CARDS: dict[str, Callable[[Body], Card]] = {
    "activity": _activity,
    "area": _area,
    "article": _article,
    "contribution": _contribution,
    "country": _of_country,
    "decision": _decision,
    "guidance": _guidance,
    "meeting": _meeting,
    "partner": _partner,
}
NOUNS = tuple(_CARDS)
