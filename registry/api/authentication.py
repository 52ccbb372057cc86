"""Who asks: nobody in particular, or the owner of a token. Never one taken for the other."""

from contextlib import suppress
from urllib.parse import parse_qsl

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from registry.actions import tokens as actions
from registry.errors import Misunderstood
from registry.models import ApiToken, User
from registry.queries import tokens

SCHEME = "Bearer"


class NoGoodToken(AuthenticationFailed):
    """Whatever was sent speaks for nobody."""

    header = "Authorization"


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer gmp_…`. Whatever else stands in that header is refused."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """The owner and the token; None where there is no such header."""
        sent = request.META.get("HTTP_AUTHORIZATION")
        if sent is None:
            return None
        scheme, _space, secret = sent.strip().partition(" ")
        if scheme.lower() != SCHEME.lower():
            raise NoGoodToken(_("Send a token: Authorization: Bearer gmp_…"))
        token = tokens.token_with(secret.strip())
        _refuse_unusable(token)
        # A database that is busy or only reads still answers.
        with suppress(DatabaseError):
            actions.note_use(token=token, by=token.owner)
        return token.owner, token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 asks for."""
        return f'{SCHEME} realm="api"'


def refuse_leaked(request: Request) -> None:
    """Raise Misunderstood for a token in the address.

    Addresses end in logs, histories and other sites' statistics: a secret there is no secret.
    """
    sent = request.META.get("QUERY_STRING", "")
    # Percent-encoded or not, these letters stay as they are unless somebody hides them.
    if "gmp" not in sent and "%" not in sent:
        return
    said = _(
        "A token stands in the address. Treat it as leaked: revoke it, make another one, and send "
        "that in the header Authorization."
    )
    texts = parse_qsl(sent, keep_blank_values=True)
    found = [name for name, value in texts if tokens.FORM.search(value)]
    if any(tokens.FORM.search(name) for name, _value in texts):
        found.append("")
    if found:
        raise Misunderstood(dict.fromkeys(found, said))


def _refuse_unusable(token: ApiToken | None) -> None:
    """Only whoever has the secret is told what became of it."""
    if token is None:
        raise NoGoodToken(_("This token is not known here."))
    if token.revoked_at:
        raise NoGoodToken(_("This token was revoked; make another one."))
    if token.has_expired(timezone.localdate()):
        said = _("This token expired after %s; make another one.") % token.expires_on
        raise NoGoodToken(said)
    if not token.owner.is_active:
        raise NoGoodToken(_("The account of this token is closed."))
