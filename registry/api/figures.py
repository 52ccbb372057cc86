"""One figure of the start page at a time: its lines, each with the list that proves its numbers."""

from django.http import Http404, HttpResponse, QueryDict
from django.utils.http import content_disposition_header
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from registry.api.downloads import Whole
from registry.api.views import ReadView, as_json, public, written
from registry.exchange import figure_files
from registry.exchange.formats import FORMATS
from registry.queries import matrix, revision
from registry.queries.figures import FIGURES, Figure

NAMES = ("matrix", *FIGURES)


class FigureView(ReadView):
    """One figure."""

    def get_renderers(self) -> list[BaseRenderer]:
        """Those of every read, and CSV."""
        return [*super().get_renderers(), Whole("csv", FORMATS["csv"])]

    def get(self, request: Request, name: str) -> HttpResponse:
        """The lines of the figure. The matrix takes filters; the others none."""
        data = request.query_params.copy()
        data.pop("format", None)
        figure = _figure(name, data)
        if request.accepted_renderer.format == "csv":
            return _file(figure)
        answer = {"name": name, "rows": figure.records(), "revision": revision.current()}
        return as_json(written(answer))


def _figure(name: str, data: QueryDict) -> Figure:
    if name == "matrix":
        return matrix.figure(matrix.narrowed(data))
    if name not in FIGURES:
        raise Http404
    matrix.nothing(data)
    return FIGURES[name]()


def _file(figure: Figure) -> HttpResponse:
    response = HttpResponse(figure_files.write(figure), content_type="text/csv; charset=utf-8")
    named = f"figure-{figure.name}_revision-{revision.current()}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, named)
    return public(response)
