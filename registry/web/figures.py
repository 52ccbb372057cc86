"""Figures away from the start page: as a file in SVG, and as a bare page that others may frame."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from registry.errors import Misunderstood
from registry.queries import matrix, statistics
from registry.web.charts import shown
from registry.web.charts.shown import Shown
from registry.web.listing import without_blanks


def drawn(request: HttpRequest, name: str) -> HttpResponse:
    """The figure as a file of its own, in the colours of paper."""
    try:
        figure = _figure(request, name)
    except Misunderstood as wrong:
        return _refused(request, wrong)
    site = request.build_absolute_uri("/").rstrip("/")
    response = HttpResponse(figure.file(site), content_type="image/svg+xml")
    named = content_disposition_header(False, f"figure-{name}.svg")
    response.headers["Content-Disposition"] = named
    return response


def embedded(request: HttpRequest, name: str) -> HttpResponse:
    """The figure alone. Who may frame it says `partnership.headers`."""
    try:
        figure = _figure(request, name)
    except Misunderstood as wrong:
        return _refused(request, wrong)
    context = {"figure": figure, "is_embedded": True}
    if name == "matrix":
        asked = matrix.narrowed(without_blanks(request.GET))
        context |= {"asked": asked, "titles": statistics.article_titles()}
    return render(request, "embed.html", context)


def _figure(request: HttpRequest, name: str) -> Shown:
    if name not in shown.NAMES:
        raise Http404
    return shown.shown(name, without_blanks(request.GET))


def _refused(request: HttpRequest, wrong: Misunderstood) -> HttpResponse:
    return render(request, "errors/400.html", {"problems": wrong.problems}, status=400)
