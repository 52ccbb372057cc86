"""Questions about contributions to the Partnership: how one is shown, filtered and sorted."""

from django.db.models import QuerySet

from registry.models import Contribution
from registry.queries.representation import (
    Body,
    Representation,
    area_card,
    money,
    partner_card,
    provenance,
    words_of,
)


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
