"""Which representation a request gets: by `format=` or by Accept."""

from django.utils.translation import gettext as _
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer

from registry.api.problems import MEDIA_TYPE
from registry.errors import Misunderstood


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
        if asked is None:
            return super().select_renderer(request, renderers, format_suffix)
        for renderer in renderers:
            if renderer.format == asked and not isinstance(renderer, Problem):
                return renderer, renderer.media_type
        known = ", ".join(r.format for r in renderers if not isinstance(r, Problem))
        said = {"value": asked[:80], "known": known}
        raise Misunderstood({"format": _("“%(value)s” is not one of: %(known)s.") % said})


def renderer(name: str, kind: str) -> type[BaseRenderer]:
    """A renderer class that stands for a format of `registry.exchange` in negotiation."""
    return type(f"As{name.title()}", (BaseRenderer,), {"format": name, "media_type": kind})
