"""Search in lists and choices: words in any order, “article 7”, letters with or without accents."""

import re

from django.contrib import admin
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.db.models import Q

from registry import words
from registry.models import Entry

MOST_WORDS = 10
_ARTICLE = re.compile(r"\bart(?:icles?)?\b\.?\s*(\d{1,2})\b", re.IGNORECASE)


class Searching(admin.ModelAdmin):
    """Every word must stand in one of `search_fields`, or in the text of the record's entry."""

    article_field = ""  # the way from a record to its articles, where it has any
    entry_noun = ""
    entry_key = "slug"

    def get_search_results(self, request, queryset, search_term):
        if self.article_field:
            for number in _ARTICLE.findall(search_term):
                queryset = queryset.filter(self._in(self.article_field, int(number)))
            search_term = _ARTICLE.sub(" ", search_term)
        for word in search_term.split()[:MOST_WORDS]:
            queryset = queryset.filter(self._holding(word))
        return queryset, False

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
