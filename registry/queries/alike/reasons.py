"""Why two records are alike, in a form that pages can say in any language."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_SENTENCES = {
    "gef": gettext_lazy("Same GEF number: %s"),
    "identifier": gettext_lazy("Same identifier at the source: %s"),
    "url": gettext_lazy("Same web address: %s"),
    "same-title": gettext_lazy("The same title"),
    "near-title": gettext_lazy("Nearly the same title"),
    "like-title": gettext_lazy("Similar title"),
    "summary": gettext_lazy("Similar summary"),
    "countries-and-years": gettext_lazy("Same country and overlapping years: %s"),
    "countries": gettext_lazy("Same country: %s"),
    "years": gettext_lazy("Overlapping years: %s"),
    "partners": gettext_lazy("Same partner: %s"),
    "publishers": gettext_lazy("Same publisher: %s"),
    "year": gettext_lazy("Same year: %s"),
    "languages": gettext_lazy("In another language: %s"),
    "articles-and-areas": gettext_lazy("Same articles and area"),
    "articles": gettext_lazy("Same articles"),
    "areas": gettext_lazy("Same area"),
    "same-name": gettext_lazy("The same name: %s"),
    "near-name": gettext_lazy("Nearly the same name: %s"),
    "like-name": gettext_lazy("Similar name: %s"),
    "acronym": gettext_lazy("Same acronym: %s"),
    "initials": gettext_lazy("The acronym stands for the name: %s"),
    "letters": gettext_lazy("Looks the same, with letters of another alphabet: %s"),
    "host": gettext_lazy("Same web site: %s"),
    "country": gettext_lazy("Same country: %s"),
}
# So many names are said; of more, only how many there are.
MOST_SAID = 3


@dataclass(frozen=True)
class Reason:
    """A code, and the names or numbers that both records have in common."""

    code: str
    values: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The reason in the words of the language in use."""
        said = str(_SENTENCES[self.code])
        return said % self._said() if "%s" in said else said

    def _said(self) -> str:
        few = ", ".join(self.values[:MOST_SAID])
        if len(self.values) <= MOST_SAID:
            return few
        left: dict[str, Any] = {"few": few, "n": len(self.values) - MOST_SAID}
        return _("%(few)s and %(n)d more") % left
