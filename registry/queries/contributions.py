"""Questions about contributions to the Partnership: how one is shown, filtered and sorted."""

from django.db.models import QuerySet
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import gettext_lazy as _

from registry.models import Contribution
from registry.queries.criteria import Many, Since, Words, Year
from registry.queries.filters import Filters
from registry.queries.labels import AREAS, PARTNERS, of
from registry.queries.lists import NounList
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    money,
    partner_card,
    provenance,
    words_of,
)
from registry.queries.sorts import BY_CHANGE, Sort


def _records() -> QuerySet[Contribution]:
    return Contribution.objects.select_related("donor", "area")


def _body(contribution: Contribution) -> Body:
    return {
        "slug": contribution.slug,
        "path": contribution.get_absolute_url(),
        "donor": partner_card(contribution.donor),
        "purpose": contribution.purpose,
        "serves": contribution.serves,
        "kind": contribution.kind,
        "instrument": contribution.instrument,
        "year": contribution.year,
        "year_end": contribution.year_end,
        "amount": money(contribution.amount),
        "currency": contribution.currency,
        "area": area_card(contribution.area),
        **provenance(contribution),
    }


def _text(body: Body) -> str:
    return words_of(
        body["donor"]["name"],
        body["donor"]["acronym"],
        body["instrument"],
        body["area"] and body["area"]["short_name"],
        body["year"],
    )


REPRESENTATION = Representation(
    noun="contribution",
    key="slug",
    records=_records,
    body=_body,
    title=lambda body: body["purpose"],
    text=_text,
)


class ContributionFilters(Filters):
    """What contributions can be filtered by."""

    q = Words("contribution")
    donor = Many(_("Donor"), "donor__slug", PARTNERS, at="donor.slug", label_path="donor__name")
    area = Many(_("Area"), "area__slug", AREAS, at="area.slug", may_be_none=True)
    serves = Many(
        _("Purpose"),
        "serves",
        of(Contribution.Serves),
        at="serves",
        is_facet=False,
        may_be_none=True,
    )
    kind = Many(
        _("Kind"), "kind", of(Contribution.Kind), at="kind", is_facet=False, may_be_none=True
    )
    year_from = Year(_("In or after"), "year", "gte", "year")
    year_to = Year(_("In or before"), "year", "lte", "year")
    updated_since = Since()


LIST = NounList(
    noun="contribution",
    model=Contribution,
    filters=ContributionFilters,
    sorts={
        "newest": Sort(
            _("newest first"), Coalesce("year", 0), lambda body: body["year"] or 0, is_falling=True
        ),
        "oldest": Sort(
            _("oldest first"), Coalesce("year", 9999), lambda body: body["year"] or 9999
        ),
        "donor": Sort(_("donor"), Lower("donor__name"), lambda body: body["donor"]["name"].lower()),
        "updated": BY_CHANGE,
    },
)
