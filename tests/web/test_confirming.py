"""“Nothing changed”, at the desk and by the link of a mail, and what the public reads of it."""

import datetime as dt

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from registry.actions import activities, memberships
from registry.models import Event
from registry.permissions import SYSTEM
from registry.queries.confirmations import token_for
from tests import factories
from tests.web.reading import Page
from tests.web.signed import kept, signed_in, told

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2027, 4, 1, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def of():
    return factories.partner(name="Centre for Clean Gold")


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


@pytest.fixture
def due(of):
    return factories.activity(
        title="Gold without mercury",
        participations=[{"partner": of.slug, "role": "lead"}],
        confirmed_on="2026-03-09",
    )


def link(activity, user):
    return reverse("confirm", args=[token_for(activity, user)])


def read(response):
    return " ".join(Page(response).text.split())


def confirmations(activity):
    found = Event.objects.about("activity", activity.slug).filter(verb="confirm")
    return [event.actor_id for event in found]


def test_link_shows_the_record_and_to_look_changes_nothing(due, focal):
    before = kept()

    for _scan in range(2):
        page = Client().get(link(due, focal))

    text = read(page)
    assert page.status_code == 200
    assert "Is this still right? Gold without mercury" in text
    assert "Centre for Clean Gold (leads)" in text
    assert reverse("desk-change", args=["activity", due.slug]) in Page(page).links
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "strict-origin"
    assert (Client().head(link(due, focal)).status_code, kept()) == (200, before)
    assert focal.name not in text
    assert focal.email not in text


def test_one_click_confirms_without_signing_in(due, focal):
    client, address = Client(enforce_csrf_checks=True), link(due, focal)

    page = client.post(address, {"version": "1"})
    again = client.post(address, {"version": "1"})
    looked = client.get(address)

    due.refresh_from_db()
    assert (due.confirmed_on, due.freshness) == (dt.date(2027, 4, 1), "fresh")
    assert confirmations(due) == [focal.pk]
    said = "Last confirmed by a partner on 1 April 2027; due again from 1 April 2028."
    assert "Thank you: it is confirmed" in read(page)
    for response in (again, looked):
        assert "It is confirmed already" in read(response)
    for response in (page, again, looked):
        assert (response.status_code, said in read(response)) == (200, True)
        assert response.headers["Cache-Control"] == "private, no-store"


def test_what_changed_since_the_page_was_opened_is_read_again(due, focal):
    address = link(due, focal)
    activities.change(record=due, values={"title": "Less gold"}, version=1, by=SYSTEM)

    page = Client().post(address, {"version": "1"})

    assert page.status_code == 409
    assert "was changed by somebody else since you opened it" in read(page)
    assert 'name="version" value="2"' in page.content.decode()
    assert Client().post(address, {"version": "two"}).status_code == 400
    assert confirmations(due) == []
    assert "Thank you" in read(Client().post(address, {"version": "2"}))


def test_links_that_open_nothing_answer_all_the_same(of, due, focal):
    part = [{"partner": of.slug, "role": "lead"}]
    over = factories.activity(participations=part, confirmed_on="2026-03-09", end="2020")
    gone = factories.activity(participations=part, confirmed_on="2026-03-09")
    activities.withdraw(record=gone, version=1, reason="Twice here.", by=SYSTEM)
    former, closed = factories.focal_point(of), factories.contributor(of)
    memberships.remove(membership=former.memberships.get(), by=SYSTEM)
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    with time_machine.travel(NOON - dt.timedelta(days=31), tick=False):
        old = link(due, focal)
    good = link(due, focal)
    closed_ones = [
        reverse("confirm", args=["forged"]),
        good[:-2] + "/",
        old,
        link(due, former),
        link(due, closed),
        link(due, factories.focal_point(factories.partner())),
        link(over, focal),
        link(gone, focal),
    ]
    before = kept()

    answers = [told(Client().get(each)) for each in closed_ones]
    answers += [told(Client().post(each, {"version": "1"})) for each in closed_ones]

    assert {status for status, _body, _headers in answers} == {404}
    assert {body for _status, body, _headers in answers} == {answers[0][1]}
    assert {h["Cache-Control"] for _status, _body, h in answers} == {"private, no-store"}
    assert kept() == before
    with time_machine.travel(NOON + dt.timedelta(days=29), tick=False):
        assert Client().get(good).status_code == 200


