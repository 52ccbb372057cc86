"""What a partner can take from its desk: its public records, and its submissions."""

from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from registry.exchange import csv_files, json_files
from registry.exchange.extracts import Extract
from registry.exchange.tables import PRIVATE
from registry.models import Partner
from registry.permissions import Verb, can, require
from registry.queries import activities, contributions, guidance, revision, takings
from registry.queries.lists import NounList
from registry.web import taking
from registry.web.private import membership_of, private, require_focal

# What the public lists hold of a partner: the title, the list, the filter that names it.
_PUBLIC: tuple[tuple[object, NounList, str], ...] = (
    (_("Activities in which it takes part"), activities.LIST, "partner"),
    (_("Guidance that it published"), guidance.LIST, "publisher"),
    (_("Contributions that it made"), contributions.LIST, "donor"),
)
_TYPES = {"json": "application/json", "csv": "text/csv; charset=utf-8"}


@private
@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """What there is to take."""
    partner, membership = membership_of(request.user, slug)
    require(request.user, Verb.WRITE_SUBMISSIONS, partner)
    context = {
        "place": "data",
        "partner": partner,
        "membership": membership,
        "public": [_public(partner, *each) for each in _PUBLIC],
        "count": partner.submissions.count(),
        "may_take": can(request.user, Verb.TAKE_SUBMISSIONS, partner),
        "columns": PRIVATE["submission"].columns,
    }
    return render(request, "desk/data.html", context)


def _public(partner: Partner, title: object, of: NounList, name: str) -> dict[str, object]:
    asked = QueryDict(mutable=True)
    asked[name] = partner.slug
    count = of.ask(asked).count()
    return {"title": title, "count": count, "offers": taking.offers(of, asked, count)}


@private
@require_safe
def submissions(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """All submissions of the partner, whatever became of them."""
    partner, _membership = membership_of(request.user, slug)
    require_focal(request.user, Verb.TAKE_SUBMISSIONS, partner)
    if extension not in _TYPES:
        raise Http404
    extract = Extract("submission", timezone.now(), revision.current())
    bodies = takings.submissions_of(partner)
    chunks = (
        csv_files.write(bodies, extract) if extension == "csv" else json_files.write_array(bodies)
    )
    response = StreamingHttpResponse(
        () if request.method == "HEAD" else chunks, content_type=_TYPES[extension]
    )
    name = f"{partner.slug}_{extract.file_name(extension)}"
    response.headers["Content-Disposition"] = content_disposition_header(True, name)
    return response
