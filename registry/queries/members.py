"""Who may be named as the contact of a partner, and to whom: only those who said so."""

from registry.models import Membership

ShownTo = Membership.ShownTo


def shown_to_everyone(partner: str) -> list[Membership]:
    """The members of a partner (its slug) who agreed to be shown on its public page."""
    return _shown(partner, [ShownTo.EVERYONE])


def shown_to_partners(partner: str) -> list[Membership]:
    """The members of a partner who agreed to be shown to people of other partners."""
    return _shown(partner, [ShownTo.EVERYONE, ShownTo.PARTNERS])


def _shown(partner: str, to: list[str]) -> list[Membership]:
    found = Membership.objects.filter(partner__slug=partner, shown_to__in=to, user__is_active=True)
    return list(found.select_related("user").order_by("-role", "user__name", "pk"))
