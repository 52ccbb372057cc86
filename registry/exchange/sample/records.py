"""Generated partners, activities and documents, spread over areas, articles and countries."""

import random
from collections.abc import Iterator
from itertools import accumulate
from typing import Any

from registry.actions.values import Values
from registry.exchange.sample.wording import Wording
from registry.models import Activity, Guidance, Participation, Partner, Region, Role

PARTNERS, ACTIVITIES, DOCUMENTS = 150, 500, 400
# In how many of a hundred records each article and each area stands, as among the real ones.
ARTICLES = {3: 33, 4: 40, 5: 31, 6: 1, 7: 49, 8: 44, 9: 33, 10: 31, 11: 46, 12: 34, 13: 7, 14: 44}
AREAS = {
    "asgm": 25,
    "chlor-alkali": 6,
    "air-transport-fate": 5,
    "products": 13,
    "coal": 4,
    "waste": 19,
    "cement": 3,
    "supply-storage": 8,
}
BUSY = ("GH", "PE", "ID", "KE", "CO", "BR", "TZ", "PH", "SN", "CN")
LEVELS = {"national": 52, "global": 26, "regional": 22}
LANGUAGES = {"en": 80, "fr": 25, "es": 20, "ru": 8, "zh": 8, "ar": 8}


class Sample:
    """Generated values in the form that actions take; the same ones for the same scale and seed.

    Scale 1 has 150 partners, 500 activities and 400 documents.
    """

    def __init__(self, scale: int, seed: int, countries: list[str]) -> None:
        self.scale, self.rng = scale, random.Random(seed)
        self.wording = Wording(self.rng)
        others = [code for code in countries if code not in BUSY]
        # A few countries have many activities, most have few.
        self.countries = [*BUSY, *self.rng.sample(others, len(others))]
        self.country_weights = list(accumulate(1 / (n + 8) for n in range(len(countries))))

    def partners(self) -> Iterator[Values]:
        """Generated partners."""
        for number in range(1, PARTNERS * self.scale + 1):
            yield {
                "slug": self._partner(number),
                "name": f"Generated organisation {number}",
                "acronym": f"GO{number}",
                "standing": "partner",
                "type": self._one(Partner.Type.values),
                "country": self._countries(1)[0],
                "evidence": "listed",
                "areas": self._some(AREAS),
                "source_system": "generated",
            }

    def activities(self) -> Iterator[Values]:
        """Generated activities."""
        for number in range(1, ACTIVITIES * self.scale + 1):
            level = self.rng.choices(list(LEVELS), list(LEVELS.values()))[0]
            start, end = self._dates()
            yield {
                "slug": f"generated-activity-{number}",
                "title": self.wording.title("activity", number),
                "summary": self.wording.text(),
                "kind": self._one(Activity.Kind.values),
                "level": level,
                "attribution": self._one(Activity.Attribution.values),
                "start": start,
                "end": end,
                "source": "Generated for measuring.",
                "source_system": "generated",
                **self._relations(level),
            }

    def documents(self) -> Iterator[Values]:
        """Generated guidance documents."""
        for number in range(1, DOCUMENTS * self.scale + 1):
            yield {
                "slug": f"generated-document-{number}",
                "title": self.wording.title("document", number),
                "kind": self._one(Guidance.Kind.values),
                "role": self._one(Role.values),
                "year": self.rng.randint(1995, 2026),
                "abstract": self.wording.text(),
                "areas": self._some(AREAS),
                "articles": self._articles(),
                "publishers": [self._partner(self._partner_number())],
                "editions": [{"language": code, "url": ""} for code in self._some(LANGUAGES)],
                "source_system": "generated",
            }

    def _relations(self, level: str) -> Values:
        roles = Participation.Role.values
        partners = dict.fromkeys(self._partner_number() for _ in range(self.rng.randint(1, 4)))
        few = {"national": 1, "regional": 4, "global": 0}[level]
        return {
            "areas": self._some(AREAS),
            "articles": self._articles(),
            "countries": self._countries(few),
            "regions": [self._one(Region.values)] if level == "regional" else [],
            "participations": [
                {"partner": self._partner(n), "role": roles[0] if at == 0 else self._one(roles)}
                for at, n in enumerate(partners)
            ],
            "funding_lines": [
                {"funder": None, "amount": f"{self.rng.randint(1, 5000)}000.00", "currency": "USD"}
            ],
        }

    def _one(self, values: list) -> Any:
        return values[int(self.rng.random() * len(values))]

    def _some(self, shares: dict) -> list:
        return [value for value, share in shares.items() if self.rng.random() * 100 < share]

    def _articles(self) -> list[Values]:
        return [
            {"article": number, "basis": self._one(["stated", "inferred"])}
            for number in self._some(ARTICLES)
        ]

    def _countries(self, few: int) -> list[str]:
        chosen = self.rng.choices(self.countries, cum_weights=self.country_weights, k=few)
        return list(dict.fromkeys(chosen))

    def _dates(self) -> tuple[str, str]:
        if self.rng.random() < 0.3:
            return "", ""
        year, month = self.rng.randint(2005, 2025), self.rng.randint(1, 12)
        return f"{year}-{month:02}", f"{year + self.rng.randint(0, 4)}"

    def _partner_number(self) -> int:
        return 1 + int(self.rng.random() * PARTNERS * self.scale)

    def _partner(self, number: int) -> str:
        return f"generated-organisation-{number}"
