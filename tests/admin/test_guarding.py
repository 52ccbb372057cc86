"""Who reaches which page of the administration; every page answers; history from the trail."""

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import RequestFactory
from django.urls import reverse

from articles.models import Annex, ConferenceOfTheParties, Country, Decision, Term
from registry.actions import activities, audit
from registry.models import (
    Activity,
    ApiToken,
    Area,
    Batch,
    Contribution,
    Event,
    Feedback,
    Guidance,
    ImportRun,
    Job,
    Link,
    Meeting,
    Notice,
    Partner,
    Snapshot,
    User,
)
from registry.permissions import ADMINISTRATOR, EDITOR, SYSTEM, Verb, can
from tests import factories
from tests.admin.pages import address, list_of, typed

RECORDS = (Activity, Contribution, Guidance, Meeting, Partner)
REGISTERED = list(admin.site._registry)
OPEN_TO_EDITORS = (*RECORDS, ApiToken, Batch, Feedback, ImportRun, Job, Link, Notice, Snapshot)
# Pages on which nothing is changed.
UNCHANGED = (ApiToken, Batch, Event, Feedback, ImportRun, Job, Link, Notice, Snapshot)
# Rows that nobody adds by hand.
WRITTEN_BY_ACTIONS = (Batch, Event, Feedback, ImportRun, Job, Link, Notice, Snapshot)
VERBS = {
    **dict.fromkeys(RECORDS, Verb.EDIT_RECORDS),
    Area: Verb.EDIT_AREAS,
    User: Verb.MANAGE_PEOPLE,
    ApiToken: Verb.HOLD_TOKENS,
    Batch: Verb.IMPORT_RECORDS,
    Event: Verb.READ_AUDIT,
    Feedback: Verb.ANSWER_FEEDBACK,
    ImportRun: Verb.IMPORT_RECORDS,
    Job: Verb.READ_JOBS,
    Link: Verb.CHECK_LINKS,
    Notice: Verb.READ_MESSAGES,
    Snapshot: Verb.WRITE_REPORTS,
}


def _verb(model):
    return VERBS.get(model, Verb.EDIT_REFERENCE)


def _request(user):
    request = RequestFactory().get("/admin/")
    request.user, request.resolver_match = user, None
    return request


@pytest.mark.parametrize("role", [EDITOR, ADMINISTRATOR])
def test_permissions_agree_with_ours_and_with_django(staff, role):
    user = staff(role)
    for model, pages in admin.site._registry.items():
        request, may = _request(user), can(user, _verb(model))
        assert pages.has_view_permission(request) is may, model
        assert pages.has_change_permission(request) is (may and model not in UNCHANGED), model
        name = f"{model._meta.app_label}.change_{model._meta.model_name}"
        assert user.has_perm(name) is (may and model not in UNCHANGED), model
        assert not pages.has_delete_permission(request)
        if model not in WRITTEN_BY_ACTIONS:
            name = name.replace("change", "add")
            assert user.has_perm(name) is may, model


def test_right_given_past_our_roles_opens_nothing(staff, book):
    editor = staff(EDITOR)
    editor.user_permissions.set(Permission.objects.all())
    editor = User.objects.get(pk=editor.pk)
    for model, pages in admin.site._registry.items():
        assert bool(pages.has_view_permission(_request(editor))) is (model in OPEN_TO_EDITORS)


@pytest.mark.parametrize("model", [model for model in REGISTERED if model not in OPEN_TO_EDITORS])
def test_editor_reaches_nothing_of_the_administrators(as_editor, model):
    assert as_editor.get(list_of(model)).status_code == 403
    assert as_editor.get(list_of(model, "add")).status_code == 403
    assert as_editor.post(list_of(model, "add"), {}).status_code == 403


def test_editor_sees_no_way_to_them(as_editor, area):
    text = as_editor.get(reverse("admin:index")).content.decode()
    assert "/admin/registry/activity/" in text
    assert "/admin/articles/" not in text and "/admin/registry/area/" not in text
    for page in ("change", "history", "withdraw"):
        assert as_editor.get(address(area, page)).status_code == 403


@pytest.mark.parametrize("model", REGISTERED)
def test_stranger_is_asked_to_sign_in(client, db, model):
    response = client.get(list_of(model))
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


def test_person_without_a_role_sees_nothing(client, db):
    user = User.objects.create(email="new@example.org", is_staff=True)
    factories.second_factor(user)
    client.force_login(user)
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(list_of(Activity)).status_code == 403


