"""What somebody may no longer do, they may not do on the very next request."""

import pytest
from django.test import Client
from django.urls import reverse

from registry.actions import accounts, memberships, reviewers
from registry.models import Event, User
from registry.permissions import SYSTEM
from tests import factories
from tests.web.signed import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.check("A6")]
SIGN_IN = "/account/sign-in/?next="


@pytest.fixture
def area():
    return factories.area()


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def waiting(of, area):
    return factories.submitted(factories.focal_point(of), of, areas=[area.slug])


def program(user, **given):
    return Client(headers={"authorization": f"Bearer {factories.token(user, **given)[1]}"})


def statuses(client, waiting, *names):
    pages = [reverse(name, args=[waiting.reference]) for name in names]
    return [client.get(page).status_code for page in pages]


def as_program(client, waiting):
    return statuses(client, waiting, "api:submission-detail")


def test_removed_member(of, waiting):
    user = factories.contributor(of)
    browser, tool = signed_in(user), program(user, partner=of)
    assert statuses(browser, waiting, "submission-detail") == as_program(tool, waiting) == [200]

    memberships.remove(membership=user.memberships.get(), by=waiting.author)

    assert statuses(browser, waiting, "submission-detail") == [404]
    assert browser.get(reverse("desk-partner", args=[of.slug])).status_code == 404
    assert as_program(tool, waiting) == [401]


def test_focal_point_who_is_a_contributor_now(of, waiting):
    user = factories.focal_point(of)
    browser, page = signed_in(user), reverse("desk-submissions", args=[of.slug, "json"])
    assert browser.get(page).status_code == 200

    membership = user.memberships.get()
    memberships.change_role(membership=membership, role="contributor", by=waiting.author)

    assert browser.get(page).status_code == 403
    assert browser.post(reverse("desk-invite", args=[of.slug]), {}).status_code == 403


def test_released_reviewer(area, waiting):
    user = factories.reviewer(area)
    browser, tool = signed_in(user), program(user)
    assert statuses(browser, waiting, "review-detail", "submission-detail") == [200, 200]
    assert as_program(tool, waiting) == [200]

    reviewers.release_reviewer(reviewer=user.reviewed_areas.get(), by=SYSTEM)

    assert statuses(browser, waiting, "review-detail", "submission-detail") == [404, 404]
    assert browser.get("/review/").status_code == 404
    assert as_program(tool, waiting) == [404]


def _change(user, **values):
    given = {"email": user.email, "name": user.name, "is_active": True, "role": None}
    accounts.change_staff(user=user, **given | values, by=factories.administrator())


def test_editor_without_a_role(of, waiting):
    user = factories.editor()
    browser, tool = signed_in(user), program(user, scope="write")
    names = "review-detail", "submission-detail", "submission-check"
    assert statuses(browser, waiting, *names[:2]) == as_program(tool, waiting) * 2 == [200, 200]

    _change(user)

    assert statuses(browser, waiting, *names) == [404, 404, 404]
    assert browser.get("/review/").status_code == 404
    assert browser.get(reverse("submission-new", args=[of.slug, "activity"])).status_code == 404
    assert browser.get("/admin/registry/activity/").status_code == 403
    assert as_program(tool, waiting) == [404]


@pytest.mark.parametrize("make", [factories.editor, factories.administrator])
def test_closed_account_of_staff(make, waiting):
    user = make()
    browser, tool = signed_in(user), program(user)

    _change(user, is_active=False)

    page = reverse("review-detail", args=[waiting.reference])
    assert browser.get(page).headers["Location"] == SIGN_IN + page
    assert browser.get("/admin/").headers["Location"].startswith("/admin/login/")
    assert as_program(tool, waiting) == [401]


def test_closed_account_of_a_member(of, waiting):
    user = factories.contributor(of)
    browser, tool = signed_in(user), program(user, partner=of)

    User.objects.filter(pk=user.pk).update(is_active=False)

    page = reverse("submission-detail", args=[waiting.reference])
    assert browser.get(page).headers["Location"] == SIGN_IN + page
    assert as_program(tool, waiting) == [401]


@pytest.mark.parametrize("make", [factories.editor, factories.administrator])
def test_staff_who_lost_their_second_factor_come_to_no_desk(make, of, waiting):
    user = make()
    browser = signed_in(user)

    user.authenticator_set.all().delete()

    for name in ("review-detail", "submission-detail"):
        response = browser.get(reverse(name, args=[waiting.reference]))
        assert (response.status_code, response.headers["Location"]) == (
            302,
            reverse("mfa_index"),
        )
        assert response.headers["Cache-Control"] == "private, no-store"
    given = {"text": "No.", "version": waiting.version}
    browser.post(reverse("review-act", args=[waiting.reference, "decline"]), given)
    waiting.refresh_from_db()
    assert waiting.status == "submitted"


@pytest.mark.check("2a")
def test_that_the_secretariat_reads_a_draft_is_kept_whichever_way(of):
    draft = factories.draft(factories.contributor(of), of)
    readers = [factories.editor() for _ in range(3)]
    names = ("submission-detail", "submission-files", "api:submission-detail")
    for reader, name in zip(readers, names, strict=True):
        client = program(reader) if name.startswith("api:") else signed_in(reader)
        assert statuses(client, draft, name, name) == [200, 200]

    read = Event.objects.filter(verb="read", key=draft.reference).order_by("pk")
    assert [each.actor_id for each in read] == [each.pk for each in readers]
