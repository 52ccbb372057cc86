"""Which representation a request gets: by `format=` or by Accept."""

from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import JSONRenderer

from registry.api.problems import MEDIA_TYPE
from registry.errors import Misunderstood
from registry.queries.fields import not_one_of


class Json(JSONRenderer):
    """JSON, and problems in JSON: errors are never in another shape."""

    charset = None


class Problem(JSONRenderer):
    """application/problem+json."""

    media_type = MEDIA_TYPE
    format = "problem"
    charset = None


class Negotiation(DefaultContentNegotiation):
    """Takes `format=` first, refusing an unknown one by name; then Accept."""

    def select_renderer(self, request, renderers, format_suffix=None):
        """The renderer and its media type."""
        asked = request.query_params.get("format")
        accepted = request.META.get("HTTP_ACCEPT", "*/*")
        if asked is None and (accepted == "*/*" or accepted.startswith("application/json")):
            return renderers[0], renderers[0].media_type
        if asked is None:
            return super().select_renderer(request, renderers, format_suffix)
        for renderer in renderers:
            if renderer.format == asked and not isinstance(renderer, Problem):
                return renderer, renderer.media_type
        known = [each.format for each in renderers if not isinstance(each, Problem)]
        raise Misunderstood({"format": not_one_of(asked, known)})
