"""Who asks the API: nobody in particular, or a person's program with a key."""

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from registry.actions import tokens
from registry.errors import Misunderstood
from registry.models import ApiToken, User
from registry.models.tokens import BEGINNING
from registry.queries.tokens import usable


class Bearer(BaseAuthentication):
    """`Authorization: Bearer gmp_…`. A key that cannot be used is refused, never ignored."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The owner and the key; None where no key is given."""
        refuse_secret_in_address(request)
        given = request.META.get("HTTP_AUTHORIZATION")
        if given is None:
            return None
        scheme, _space, secret = given.partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationFailed(_("Send “Authorization: Bearer ” and the key."))
        token = usable(secret.strip(), timezone.localdate())
        if token is None:
            said = _("The key is unknown, revoked or expired, or its owner’s account is closed.")
            raise AuthenticationFailed(said)
        tokens.used(token=token, by=token.owner)
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        """How one signs in."""
        return 'Bearer realm="registry"'


def refuse_secret_in_address(request: Request) -> None:
    """Raise Misunderstood for a key in the query string: it stands in logs and histories now."""
    if BEGINNING not in request.META.get("QUERY_STRING", ""):
        return
    for name, values in request.query_params.lists():
        if any(value.startswith(BEGINNING) for value in values):
            said = _("A key is never sent in an address: revoke this one, it may have been read.")
            raise Misunderstood({name: said})
