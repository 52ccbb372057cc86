"""Tables as lines of text: each row of a table in one form, whichever database it is in."""

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps as current
from django.apps.registry import Apps
from django.db import connection, models
from django.db.models.sql import InsertQuery

BATCH = 2000
# Who was signed in, and what may be thrown away: a restored site begins without them.
LEFT_OUT = frozenset({"django_session", "usersessions_usersession", "registry_cache"})


def tables(apps: Apps = current) -> dict[str, type[models.Model]]:
    """The models whose rows are kept, by table, in the order of their names."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return {name: found[name] for name in sorted(found.keys() - LEFT_OUT)}


def columns(model: type[models.Model]) -> list[str]:
    """The names of a table's columns, but for those that the database computes."""
    fields = model._meta.concrete_fields
    return sorted(field.attname for field in fields if not field.generated)


def lines(model: type[models.Model], names: list[str]) -> Iterator[bytes]:
    """The rows of a table, a line each, in the order of their keys; of each these columns."""
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        yield _line(row)


def _line(row: Iterable[Any]) -> bytes:
    # Sorted, since PostgreSQL keeps the keys of JSON in an order of its own.
    values = [_plain(value) for value in row]
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.encode() + b"\n"


def _plain(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


class Digest:
    """How many lines went by, and what they come to."""

    def __init__(self) -> None:
        self.count, self._sum = 0, hashlib.sha256()

    def seen(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The lines, counted as they go by."""
        for line in lines:
            self.count += 1
            self._sum.update(line)
            yield line

    @property
    def said(self) -> dict[str, Any]:
        """As a manifest says it."""
        return {"rows": self.count, "sha256": self._sum.hexdigest()}


def digest_of(model: type[models.Model], names: list[str]) -> dict[str, Any]:
    """Rows and digest of a table as it is now."""
    digest = Digest()
    for _seen in digest.seen(lines(model, names)):
        pass
    return digest.said


def insert(model: type[models.Model], names: list[str], found: Iterable[bytes]) -> None:
    """Put lines into an empty table as they are: no clock, no signal, no rule touches them."""
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = [by_name[name] for name in names]
    batch: list[models.Model] = []
    most = max(1, min(connection.ops.bulk_batch_size(fields, [None] * BATCH), BATCH))
    for line in found:
        batch.append(_record(model, fields, json.loads(line)))
        if len(batch) == most:
            _insert(model, fields, batch)
            batch = []
    if batch:
        _insert(model, fields, batch)


def _record(model: type[models.Model], fields: list[models.Field], row: list) -> models.Model:
    pairs = zip(fields, row, strict=True)
    return model(**{field.attname: _value(field, value) for field, value in pairs})


def _value(field: models.Field, value: Any) -> Any:
    if value is None or isinstance(field, models.JSONField):
        return value
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value)
    # A key of another table is of the type of what it points at.
    kind = field.target_field if field.is_relation else field
    return kind.to_python(value)


def _insert(model: type[models.Model], fields: list[models.Field], batch: list) -> None:
    query = InsertQuery(model)
    # Raw: fields that set the time of a change by themselves keep what they are given.
    query.insert_values(fields, batch, raw=True)
    query.get_compiler(connection=connection).execute_sql()
