"""Sessions end when they are idle, when they are old, and when one says so."""

import datetime as dt

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client

from registry import tasks
from registry.models import Cached, User
from registry.web.accounts.browsers import browser_of
from tests import factories
from tests.web.accounts.acting import code, is_in, sign_in, signed_in, verbs

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC)
SESSIONS = "/account/sessions/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 "
    "(KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1"
)


def at(**later):
    return time_machine.travel(NOON + dt.timedelta(**later), tick=False)


@pytest.fixture
def person():
    return factories.signed_up()


@pytest.fixture
def staff():
    return factories.editor()


def signed_in_at_noon(user):
    with at():
        client = signed_in(user)
        for each in user.authenticator_set.all():
            secret = factories.sealing.unseal(each.data["secret"])
            client.post("/account/sign-in/code/", {"code": code(secret)})
        assert is_in(client)
    return client


@pytest.mark.parametrize(
    ("who", "later", "lives"),
    [
        ("person", {"minutes": 29, "seconds": 59}, True),
        ("person", {"minutes": 30}, False),
        ("staff", {"minutes": 14, "seconds": 59}, True),
        ("staff", {"minutes": 15}, False),
    ],
)
def test_idle_session_ends(request, who, later, lives):
    client = signed_in_at_noon(request.getfixturevalue(who))

    with at(**later):
        assert is_in(client) is lives
        # It does not come back.
        assert is_in(client) is lives


def test_used_session_lives_on_to_the_twelfth_hour(person):
    client = signed_in_at_noon(person)

    for minutes in range(29, 12 * 60, 29):
        with at(minutes=minutes):
            assert is_in(client)
    with at(hours=12):
        assert not is_in(client)


def test_pages_of_everybody_count_as_use(person, registry_data):
    client = signed_in_at_noon(person)

    with at(minutes=29):
        client.get("/about/")
    with at(minutes=58):
        assert is_in(client)


def test_ended_session_leads_to_the_sign_in_and_back(person):
    client = signed_in_at_noon(person)

    with at(hours=1):
        answer = client.get("/account/details/")
        assert answer.headers["Location"] == "/account/sign-in/?next=/account/details/"
        assert not Session.objects.exists()
        again = sign_in(person.email, client=client, onward="?next=/account/details/")
        assert again.headers["Location"] == "/account/details/"


def test_cookie(person):
    cookie = sign_in(person.email).cookies[settings.SESSION_COOKIE_NAME]

    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    # It goes with the browser, and belongs to this host alone.
    assert (cookie["max-age"], cookie["expires"], cookie["domain"]) == ("", "", "")
    assert "session" in settings.SESSION_COOKIE_NAME


def test_answers_to_whoever_is_in_are_kept_nowhere(person, registry_data):
    client = signed_in(person)
    paths = ["/", "/activities/", "/api/v1/areas/", "/account/", SESSIONS, "/nope/", "/robots.txt"]

    said = {path: client.get(path).headers["Cache-Control"] for path in paths}

    assert set(said.values()) == {"private, no-store"}
    assert "public" in Client().get("/activities/").headers["Cache-Control"]


def test_list_names_browsers_and_ends_one(person):
    here, there = Client(), Client()
    sign_in(person.email, client=here, headers={"user-agent": FIREFOX})
    sign_in(person.email, client=there, headers={"user-agent": SAFARI})
    page = here.get(SESSIONS, headers={"user-agent": FIREFOX}).content.decode()
    other = UserSession.objects.get(user_agent=SAFARI)

    here.post(SESSIONS, {"session": other.pk})

    assert "Firefox on Linux" in page and "Safari on iPhone" in page
    assert (is_in(here), is_in(there)) == (True, False)
    assert verbs(person) == ["sign in", "sign in", "end sessions"]


def test_all_others_are_ended(person):
    here, *others = (signed_in(person) for _ in range(4))
    stranger = signed_in(factories.signed_up())

    here.post(SESSIONS)

    assert is_in(here) and is_in(stranger)
    assert [is_in(each) for each in others] == [False] * 3
    assert UserSession.objects.filter(user=person).count() == 1


def test_this_one_is_ended_too(person):
    client = signed_in(person)

    client.post(SESSIONS, {"session": UserSession.objects.get().pk})

    assert not is_in(client)


@pytest.mark.parametrize("sent", ["{}", "0", "x", "-1", "٣", "9" * 30])
def test_nobody_ends_anothers(person, sent):
    client, stranger = signed_in(person), signed_in(factories.signed_up())
    theirs = UserSession.objects.exclude(user=person).get().pk

    answer = client.post(SESSIONS, {"session": sent.format(theirs)})

    assert answer.status_code == 404
    assert is_in(stranger) and is_in(client)


def test_role_taken_away_holds_at_the_next_request(staff):
    client = signed_in_at_noon(staff)
    with at(minutes=1):
        assert client.get("/admin/").status_code == 200
        User.objects.filter(pk=staff.pk).update(is_staff=False)
        assert client.get("/admin/", follow=True).status_code == 403


def test_what_is_over_is_cleared_up(person):
    signed_in_at_noon(person)
    with at():
        late = factories.signed_up(is_proved=False)
        waiting = factories.signed_up(is_proved=False)
        User.objects.filter(pk=late.pk).update(joined_at=NOON - dt.timedelta(days=2))
        kept = factories.editor()
    assert (Session.objects.count(), UserSession.objects.count()) == (1, 1)
    Cached.objects.create(cache_key="x", value="x", expires=NOON)

    with at(days=2):
        tasks.clear_up_accounts()

    assert (Session.objects.count(), UserSession.objects.count()) == (0, 0)
    assert not Cached.objects.filter(cache_key="x").exists()
    assert set(User.objects.all()) == {person, waiting, kept}
    assert verbs(late) == ["forget"]


@pytest.mark.parametrize(
    ("said", "named"),
    [
        (FIREFOX, "Firefox on Linux"),
        (SAFARI, "Safari on iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome on Android"),
        ("curl/8.5.0", "An unknown browser"),
        ("", "An unknown browser"),
        ("<script>Firefox", "Firefox"),
    ],
)
def test_browsers_in_words(said, named):
    assert browser_of(said) == named
