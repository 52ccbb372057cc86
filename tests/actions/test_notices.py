"""Messages are written once, to whom they concern, in the transaction of what they tell."""

import datetime as dt

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from registry.actions import notices
from registry.errors import Refused
from registry.models import Event, Notice, NoticePreference, User
from registry.permissions import SYSTEM
from registry.queries.notices import FORMS
from tests import factories
from tests.notices import WORDS, notice, person, words

pytestmark = pytest.mark.django_db
Kind, State = Notice.Kind, Notice.State
Group, Choice = NoticePreference.Group, NoticePreference.Choice
ABOUT = ("submission", "S-1042")


def _queue(kind=Kind.SUBMISSION_APPROVED, to=(), once="approved:S-1042:3", by=SYSTEM, **given):
    return notices.queue(kind=kind, to=to, about=ABOUT, words=words(kind) | given, once=once, by=by)


def test_message_is_written_for_each_person():
    anna, bo = person(), person()

    made = _queue(to=[anna, bo, anna])

    assert [each.recipient for each in made] == [anna, bo]
    [first, second] = Notice.objects.order_by("pk")
    assert (first.address, first.state, first.attempts) == (anna.email, State.QUEUED, 0)
    assert (first.about_noun, first.about_key) == ABOUT
    assert first.words == words(Kind.SUBMISSION_APPROVED)
    assert first.next_try_at == first.created_at
    assert first.message_id != second.message_id
    assert first.message_id.endswith("@127.0.0.1>")


def test_same_event_makes_one_message_to_an_address():
    anna, bo = person(), person()

    [first] = _queue(to=[anna])
    again, other = _queue(to=[anna, bo], title="Another title")

    assert (again.pk, again.words["title"]) == (first.pk, WORDS["title"])
    assert other.recipient == bo
    assert Notice.objects.count() == 2


def test_address_in_other_letters_is_the_same_address():
    given = {"kind": Kind.INVITED, "language": "fr", "about": ABOUT, "once": "invited:1"}
    given |= {"words": words(Kind.INVITED), "by": SYSTEM}

    first = notices.queue_to_address(address="New@Example.org", **given)
    second = notices.queue_to_address(address=" new@example.org ", **given)

    assert first == second
    assert (first.recipient, first.language) == (None, "fr")


def test_what_is_rolled_back_tells_nothing():
    with pytest.raises(Refused), transaction.atomic():
        _queue(to=[person()])
        raise Refused("No.")

    assert not Notice.objects.exists()


def test_closed_accounts_get_nothing():
    closed = person(is_active=False)

    assert _queue(to=[closed]) == []


@pytest.mark.parametrize("by", [None, AnonymousUser(), "system"])
def test_nobody_sends_nothing(by):
    with pytest.raises(PermissionDenied):
        _queue(to=[person()], by=by)

    assert not Notice.objects.exists()


def test_contributor_causes_messages():
    assert len(_queue(to=[person()], by=person())) == 1
    with pytest.raises(PermissionDenied):
        _queue(to=[person()], by=person(is_active=False), once="other")


@pytest.mark.parametrize("kind", Kind)
def test_missing_and_unknown_words_are_refused(kind):
    for name in FORMS[kind].needs:
        for given in ({name: ""}, {name: None}):
            with pytest.raises(ValueError, match=f"needs the words {name}."):
                _queue(kind, [person()], **given)
    with pytest.raises(ValueError, match="knows no words colour."):
        _queue(kind, [person()], colour="red")

    assert not Notice.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "/submissions/1/",
        "https://evil.example/",
        "http://127.0.0.1:8000.evil.example/",
        "http://127.0.0.1:8000@evil.example/",
        "http://127.0.0.1:8000",
        "http://127.0.0.1:8000/a b",
        'http://127.0.0.1:8000/"><b>',
        "http://127.0.0.1:8000/\r\nx",
        "javascript:alert(1)",
    ],
)
def test_links_lead_to_this_site_only(address):
    with pytest.raises(ValueError, match="does not lead to this site"):
        _queue(to=[person()], link=address)
    with pytest.raises(ValueError, match="does not lead to this site"):
        _queue(Kind.DIGEST, [person()], items=[{"title": "X", "link": address}])


def test_words_are_stored_as_any_database_can():
    [made] = _queue(
        Kind.PARTNER_REMINDER,
        [person()],
        title="a\x00b\ud800\r\nc",
        since=dt.date(2026, 3, 9),
        message="x" * 30_000,
    )

    made.refresh_from_db()
    assert made.words["title"] == "ab\nc"
    assert made.words["since"] == "2026-03-09"
    assert len(made.words["message"]) == notices.LONGEST_WORD


@pytest.mark.parametrize("day", ["soon", "2026-13-01"])
def test_days_are_days(day):
    with pytest.raises(ValueError):
        _queue(Kind.PARTNER_REMINDER, [person()], since=day)


@pytest.mark.parametrize("address", ["", "nobody", "a@b", "a@example.org\nBcc: x@example.org"])
def test_what_is_no_address_is_refused(address):
    with pytest.raises(ValidationError):
        notices.queue_to_address(
            kind=Kind.INVITED,
            address=address,
            language="en",
            about=ABOUT,
            words=words(Kind.INVITED),
            once="x",
            by=SYSTEM,
        )


def test_language_is_one_of_the_six():
    for given, kept in {"zh-hans": "zh", "FR": "fr", "de": "en", "": "en"}.items():
        made = notices.queue_to_address(
            kind=Kind.INVITED,
            address="new@example.org",
            language=given,
            about=ABOUT,
            words=words(Kind.INVITED),
            once=f"invited:{given}",
            by=SYSTEM,
        )
        assert made.language == kept


