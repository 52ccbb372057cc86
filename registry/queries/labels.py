"""The values that may be asked for, with their labels: closed lists, and codes of other records."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model

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
    found = Article.objects.spine().order_by("number").values_list("number", "title_en")
    return {str(number): f"{number}. {title}" for number, title in found}


@few
def AREAS() -> Options:  # noqa: N802
    """The partnership areas by slug."""
    return dict(Area.objects.order_by("number").values_list("slug", "short_name"))


@few
def COUNTRIES() -> Options:  # noqa: N802
    """All countries by code."""
    return {code: name for code, name, _status in countries()}


@per_revision
def countries() -> list[tuple[str, str, str]]:
    """All countries and areas: code, name, standing in the United Nations."""
    return list(Country.objects.order_by("code").values_list("code", "name_en", "un_status"))


PARTNERS = rows(Partner, "slug", "name")
