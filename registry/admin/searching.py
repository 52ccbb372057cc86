"""Search in lists and choices: words in any order, “article 7”, letters with or without accents.

Whole words are looked for in the search index, as on the public pages; only where no record has
them is every row read for parts of words.
"""

import re

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q

from registry import words
from registry.models import Entry, Record, Word
from registry.queries.fulltext import matching

MOST_WORDS = 10
MOST_WITHDRAWN = 500
ENOUGH = 1000
_ARTICLE = re.compile(r"\bart(?:icles?)?\b\.?\s*(\d{1,2})\b", re.IGNORECASE)


class Searching(admin.ModelAdmin):
    """Every word must stand in one of `search_fields`, or in the text of the record's entry.

    `exact_fields` are unique and indexed: a word with a figure in it may be one of these.
    """

    article_field = ""  # the way from a record to its articles, where it has any
    entry_noun = ""
    entry_key = "slug"
    exact_fields = ()

    def get_search_results(self, request, queryset, search_term):
        if self.article_field:
            for number in _ARTICLE.findall(search_term):
                queryset = queryset.filter(self._in(self.article_field, int(number)))
            search_term = _ARTICLE.sub(" ", search_term)
        asked = search_term.split()[:MOST_WORDS]
        for find in (self._by_number, self._by_index):
            if (found := find(queryset, asked)) is not None:
                return found, False
        return self._by_reading(queryset, asked), False

    def _by_number(self, queryset, asked):
        """The record that the only word is the number or address of."""
        if len(asked) != 1 or not any(sign.isdigit() for sign in asked[0]):
            return None
        named = Q()
        for field in self.exact_fields:
            named |= Q(**{field: asked[0]}) | Q(**{field: asked[0].upper()})
        found = queryset.filter(named)
        return found if self.exact_fields and found.exists() else None

    def _by_index(self, queryset, asked):
        """Records in which the words stand that the index knows; None where it knows none."""
        if not self.entry_noun or not issubclass(self.model, Record):
            return None
        known = asked if self._has(asked) else _known(asked)
        if not known:
            return None
        met = matching(words.parse(" ".join(known)), self.entry_noun)
        unknown = [word for word in asked if word not in known]
        found = self._by_reading(queryset.filter(slug__in=met.values("key")), unknown)
        # What is withdrawn has no text in the index; there is little of it.
        gone = self._by_reading(queryset.exclude(withdrawn_at=None), asked).order_by()
        if numbers := list(gone.values_list("pk", flat=True)[:MOST_WITHDRAWN]):
            return queryset.filter(Q(pk__in=found.values("pk")) | Q(pk__in=numbers))
        return found

    def _has(self, asked):
        query = words.parse(" ".join(asked))
        # To ask for one only would make PostgreSQL read from the start until it meets one.
        return bool(query) and matching(query, self.entry_noun)[:ENOUGH].count() > 0

    def _by_reading(self, queryset, asked):
        for word in asked:
            queryset = queryset.filter(self._holding(word))
        return queryset

    def _holding(self, word):
        found = self._in_entry(word)
        for field in self.search_fields:
            found |= self._in(f"{field}__icontains", word)
        return found

    def _in(self, lookup, wanted):
        match = Q(**{lookup: wanted})
        if lookup_spawns_duplicates(self.opts, lookup):
            return Q(pk__in=self.model.objects.filter(match).values("pk"))
        return match

    def _in_entry(self, word):
        stems = words.stems(word)
        if not stems or not self.entry_noun:
            return Q()
        held = Q(title_stems__contains=stems) | Q(text_stems__contains=stems)
        entries = Entry.objects.filter(held, noun=self.entry_noun)
        return Q(**{f"{self.entry_key}__in": entries.values("key")})


def _known(asked):
    """The words that stand in some record."""
    tokens = {word: words.tokens(word) for word in asked}
    every = {token for found in tokens.values() for token in found}
    stored = set(Word.objects.filter(word__in=every).values_list("word", flat=True))
    return [word for word in asked if tokens[word] and stored.issuperset(tokens[word])]
