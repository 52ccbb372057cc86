"""The start page of the secretariat: its numbers are those of the lists that they lead to."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.actions import jobs, links, reviews
from registry.models import ImportRun, Job, JoinRequest, Link, Notice, Submission
from registry.permissions import SYSTEM
from registry.queries.start import tidy
from tests import factories
from tests.notices import notice
from tests.scenes import as_left, made_once

pytestmark = pytest.mark.django_db

START = reverse("admin:index")
NOW = timezone.now()
DAYS = dt.timedelta(days=1)


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """Some work of each kind, and the browsers of an administrator and of an editor."""
    with made_once(django_db_blocker):
        _work()
        clients = {}
        for name, user in (("all", factories.administrator()), ("editor", factories.editor())):
            clients[name] = Client()
            clients[name].force_login(user)
        yield clients


def _work():
    area, of = factories.area(), factories.partner()
    by, editor = factories.focal_point(of), factories.editor()
    for days in (1, 8, 20):
        submission = factories.submitted(by, of, areas=[area.slug])
        at = NOW - days * DAYS
        Submission.objects.filter(pk=submission.pk).update(submitted_at=at, since=at)
    submission.refresh_from_db()
    reviews.claim(submission=submission, by=editor)
    submission.refresh_from_db()
    reviews.recommend(submission=submission, advice="approve", text="Good.", by=editor)
    lonely = factories.partner()
    JoinRequest.objects.create(user=factories.person(), partner=lonely, asked_at=NOW - 3 * DAYS)
    factories.feedback()
    for status in ("tried", "failed"):
        ImportRun.objects.create(
            noun="activity", name="x.csv", names=[], at=NOW - 2 * DAYS, status=status
        )
    given_up = notice()
    Notice.objects.filter(pk=given_up.pk).update(state=Notice.State.FAILED)
    factories.guidance(url="https://gone.example/#part", title="Gone from the web")
    links.gather(at=NOW, by=SYSTEM)
    gone = {"failures": 3, "failing_since": NOW - 9 * DAYS, "unavailable_since": NOW - 9 * DAYS}
    seen = {"outcome": "status", "first_checked_at": NOW - 9 * DAYS, "last_checked_at": NOW}
    Link.objects.filter(address="https://gone.example/").update(**gone, **seen)
    factories.activity(level="national", title="Nobody leads it anywhere")
    twin = {"title": "Two workshops on dental amalgam in Lusaka", "start": "2021"}
    factories.activity(**twin)
    factories.activity(**twin)
    jobs.start(name="remind", by=SYSTEM)
    jobs.fail(name="remind", error="OSError", seconds=1, by=SYSTEM)
    Job.objects.create(name="take_backup", started_at=NOW - 9 * DAYS, succeeded_at=NOW - 9 * DAYS)
    tidy.count_pairs(NOW)


def lines(client, section=None):
    """The lines of the page by their words."""
    sections = as_left(client).get(START).context["sections"]
    return {
        line.words: line
        for name, _title, found in sections
        for line in found
        if section in (None, name)
    }


def counted(client, path):
    """How many rows the list at an address has, of whichever kind the list is."""
    page = as_left(client).get(path, follow=True)
    assert page.status_code == 200, path
    context = page.context
    if "cl" in context:
        return context["cl"].result_count
    if "unheard" in path:
        return len(context["unheard"])
    if "pages" in context:
        return context["pages"].count
    if "groups" in context:
        anchor = path.partition("#")[2]
        return next(len(rows) for name, _title, rows in context["groups"] if name == anchor)
    return len(context["rows"])


def test_each_number_is_that_of_its_list(scene):
    found = lines(scene["all"])

    for line in found.values():
        if "/partner/lookalikes/" in line.path or "/guidance/lookalikes/" in line.path:
            continue  # one page of pairs stands for all three: it takes most of a second
        assert counted(scene["all"], line.path) == line.count, line
        for part in (*line.parts, *line.areas):
            if part.count:
                assert counted(scene["all"], part.path) == part.count, part
    assert {
        "submissions handed in",
        "submission with a recommendation",
        "person asks to speak for a partner without a focal point",
        "message of a visitor, new",
        "message was not sent: given up",
        "link is unavailable",
        "background job failed",
        "background job did not run when it should have",
        "guidance document with an unavailable link",
        "national activity without country",
    } <= found.keys()
    assert any(words.startswith("pair") for words in found)


def test_submissions_say_who_has_them_and_how_long_they_wait(scene):
    line = lines(scene["all"], "waits")["submissions handed in"]

    assert (line.count, line.days) == (3, 20)
    assert [(part.words, part.count) for part in line.parts] == [
        ("overdue, over 14 days", 1),
        ("taken on by nobody yet", 2),
        ("taken on by others", 1),
    ]
    (area,) = line.areas
    assert (area.count, area.words[:9]) == (3, "Test area")


def test_figures_of_the_month_are_those_of_the_audit_trail(scene):
    months = as_left(scene["all"]).get(START).context["months"]
    figures = {figure.words: figure for figure in months.figures}

    assert figures["Submissions handed in"].this == 3
    for figure in months.figures:
        for count, path in ((figure.this, figure.this_path), (figure.last, figure.last_path)):
            if path:
                assert counted(scene["all"], path) == count, figure
    assert not any(
        figure.this_path for figure in as_left(scene["editor"]).get(START).context["months"].figures
    )


def test_editor_sees_what_an_editor_may_do(scene):
    everything, editors = lines(scene["all"]), lines(scene["editor"])

    assert {words for words in everything if "languages" in words}
    assert editors.keys() == {words for words in everything if "languages" not in words}
    for line in editors.values():
        if "lookalikes" not in line.path:
            assert counted(scene["editor"], line.path) == line.count


def test_person_without_a_role_has_nothing_to_do(scene):
    user = factories.person(is_staff=True)
    factories.second_factor(user)
    client = Client()
    client.force_login(user)

    page = client.get(START)

    assert page.context["sections"] == []
    assert "Nothing waits." in page.content.decode()


def test_page_of_jobs_says_what_should_have_run(scene):
    text = as_left(scene["editor"]).get(reverse("admin:registry_job_changelist")).content.decode()
    text = re.sub(r"\s+", " ", text)

    assert re.search(r'id="take_backup".*?Should have run at \d+ \w+, 01:47\.', text)
    assert re.search(r'id="remind".*?Failed at .*?Never ran well\..*?<code>OSError</code>', text)
