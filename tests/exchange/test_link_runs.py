"""A run visits what is due, keeps what it was told, ends in time, and gives back what it left."""

import datetime as dt
import time

import pytest
from django.core.management import call_command
from django.utils import timezone

from registry import tasks
from registry.actions import links
from registry.exchange.links import running
from registry.exchange.links.visiting import Visit, Visitor
from registry.models import Link
from registry.permissions import SYSTEM
from tests import factories
from tests.exchange.strangers import FINE, World, answer

pytestmark = pytest.mark.django_db

Outcome = Link.Outcome


@pytest.fixture
def world():
    made = World()
    yield made
    made.close()


@pytest.fixture
def only():
    """A function that makes a document for each address; all other links have been visited."""

    def make(*addresses):
        links.gather(at=timezone.now(), by=SYSTEM)
        Link.objects.update(next_due=timezone.now() + dt.timedelta(days=5))
        for address in addresses:
            factories.guidance(url=address)

    return make


def outcomes():
    seen = Link.objects.exclude(outcome="").order_by("address")
    return dict(seen.values_list("address", "outcome"))


def test_what_is_due_is_visited_once_and_kept(world, only):
    server = world.site("one.example", {"/a": FINE, "/b": answer(404)})
    world.site("two.example", {"/": FINE})
    only(
        "http://one.example/a",
        "http://one.example/b",
        "http://two.example/",
        "ftp://three.example/",
    )

    done = running.check(most=10, seconds=10, by=SYSTEM, visitor=world.visitor())
    again = running.check(most=10, seconds=10, by=SYSTEM, visitor=world.visitor())

    assert (done.checked, done.failed, done.left, again.checked) == (4, 1, 0, 0)
    assert outcomes() == {
        "ftp://three.example/": "unfit",
        "http://one.example/a": "good",
        "http://one.example/b": "status",
        "http://two.example/": "good",
    }
    assert len(server.asked) == 4
    assert not Link.objects.filter(claimed_until__isnull=False).exists()


def test_run_takes_no_more_than_it_is_told(world, only):
    world.site("one.example", {f"/{n}": FINE for n in range(4)})
    only(*(f"http://one.example/{n}" for n in range(4)))

    done = running.check(most=3, seconds=10, by=SYSTEM, visitor=world.visitor())

    assert (done.checked, len(outcomes())) == (3, 3)


@pytest.mark.slow
def test_run_ends_when_its_time_is_over_and_gives_back_the_rest(world, only):
    world.site("one.example", {f"/{n}": FINE for n in range(40)})
    only(*(f"http://one.example/{n}" for n in range(40)))
    begun = time.monotonic()

    done = running.check(most=40, seconds=2, by=SYSTEM, visitor=world.visitor(every=2.5))

    assert time.monotonic() - begun < 8
    assert (done.checked, done.checked + done.left) == (1, 1)
    assert not Link.objects.filter(claimed_until__isnull=False).exists()


def test_run_in_which_nobody_answers_says_nothing(world, only, caplog):
    only(*(f"http://{name}.example/" for name in ("one", "two", "three")))
    before = timezone.now()

    done = running.check(most=10, seconds=10, by=SYSTEM, visitor=world.visitor())

    waiting = Link.objects.filter(host__endswith=".example", claimed_until=None, outcome="")
    assert (done.checked, done.left, outcomes()) == (0, 3, {})
    assert caplog.messages == ["Nobody answered, of 3 links: they say nothing, and wait"]
    assert waiting.filter(next_due__gt=before + dt.timedelta(minutes=59)).count() >= 3


def test_those_without_an_answer_are_told_once_anybody_answers(world, only):
    world.site("four.example", {"/": FINE})
    only(*(f"http://{name}.example/" for name in ("one", "two", "three", "four")))

    done = running.check(most=10, seconds=10, by=SYSTEM, visitor=world.visitor())

    assert (done.checked, done.failed) == (4, 3)


def test_few_hosts_that_do_not_answer_are_told_too(world, only):
    only("http://one.example/")

    assert running.check(most=10, seconds=10, by=SYSTEM, visitor=world.visitor()).failed == 1


class Stumbling(Visitor):
    """One that falls over a link of its own making."""

    def visit(self, address):
        if "stone" in address:
            raise RuntimeError("stumbled")
        return Visit(Outcome.GOOD, 200)


def test_link_that_makes_a_visit_fall_over_does_not_stop_the_others(only):
    only("http://one.example/stone", "http://one.example/b")

    running.check(most=10, seconds=10, by=SYSTEM, visitor=Stumbling(site="https://x.example"))

    assert outcomes() == {"http://one.example/b": "good", "http://one.example/stone": "garbled"}


def test_busy_host_is_due_again_when_it_said(world, only):
    world.site("one.example", {"/": answer(429, Retry_After=7200)})
    only("http://one.example/")
    before = timezone.now()

    running.check(most=10, seconds=10, by=SYSTEM, visitor=world.visitor())

    link = Link.objects.get(address="http://one.example/")
    assert (link.outcome, link.failures) == ("busy", 0)
    assert dt.timedelta(hours=1.9) < link.next_due - before < dt.timedelta(hours=2.1)


def test_job_visits_nobody_unless_it_is_told_to(settings, only):
    only("http://127.0.0.1/", "http://10.0.0.1/")

    settings.CHECK_LINKS = False
    tasks.check_links.delay()
    before = outcomes()
    settings.CHECK_LINKS = True
    tasks.check_links.delay()

    assert before == {}
    assert outcomes() == {"http://10.0.0.1/": "unfit", "http://127.0.0.1/": "unfit"}


def test_command_says_what_it_did(only, capsys):
    only("http://127.0.0.1/", "http://10.0.0.1/", "http://[::1]/")

    call_command("check_links", limit=2)

    assert capsys.readouterr().out == "2 visited, 0 failed, 0 left.\n"
