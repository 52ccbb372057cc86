"""Records that may be alike: few enough to be compared one by one, found in several ways.

By what names a record (GEF number, identifier, address), by the very title, by rare words of the
title, and by country, time and subject. Only public entries are asked, so no draft is ever found.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import orjson

from registry import words
from registry.models import Entry
from registry.queries import bits, bodies, fulltext, vocabulary
from registry.queries.alike import keys, ladder, sampling
from registry.queries.alike.facts import Facts
from registry.queries.alike.rarity import Rarity
from registry.queries.holding import Holding
from registry.queries.labels import country_names

# So many entries are read for a question to the index, and so many in all are enough.
MOST_READ, ENOUGH = 1000, 300
# So many of them are compared; and so many that have the same facts, or the same title.
MOST_COMPARED, MOST_FACTS, MOST_TITLES = 100, 60, 30
# Unknown words of a title for which known ones are looked up, and how many for each.
MOST_SLIPS, MOST_MEANT = 3, 3
# What the same country counts in choosing, beside a title that is the same (1).
COUNTRY = 0.3


class Pool:
    """The public records of a noun, as far as this process knows them."""

    def __init__(self, noun: str) -> None:
        self.noun, self.held = noun, bodies.LISTS[noun].held()
        self.ids: Sequence[int] = self.held.ids if self.held else _ids(noun)
        self.rarity: Rarity = sampling.rarity(noun, self.ids)
        # The index holds the records of all nouns, and they are numbered together.
        self.size = self.ids[-1] if self.ids else 0

    def like(self, facts: Facts, title: str) -> list[tuple[str, str]]:
        """Key and stored body of each candidate, in a fixed order."""
        found = [
            *keys.entries(self.noun, facts),
            *(self._same_title(self.held, title) if self.held else ()),
            *(self._same_facts(self.held, facts) if self.held else ()),
            *self.by_words(facts),
        ]
        return self.bodies(found)

    def bodies(self, numbers: Iterable[int]) -> list[tuple[str, str]]:
        """Key and stored body of the public entries with these numbers, in their order."""
        entries = Entry.objects.public().filter(pk__in=set(numbers))
        return list(entries.order_by("pk").values_list("key", "body"))

    def _same_title(self, held: Holding, title: str) -> list[int]:
        by_title = "title" if "title" in held.orders else "name"
        places = held.having_value(by_title, title, MOST_TITLES)
        return [held.ids[place] for place in places]

    def _same_facts(self, held: Holding, facts: Facts) -> list[int]:
        """Those of the same countries; of many, those of the same years, area and articles."""
        among = _any(held, "country", facts.countries)
        for narrower in _narrower(held, facts):
            if among.bit_count() <= MOST_FACTS:
                break
            among &= narrower
        if among.bit_count() > MOST_FACTS:
            return []
        return [held.ids[place] for place in bits.places(among)]

    def by_words(self, facts: Facts) -> list[int]:
        """The best of those that have rare words of the title in common with it."""
        asked = self._words(facts)
        rows: dict[int, tuple[str, str]] = {}
        for question in ladder.questions(asked, self.size):
            for number, stems, terms in fulltext.some_with(question, self.noun, MOST_READ):
                rows[number] = (stems, terms)
            if len(rows) >= ENOUGH:
                break
        near = _Nearness(facts, self.rarity)
        rough = {number: -near.to(*row) for number, row in rows.items()}
        return sorted(rough, key=lambda number: (rough[number], number))[:MOST_COMPARED]

    def _words(self, facts: Facts) -> list[ladder.Word]:
        groups = chain(_forms(facts), _places(facts))
        return [ladder.word(forms, self.rarity.share) for forms in dict.fromkeys(groups) if forms]


class _Nearness:
    """How near titles and countries of many records are, roughly and quickly."""

    def __init__(self, facts: Facts, rarity: Rarity) -> None:
        self.weigh, self.countries = rarity.weight, facts.countries.keys()
        self.words = facts.gist.words.keys() | facts.gist.meant.keys()
        self.weight = sum(map(self.weigh, self.words))

    def to(self, stems: str, terms: str) -> float:
        """How near a record is whose title has these stems."""
        theirs = set(stems.split())
        shared = 2 * sum(map(self.weigh, theirs & self.words))
        near = shared / (self.weight + sum(map(self.weigh, theirs))) if shared else 0.0
        countries = orjson.loads(terms)["has"].get("country", ())
        return near if self.countries.isdisjoint(countries) else near + COUNTRY


def _ids(noun: str) -> list[int]:
    numbers = Entry.objects.public().filter(noun=noun).order_by("pk")
    return list(numbers.values_list("pk", flat=True))


def _any(held: Holding, name: str, values: Iterable[str]) -> int:
    among = 0
    for value in values:
        among |= held.having(name, value)
    return among


def _narrower(held: Holding, facts: Facts) -> Iterator[int]:
    if facts.years:
        years = range(facts.years[0] - 1, facts.years[1] + 2)
        yield _any(held, "start_year", map(str, years))
    if facts.areas:
        yield _any(held, "area", facts.areas)
    if facts.articles:
        yield _any(held, "article", facts.articles)


def _forms(facts: Facts) -> Iterator[frozenset[words.Phrase]]:
    """The words of the title, each with its forms in other languages that stand in some record."""
    known, slips = vocabulary.stems(), 0
    for stem, word in (facts.gist.words | facts.gist.meant).items():
        if stem in known or len(word) < vocabulary.SHORTEST or not word.isalpha():
            query = vocabulary.cut(words.parse(word))
            yield _shortest(frozenset().union(*query.groups) | {(stem,)})
        elif slips < MOST_SLIPS:
            slips += 1
            meant = vocabulary.near(word, MOST_MEANT)
            yield frozenset((words.stems(each),) for each in meant)
    yield from (frozenset({(number,)}) for number in facts.gist.numbers if len(number) > 2)


def _shortest(forms: frozenset[words.Phrase]) -> frozenset[words.Phrase]:
    """The forms without those that hold another one, which finds them too; without “d'or”."""
    said = [form for form in forms if len(form) == 1 or not all(map(_is_tiny, form))]
    return frozenset(form for form in said if not any(set(each) < set(form) for each in said))


def _is_tiny(stem: str) -> bool:
    return stem.isascii() and len(stem) < vocabulary.SHORTEST


def _places(facts: Facts) -> Iterator[frozenset[words.Phrase]]:
    """The countries, any of which will do, by their names in English."""
    names = country_names()
    phrases = (
        tuple(words.stems(names[c]["en"].partition("(")[0]).split())
        for c in facts.countries
        if c in names
    )
    yield frozenset(phrase for phrase in phrases if phrase)
