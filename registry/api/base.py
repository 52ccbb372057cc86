"""What every address of the API shares: who asks, how often, and what an answer says of itself."""

import datetime as dt
import json

from django.http import Http404, HttpResponse
from rest_framework.request import Request
from rest_framework.views import APIView

from registry.api import limits
from registry.api.authentication import refuse_leaked
from registry.api.formats import Json, Problem


def as_private_json(value: object, status: int = 200) -> HttpResponse:
    """An answer for whoever asked, and nobody else."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_plain)
    response = HttpResponse(text, status=status, content_type="application/json")
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _plain(value: object) -> str:
    """Moments as RFC 3339 has them; anything else in its own words."""
    return value.isoformat() if isinstance(value, dt.date) else str(value)


class ApiView(APIView):
    """An address of the API."""

    renderer_classes = (Json, Problem)
    standing: limits.Standing | None = None

    def initial(self, request: Request, *args, **kwargs):
        """Ask for the token before anything else: a refused one gets no other answer than that."""
        try:
            self.perform_authentication(request)
        finally:
            # Whoever tries tokens is counted by address.
            self._count(request)
        refuse_leaked(request)
        super().initial(request, *args, **kwargs)

    def _count(self, request: Request):
        # Kept with the request too: what breaks is answered outside of this view.
        self.standing = request._request.standing = limits.standing(request)
        if self.standing and self.standing.count > self.standing.limit:
            raise limits.TooMany(self.standing)

    def options(self, request: Request, *args, **kwargs) -> HttpResponse:
        """What can be done here: the header Allow, which every answer carries."""
        return HttpResponse(status=204)

    def finalize_response(self, request: Request, response, *args, **kwargs):
        """The answer, and what it says of itself."""
        response = super().finalize_response(request, response, *args, **kwargs)
        if self.standing:
            for name, value in self.standing.headers.items():
                response.headers[name] = value
        if "Authorization" in request.headers:
            response.headers["Cache-Control"] = "private, no-store"
        return response


class Nowhere(ApiView):
    """Every address that there is not: counted, and closed to a bad token, like all others."""

    def initial(self, request: Request, *args, **kwargs):
        """Refuse, whatever the verb."""
        super().initial(request, *args, **kwargs)
        raise Http404
