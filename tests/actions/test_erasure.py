"""Erasing a person: not a word of them is left, and what they did is not lost."""

import json

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from registry.actions import (
    accounts,
    activities,
    attachments,
    audit,
    batches,
    erasure,
    imports,
    joins,
    memberships,
    reviews,
    snapshots,
)
from registry.actions.planning import Wanted
from registry.errors import Refused
from registry.models import (
    AreaReviewer,
    Erasure,
    Event,
    Feedback,
    Invitation,
    JoinRequest,
    Membership,
    Notice,
    NoticePreference,
    Presence,
    Submission,
    User,
)
from registry.permissions import ADMINISTRATOR, SYSTEM
from registry.queries import personal
from tests import factories

pytestmark = pytest.mark.django_db
CANARY = "Zyxkanar"
EMAIL = "zyxkanar@example.org"


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.FILES_DIR, settings.BACKUP_DIR = tmp_path / "files", tmp_path / "backups"
    return tmp_path


@pytest.fixture
def person():
    """Somebody who has left a trace in every table that the inventory names."""
    partner, area = factories.partner(), factories.area()
    user = factories.focal_point(partner, email=EMAIL, name=f"{CANARY} Person")
    factories.second_factor(user)
    factories.administrator(email="other@example.org", name="Another Editor")
    user.emailaddress_set.create(email=EMAIL, verified=True, primary=True)
    draft = factories.draft(user, partner)
    submission = factories.submitted(user, partner)
    from tests.actions.test_attachments import PNG

    attachments.attach(submission=draft, name="river.png", content=PNG, by=user)
    memberships.invite(partner=partner, email="guest@example.org", role="contributor", by=user)
    AreaReviewer.objects.create(user=user, area=area)
    JoinRequest.objects.create(
        user=user, partner=factories.partner(), message=f"I am {CANARY}", asked_at=timezone.now()
    )
    Invitation.objects.create(
        partner=factories.partner(),
        email=EMAIL.upper(),
        role="contributor",
        digest="d" * 64,
        created_at=timezone.now(),
        expires_at=timezone.now(),
    )
    Presence.objects.create(user=user, submission=submission, seen_at=timezone.now())
    NoticePreference.objects.create(user=user, group="comments", choice="never")
    factories.token(user)
    factories.feedback(email=EMAIL)
    reviews.comment(submission=submission, text="Thank you.", by=user)
    UserSession.objects.create(
        user=user, ip="203.0.113.9", user_agent=f"Browser of {CANARY}", session_key="k"
    )
    LogEntry.objects.create(user=user, action_flag=1, object_repr=f"{CANARY}")
    _as_staff(user)
    return User.objects.get(pk=user.pk)


def _as_staff(user):
    """What only the secretariat leaves."""
    user.is_staff = True
    user.set_password(factories.PASSWORD)
    user.save()
    accounts.set_up_groups(by=SYSTEM)
    from django.contrib.auth.models import Group

    user.groups.set(Group.objects.filter(name=ADMINISTRATOR.name))
    one = factories.activity(title="One")
    given = {"noun": "activity", "kind": "bulk", "label": "x", "by": user}
    batch = batches.apply(wanted=[Wanted(0, one.slug, 1, {"title": "Two"})], **given)
    batches.undo(batch=batch, by=user)
    imports.begin(
        noun="activity",
        name="x.csv",
        sha256="0" * 64,
        names=["slug"],
        wanted=[],
        cells={},
        problems={},
        by=user,
    )
    two, three = factories.activity(title="Three"), factories.activity(title="Four")
    joins.keep_apart(noun="activity", one=two.slug, other=three.slug, why="Not so.", by=user)
    made = joins.join(
        noun="activity",
        kept=two.slug,
        gone=three.slug,
        chosen={},
        versions={two.slug: 1, three.slug: 1},
        by=user,
    )
    joins.undo(join=made, by=user)
    import datetime as dt

    snapshots.keep(
        title="x",
        file=b"x",
        taken_on=dt.date(2026, 11, 25),
        revision=1,
        software="0",
        scope={},
        counts={},
        left_out=[],
        by=user,
    )
    changed = {"email": user.email, "name": user.name, "is_active": True, "role": ADMINISTRATOR}
    accounts.change_staff(user=user, **(changed | {"name": f"Former {CANARY}"}), by=SYSTEM)
    accounts.change_staff(user=user, **changed, by=SYSTEM)
    # Somebody else is told of them, in words and by address.
    audit.record(
        by=SYSTEM,
        verb="note",
        noun="partner",
        key="x",
        note=f"told by {CANARY} Person",
        after={"list": [{"email": EMAIL}]},
    )