def test_withdrawn_role_is_gone_at_once(as_editor, editor, activity):
    editor.groups.clear()
    assert as_editor.get(list_of(Activity)).status_code == 403
    assert as_editor.post(address(activity), {}).status_code == 403


@pytest.fixture
def everything(activity, document, book):
    """A row of every registered model."""
    Meeting.objects.create(slug="m", title="M", kind="forum", start="2019")
    Contribution.objects.create(slug="c", donor=Partner.objects.first(), purpose="P")
    Annex.objects.get_or_create(code="A", defaults={"title": "Products"})
    cop, _made = ConferenceOfTheParties.objects.get_or_create(
        number=99, defaults={"start": "2099-01-01", "end": "2099-01-02", "place": "Minamata"}
    )
    Decision.objects.create(
        slug="d-99", cop=cop, year=2099, kind="process", subject="S", source="S", basis="B"
    )
    Term.objects.create(slug="t-99", term="T 99", kind="term", meaning="M")


@pytest.mark.parametrize("model", REGISTERED)
def test_every_page_answers(as_administrator, administrator, everything, model):
    pages = admin.site._registry[model]
    assert as_administrator.get(list_of(model)).status_code == 200
    may_add = pages.has_add_permission(_request(administrator))
    assert as_administrator.get(list_of(model, "add")).status_code == (200 if may_add else 403)
    for record in model.objects.all()[:1]:
        for page in ("change", "history"):
            assert as_administrator.get(address(record, page)).status_code == 200, page


@pytest.mark.parametrize("key", ["x", "999999999", "99999999999999999999999"])
def test_page_of_what_does_not_exist_leads_home(as_editor, key):
    for page in ("change", "history"):
        response = as_editor.get(f"/admin/registry/activity/{key}/{page}/")
        assert response.status_code == 302 and response["Location"] == "/admin/"


def test_history_shows_who_when_before_and_after(as_editor, editor, activity):
    data = typed(as_editor.get(address(activity))) | {"title": "A better name", "countries": []}
    as_editor.post(address(activity), data)
    activities.withdraw(record=activity, version=2, reason="Because.", by=SYSTEM)
    page = as_editor.get(address(activity, "history"))
    text = page.content.decode()
    withdrawn, changed, created = page.context["events"]
    told = {each.label: (each.before, each.after) for each in changed.differences}
    assert told == {
        "Title": (["Mercury-free gold in Migori"], ["A better name"]),
        "Countries": (["KE"], []),
    }
    assert str(editor) in text and "A better name" in text and "Because." in text
    assert withdrawn.differences == []
    labels = [each.label for each in created.differences]
    assert "Participations" in labels and "Source system" not in labels


def test_no_second_log_is_kept(as_editor, activity):
    data = typed(as_editor.get(address(activity))) | {"title": "A better name"}
    as_editor.post(address(activity), data)
    assert not LogEntry.objects.exists()


def test_trail_is_read_and_searched(as_administrator, activity):
    event = Event.objects.about("activity", activity.slug).get()
    page = as_administrator.get(list_of(Event), {"q": activity.slug, "noun": "activity"})
    assert list(page.context["cl"].result_list) == [event]
    text = as_administrator.get(address(event)).content.decode()
    assert "Mercury-free gold in Migori" in text
    assert as_administrator.post(address(event), {"note": "x"}).status_code == 403
    assert as_administrator.post(list_of(Event, "add"), {}).status_code == 403


def test_history_in_pages(as_editor, activity):
    for number in range(60):
        audit.record(by=SYSTEM, verb="test", noun="activity", key=activity.slug, note=f"n{number}")
    assert "n59" in as_editor.get(address(activity, "history")).content.decode()
    assert "Newer" in as_editor.get(address(activity, "history"), {"p": 2}).content.decode()
    assert as_editor.get(address(activity, "history"), {"p": "x"}).status_code == 200


def test_link_to_the_public_page(as_editor, activity):
    assert (
        f'href="{activity.get_absolute_url()}"' in as_editor.get(address(activity)).content.decode()
    )


def test_choices_of_an_editor_reach_the_reference_book(as_editor, book):
    asked = {"app_label": "registry", "model_name": "partner", "field_name": "country"}
    assert as_editor.get("/admin/autocomplete/", asked | {"term": "Keny"}).json()["results"]
    assert as_editor.get(list_of(Country)).status_code == 403


def test_names_of_the_site(as_editor):
    text = as_editor.get(reverse("admin:index")).content.decode()
    assert "Registry of the Global Mercury Partnership — secretariat" in text
