"""What each noun's public representation is made of: one list for requests and checks."""

from registry.queries import meaning

# Noun → the fields of its body, in their order.
FIELDS: dict[str, tuple[str, ...]] = {
    noun: tuple(fields) for noun, (_says, fields) in meaning.NOUNS.items()
}

# Noun → field that may be expanded → noun of the records it holds.
EXPANDED: dict[str, dict[str, str]] = {
    "activity": {
        "areas": "area",
        "articles": "article",
        "countries": "country",
        "partners": "partner",
        "outputs": "guidance",
    },
    "area": {"leads": "partner", "articles": "article"},
    "contribution": {"donor": "partner", "area": "area"},
    "decision": {"articles": "article"},
    "guidance": {
        "areas": "area",
        "articles": "article",
        "publishers": "partner",
        "produced_by": "activity",
    },
    "meeting": {"country": "country", "area": "area"},
    "partner": {"country": "country", "areas": "area", "represented_by": "partner"},
    "term": {"articles": "article"},
    "article": {},
    "country": {},
}
