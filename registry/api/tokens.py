"""What a token is told about itself."""

from django.http import HttpResponse
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request

from registry.api.asking import nothing_else
from registry.api.base import ApiView, as_private_json


class TokenView(ApiView):
    """Who am I?"""

    def get(self, request: Request) -> HttpResponse:
        """The token that was sent. Its owner is named as the public may read it: no e-mail."""
        nothing_else(request.query_params, "format")
        token = request.auth
        if token is None:
            raise NotAuthenticated
        return as_private_json(
            {
                "name": token.name,
                "prefix": token.prefix,
                "scope": token.scope,
                "partner": token.partner.slug if token.partner else None,
                "expires_on": token.expires_on,
                "last_used_at": token.last_used_at and token.last_used_at.isoformat(),
                "owner": token.owner.name or None,
            }
        )
