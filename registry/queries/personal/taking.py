"""What is kept of one person, for that person."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import models

from registry.models import User
from registry.queries.personal.inventory import INVENTORY
from registry.queries.personal.kept import Kept


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
