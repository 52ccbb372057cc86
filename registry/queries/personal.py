"""What is kept of people: every table that holds it, why, for how long, who sees it, how it ends.

The one inventory: the privacy page, the copy that a person may take, and erasure rest on it; a test
fails for a field that could be personal and is not named here.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.models import User

WHILE_ACCOUNT = _("as long as the account")
WITH_RECORD = _("as long as the record, as the trail of who did what")


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
_ADMINISTRATORS = _("the person; administrators")
_ITSELF = _("the person")
_STAFF = _("the secretariat")
_PARTNER = _("members of the partner; the secretariat")

INVENTORY: tuple[Kept, ...] = (
    Kept(
        "registry.User",
        _("name, e-mail address, language, a digest of the password"),
        _("to sign in, and to be written to"),
        WHILE_ACCOUNT,
        _("the person; members of the same partner; the secretariat"),
        BLANKED,
        secret=("password",),
    ),
    Kept(
        "account.EmailAddress",
        _("e-mail addresses that were proved"),
        _("to know that an address is theirs"),
        WHILE_ACCOUNT,
        _ADMINISTRATORS,
        DELETED,
        links=("user",),
    ),
    Kept(
        "mfa.Authenticator",
        _("second factors"),
        _("to sign in safely"),
        WHILE_ACCOUNT,
        _ITSELF,
        DELETED,
        links=("user",),
        secret=("data",),
    ),
    Kept(
        "usersessions.UserSession",
        _("browser and network address of each session"),
        _("to show a person where they are signed in"),
        _("until the session ends, 12 hours at most"),
        _ITSELF,
        DELETED,
        links=("user",),
        secret=("session_key",),
    ),
    Kept(
        "registry.Membership",
        _("for which partner somebody speaks, in which role, and to whom they are shown"),
        _("to let members write for their partner"),
        _("until they leave"),
        _PARTNER,
        DELETED,
        links=("user",),
    ),
    Kept(
        "registry.AreaReviewer",
        _("whose area somebody reviews"),
        _("to send them what they are to read"),
        _("until it ends"),
        _STAFF,
        DELETED,
        links=("user",),
    ),
    Kept(
        "registry.Invitation",
        _("e-mail address of who is invited"),
        _("to invite people to a partner"),
        _("as long as the partner is on record"),
        _PARTNER,
        DELETED,
        links=("invited_by",),
        addresses=("email",),
        secret=("digest",),
    ),
    Kept(
        "registry.JoinRequest",
        _("who asks to speak for a partner, with their message"),
        _("to let a partner decide"),
        _("as long as the partner is on record"),
        _PARTNER,
        DELETED,
        links=("user",),
    ),
    Kept(
        "registry.ApiToken",
        _("names of the tokens of a person's programs"),
        _("to let programs speak for a person"),
        _("a year at most, then as the trail"),
        _ADMINISTRATORS,
        NAMELESS,
        links=("owner",),
        secret=("digest", "prefix"),
    ),
    Kept(
        "registry.Submission",
        _("who wrote, took on and decided a submission"),
        _("to review it, and to know who decided"),
        WITH_RECORD,
        _PARTNER,
        NAMELESS,
        links=("author", "decided_by", "claimed_by"),
    ),
    Kept(
        "registry.Remark",
        _("comments on submissions"),
        _("to talk about them"),
        WITH_RECORD,
        _PARTNER,
        NAMELESS,
        links=("author",),
    ),
    Kept(
        "registry.Attachment",
        _("who added a file"),
        _("to review a submission"),
        WITH_RECORD,
        _PARTNER,
        NAMELESS,
        links=("added_by",),
    ),
    Kept(
        "registry.Presence",
        _("that somebody has a submission open"),
        _("to warn whoever opens it, too"),
        _("some seconds"),
        _PARTNER,
        DELETED,
        links=("user",),
    ),
    Kept(
        "registry.Notice",
        _("messages to a person"),
        _("to send them"),
        _("as a list of what was sent; secret links are forgotten once sent"),
        _("the person; the secretariat, without secret links"),
        DELETED,
        links=("recipient",),
        addresses=("address",),
        secret=("message_id", "claimed_by", "once"),
    ),
    Kept(
        "registry.NoticePreference",
        _("which messages somebody wants"),
        _("to send no others"),
        WHILE_ACCOUNT,
        _ITSELF,
        DELETED,
        links=("user",),
    ),
    Kept(
        "registry.Feedback",
        _("e-mail address of who reports an error, if given"),
        _("to answer them"),
        _("erased a year after it was dealt with, at the latest"),
        _STAFF,
        BLANKED,
        addresses=("email",),
    ),
    Kept(
        "registry.Event",
        _("who did what to which record, when"),
        _("so that every change can be accounted for"),
        _("for good"),
        _("administrators"),
        NAMELESS,
    ),
    Kept(
        "registry.Batch",
        _("who changed many records at once"),
        _("to undo it"),
        WITH_RECORD,
        _STAFF,
        NAMELESS,
        links=("by", "undone_by"),
    ),
    Kept(
        "registry.ImportRun",
        _("who uploaded a sheet"),
        _("to show them what came of it"),
        WITH_RECORD,
        _STAFF,
        NAMELESS,
        links=("by",),
    ),
    Kept(
        "registry.Join",
        _("who joined two records"),
        _("to undo it"),
        WITH_RECORD,
        _STAFF,
        NAMELESS,
        links=("by", "undone_by"),
    ),
    Kept(
        "registry.Apart",
        _("who said that two records are not the same"),
        _("not to ask again"),
        WITH_RECORD,
        _STAFF,
        NAMELESS,
        links=("by",),
    ),
    Kept(
        "registry.Snapshot",
        _("who took a snapshot"),
        _("so that it can be accounted for"),
        _("for good"),
        _STAFF,
        NAMELESS,
        links=("by",),
    ),
    Kept(
        "admin.LogEntry",
        _("nothing: changes stand in the trail of the registry"),
        _("a table of the framework that stays empty"),
        _("for no time"),
        _("nobody"),
        DELETED,
        links=("user",),
    ),
)


def held_on(user: User) -> dict[str, list[dict[str, Any]]]:
    """Everything kept of a person, by table: a row each, without secrets and without others."""
    found = {each.table: list(_rows(each, user)) for each in INVENTORY}
    return {table: rows for table, rows in found.items() if rows}


def _rows(kept: Kept, user: User) -> Iterator[dict[str, Any]]:
    for row in kept.about(user):
        yield {
            field.name: _plain(getattr(row, field.attname), field, user)
            for field in row._meta.concrete_fields
            if field.name not in kept.secret and _is_theirs(row, field, kept, user)
        }


def _is_theirs(row: models.Model, field: models.Field, kept: Kept, user: User) -> bool:
    """Whether a field tells of this person, and not of another one beside them."""
    if field.is_relation and field.related_model is User:
        return getattr(row, field.attname) == user.pk
    if field.name in kept.addresses:
        return str(getattr(row, field.attname)).lower() == user.email.lower()
    if kept.table == "registry.Event":
        is_own = row.actor_id == user.pk
        return field.name not in ("actor", "actor_id") or is_own
    return True


def _plain(value: Any, field: models.Field, user: User) -> Any:
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()
    if field.is_relation and value is not None:
        related = field.remote_field.model._base_manager.filter(pk=value).first()
        return str(related)
    return value if isinstance(value, str | int | bool | list | dict | type(None)) else str(value)
