"""Nothing of people is kept that the inventory does not name."""

import pytest
from django.apps import apps
from django.db import models

from registry.models import User
from registry.queries.personal import ENDINGS, INVENTORY

# What could be personal by its kind, and why it is not.
HARMLESS = {
    "account.EmailConfirmation": "a key of a mail, of an address that is named",
    "auth.Group": "the name of a role",
    "auth.Permission": "the name of a right",
    "contenttypes.ContentType": "the name of a table",
    "sessions.Session": "goes with the session that is named",
    "registry.Cached": "counts, by digests; they end within a day",
    "registry.Counter": "the name of a counter",
    "registry.Entry": "what everybody reads",
    "registry.EntryName": "what everybody reads",
    "registry.Erasure": "a number and a digest",
    "registry.IdempotencyKey": "an answer of a day, of a token that is named",
    "registry.ImportRow": "a row of a sheet of records",
    "registry.Job": "the name of a job",
    "registry.Link": "an address that everybody reads",
    "registry.User_groups": "the role of a person who is named",
    "registry.User_user_permissions": "nothing: rights come with roles",
    "registry.Word": "words of records",
}
RECORDS = "of an organisation's record, which everybody reads"


def _could_be_personal(field):
    if field.is_relation:
        return field.related_model is User
    kinds = (models.EmailField, models.TextField, models.JSONField, models.GenericIPAddressField)
    is_free_text = isinstance(field, models.CharField) and not field.choices
    return isinstance(field, kinds) or is_free_text


def _is_public(model):
    """Records of the registry and the rows that belong to them are read by everybody."""
    from registry.actions.following import NOUNS

    rows = {rows.model for noun in NOUNS.values() for rows in noun.shape.rows}
    return model in {noun.shape.model for noun in NOUNS.values()} | rows


@pytest.mark.parametrize("model", apps.get_models(include_auto_created=True))
def test_whatever_could_be_personal_is_named(model):
    label = model._meta.label
    fields = [field for field in model._meta.concrete_fields if _could_be_personal(field)]
    named = {each.table: each for each in INVENTORY}
    if not fields or label.startswith("articles.") or _is_public(model) or label in HARMLESS:
        assert label not in named
        return

    assert label in named, f"{label} holds {[field.name for field in fields]}: name it"
    people = {field.name for field in fields if field.is_relation}
    addresses = {field.name for field in fields if isinstance(field, models.EmailField)}
    assert people <= set(named[label].links)
    if label != "registry.User":
        assert addresses <= {*named[label].addresses, "email"}


def test_every_table_says_why_how_long_and_who():
    for each in INVENTORY:
        assert all(map(str, (each.what, each.purpose, each.kept_for, each.seen_by)))
        assert each.ends in ENDINGS
    assert len({each.table for each in INVENTORY}) == len(INVENTORY)
