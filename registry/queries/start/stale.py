"""What grows stale: records that nobody stands by, documents not to be had, silent partners."""

from django.utils.translation import ngettext

from registry.models import Activity, Guidance, Partner
from registry.queries import lacking
from registry.queries.articles import listing
from registry.queries.start.lines import Asked, Line, list_of

Freshness = Activity.Freshness


def activities(asked: Asked) -> list[Line]:
    """Activities whose confirmation is due, overdue or past waiting for; counted in memory."""
    counts = listing("activity").found.counts("freshness")
    due, overdue, silent = (
        counts.get(each, 0) for each in (Freshness.DUE, Freshness.OVERDUE, Freshness.SILENT)
    )
    lines = (
        (
            ngettext("activity is due to be confirmed", "activities are due to be confirmed", due),
            due,
            Freshness.DUE,
        ),
        (
            ngettext("activity: confirmation overdue", "activities: confirmation overdue", overdue),
            overdue,
            Freshness.OVERDUE,
        ),
        (
            ngettext("activity that nobody confirms", "activities that nobody confirms", silent),
            silent,
            Freshness.SILENT,
        ),
    )
    return [
        Line(words, count, list_of(Activity, freshness__exact=stage))
        for words, count, stage in lines
        if count
    ]


def documents(asked: Asked) -> list[Line]:
    """Guidance that leads to an address which is unavailable."""
    count = lacking.counts()[Guidance, "available-link"]
    said = ngettext(
        "guidance document with an unavailable link",
        "guidance documents with an unavailable link",
        count,
    )
    return [Line(said, count, list_of(Guidance, lacking="available-link"))] if count else []


def partners(asked: Asked) -> list[Line]:
    """Partners for whom nobody speaks."""
    count = lacking.count(Partner, "focal-point")
    said = ngettext("partner without a focal point", "partners without a focal point", count)
    return [Line(said, count, list_of(Partner, lacking="focal-point"))] if count else []