@pytest.mark.parametrize("once", ["", "x" * 201])
def test_event_has_a_name_that_fits(once):
    with pytest.raises(ValidationError):
        _queue(to=[person()], once=once)


# How often


@pytest.mark.check("U-66")
def test_everybody_gets_what_they_chose():
    at_once, weekly, never, unasked = (person() for _ in range(4))
    for user, choice in ((at_once, Choice.AT_ONCE), (weekly, Choice.WEEKLY), (never, Choice.NEVER)):
        notices.prefer(user=user, group=Group.COMMENTS, choice=choice, by=user)

    made = _queue(Kind.COMMENT_ADDED, [at_once, weekly, never, unasked])

    assert {each.recipient: each.state for each in made} == {
        at_once: State.QUEUED,
        weekly: State.HELD,
        unasked: State.QUEUED,
    }


def test_essential_messages_and_other_groups_ignore_the_choice():
    user = person()
    notices.prefer(user=user, group=Group.COMMENTS, choice=Choice.NEVER, by=user)

    [essential] = _queue(Kind.SUBMISSION_DECLINED, [user], once="declined:1")
    [reminder] = _queue(Kind.PARTNER_REMINDER, [user], once="reminded:1")

    assert (essential.state, reminder.state) == (State.QUEUED, State.QUEUED)


def test_choice_is_kept_once_and_recorded():
    user, other = person(), person()
    for choice in (Choice.WEEKLY, Choice.NEVER):
        notices.prefer(user=user, group=Group.REMINDERS, choice=choice, by=user)
    with pytest.raises(PermissionDenied):
        notices.prefer(user=user, group=Group.REMINDERS, choice=Choice.AT_ONCE, by=other)

    assert user.notice_preferences.get().choice == Choice.NEVER
    events = Event.objects.about("user", str(user.pk))
    assert [event.after["choice"] for event in events] == ["never", "weekly"]


def test_digest_gathers_a_week_in_one_message():
    user, other = person(), person()
    notices.prefer(user=user, group=Group.COMMENTS, choice=Choice.WEEKLY, by=user)
    for number in range(3):
        _queue(Kind.COMMENT_ADDED, [user, other], once=f"comment:{number}", reference=f"S-{number}")

    monday = dt.date(2026, 11, 30)
    written = notices.send_digests(today=monday, by=SYSTEM)
    again = notices.send_digests(today=monday, by=SYSTEM)

    assert (written, again) == (1, 0)
    digest = Notice.objects.get(kind=Kind.DIGEST)
    assert (digest.recipient, digest.state) == (user, State.QUEUED)
    assert [item["title"][:3] for item in digest.words["items"]] == ["S-0", "S-1", "S-2"]
    assert {item["link"] for item in digest.words["items"]} == {WORDS["link"]}
    assert set(user.notices.exclude(kind=Kind.DIGEST).values_list("state", flat=True)) == {
        State.GATHERED
    }


def test_what_is_kept_after_a_digest_comes_with_the_next_one_even_on_the_same_day():
    user = person()
    notices.prefer(user=user, group=Group.COMMENTS, choice=Choice.WEEKLY, by=user)
    monday = dt.date(2026, 11, 30)
    for number in range(2):
        _queue(Kind.COMMENT_ADDED, [user], once=f"comment:{number}")
        assert notices.send_digests(today=monday, by=SYSTEM) == 1

    digests = Notice.objects.filter(kind=Kind.DIGEST)
    assert [len(each.words["items"]) for each in digests] == [1, 1]


def test_digests_are_for_the_clock_and_staff():
    with pytest.raises(PermissionDenied):
        notices.send_digests(today=dt.date(2026, 11, 30), by=person())
    assert notices.send_digests(today=dt.date(2026, 11, 30), by=factories.editor()) == 0


# Again


def _failed(kind=Kind.SUBMISSION_APPROVED):
    made = notice(kind)
    Notice.objects.filter(pk=made.pk).update(
        state=State.FAILED, attempts=8, lost=2, first_try_at=timezone.now(), last_error="550 No"
    )
    return made


def test_given_up_message_is_sent_again_by_staff():
    editor, made = factories.editor(), _failed()

    again = notices.retry(notice=made, by=editor)

    assert (again.state, again.attempts, again.lost) == (State.QUEUED, 0, 0)
    assert (again.first_try_at, again.message_id) == (None, made.message_id)
    assert Notice.objects.due(timezone.now()).get() == made
    event = Event.objects.about("notice", str(made.pk)).get()
    assert (event.verb, event.actor_id) == ("send again", editor.pk)


def test_only_what_was_given_up_is_sent_again():
    with pytest.raises(Refused, match="was not given up"):
        notices.retry(notice=notice(), by=factories.editor())


def test_only_staff_send_again():
    for nobody in (person(), User.objects.create(email="x@example.org", is_staff=True)):
        with pytest.raises(PermissionDenied, match="may not send waiting messages"):
            notices.retry(notice=_failed(), by=nobody)


@pytest.mark.parametrize(("kind", "hours"), [(Kind.INVITED, 25), (Kind.DIGEST, 15 * 24)])
def test_what_is_too_old_is_not_sent_again(kind, hours):
    made = _failed(kind)

    with time_machine.travel(made.created_at + dt.timedelta(hours=hours)):
        with pytest.raises(Refused, match="too old"):
            notices.retry(notice=made, by=factories.editor())
