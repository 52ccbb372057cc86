"""Who may be named as the contact of a partner, and to whom: only those who said so."""

from django.db.models import QuerySet

from registry.models import Membership

ShownTo = Membership.ShownTo


def shown_to_everyone(partner: str) -> list[Membership]:
    """The members of a partner (its slug) who agreed to be shown on its public page."""
    found = _shown([ShownTo.EVERYONE]).filter(partner__slug=partner)
    return list(found.order_by("-role", "user__name", "pk"))


def shown_to_partners() -> list[Membership]:
    """All who agreed to be shown to people of other partners, or to everybody, by partner."""
    found = _shown([ShownTo.EVERYONE, ShownTo.PARTNERS]).select_related("partner")
    return list(found.order_by("partner__name", "-role", "user__name", "pk"))


def _shown(to: list[str]) -> QuerySet[Membership]:
    public = Membership.objects.filter(shown_to__in=to, partner__withdrawn_at=None)
    return public.filter(user__is_active=True).select_related("user")
