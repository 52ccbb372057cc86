"""Staff accounts: made, changed and closed by administrators, and the trail of it."""

import pytest
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied, ValidationError

from registry.actions import accounts
from registry.errors import Refused
from registry.models import Event, User
from registry.permissions import ADMINISTRATOR, EDITOR, SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db


def _trail(user):
    return list(Event.objects.about("user", str(user.pk)))


def _as_it_is(user):
    """What `change_staff` takes to change nothing."""
    role = {"Editors": EDITOR, "Administrators": ADMINISTRATOR}.get(accounts.role_of(user))
    return {"email": user.email, "name": user.name, "is_active": user.is_active, "role": role}


def test_account_is_made_with_a_role_and_a_password_nobody_can_read():
    ana = factories.administrator(name="Ana")

    user = accounts.create_staff(
        email="Bo@Example.org", password="long enough to pass", name="Bo", role=EDITOR, by=ana
    )

    assert (user.name, user.is_staff, user.is_active, user.is_superuser) == (
        "Bo",
        True,
        True,
        False,
    )
    assert accounts.role_of(user) == "Editors"
    assert user.check_password("long enough to pass")
    assert "long enough" not in user.password
    [event] = _trail(user)
    assert (event.verb, event.actor, event.before) == ("create", "Ana", None)
    assert event.after == {"role": "Editors"}


@pytest.mark.parametrize("email", ["bo@example.org", "BO@EXAMPLE.ORG"])
def test_address_of_another_account_is_refused(email):
    factories.editor(email="bo@example.org")

    with pytest.raises(ValidationError) as refusal:
        factories.editor(email=email)

    assert refusal.value.message_dict == {"email": [f"There is an account for “{email}” already."]}


@pytest.mark.parametrize("email", ["", "no address", "a@b", "x" * 250 + "@example.org"])
def test_address_must_be_one(email):
    with pytest.raises(ValidationError) as refusal:
        factories.editor(email=email)

    assert list(refusal.value.message_dict) == ["email"]


def test_change_is_recorded_with_before_and_after():
    ana, user = factories.administrator(), factories.editor(email="bo@example.org")
    values = {"email": "bo@example.net", "name": "Bo", "is_active": False}

    changed = accounts.change_staff(user=user, **values, role=ADMINISTRATOR, by=ana)

    assert (changed.email, changed.name, changed.is_active) == ("bo@example.net", "Bo", False)
    assert accounts.role_of(changed) == "Administrators"
    event = _trail(user)[0]
    assert (event.verb, event.actor_id) == ("change", ana.pk)
    assert event.after == values | {"role": "Administrators"}
    assert event.before == {
        "email": "bo@example.org",
        "name": "",
        "is_active": True,
        "role": "Editors",
    }


def test_change_that_changes_nothing_leaves_no_event():
    user = factories.editor()

    accounts.change_staff(user=user, **_as_it_is(user), by=SYSTEM)

    assert [event.verb for event in _trail(user)] == ["create"]


def test_role_can_be_taken_away():
    user = factories.editor()

    accounts.change_staff(user=user, **_as_it_is(user) | {"role": None}, by=SYSTEM)

    assert (accounts.role_of(user), list(user.groups.all())) == ("", [])


@pytest.mark.parametrize("own", [{"role": EDITOR}, {"role": None}, {"is_active": False}])
def test_nobody_changes_their_own_role_or_closes_their_own_account(own):
    ana = factories.administrator()

    with pytest.raises(Refused, match="only be changed by another administrator"):
        accounts.change_staff(user=ana, **_as_it_is(ana) | own, by=ana)

    ana.refresh_from_db()
    assert (accounts.role_of(ana), ana.is_active) == ("Administrators", True)


def test_own_name_may_be_changed():
    ana = factories.administrator()

    changed = accounts.change_staff(user=ana, **_as_it_is(ana) | {"name": "Ana"}, by=ana)

    assert changed.name == "Ana"


def test_account_made_on_the_server_is_changed_there():
    ana = factories.administrator()
    root = User.objects.create_superuser("root@example.org", "long enough to pass")

    with pytest.raises(Refused, match="made on the server"):
        accounts.change_staff(user=root, **_as_it_is(root) | {"is_active": False}, by=ana)
    with pytest.raises(Refused, match="made on the server"):
        accounts.set_password(user=root, password="mine from now on", by=ana)

    root.refresh_from_db()
    assert (root.is_active, root.check_password("long enough to pass")) == (True, True)


def test_taken_address_is_refused_on_change():
    factories.editor(email="bo@example.org")
    user = factories.editor(email="other@example.org")

    with pytest.raises(ValidationError):
        accounts.change_staff(user=user, **_as_it_is(user) | {"email": "BO@example.org"}, by=SYSTEM)

    user.refresh_from_db()
    assert user.email == "other@example.org"


@pytest.mark.parametrize("who", ["own", "another's"])
def test_password_is_set_and_the_trail_does_not_say_what(who):
    user = factories.editor()
    by = user if who == "own" else factories.administrator()

    accounts.set_password(user=user, password="quite another one", by=by)

    user.refresh_from_db()
    event = _trail(user)[0]
    assert user.check_password("quite another one")
    assert (event.verb, event.actor_id, event.before, event.after, event.note) == (
        "set password",
        by.pk,
        None,
        None,
        "",
    )


def test_highest_role_is_told():
    user = factories.editor()
    user.groups.add(Group.objects.get(name=ADMINISTRATOR.name))

    assert accounts.role_of(user) == "Administrators"
    assert accounts.role_of(User.objects.create(email="new@example.org")) == ""


def test_account_made_on_the_server_needs_no_proof_of_its_address():
    root = User.objects.create_superuser("Root@example.org", "long enough to pass")

    [held] = root.emailaddress_set.values("email", "verified", "primary")
    assert held == {"email": "root@example.org", "verified": True, "primary": True}


def test_language_must_be_one_of_the_six():
    user = factories.signed_up()

    with pytest.raises(ValidationError) as refusal:
        accounts.change_own(user=user, name="Bo", language="de", by=user)

    assert list(refusal.value.message_dict) == ["language"]


def test_nobody_changes_the_details_of_another():
    user, other = factories.person(), factories.person()

    with pytest.raises(PermissionDenied):
        accounts.change_own(user=user, name="Bo", language="fr", by=other)
    with pytest.raises(PermissionDenied):
        accounts.remove_second_factors(user=user, by=other)
