"""What records lack that they should have: for lists that show them, and for how many there are."""

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from articles.languages import LANGUAGES
from articles.models import Article, Country
from registry.models import (
    Activity,
    ActivityArea,
    ActivityArticle,
    ActivityCountry,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    Link,
    Membership,
    Participation,
    Partner,
    PartnerArea,
    Publisher,
    Record,
)
from registry.queries import links
from registry.queries.articles import listing
from registry.queries.fields import NONE
from registry.queries.revision import per_revision


def _no(rows: type[Model], owner: str, **which: Any) -> Q:
    return ~Q(Exists(rows._default_manager.filter(**{owner: OuterRef("pk")}, **which)))


def _blank(field: str) -> Q:
    blank = Q()
    for code in LANGUAGES:
        blank |= Q(**{f"{field}_{code}": ""})
    return blank


@per_revision
def _with_unavailable_links() -> frozenset[str]:
    """The documents that lead to an address which is unavailable."""
    gone = list(Link.objects.broken().values_list("address", flat=True))
    found = links.carriers(gone) if gone else {}
    return frozenset(c.slug for each in found.values() for c in each if c.noun == "guidance")


def _national_without_country() -> Q:
    return Q(level=Activity.Level.NATIONAL) & _no(ActivityCountry, "activity")


def _without_focal_point() -> Q:
    # Only partners are asked to have one.
    focal = {"role": Membership.Role.FOCAL_POINT, "user__is_active": True}
    return Q(standing=Partner.Standing.PARTNER) & _no(Membership, "partner", **focal)


def _partner_without_area() -> Q:
    return Q(standing=Partner.Standing.PARTNER) & _no(PartnerArea, "partner")


# By model: the word in addresses, how lists call it, and the condition.
LACKS: dict[type[Model], dict[str, tuple[Any, Callable[[], Q]]]] = {
    Activity: {
        "article": (_("an article"), lambda: _no(ActivityArticle, "activity")),
        "area": (_("an area"), lambda: _no(ActivityArea, "activity")),
        "country": (_("a country, though national"), _national_without_country),
        "lead": (
            _("who leads it"),
            lambda: _no(Participation, "activity", role=Participation.Role.LEAD),
        ),
    },
    Guidance: {
        "article": (_("an article"), lambda: _no(GuidanceArticle, "guidance")),
        "area": (_("an area"), lambda: _no(GuidanceArea, "guidance")),
        "publisher": (_("a publisher"), lambda: _no(Publisher, "guidance")),
        "available-link": (
            _("a link that answers"),
            lambda: Q(slug__in=_with_unavailable_links()),
        ),
    },
    Partner: {
        "focal-point": (_("a focal point"), _without_focal_point),
        "area": (_("an area, though a partner"), _partner_without_area),
    },
    Article: {"translation": (_("a title in some language"), lambda: _blank("title"))},
    Country: {"translation": (_("a name in some language"), lambda: _blank("name"))},
}


def narrowed(records: QuerySet, lack: str) -> QuerySet:
    """Those of the records that lack it; all of them for a word that is not known."""
    known = LACKS[records.model]
    return records.filter(known[lack][1]()) if lack in known else records


def count(model: type[Model], lack: str) -> int:
    """How many public records of a model lack it; of the reference book, all are public."""
    records = model._default_manager.all()
    if issubclass(model, Record):
        records = records.filter(withdrawn_at=None)
    return narrowed(records, lack).count()


@per_revision
def counts() -> dict[tuple[type[Model], str], int]:
    """How many public records lack what; nothing that changes without the public revision.

    Areas and articles are counted in memory; so that is quick for however many records.
    """
    found = {}
    for noun, model in (("activity", Activity), ("guidance", Guidance)):
        for lack in ("area", "article"):
            found[model, lack] = listing(noun).found.counts(lack).get(NONE, 0)
    asked = ((Activity, "country"), (Activity, "lead"), (Guidance, "publisher"))
    asked += ((Guidance, "available-link"), (Partner, "area"))
    asked += ((Article, "translation"), (Country, "translation"))
    return found | {(model, lack): count(model, lack) for model, lack in asked}
