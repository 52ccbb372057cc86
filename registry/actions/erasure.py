"""Erasing a person: everything of them goes or loses its name, here and in what is restored."""

import datetime as dt
import hmac
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from registry.actions import audit, counters
from registry.errors import Refused
from registry.models import ApiToken, Erasure, Event, Feedback, Membership, Notice, User
from registry.permissions import ADMINISTRATOR, SYSTEM, Actor, Verb, can
from registry.queries.personal import DELETED, INVENTORY, held_on

LEDGER = "erasures.jsonl"
_LONG = 5


@transaction.atomic
def erase(*, user: User, by: Actor) -> Erasure:
    """Erase all that is kept of a person; by themselves, or by an administrator.

    Accounts, addresses, factors, sessions, memberships and messages are deleted; what they wrote
    for a partner, and the trail of what they did, stay without their name. It cannot be undone.
    Raises PermissionDenied; Refused for the last administrator, and for who is erased already.
    """
    if user != by and not can(by, Verb.MANAGE_PEOPLE):
        raise PermissionDenied(_("Only that person or an administrator can erase an account."))
    user = User.objects.select_for_update().get(pk=user.pk)
    _refuse(user)
    number, names = user.pk, _names(user)
    erasure = Erasure.objects.create(number=number, at=timezone.now(), digest=digest(user.email))
    _end_sessions(user)
    Membership.objects.filter(user=user).delete()
    ApiToken.objects.filter(owner=user).update(name="erased", revoked_at=timezone.now())
    Feedback.objects.filter(email__iexact=user.email).update(email="", erased_at=timezone.now())
    for each in INVENTORY:
        if each.ends == DELETED:
            _delete(each.about(user), user, each.addresses)
    _blank(user)
    _forget_names(names, number)
    counters.advance(counters.REVISION)
    audit.record(by=by if by != user else SYSTEM, verb="erase", noun="user", key=str(number))
    transaction.on_commit(lambda: note_down(erasure))
    return erasure


def _refuse(user: User) -> None:
    if user.erased_at:
        raise Refused(_("This person was erased already."))
    others = User.objects.exclude(pk=user.pk).filter(is_active=True, is_staff=True)
    administrators = others.filter(groups__name=ADMINISTRATOR.name) | others.filter(
        is_superuser=True
    )
    is_one = user.is_superuser or user.groups.filter(name=ADMINISTRATOR.name).exists()
    if is_one and not administrators.exists():
        raise Refused(_("This is the last administrator. Make another one first."))


@transaction.atomic
def copy_of(*, user: User, by: Actor) -> dict[str, Any]:
    """All that is kept of a person, for that person; what an administrator takes is in the trail.

    Raises PermissionDenied for anybody but themselves and administrators.
    """
    if user != by and not can(by, Verb.MANAGE_PEOPLE):
        raise PermissionDenied(_("Only that person or an administrator can take a copy."))
    if user != by:
        audit.record(by=by, verb="take a copy", noun="user", key=str(user.pk))
    moment = timezone.now().isoformat(timespec="seconds")
    return {"taken_at": moment, "held": held_on(user)}


def partners_left_alone(user: User) -> list[str]:
    """The names of the partners that would have no focal point without this person."""
    mine = user.memberships.filter(role=Membership.Role.FOCAL_POINT).select_related("partner")
    others = Membership.objects.filter(role=Membership.Role.FOCAL_POINT).exclude(user=user)
    return [
        each.partner.name for each in mine if not others.filter(partner=each.partner_id).exists()
    ]


def digest(email: str, secret: str = "") -> str:
    """What tells an address again without holding it; `secret` is a key of the site."""
    key = f"erasure:{secret or settings.SECRET_KEY}".encode()
    return hmac.digest(key, email.lower().encode(), "sha256").hex()


def _end_sessions(user: User) -> None:
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def _delete(rows: QuerySet, user: User, addresses: Iterable[str]) -> None:
    if rows.model._meta.label == "registry.Invitation":
        # Whom they invited was invited all the same.
        rows = rows.filter(email__iexact=user.email)
    rows.delete()


