"""The records that values name by their public codes: each is looked up once."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from registry.actions.values import code_field


class Codes:
    """What codes stand for. Learn all codes of many values first, in one question a model."""

    def __init__(self) -> None:
        self._keys: dict[type[models.Model], dict[Any, Any]] = defaultdict(dict)
        self._records: dict[type[models.Model], dict[Any, models.Model]] = defaultdict(dict)

    def learn(self, model: type[models.Model], codes: Iterable[Any]) -> None:
        """Look up the primary keys of those that are not known yet."""
        known = self._keys[model]
        fresh = {code for code in codes if code is not None} - known.keys()
        if fresh:
            column = code_field(model)
            rows = model.objects.filter(**{f"{column}__in": fresh}).values_list(column, "pk")
            known.update(dict.fromkeys(fresh) | dict(rows))

    def fetch(self, model: type[models.Model], codes: Iterable[Any]) -> None:
        """Look up the records themselves, where more is asked of them than their key."""
        known = self._records[model]
        fresh = {code for code in codes if code is not None} - known.keys()
        if fresh:
            column = code_field(model)
            found = model.objects.filter(**{f"{column}__in": fresh})
            known.update({getattr(record, column): record for record in found})

    def key(self, model: type[models.Model], code: Any, name: str) -> Any:
        """The primary key behind a learned code. Raises ValidationError under `name`."""
        if code is None:
            return None
        if (found := self._keys[model].get(code)) is None:
            raise ValidationError({name: _("“%s” is not known here.") % code})
        return found

    def record(self, model: type[models.Model], code: Any, name: str) -> models.Model | None:
        """The record behind a fetched code. Raises ValidationError under `name`."""
        if code is None:
            return None
        if (found := self._records[model].get(code)) is None:
            raise ValidationError({name: _("“%s” is not known here.") % code})
        return found


def typed(model: type[models.Model], value: Any, name: str) -> Any:
    """A typed code in the form in which it is stored. Raises ValidationError under `name`."""
    try:
        return model._meta.get_field(code_field(model)).to_python(value)
    except ValidationError:
        raise ValidationError({name: _("“%s” is not known here.") % value}) from None
