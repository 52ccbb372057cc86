"""Codes by what people type, and names for codes: countries, organisations, documents."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from articles.folding import fold
from articles.languages import LANGUAGES
from articles.models import Country
from registry.models import Guidance, Partner, PartnerName
from registry.queries.revision import per_revision


@dataclass(frozen=True)
class Names:
    """The names of one kind of thing: `shown` by code, and `others` that mean it too."""

    shown: dict[str, str]
    others: tuple[tuple[str, str], ...]

    @cached_property
    def _codes(self) -> dict[str, str]:
        codes: dict[str, str] = {}
        # Whoever is called so comes before whoever is also called so.
        pairs = [(name, code) for code, name in self.shown.items()]
        for name, code in (*pairs, *self.others):
            codes.setdefault(fold(name), code)
        return codes

    def code(self, typed: str) -> str:
        """The code of what is typed: a code, a name, an acronym; anything else as typed."""
        typed = " ".join(typed.split())
        if typed in self.shown:
            return typed
        return self._codes.get(fold(typed), typed)

    def name(self, code: object) -> str:
        """The name of what has this code; what is no code, as it is."""
        return self.shown.get(str(code), str(code))

    @property
    def offered(self) -> list[str]:
        """All names, for choosing by typing."""
        return sorted(self.shown.values(), key=fold)


@per_revision
def countries() -> Names:
    """Countries by their names in the UN list M49, in all six languages, and by their codes."""
    columns = [f"name_{language}" for language in LANGUAGES if language != "en"]
    found = Country.objects.order_by("code").values_list("code", "name_en", "alpha3", *columns)
    return Names(
        {code: name for code, name, *_others in found},
        tuple((other, code) for code, _name, *others in found for other in others if other),
    )


@per_revision
def organisations() -> Names:
    """Partners and other organisations by name, acronym and other names."""
    found = Partner.objects.published().order_by("pk").values_list("slug", "name", "acronym")
    acronyms = [(acronym, slug) for slug, _name, acronym in found if acronym]
    others = PartnerName.objects.filter(partner__withdrawn_at=None).order_by("pk")
    return Names(
        {slug: name for slug, name, _acronym in found},
        (*_only_once(acronyms), *others.values_list("name", "partner__slug")),
    )


@per_revision
def documents() -> Names:
    """Guidance documents by title; those that share one also by their codes."""
    found = list(Guidance.objects.published().order_by("pk").values_list("slug", "title", "year"))
    titles = [title for _slug, title, _year in found]
    shown = {
        slug: title if titles.count(title) == 1 else f"{title} ({year or slug}, {slug})"
        for slug, title, year in found
    }
    return Names(shown, ())


def _only_once(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Those whose name means one thing only: two that share an acronym are not told apart by it."""
    pairs = list(pairs)
    names = [fold(name) for name, _code in pairs]
    return [pair for pair, name in zip(pairs, names, strict=True) if names.count(name) == 1]


# What can be chosen by typing, by the word for it.
KINDS: dict[str, Callable[[], Names]] = {
    "country": countries,
    "organisation": organisations,
    "document": documents,
}