def _blank(user: User) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    user.email, user.name = f"erased-{user.pk}@erased.invalid", ""
    user.is_active = user.is_staff = user.is_superuser = False
    user.last_login, user.erased_at = None, timezone.now()
    user.set_unusable_password()
    user.save()


def _names(user: User) -> list[str]:
    """By what a person is told, now and before: addresses, and names that are no common words."""
    told = [{"email": user.email, "name": user.name}]
    for event in Event.objects.filter(noun="user", key=str(user.pk)):
        told += [values for values in (event.before, event.after) if values]
    names = {str(values.get(name) or "").strip() for values in told for name in ("email", "name")}
    # The longest first: one may be the beginning of another.
    return sorted((name for name in names if len(name) >= _LONG), key=len, reverse=True)


# Where people are named in words: tables, and their columns.
_TOLD = ((Event, ("before", "after", "note")), (Notice, ("words", "last_error")))


def _forget_names(names: list[str], number: int) -> None:
    """Put a number for the names of a person in the trail, and in messages to others."""
    said = f"person {number}"
    Event.objects.filter(actor_id=number).update(actor=said)
    for model, columns in _TOLD:
        for row in _telling(model, columns, names):
            changed = {name: _without(getattr(row, name), names, said) for name in columns}
            model.objects.filter(pk=row.pk).update(**changed)


def _telling(model: type[models.Model], columns: Iterable[str], names: list[str]) -> QuerySet:
    """The rows in which one of these names stands."""
    text = models.TextField()
    blank = Value("", output_field=text)
    cells = [Coalesce(Cast(F(name), text), blank) for name in columns]
    wanted = Q()
    # Databases write letters beyond ASCII in JSON in ways of their own.
    for name in {*names, *(json.dumps(name)[1:-1] for name in names)}:
        wanted |= Q(told__icontains=name)
    told = Concat(*cells, blank, output_field=text)
    return model._base_manager.annotate(told=told).filter(wanted)


def _without(value: Any, names: list[str], said: str) -> Any:
    if isinstance(value, str):
        for name in names:
            at = value.lower().find(name.lower())
            while at >= 0:
                value = value[:at] + said + value[at + len(name) :]
                at = value.lower().find(name.lower(), at + len(said))
        return value
    if isinstance(value, list):
        return [_without(each, names, said) for each in value]
    if isinstance(value, dict):
        return {key: _without(each, names, said) for key, each in value.items()}
    return value


def note_down(erasure: Erasure) -> None:
    """Write the erasure beside the backups, where restoring one does not take it away."""
    folder = Path(settings.BACKUP_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    line = {"number": erasure.number, "digest": erasure.digest, "at": erasure.at.isoformat()}
    with (folder / LEDGER).open("a") as file:
        file.write(json.dumps(line) + "\n")


def erase_again(*, folders: Iterable[Path], by: Actor = SYSTEM) -> int:
    """Erase once more whoever was erased and came back with a backup; returns how many.

    `folders` are where backups lie, with a list of erasures beside them. An account is theirs where
    number and address are both the same.
    """
    if not can(by, Verb.MANAGE_PEOPLE):
        raise PermissionDenied(_("Only an administrator can erase others."))
    done = 0
    for line in _noted(folders):
        user = User.objects.filter(pk=line["number"], erased_at=None).first()
        if user and _is_them(user, line["digest"]):
            Erasure.objects.filter(number=user.pk).delete()
            _erase_noted(user, line, by)
            done += 1
    return done


def _is_them(user: User, noted: str) -> bool:
    secrets = ("", *settings.SECRET_KEY_FALLBACKS)
    return any(hmac.compare_digest(digest(user.email, each), noted) for each in secrets)


def _erase_noted(user: User, line: dict[str, Any], by: Actor) -> None:
    at = dt.datetime.fromisoformat(line["at"])
    with transaction.atomic():
        made = erase(user=user, by=by)
        Erasure.objects.filter(pk=made.pk).update(at=at)


def _noted(folders: Iterable[Path]) -> list[dict[str, Any]]:
    paths = [folder / LEDGER for folder in folders]
    texts = [path.read_text() for path in dict.fromkeys(paths) if path.exists()]
    lines = map(json.loads, "".join(texts).splitlines())
    return list({line["number"]: line for line in lines}.values())
