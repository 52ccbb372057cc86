"""What is known of an account: whose address, with a second factor or without."""

from allauth.mfa.models import Authenticator

from registry.models import User

# Recovery codes stand in for these; alone they are nothing.
_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def with_address(email: str) -> User | None:
    """The account that signs in with this address, in any spelling of upper and lower case."""
    return User.objects.filter(email__iexact=email).first()


def has_second_factor(user: User) -> bool:
    """Whether the person signs in with an app or a passkey, beside or instead of the password."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=_FACTORS).exists()
