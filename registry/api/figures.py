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


class _View(ReadView):
    def get_renderers(self) -> list[BaseRenderer]:
        """Those of every read, and CSV."""
        return [*super().get_renderers(), Whole("csv", FORMATS["csv"])]

    def answer(self, request: Request, figure: Figure) -> HttpResponse:
        """The lines of a figure, as asked for."""
        if request.accepted_renderer.format == "csv":
            return _file(figure)
        told = {"name": figure.name, "rows": figure.records(), "revision": revision.current()}
        return as_json(written(told))


class MatrixView(_View):
    """Areas by articles."""

    def get(self, request: Request) -> HttpResponse:
        """The cells, under the filters that the start page takes."""
        return self.answer(request, matrix.figure(matrix.narrowed(_asked(request))))


class FigureView(_View):
    """One figure that takes no filters."""

    def get(self, request: Request, name: str) -> HttpResponse:
        """The lines of the figure."""
        if name not in FIGURES:
            raise Http404
        matrix.nothing(_asked(request))
        return self.answer(request, FIGURES[name]())


def _asked(request: Request) -> QueryDict:
    data = request.query_params.copy()
    data.pop("format", None)
    return data


def _file(figure: Figure) -> HttpResponse:
    response = HttpResponse(figure_files.write(figure), content_type="text/csv; charset=utf-8")
    named = f"figure-{figure.name}_revision-{revision.current()}.csv"
    response.headers["Content-Disposition"] = content_disposition_header(True, named)
    return public(response)
