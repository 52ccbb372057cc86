"""A table that holds something of people: what is said of it, and which rows are somebody's."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import User


@dataclass(frozen=True)
class Kept:
    """A table that holds something of people.

    `links` are its fields that name a person, `addresses` those that hold an e-mail address,
    `secret` those that are never given out, not even to that person. `ends` says what becomes of
    the rows when the person is erased: they are deleted, blanked, or stay without a name.
    """

    table: str
    what: Any
    purpose: Any
    kept_for: Any
    seen_by: Any
    ends: str
    links: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    secret: tuple[str, ...] = ()

    @property
    def model(self) -> type[models.Model]:
        """The table's model."""
        return apps.get_model(self.table)

    def about(self, user: User) -> models.QuerySet:
        """The rows that are about a person."""
        wanted = Q()
        for name in self.links:
            wanted |= Q(**{name: user})
        for name in self.addresses:
            wanted |= Q(**{f"{name}__iexact": user.email})
        if self.table == "registry.User":
            wanted = Q(pk=user.pk)
        if self.table == "registry.Event":
            wanted = Q(actor_id=user.pk) | Q(noun="user", key=str(user.pk))
        return self.model._base_manager.filter(wanted).order_by("pk")


DELETED, BLANKED, NAMELESS = "deleted", "blanked", "nameless"
ENDINGS = {
    DELETED: _("deleted"),
    BLANKED: _("emptied"),
    NAMELESS: _("stays, under “a former member”"),
}
