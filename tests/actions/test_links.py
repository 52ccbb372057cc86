"""Links are gathered from records, taken by one run at a time, and broken only by the rule."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from registry.actions import activities, links
from registry.models import Counter, Event, Link
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db

Outcome = Link.Outcome
FIRST = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)
SECOND, HOUR, DAY = dt.timedelta(seconds=1), dt.timedelta(hours=1), dt.timedelta(days=1)
ADDRESS = "https://gone.example/guide.pdf"


@pytest.fixture
def link():
    return Link.objects.create(address=ADDRESS, host="gone.example", next_due=FIRST)


def found(link, outcome, *moments, **given):
    """The link after it was found so at each of these times after the first."""
    for after in moments:
        link = links.record_check(link=link, outcome=outcome, at=FIRST + after, by=SYSTEM, **given)
    return link


def revision():
    return Counter.objects.get(name="revision").value


def told():
    return list(Event.objects.filter(noun="link").order_by("pk").values_list("verb", "revision"))


def test_addresses_of_records_are_known_once_each(registry_data):
    links.gather(at=FIRST, by=SYSTEM)
    before = Link.objects.count()
    factories.guidance(url=f"{ADDRESS}#page=3", editions=[{"language": "fr", "url": ADDRESS}])
    factories.activity(url=ADDRESS, links=[{"label": "Photos", "url": "https://two.example/"}])
    factories.partner(website="https://Three.example", source="https://source.example/")

    new = links.gather(at=FIRST, by=SYSTEM)
    again = links.gather(at=FIRST, by=SYSTEM)

    known = Link.objects.filter(address__contains=".example")
    assert (new, again, Link.objects.count()) == (3, 0, before + 3)
    assert set(known.values_list("address", "host")) == {
        (ADDRESS, "gone.example"),
        ("https://two.example/", "two.example"),
        ("https://Three.example", "three.example"),
    }


def test_addresses_that_no_record_carries_any_more_are_forgotten(link):
    activity = factories.activity(url=ADDRESS)
    links.gather(at=FIRST, by=SYSTEM)
    kept = Link.objects.get(address=ADDRESS).pk

    activities.withdraw(record=activity, version=1, reason="A test.", by=SYSTEM)
    Link.objects.filter(pk=kept).update(claimed_until=FIRST)
    links.gather(at=FIRST, by=SYSTEM)
    while_visited = Link.objects.filter(pk=kept).exists()
    Link.objects.filter(pk=kept).update(claimed_until=None)
    links.gather(at=FIRST, by=SYSTEM)

    assert (kept, while_visited) == (link.pk, True)
    assert not Link.objects.filter(pk=kept).exists()


@pytest.mark.parametrize(
    ("moments", "since"),
    [
        ([0 * DAY], None),
        ([0 * DAY, 30 * DAY], None),
        ([0 * DAY, HOUR, 2 * HOUR, 6 * DAY], None),
        ([0 * DAY, 3 * DAY, 7 * DAY - SECOND], None),
        ([0 * DAY, 3 * DAY, 7 * DAY], FIRST),
        ([0 * DAY, HOUR, 2 * HOUR, 8 * DAY], FIRST),
        ([0 * DAY, 3 * DAY, 7 * DAY, 14 * DAY], FIRST),
    ],
)
def test_broken_is_only_what_failed_three_times_over_seven_days(link, moments, since):
    link = found(link, Outcome.STATUS, *moments, status=404)

    assert (link.unavailable_since, link.failures) == (since, len(moments))
    assert link.failing_since == FIRST
    assert [verb for verb, _ in told()] == ["found unavailable"] * bool(since)


@pytest.mark.parametrize("outcome", Link.FAILED)
def test_every_failure_counts(link, outcome):
    assert found(link, outcome, 0 * DAY, 3 * DAY, 7 * DAY).unavailable_since == FIRST


@pytest.mark.parametrize("outcome", [Outcome.DENIED, Outcome.ROBOTS, Outcome.BUSY, Outcome.UNFIT])
def test_what_says_nothing_of_the_page_neither_counts_nor_clears(link, outcome):
    untold = found(link, outcome, 0 * DAY, 3 * DAY, 7 * DAY)
    broken = found(untold, Outcome.NAME, 8 * DAY, 12 * DAY, 16 * DAY)
    after = found(broken, outcome, 20 * DAY)

    assert (untold.failures, untold.unavailable_since) == (0, None)
    assert after.unavailable_since == broken.unavailable_since == FIRST + 8 * DAY


def test_good_answer_between_begins_the_count_anew(link):
    found(link, Outcome.SLOW, 0 * DAY, 3 * DAY)
    found(link, Outcome.GOOD, 5 * DAY)
    link = found(link, Outcome.SLOW, 7 * DAY, 10 * DAY)

    assert (link.failures, link.unavailable_since) == (2, None)
    assert link.failing_since == FIRST + 7 * DAY
    assert (link.first_checked_at, link.last_checked_at) == (FIRST, FIRST + 10 * DAY)


def test_public_revision_advances_with_what_the_public_reads_and_not_otherwise(link):
    seen = [revision()]
    for outcome, days in [
        (Outcome.GOOD, 0),
        (Outcome.NAME, 1),
        (Outcome.NAME, 4),
        (Outcome.NAME, 8),
        (Outcome.NAME, 15),
        (Outcome.GOOD, 22),
        (Outcome.GOOD, 29),
    ]:
        found(link, outcome, days * DAY)
        seen.append(revision() - seen[0])

    assert seen[1:] == [0, 0, 0, 1, 1, 2, 2]
    assert told() == [("found unavailable", seen[0] + 1), ("found available", seen[0] + 2)]


@pytest.mark.parametrize(
    ("outcome", "moments", "least", "rest"),
    [
        (Outcome.GOOD, [0 * DAY], 7 * DAY, None),
        (Outcome.ROBOTS, [0 * DAY], 7 * DAY, None),
        (Outcome.NAME, [0 * DAY], 3 * DAY, None),
        (Outcome.NAME, [0 * DAY, 0 * DAY], 4 * DAY, None),
        (Outcome.NAME, [0 * DAY, 0 * DAY, 0 * DAY], 7 * DAY, None),
    ],
)
def test_next_visit_is_in_about_a_week_and_sooner_after_a_failure(
    link, outcome, moments, least, rest
):
    wait = found(link, outcome, *moments, rest=rest).next_due - FIRST

    assert least <= wait < least + DAY / 2


@pytest.mark.parametrize(
    ("asked", "given"), [(None, HOUR), (SECOND, HOUR), (5 * HOUR, 5 * HOUR), (9 * DAY, 7 * DAY)]
)
def test_busy_host_is_asked_when_it_said(link, asked, given):
    assert found(link, Outcome.BUSY, 0 * DAY, rest=asked).next_due - FIRST == given


def test_links_that_came_together_part():
    made = [Link(address=f"https://x.example/{n}", next_due=FIRST) for n in range(50)]
    Link.objects.bulk_create(made)

    due = [found(link, Outcome.GOOD, 0 * DAY).next_due for link in made]

    assert len(set(due)) == 50
    assert max(due) - min(due) > 10 * HOUR


def claimed(at=FIRST, most=10, most_of_host=10):
    run = links.claim(most=most, most_of_host=most_of_host, at=at, until=at + HOUR, by=SYSTEM)
    return [link.address for link in run]


@pytest.fixture
def some():
    """Of one host three links, of another one, in the order in which they are due."""
    Link.objects.all().delete()
    for place, address in enumerate(["a.example/1", "a.example/2", "b.example/", "a.example/3"]):
        host = address.partition("/")[0]
        due = FIRST - (4 - place) * HOUR
        Link.objects.create(address=f"https://{address}", host=host, next_due=due)


def test_what_waits_for_longest_is_taken_first(some):
    assert claimed(most=2) == ["https://a.example/1", "https://a.example/2"]


def test_one_host_does_not_take_all_the_places(some):
    assert claimed(most=2, most_of_host=1) == ["https://a.example/1", "https://b.example/"]


def test_host_belongs_to_one_run_until_it_is_given_back_or_the_run_is_long_over(some):
    first, second = claimed(most=1), claimed()
    after_an_hour = claimed(at=FIRST + HOUR)
    links.release(links=Link.objects.all(), by=SYSTEM)

    assert (first, second) == (["https://a.example/1"], ["https://b.example/"])
    assert len(after_an_hour) == 4
    assert len(claimed(at=FIRST + HOUR)) == 4


def test_what_nobody_reached_waits(some):
    links.release(links=Link.objects.all(), until=FIRST + HOUR, by=SYSTEM)

    assert claimed() == []


def test_who_is_asked_for_comes_first(some):
    editor = factories.editor()
    last = Link.objects.get(address="https://a.example/3")

    links.ask(link=last, by=editor)

    assert claimed(most=1) == ["https://a.example/3"]
    assert Event.objects.get(noun="link", verb="ask to check").actor_id == editor.pk


def test_only_editors_and_the_clock_have_a_hand_in_it(link):
    somebody = factories.contributor(factories.partner())
    given = {"most": 1, "most_of_host": 1, "at": FIRST, "until": FIRST}
    for act in (
        lambda: links.gather(at=FIRST, by=somebody),
        lambda: links.claim(**given, by=somebody),
        lambda: links.release(links=[link], by=somebody),
        lambda: links.record_check(link=link, outcome=Outcome.GOOD, at=FIRST, by=somebody),
        lambda: links.ask(link=link, by=somebody),
    ):
        with pytest.raises(PermissionDenied, match="^Your account may not check links.$"):
            act()

    link.refresh_from_db()
    assert (link.outcome, link.next_due) == ("", FIRST)
