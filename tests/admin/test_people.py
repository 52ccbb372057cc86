"""An administrator takes a copy of what is kept of a person, and erases them."""

import json

import pytest

from registry.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def test_copy_and_erasure_by_an_administrator(as_administrator):
    person = factories.focal_point(factories.partner(name="Alone Ltd"), email="gone@example.org")
    here = f"/admin/registry/user/{person.pk}"

    copy = json.loads(as_administrator.get(f"{here}/copy/").content)
    asked = as_administrator.get(f"{here}/erase/").content.decode()
    assert copy["held"]["registry.User"][0]["email"] == "gone@example.org"
    assert "Alone Ltd" in asked and User.objects.get(pk=person.pk).erased_at is None
    as_administrator.post(f"{here}/erase/")

    assert User.objects.get(pk=person.pk).erased_at is not None
    again = as_administrator.post(f"{here}/erase/")
    assert "erased already" in again.content.decode()


def test_editors_do_neither(as_editor):
    person = factories.person()

    for page in ("copy", "erase"):
        assert as_editor.get(f"/admin/registry/user/{person.pk}/{page}/").status_code == 403
    as_editor.post(f"/admin/registry/user/{person.pk}/erase/")
    assert User.objects.get(pk=person.pk).erased_at is None