def test_desk_confirms_what_stood_there(of, due, focal):
    client, address = signed_in(focal), reverse("desk-confirm", args=[of.slug, due.slug])
    desk = client.get(reverse("desk-partner", args=[of.slug]))
    assert f'formaction="{address}" name="version" value="1"' in desk.content.decode()
    assert "confirmed on 9 March 2026 · due to be confirmed" in read(desk)

    page = client.post(address, {"version": "1"}, follow=True)

    assert "“Gold without mercury” is confirmed: nothing changed." in read(page)
    assert "confirmed on 1 April 2027 · to be confirmed again from 1 April 2028" in read(page)
    assert confirmations(due) == [focal.pk]


def test_desk_refuses_what_moved_on_and_what_is_not_its_own(of, due, focal):
    address = reverse("desk-confirm", args=[of.slug, due.slug])
    activities.change(record=due, values={"title": "Less gold"}, version=1, by=SYSTEM)
    foreign = factories.activity()
    client = signed_in(focal)

    page = client.post(address, {"version": "1"}, follow=True)

    assert "was changed by somebody else since you opened it" in read(page)
    assert client.post(address).status_code == 400
    assert client.get(address).status_code == 405
    theirs = reverse("desk-confirm", args=[of.slug, foreign.slug])
    assert client.post(theirs, {"version": "1"}).status_code == 404
    assert signed_in(factories.person()).post(address, {"version": "2"}).status_code == 404
    assert Client().post(address, {"version": "2"}).status_code == 302
    assert confirmations(due) == []


def test_desk_asks_nothing_of_completed_ones(of, focal):
    part = [{"partner": of.slug, "role": "lead"}]
    over = factories.activity(participations=part, end="2020")
    silent = factories.activity(participations=part)

    page = signed_in(focal).get(reverse("desk-records", args=[of.slug, "activity"]))

    content = page.content.decode()
    assert reverse("desk-confirm", args=[of.slug, silent.slug]) in content
    assert reverse("desk-confirm", args=[of.slug, over.slug]) not in content
    assert content.index(silent.title) < content.index(over.title)
    assert "never confirmed by a partner · completed" in read(page)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            {"confirmed_on": "2026-05-01"},
            "Last confirmed by a partner on 1 May 2026; due again from 1 May 2027.",
        ),
        (
            {"confirmed_on": "2026-03-09"},
            "Last confirmed by a partner on 9 March 2026; due to be confirmed again since "
            "9 March 2027.",
        ),
        (
            {"confirmed_on": "2025-03-09"},
            "Last confirmed by a partner on 9 March 2025; the confirmation that was due on "
            "9 March 2026 is overdue.",
        ),
        (
            {"confirmed_on": "2020-03-09"},
            "Last confirmed by a partner on 9 March 2020, and not since; what it says may have "
            "changed.",
        ),
        ({}, "Not confirmed by a partner since it was recorded."),
        (
            {"confirmed_on": "2020-03-09", "end": "2021"},
            "Last confirmed by a partner on 9 March 2020; it is completed and needs no further "
            "confirming.",
        ),
        ({"end": "2021"}, "It is completed and needs no confirming."),
    ],
)
def test_public_page_says_how_sure_it_is(client, values, said):
    activity = factories.activity(**values)

    page = Page(client.get(activity.get_absolute_url()))

    assert page.facts["Confirmation"] == said


def test_lists_say_only_what_is_not_fresh(client):
    for title, values in {
        "Zyxwers fresh": {"confirmed_on": "2026-05-01"},
        "Zyxwers due": {"confirmed_on": "2026-03-09"},
        "Zyxwers silent": {},
        "Zyxwers over": {"end": "2021"},
    }.items():
        factories.activity(title=title, level="global", **values)

    text = read(client.get(reverse("activity-list"), {"q": "zyxwers"}))
    found = read(client.get(reverse("activity-list"), {"q": "zyxwers", "freshness": "due,silent"}))

    assert [text.count(f"· {said}") for said in ("confirmed", "due to be confirmed")] == [0, 1]
    assert text.count("· not confirmed") == 1
    assert [f"Zyxwers {each}" in found for each in ("fresh", "due", "silent", "over")] == [
        False,
        True,
        True,
        False,
    ]
