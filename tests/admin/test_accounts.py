"""People in the administration."""

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from registry.actions import accounts
from registry.errors import Refused
from registry.models import Event, User
from registry.permissions import ADMINISTRATOR, EDITOR
from tests import factories
from tests.admin.pages import address, list_of, typed

NEW = {
    "email": "new@example.org",
    "name": "New Colleague",
    "role": "Editors",
    "password1": "a-long-enough-one",
    "password2": "a-long-enough-one",
}


def test_add(as_administrator, administrator):
    data = typed(as_administrator.get(list_of(User, "add"))) | NEW
    assert as_administrator.post(list_of(User, "add"), data).status_code == 302
    user = User.objects.get(email="new@example.org")
    assert (accounts.role_of(user), user.is_staff, user.name) == ("Editors", True, NEW["name"])
    assert user.check_password("a-long-enough-one")
    event = Event.objects.about("user", str(user.pk)).get()
    assert (event.verb, event.actor_id) == ("create", administrator.pk)
    assert "a-long-enough-one" not in str(event.after)
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"email": "ADMINISTRATORS@example.org"}, "email"),
        ({"role": ""}, "role"),
        ({"role": "Kings"}, "role"),
        ({"password2": "another-long-one"}, "password2"),
        ({"password1": "short", "password2": "short"}, "password2"),
    ],
)
def test_add_with_a_mistake(as_administrator, wrong, field):
    data = typed(as_administrator.get(list_of(User, "add"))) | NEW | wrong
    page = as_administrator.post(list_of(User, "add"), data)
    assert page.context["adminform"].form.errors[field]
    assert User.objects.count() == 1


def test_role_and_account_changed(as_administrator, staff):
    editor = staff(EDITOR)
    data = typed(as_administrator.get(address(editor)))
    assert data["role"] == "Editors"
    del data["is_active"]
    as_administrator.post(address(editor), data | {"role": "Administrators"})
    editor.refresh_from_db()
    assert (accounts.role_of(editor), editor.is_active) == ("Administrators", False)
    event = Event.objects.about("user", str(editor.pk)).first()
    assert (event.before["role"], event.after["role"]) == ("Editors", "Administrators")
    history = as_administrator.get(address(editor, "history")).content.decode()
    assert "Administrators" in history


def test_saved_as_it_is_leaves_no_event(as_administrator, staff):
    editor = staff(EDITOR)
    as_administrator.post(address(editor), typed(as_administrator.get(address(editor))))
    assert Event.objects.about("user", str(editor.pk)).count() == 1


@pytest.mark.parametrize("change", [{"role": "Editors"}, {"role": ""}, {"is_active": ""}])
def test_nobody_changes_their_own_role_or_account(as_administrator, administrator, change):
    data = typed(as_administrator.get(address(administrator))) | change
    page = as_administrator.post(address(administrator), data)
    assert "can only be changed by another administrator" in page.content.decode()
    assert accounts.role_of(administrator) == "Administrators"


def test_own_name_may_change(as_administrator, administrator):
    data = typed(as_administrator.get(address(administrator))) | {"name": "Ada"}
    as_administrator.post(address(administrator), data)
    administrator.refresh_from_db()
    assert administrator.name == "Ada"


def test_fields_that_were_not_on_the_page_do_nothing(as_administrator, staff):
    editor = staff(EDITOR)
    data = typed(as_administrator.get(address(editor)))
    as_administrator.post(address(editor), data | {"is_superuser": "on", "groups": "1"})
    editor.refresh_from_db()
    assert not editor.is_superuser


def test_editor_manages_nobody(staff, administrator):
    editor = staff(EDITOR)
    with pytest.raises(PermissionDenied):
        accounts.change_staff(
            user=editor, email=editor.email, name="", is_active=True, role=ADMINISTRATOR, by=editor
        )
    with pytest.raises(PermissionDenied):
        accounts.set_password(user=administrator, password="mine-now-it-is", by=editor)


def test_account_of_the_server_is_out_of_reach(as_administrator, administrator):
    root = User.objects.create_superuser("root@example.org", "correct-horse")
    page = as_administrator.post(address(root), typed(as_administrator.get(address(root))))
    assert "made on the server" in page.content.decode()
    with pytest.raises(Refused):
        accounts.set_password(user=root, password="mine-now-it-is", by=administrator)
    passwords = {"new_password1": "mine-now-it-is", "new_password2": "mine-now-it-is"}
    page = as_administrator.post(address(root, "password"), passwords)
    assert "made on the server" in page.content.decode()


def test_password_set_for_another(as_administrator, staff):
    editor = staff(EDITOR)
    assert as_administrator.get(address(editor, "password")).status_code == 200
    passwords = {"new_password1": "a-new-long-one", "new_password2": "a-new-long-one"}
    assert as_administrator.post(address(editor, "password"), passwords).status_code == 302
    editor.refresh_from_db()
    assert editor.check_password("a-new-long-one")
    assert Event.objects.about("user", str(editor.pk)).first().verb == "set password"


def test_own_password_is_changed_on_the_pages_of_the_account(as_editor):
    for method in (as_editor.get, as_editor.post):
        answer = method(reverse("admin:password_change"))
        assert answer.headers["Location"] == reverse("account_change_password")


def test_editor_sets_nobodys_password(as_editor, administrator):
    assert as_editor.get(address(administrator, "password")).status_code == 403


def test_second_factors_of_another_are_removed_and_sessions_end(as_administrator, staff):
    editor = staff(EDITOR)
    theirs = Client()
    theirs.force_login(editor)
    assert theirs.get("/account/").status_code == 200
    with time_machine.travel(dt.timedelta(minutes=1)):
        theirs.get("/account/")  # which is noted among the sessions
    page = address(editor, "factor")
    assert "speak to them" in as_administrator.get(page).content.decode()
    assert editor.authenticator_set.count() == 1
    assert as_administrator.post(page).status_code == 302
    assert editor.authenticator_set.count() == 0
    assert theirs.get("/account/").status_code == 302
    event = Event.objects.about("user", str(editor.pk)).first()
    assert (event.verb, event.note) == ("remove second factor", "all")


def test_own_second_factors_are_not_removed_here(as_administrator, administrator):
    page = as_administrator.post(address(administrator, "factor"))
    assert "on the pages of your account" in page.content.decode()
    assert administrator.authenticator_set.count() == 1


def test_editor_removes_nobodys_second_factors(as_editor, administrator):
    assert as_editor.get(address(administrator, "factor")).status_code == 403
    assert as_editor.post(address(administrator, "factor")).status_code == 403
    assert administrator.authenticator_set.count() == 1


def test_whoever_signed_up_becomes_staff_with_a_role(as_administrator):
    person = factories.signed_up()
    data = typed(as_administrator.get(address(person)))
    assert data["role"] == ""
    as_administrator.post(address(person), data)
    person.refresh_from_db()
    assert person.is_staff is False
    as_administrator.post(address(person), data | {"role": "Editors"})
    person.refresh_from_db()
    assert (person.is_staff, accounts.role_of(person)) == (True, "Editors")


def test_address_that_an_administrator_changes_needs_no_proof(as_administrator, staff):
    editor = staff(EDITOR)
    data = typed(as_administrator.get(address(editor))) | {"email": "Other@example.org"}
    as_administrator.post(address(editor), data)
    [proved] = editor.emailaddress_set.values("email", "verified", "primary")
    assert proved == {"email": "other@example.org", "verified": True, "primary": True}
