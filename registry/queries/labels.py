"""The values that may be asked for, with their labels: closed lists, and codes of other records."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext_lazy

from articles.languages import in_words, texts_of
from articles.models import Article, Country
from registry.models import Area, Partner
from registry.queries.revision import per_revision

Options = Mapping[str, Any]
# Labels of the values that may be asked for: of these, or of all of them.
Labels = Callable[[list[str] | None], Options]


def of(choices: type) -> Labels:
    """The values of a closed list."""
    options = dict(choices.choices)
    return lambda asked: options


def few(read: Callable[[], Options]) -> Labels:
    """Values of which there are so few that all are read at once, and kept while they hold."""
    kept = per_revision(read)
    return lambda asked: kept()


def rows(model: type[Model], code: str, label: str) -> Labels:
    """The codes of a table that may be long: only those asked for are looked up."""

    def labels(asked: list[str] | None) -> Options:
        found = (
            model.objects.all() if asked is None else model.objects.filter(**{f"{code}__in": asked})
        )
        return {str(key): name for key, name in found.order_by(code).values_list(code, label)}

    return labels


@few
def ARTICLES() -> Options:  # noqa: N802 — it becomes a constant: the labels of Articles 3–14
    """Articles 3–14 by number."""
    found = Article.objects.spine().order_by("number")
    return {str(article.number): numbered(article) for article in found}


def numbered(article: Article) -> Any:
    """Number and title, such as “7. Artisanal and small-scale gold mining”."""
    titles = texts_of(article, "title")
    return in_words({code: f"{article.number}. {title}" for code, title in titles.items()})


@few
def AREAS() -> Options:  # noqa: N802
    """The partnership areas by slug."""
    found = Area.objects.order_by("number").values_list("slug", "short_name")
    return {slug: gettext_lazy(name) for slug, name in found}


@few
def COUNTRIES() -> Options:  # noqa: N802
    """All countries by code, in the order of their codes."""
    return {code: name for code, name, _status in sorted(countries(), key=lambda each: each[0])}


@per_revision
def countries() -> list[tuple[str, Any, str]]:
    """All countries and areas by name: code, name, standing in the United Nations."""
    found = sorted(Country.objects.all(), key=lambda country: country.name_en)
    return [(each.code, in_words(texts_of(each, "name")), each.un_status) for each in found]


@per_revision
def country_names() -> dict[str, dict[str, str]]:
    """The names of all countries as in M49: by code, then by language."""
    return {each.code: texts_of(each, "name") for each in Country.objects.order_by("code")}


PARTNERS = rows(Partner, "slug", "name")
