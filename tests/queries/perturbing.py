"""Copies of records as somebody else would write them: for finding what is one and the same."""

import random
import re

from articles import crosswalk
from articles.folding import fold

SHORT = {
    "national action plan": "NAP",
    "artisanal and small-scale gold mining": "ASGM",
    "artisanal and small scale gold mining": "ASGM",
    "minamata initial assessment": "MIA",
    "partnership advisory group": "PAG",
    "environmentally sound management": "ESM",
    "united nations environment programme": "UNEP",
    "project": "proj.",
    "development": "dev.",
    "workshop": "wksp",
}
# What says without reading which record it is.
KEYS = ("gef_id", "url", "links", "external_id", "source_system", "slug", "source", "outputs")


class Writer:
    """Writes the values of a record anew, with slips, other words and gaps, by the seed."""

    def __init__(self, seed):
        self.rng = random.Random(seed)

    def copy(self, values):
        """The values of an activity without its keys, its title changed in two or three ways."""
        copy = {name: value for name, value in values.items() if name not in KEYS}
        ways = [self.slips, self.gaps, self.order, self.short, self.foreign, self.case]
        for change in self.rng.sample(ways, self.rng.choice((2, 3))):
            copy["title"] = change(copy["title"])
        copy["summary"] = self.summary(copy.get("summary", ""))
        return copy | self.facts(copy)

    def slips(self, text):
        """One slip of the pen in every five words or so."""
        words = text.split()
        for at in self.rng.sample(range(len(words)), max(1, len(words) // 5)):
            words[at] = self._slip(words[at])
        return " ".join(words)

    def _slip(self, word):
        if len(word) < 4:
            return word
        at = self.rng.randrange(1, len(word) - 1)
        return self.rng.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
                word[:at] + self.rng.choice("aeioulnrst") + word[at + 1 :],
            )
        )

    def gaps(self, text):
        """A quarter of the words left out."""
        words = text.split()
        left_out = set(self.rng.sample(range(len(words)), len(words) // 4))
        return " ".join(word for at, word in enumerate(words) if at not in left_out)

    def order(self, text):
        """The second part of the title before the first."""
        words = text.split()
        at = self.rng.randrange(1, max(len(words) - 1, 2))
        return " ".join(words[at:] + words[:at])

    def short(self, text):
        """Phrases that have an abbreviation, abbreviated."""
        for phrase, abbreviation in SHORT.items():
            text = re.sub(rf"\b{phrase}s?\b", abbreviation, text, flags=re.IGNORECASE)
        return text

    def foreign(self, text):
        """One word of the field in another language."""
        words = text.split()
        for at in self.rng.sample(range(len(words)), len(words)):
            forms = crosswalk.forms_of(words[at])
            others = sorted(f for f in forms if fold(f)[:4] != fold(words[at])[:4])
            if others:
                words[at] = self.rng.choice(others)
                break
        return " ".join(words)

    def case(self, text):
        """Capitals only, or none, or no accents."""
        return self.rng.choice((str.upper, str.lower, fold))(text)

    def summary(self, text):
        """The beginning of the summary, or nothing of it."""
        words = text.split()
        return " ".join(words[: len(words) * self.rng.choice((0, 2, 3)) // 5])

    def facts(self, values):
        """Years instead of days, and one in five facts not given."""
        kept = {
            name: values.get(name, []) if self.rng.random() < 0.8 else []
            for name in ("countries", "areas", "articles", "participations")
        }
        is_dated = self.rng.random() < 0.8
        years = {name: str(values.get(name, ""))[:4] * is_dated for name in ("start", "end")}
        return kept | years