def everywhere(*words):
    """Each table and column of the whole database in which one of these words stands."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            names = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                for name, cell in zip(names, row, strict=True):
                    text = cell if isinstance(cell, str) else json.dumps(cell, default=str)
                    if any(word.lower() in text.lower() for word in words):
                        found.add((table, name))
    return found


def test_scene_leaves_something_in_every_table_of_the_inventory(person):
    held = personal.held_on(person)

    assert {each.table for each in personal.INVENTORY} - held.keys() == set()


def test_not_a_word_is_left_in_the_whole_database(person, folders):
    assert len(everywhere(CANARY)) > 8

    erasure.erase(user=person, by=person)

    assert everywhere(CANARY, EMAIL) == set()
    files = [path for path in folders.rglob("*") if path.is_file()]
    assert [
        path for path in files if CANARY.lower() in path.read_bytes().lower().decode("latin-1")
    ] == []


def test_what_they_did_stays_without_their_name(person):
    wrote = Submission.objects.filter(author=person).count()
    did = Event.objects.filter(actor_id=person.pk).count()

    erasure.erase(user=person, by=person)

    assert Submission.objects.filter(author=person).count() == wrote == 2
    assert str(Submission.objects.filter(author=person)[0].author) == "a former member"
    assert Event.objects.filter(actor_id=person.pk, actor=f"person {person.pk}").count() == did > 5
    assert not Membership.objects.filter(user=person).exists()
    assert not Authenticator.objects.filter(user=person).exists()
    assert not Notice.objects.filter(recipient=person).exists()
    assert Feedback.objects.filter(email="").exists()
    person.refresh_from_db()
    assert (person.is_active, person.is_staff, person.has_usable_password()) == (False,) * 3
    assert person.email == f"erased-{person.pk}@erased.invalid"


def test_copy_holds_what_is_kept_and_nothing_of_others(person):
    taken = erasure.copy_of(user=person, by=person)

    text = json.dumps(taken)
    assert EMAIL in text and f"{CANARY} Person" in text and "203.0.113.9" in text
    assert "other@example.org" not in text and "Another Editor" not in text
    assert person.password not in text
    assert not Event.objects.filter(verb="take a copy").exists()
    erasure.copy_of(user=person, by=SYSTEM)
    assert Event.objects.filter(verb="take a copy", key=str(person.pk)).count() == 1


def test_others_neither_take_nor_erase(person):
    other = factories.contributor(factories.partner())

    for act in (erasure.erase, erasure.copy_of):
        with pytest.raises(PermissionDenied):
            act(user=person, by=other)


def test_last_administrator_stays():
    last = accounts.create_staff(
        email="last@example.org", password="correct-horse", role=ADMINISTRATOR, by=SYSTEM
    )

    with pytest.raises(Refused, match="the last administrator"):
        erasure.erase(user=last, by=last)


def test_partner_left_without_a_focal_point_is_named():
    partner = factories.partner(name="Alone Ltd")
    user = factories.focal_point(partner)

    assert erasure.partners_left_alone(user) == ["Alone Ltd"]
    factories.focal_point(partner)
    assert erasure.partners_left_alone(user) == []


def test_erased_again_where_a_backup_brought_them_back(folders, django_capture_on_commit_callbacks):
    user = factories.focal_point(factories.partner(), email=EMAIL, name=f"{CANARY} Person")
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase(user=user, by=user)
    noted = (folders / "backups" / erasure.LEDGER).read_text()
    assert EMAIL not in noted and CANARY not in noted
    # As a backup of yesterday has it.
    Erasure.objects.all().delete()
    User.objects.filter(pk=user.pk).update(email=EMAIL, name=f"{CANARY} Person", erased_at=None)
    somebody_else = factories.editor()

    assert erasure.erase_again(folders=[folders / "backups"]) == 1

    assert everywhere(CANARY, EMAIL) == set()
    assert erasure.erase_again(folders=[folders / "backups"]) == 0
    assert User.objects.get(pk=somebody_else.pk).erased_at is None
    assert Erasure.objects.get().number == user.pk


def test_number_alone_does_not_erase_another(folders):
    user = factories.editor(email="new@example.org")
    line = {"number": user.pk, "digest": "0" * 64, "at": timezone.now().isoformat()}
    (folders / "backups").mkdir()
    (folders / "backups" / erasure.LEDGER).write_text(json.dumps(line) + "\n")

    assert erasure.erase_again(folders=[folders / "backups"]) == 0


def test_activities_are_untouched(person):
    activity = factories.activity(title="Stays")

    erasure.erase(user=person, by=SYSTEM)

    assert activities.SHAPE.read(activity)["title"] == "Stays"
