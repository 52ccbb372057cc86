"""Who may do what: the role table, the groups that carry it, and everybody without a role."""

import pytest
from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.core.exceptions import PermissionDenied

from registry.actions import accounts
from registry.models import User
from registry.permissions import (
    ADMINISTRATOR,
    EDITOR,
    ROLES,
    STAFF_ROLES,
    SYSTEM,
    System,
    Verb,
    can,
    require,
)

# Who gains or loses a verb is read here; a new verb makes this fail until it is placed.
TABLE = """\
                              | Contributors | Focal points | Area reviewers | Editors | Administrators
edit records                  | -            | -            | -              | yes     | yes
withdraw and restore records  | -            | -            | -              | yes     | yes
join records                  | -            | -            | -              | yes     | yes
join partners that have members| -            | -            | -              | -       | yes
import records                | -            | -            | -              | yes     | yes
edit partnership areas        | -            | -            | -              | -       | yes
edit the reference book       | -            | -            | -              | -       | yes
write and submit              | yes          | yes          | -              | yes     | yes
change the profile            | -            | yes          | -              | yes     | yes
review submissions            | -            | -            | yes            | yes     | yes
decide on submissions         | -            | -            | -              | yes     | yes
see who the members are       | yes          | yes          | -              | yes     | yes
manage members                | -            | yes          | -              | yes     | yes
take out submissions          | -            | yes          | -              | yes     | yes
name the reviewers of areas   | -            | -            | -              | -       | yes
manage people                 | -            | -            | -              | -       | yes
hold API tokens               | yes          | yes          | yes            | yes     | yes
read the audit trail          | -            | -            | -              | -       | yes
read the list of messages     | -            | -            | -              | yes     | yes
send waiting messages         | -            | -            | -              | yes     | yes
deal with feedback            | -            | -            | -              | yes     | yes
check links                   | -            | -            | -              | yes     | yes
write reports and take snapshots| -            | -            | -              | yes     | yes
see how background jobs went  | -            | -            | -              | yes     | yes
run background jobs           | -            | -            | -              | -       | yes"""  # noqa: E501


def _table() -> str:
    lines = [" " * 30 + "".join(f"| {role.name:<{len(role.name) + 1}}" for role in ROLES)]
    for verb in Verb:
        cells = (
            f"| {'yes' if verb in role.verbs else '-':<{len(role.name) + 1}}" for role in ROLES
        )
        lines.append(f"{verb.value:<30}" + "".join(cells))
    return "\n".join(line.rstrip() for line in lines)


def test_role_table():
    assert _table() == TABLE


@pytest.mark.django_db
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize("role", STAFF_ROLES, ids=lambda role: role.name)
def test_can_follows_the_table(role, verb):
    user = accounts.create_staff(
        email="person@example.org", password="long enough to pass", role=role, by=SYSTEM
    )

    assert can(user, verb) is (verb in role.verbs)


@pytest.mark.django_db
@pytest.mark.parametrize("verb", Verb)
@pytest.mark.parametrize(
    "state", [{"is_active": False}, {"is_staff": False}], ids=["inactive", "not staff"]
)
def test_role_without_an_open_staff_account_may_do_nothing(state, verb):
    user = accounts.create_staff(
        email="person@example.org", password="long enough to pass", by=SYSTEM
    )
    User.objects.filter(pk=user.pk).update(**state)

    user.refresh_from_db()

    assert can(user, verb) is False


@pytest.mark.django_db
def test_staff_without_a_group_may_do_nothing():
    user = User.objects.create(email="new@example.org", is_staff=True)

    assert [verb for verb in Verb if can(user, verb)] == []


@pytest.mark.django_db
def test_group_of_another_name_gives_nothing():
    user = User.objects.create(email="new@example.org", is_staff=True)
    user.groups.add(Group.objects.create(name="administrators"))

    assert [verb for verb in Verb if can(user, verb)] == []


@pytest.mark.django_db
def test_superuser_may_do_everything_unless_closed():
    user = User.objects.create_superuser("root@example.org", "long enough to pass")

    may = [verb for verb in Verb if can(user, verb)]
    user.is_active = False
    may_when_closed = [verb for verb in Verb if can(user, verb)]

    assert may == list(Verb)
    assert may_when_closed == []


@pytest.mark.parametrize(
    "nobody", [AnonymousUser(), None, "system", "", 0, object(), type("System", (), {})()]
)
def test_nobody_passes_for_the_system(nobody):
    assert [verb for verb in Verb if can(nobody, verb)] == []
    assert nobody != SYSTEM


def test_system_may_do_everything_and_has_a_name():
    assert all(can(SYSTEM, verb) for verb in Verb)
    assert str(SYSTEM) == "system"
    assert str(System("data files")) == "data files"


def test_require_says_what_may_not_be_done():
    with pytest.raises(PermissionDenied, match="^Your account may not edit partnership areas.$"):
        require(AnonymousUser(), Verb.EDIT_AREAS)


@pytest.mark.django_db
def test_groups_carry_exactly_the_permissions_of_their_role():
    stale = Group.objects.get_or_create(name=EDITOR.name)[0]
    stale.permissions.add(Permission.objects.get(codename="delete_user"))

    accounts.set_up_groups(by=SYSTEM)

    records = ("activity", "contribution", "guidance", "meeting", "partner")
    edited = {f"{what}_{noun}" for what in ("view", "add", "change") for noun in records}
    seen = {"view_apitoken", "add_apitoken", "view_notice", "view_feedback", "view_link"}
    seen |= {"view_batch", "view_importrun", "view_snapshot"}
    seen |= {"view_area", "view_article", "view_country", "view_job"}
    assert _codenames(EDITOR.name) == edited | seen
    more = _codenames(ADMINISTRATOR.name) - edited - seen
    assert {name for name in more if name.split("_")[1] in ("area", "user", "event")} == {
        "add_area",
        "change_area",
        "view_user",
        "add_user",
        "change_user",
        "view_event",
    }
    reference = {p.content_type.model for p in Permission.objects.filter(codename__in=more)} - {
        "area",
        "user",
        "event",
    }
    assert {f"{what}_{model}" for what in WHOLE for model in reference} <= more | seen
    assert (
        Permission.objects.filter(content_type__model__in=reference)
        .values_list("content_type__app_label", flat=True)
        .distinct()
        .get()
        == "articles"
    )


WHOLE = ("view", "add", "change", "delete")


def _codenames(group: str) -> set[str]:
    names = Permission.objects.filter(group__name=group).values_list("codename", flat=True)
    return set(names)


@pytest.mark.django_db
def test_no_group_may_delete_a_record_or_touch_the_trail():
    accounts.set_up_groups(by=SYSTEM)

    held = Permission.objects.filter(group__isnull=False, content_type__app_label="registry")
    names = set(held.values_list("codename", flat=True))

    assert {name for name in names if name.startswith("delete_")} == set()
    assert {name for name in names if name.endswith("_event")} == {"view_event"}
