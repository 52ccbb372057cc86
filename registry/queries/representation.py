"""How a record is shown to the public: the shape of an entry, and the cards it is made of."""

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models

from articles.models import Article, Country
from registry.models import Activity, Area, Guidance, Partner

Body = dict[str, Any]


@dataclass(frozen=True)
class Representation:
    """One noun's public face.

    `records()` and `rows()`, which belong to them, are all that `body` reads; `key` names its
    public code; `title` and `text` are what search reads, title first. `names` is what the record
    is called besides its title and its code: who looks for one of these finds it first.
    """

    noun: str
    key: str
    records: Callable[[], models.QuerySet]
    body: Callable[[Any], Body]
    title: Callable[[Body], str]
    text: Callable[[Body], str]
    rows: Callable[[], tuple[models.Prefetch, ...]] = tuple
    names: Callable[[Body], list[str]] = lambda body: []

    def read(self, keys: Iterable[str], without: Collection[str]) -> models.QuerySet:
        """These records, with their rows but for those that they are `without`."""
        asked = [each for each in self.rows() if each.prefetch_through not in without]
        return self.records().filter(**{f"{self.key}__in": list(keys)}).prefetch_related(*asked)


@dataclass(frozen=True)
class Built:
    """A freshly built representation, ready to be stored as an entry."""

    key: str
    title: str
    text: str
    names: list[str]
    body: Body
    terms: dict[str, Any]
    withdrawn_at: datetime | None

    @property
    def json(self) -> str:
        """The stored text: compact, keys in the order of the body, letters as they are."""
        return _compact(self.body)

    @property
    def stored_terms(self) -> str:
        """The stored text of the terms."""
        return _compact(self.terms)


def _compact(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def read_body(stored: str) -> Body:
    """A stored body as data."""
    return json.loads(stored)


# What the cards below read of a record that another shows.
_READ = {
    Area: ("slug", "name", "short_name"),
    Article: ("number", "title_en"),
    Country: ("code", "name_en"),
    Partner: ("slug", "name", "acronym", "standing"),
    Activity: ("slug", "title"),
    Guidance: ("slug", "title"),
}


def rows(
    name: str, model: type[models.Model], related: str = "", *, order: str, public: bool = False
) -> models.Prefetch:
    """The rows of a record, in order, each with the record that it points at, as its card reads it.

    `public` leaves out those of withdrawn records: where another record names this one, and not
    this one the other.

    They are a list under `shown_` and their name: to give each record a question of its own, which
    could be asked again, takes longer than to read them.
    """
    # Nothing is read later, row by row: what is missing here is an error.
    found = model.objects.fetch_mode(models.FETCH_RAISE).order_by(order)
    if public:
        found = found.filter(**{f"{related}__withdrawn_at": None})
    if related:
        own = [field.name for field in model._meta.fields]
        read = _READ[model._meta.get_field(related).related_model]
        found = found.select_related(related).only(*own, *(f"{related}__{each}" for each in read))
    return models.Prefetch(name, found, to_attr=f"shown_{name}")


def country_card(country: Country | None) -> Body | None:
    """A country, as other records show it."""
    return country and {"code": country.code, "name": country.name_en}


def area_card(area: Area | None) -> Body | None:
    """A Partnership area, as other records show it."""
    return area and {"slug": area.slug, "name": area.name, "short_name": area.short_name}


def article_card(article: Article) -> Body:
    """An article of the Convention, as other records show it."""
    return {"number": article.number, "title": article.title_en}


def partner_card(partner: Partner | None) -> Body | None:
    """An organisation, as other records show it; `standing` says whether it is a partner."""
    return partner and {
        "slug": partner.slug,
        "name": partner.name,
        "acronym": partner.acronym,
        "standing": partner.standing,
    }


def titled_card(record: Any) -> Body:
    """A record that has a title, as other records show it."""
    return {"slug": record.slug, "title": record.title}


def provenance(record: Any) -> Body:
    """Where a record came from, and when it was last touched."""
    return {
        "source": record.source,
        "source_system": record.source_system,
        "external_id": record.external_id,
        "created_at": moment(record.created_at),
        "updated_at": moment(record.updated_at),
        "version": record.version,
    }


def day(date: Any) -> str | None:
    """A date as text, or None."""
    return date.isoformat() if date else None


def money(amount: Any) -> str | None:
    """An amount as text with two decimals, so that no reader rounds it; or None."""
    return None if amount is None else f"{amount:.2f}"


def moment(at: datetime) -> str:
    """A moment as text (UTC); moments stand in the order of their texts."""
    return at.isoformat(timespec="microseconds").replace("+00:00", "Z")


def words_of(*parts: Any) -> str:
    """The parts that say something, as one text for the search index."""
    return " · ".join(str(part) for part in parts if part)


def values_at(body: Body, at: str) -> list[str]:
    """The values at a place of a body such as `kind`, `country.code`, `articles.number`."""
    name, _, part = at.partition(".")
    found = body.get(name)
    if found is None or found == "" or found == []:
        return []
    each = found if isinstance(found, list) else [found]
    values = [one[part] for one in each] if part else each
    return list(dict.fromkeys(_as_code(value) for value in values if value not in (None, "")))


def _as_code(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
