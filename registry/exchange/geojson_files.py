"""GeoJSON (RFC 7946): how many records a country has, at one point each; never a border."""

from collections import Counter
from collections.abc import Iterable, Iterator

import orjson
from django.utils.translation import gettext as _

from articles.country_points import point_of
from registry.exchange.extracts import Extract, attribution, licence
from registry.queries.representation import Body


def write(stored: Iterable[str], extract: Extract) -> Iterator[bytes]:
    """One feature a country. Records without a country are counted, not smeared over the map."""
    names: dict[str, str] = {}
    records: dict[str, list[Body]] = {}
    nowhere: Counter[str] = Counter()
    for body in map(orjson.loads, stored):
        countries = _countries(body)
        if not countries:
            nowhere[body.get("level", "")] += 1
        for country in countries:
            names[country["code"]] = country["name"]
            records.setdefault(country["code"], []).append(_card(body))
    yield _head(extract, nowhere)
    for at, code in enumerate(sorted(records)):
        yield (b",\n" if at else b"\n") + _feature(code, names[code], records[code])
    yield b"\n]}\n"


def _countries(body: Body) -> list[Body]:
    """The countries of an activity, or the one of an organisation's seat."""
    if "countries" in body:
        return body["countries"]
    return [body["country"]] if body["country"] else []


def _card(body: Body) -> Body:
    return {"slug": body["slug"], "title": body.get("title") or body["name"]}


def _feature(code: str, name: str, records: list[Body]) -> bytes:
    point = point_of(code)
    return orjson.dumps(
        {
            "type": "Feature",
            "id": code,
            "geometry": point and {"type": "Point", "coordinates": point},
            "properties": {
                "code": code,
                "name": name,
                "count": len(records),
                "records": records,
            },
        }
    )


def _head(extract: Extract, nowhere: Counter[str]) -> bytes:
    """The collection up to its features; members beside them are allowed by section 6.1."""
    told = {
        "type": "FeatureCollection",
        "title": str(extract.table.title),
        "filters": {name: values for name, _label, values in extract.filters},
        "taken_on": extract.taken_at.date().isoformat(),
        "revision": extract.revision,
        "licence": licence(),
        "attribution": attribution(),
        "disclaimer": disclaimer(),
        "without_country": _without_country(extract, nowhere),
    }
    return orjson.dumps(told)[:-1] + b',"features":['


def _without_country(extract: Extract, nowhere: Counter[str]) -> Body:
    counted: Body = {"count": nowhere.total()}
    if extract.noun == "activity":
        counted["by_level"] = dict(sorted(nowhere.items()))
    return counted


def disclaimer() -> str:
    """What the United Nations say under every map."""
    return _(
        "The boundaries and names shown and the designations used on this map do not imply "
        "official endorsement or acceptance by the United Nations."
    )
