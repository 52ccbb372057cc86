"""The codes that the cells of a sheet may hold, with what each stands for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext as _

from articles.languages import in_words, texts_of
from articles.models import Article, Country
from registry.actions.values import code_field
from registry.exchange.sheets.columns import SLUG, SheetColumn, SheetColumns
from registry.models import Area, Partner, Record

# Of records that are so many, the list would be longer than the sheet.
MOST_CODES = 5_000


@dataclass(frozen=True)
class CodeList:
    """The codes of one kind of thing; `columns` are those that hold one and nothing else."""

    title: str
    codes: list[tuple[str, str]]
    columns: tuple[str, ...]


def lists_of(columns: SheetColumns) -> list[CodeList]:
    """Every list of codes that occurs in a sheet, each once."""
    found: dict[Any, tuple[str, list[tuple[str, str]], list[str]]] = {}
    for column, field in _coded(columns):
        key = field.related_model or tuple(field.choices)
        title, codes = _codes(field)
        found.setdefault(key, (title, codes, []))[2].extend(
            [column.name] if column.field is not None else []
        )
    return [CodeList(title, codes, tuple(names)) for title, codes, names in found.values()]


def _coded(columns: SheetColumns) -> Iterator[tuple[SheetColumn, models.Field]]:
    for column in columns.values:
        fields = [column.field] if column.field else column.rows.fields.values()
        yield from ((column, field) for field in fields if field.is_relation or field.choices)


def _codes(field: models.Field) -> tuple[str, list[tuple[str, str]]]:
    title = force_str(field.verbose_name)
    if field.choices:
        return title, [(str(code), force_str(label)) for code, label in field.choices if code != ""]
    model = field.related_model
    return force_str(model._meta.verbose_name_plural), list(_of_model(model))


def _of_model(model: type[models.Model]) -> Iterator[tuple[str, str]]:
    found = model.objects.order_by("name" if model is Partner else code_field(model))
    if issubclass(model, Record):
        found = found.published()
    for each in found[:MOST_CODES]:
        yield str(getattr(each, code_field(model))), _name(each)


def _name(each: models.Model) -> str:
    if isinstance(each, Country):
        return force_str(in_words(texts_of(each, "name")))
    if isinstance(each, Article):
        return force_str(in_words(texts_of(each, "title")))
    return each.name if isinstance(each, Area | Partner) else str(each)


def remedy(columns: SheetColumns, name: str) -> str:
    """What to do about a wrong value in a column: the codes that it may hold, or where they stand.

    Blank where the column holds no codes.
    """
    if name == SLUG:
        return _("Leave it blank for a new record, or copy the address from a fresh sheet.")
    fields = [field for column, field in _coded(columns) if column.name == name]
    if not fields:
        return ""
    few = [code for field in fields for code, _label in field.choices or () if code != ""]
    if few and len(fields) == 1:
        return _("It may be: %s.") % ", ".join(map(str, few))
    return _("Take the codes from the sheet “codes” of a fresh download.")
