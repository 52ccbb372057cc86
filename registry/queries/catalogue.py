"""How the reference book is browsed: filters and sorts of countries, decisions and terms."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Country, Decision, Party, Term
from registry.queries.criteria import Many, Words
from registry.queries.filters import Filters
from registry.queries.labels import Labels, Options, few, numbered, of
from registry.queries.lists import NounList
from registry.queries.sorts import Sort


def _flags(label_of_yes: object) -> Labels:
    return lambda asked: {"true": label_of_yes, "false": _("no")}


class Flag(Many):
    """A column that is true or false."""

    def condition(self, model: type, values: list[str]) -> Q:
        """The condition that the column has one of the values."""
        return super().condition(model, [value.capitalize() for value in values])

    def counts(self, qs: QuerySet) -> dict[str, int]:
        """How many have each value."""
        return {value.lower(): n for value, n in super().counts(qs).items()}


def _occurring(model: type, column: str) -> Labels:
    @few
    def labels() -> Options:
        found = model.objects.exclude(**{column: ""}).order_by(column)
        values = found.values_list(column, flat=True).distinct()
        return {value: gettext_lazy(value) for value in values}

    return labels


@few
def _all_articles() -> Options:
    return {str(each.number): numbered(each) for each in Article.objects.order_by("number")}


class CountryFilters(Filters):
    """What countries can be filtered by."""

    q = Words("country")
    party = Many(
        _("Convention"), "party__status", of(Party.Status), at="party.status", may_be_none=True
    )
    region = Many(
        _("Region (M49)"),
        "m49_region",
        _occurring(Country, "m49_region"),
        at="region",
        may_be_none=True,
    )
    group = Many(
        _("UN regional group"),
        "un_regional_group",
        _occurring(Country, "un_regional_group"),
        at="un_regional_group",
        may_be_none=True,
    )
    ldc = Flag(_("Least developed"), "is_ldc", _flags(_("least developed countries")), at="is_ldc")
    lldc = Flag(
        _("Landlocked"), "is_lldc", _flags(_("landlocked developing countries")), at="is_lldc"
    )
    sids = Flag(
        _("Small islands"), "is_sids", _flags(_("small island developing States")), at="is_sids"
    )


class DecisionFilters(Filters):
    """What decisions can be filtered by."""

    q = Words("decision")
    article = Many(_("Article"), "articles__number", _all_articles, at="articles.number")
    kind = Many(_("Kind"), "kind", of(Decision.Kind), at="kind")
    cop = Many(
        _("Conference of the Parties"),
        "cop_id",
        lambda asked: {str(number): f"COP-{number}" for number in range(1, 100)},
        at="cop",
        label_path="cop__number",
    )


class TermFilters(Filters):
    """What terms can be filtered by."""

    q = Words("term")
    kind = Many(_("Kind"), "kind", of(Term.Kind), at="kind")
    article = Many(
        _("Article"), "articles__number", _all_articles, at="articles.number", may_be_none=True
    )


_BY_NAME = {"name": Sort(_("name"), "name_en", lambda body: body["names"]["en"])}
COUNTRIES = NounList(
    noun="country", model=Country, filters=CountryFilters, sorts=_BY_NAME, key="code"
)
DECISIONS = NounList(
    noun="decision",
    model=Decision,
    filters=DecisionFilters,
    sorts={
        "newest": Sort(_("newest first"), "cop_id", lambda body: body["cop"], is_falling=True),
        "oldest": Sort(_("oldest first"), "cop_id", lambda body: body["cop"]),
    },
)
TERMS = NounList(
    noun="term",
    model=Term,
    filters=TermFilters,
    sorts={"term": Sort(_("term"), Lower("term"), lambda body: body["term"].lower())},
)


class ArticleFilters(Filters):
    """What articles can be filtered by."""

    q = Words("article")
    number = Many(_("Number"), "number", _all_articles, at="number", is_facet=False)


ARTICLES = NounList(
    noun="article",
    model=Article,
    filters=ArticleFilters,
    sorts={"number": Sort(_("number"), "number", lambda body: body["number"])},
    key="number",
)
