"""Words for generated records: a few real ones of the field among many that are made up."""

import random
from itertools import accumulate

# Topic → its share of texts, in thousandths.
TOPICS = {
    "artisanal gold mining": 220,
    "dental amalgam": 60,
    "mercury thermometers": 13,
    "measuring devices": 30,
    "chlor-alkali cells": 50,
    "coal combustion": 60,
    "cement kilns": 30,
    "mercury waste": 120,
    "contaminated sites": 70,
    "skin-lightening products": 30,
    "fluorescent lamps": 40,
    "interim storage": 60,
    "mercury trade": 90,
    "emission inventories": 80,
    "biomonitoring of fish": 47,
}
VERBS = ("reduces", "measures", "replaces", "monitors", "documents", "phases out", "maps", "trains")
PLACES = ("in villages", "in hospitals", "at the mine", "in the region", "at the plant", "at sea")
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo")
VOCABULARY = 4000
WORDS_IN_TEXT = 36


class Wording:
    """Writes titles and texts, the same ones for the same seed."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.topics = list(TOPICS)
        self.weights = list(accumulate(TOPICS.values()))
        self.words = ["".join(rng.choices(SYLLABLES, k=3)) for _ in range(VOCABULARY)]
        # As in any language: the n-th word is used as often as 1/n says.
        self.frequencies = list(accumulate(1 / n for n in range(1, VOCABULARY + 1)))

    def title(self, what: str, number: int) -> str:
        """A title that says that it is generated."""
        topic = self.rng.choices(self.topics, cum_weights=self.weights)[0]
        return f"Generated {what} {number}: {self.rng.choice(VERBS)} {topic}"

    def text(self) -> str:
        """Some forty words, nearly always with “mercury” among them."""
        made_up = self.rng.choices(self.words, cum_weights=self.frequencies, k=WORDS_IN_TEXT)
        topic = self.rng.choices(self.topics, cum_weights=self.weights)[0]
        about = "mercury" if self.rng.random() < 0.95 else "metal"
        head = f"Generated text about {about}: it {self.rng.choice(VERBS)} {topic}"
        return f"{head} {self.rng.choice(PLACES)}. {' '.join(made_up).capitalize()}."
