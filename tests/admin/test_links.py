"""Staff see which links are broken, where they stand and what may replace them."""

import datetime as dt
import html

import pytest
from django.utils import timezone

from registry.actions import links
from registry.models import Link
from registry.permissions import SYSTEM
from tests import factories
from tests.admin.pages import address, list_of

pytestmark = pytest.mark.django_db

LIST = list_of(Link)
GONE, SLOW, NEW = "https://gone.example/", "https://slow.example/", "https://new.example/"


@pytest.fixture
def three():
    """A link that is broken, one that fails, one that was never visited."""
    titles = {GONE: "A manual for gold shops in Migori", SLOW: "Failing one", NEW: "New one"}
    for url, title in titles.items():
        factories.guidance(title=title, url=url)
    links.gather(at=timezone.now(), by=SYSTEM)
    Link.objects.exclude(address__in=titles).delete()
    for days in (0, 3, 8):
        found(GONE, Link.Outcome.STATUS, days, status=404)
    found(SLOW, Link.Outcome.SLOW, 0)
    return {link.address: link for link in Link.objects.all()}


def found(url, outcome, days, **given):
    at = dt.datetime(2026, 3, 3, tzinfo=dt.UTC) + dt.timedelta(days=days)
    link = Link.objects.get(address=url)
    links.record_check(link=link, outcome=outcome, at=at, by=SYSTEM, **given)


def shown(page):
    text = html.unescape(page.content.decode())
    return [url for url in (GONE, SLOW, NEW) if url in text]


@pytest.mark.parametrize(
    ("health", "urls"),
    [("", [GONE, SLOW, NEW]), ("broken", [GONE]), ("failing", [SLOW]), ("never", [NEW])],
)
def test_list_is_narrowed_by_health(as_editor, three, health, urls):
    page = as_editor.get(LIST, {"health": health} if health else {})

    assert shown(page) == urls


def test_list_names_the_records_and_the_broken_come_first(as_editor, three):
    text = as_editor.get(LIST).content.decode()

    assert text.index(GONE) < text.index(SLOW) < text.index(NEW)
    assert "A manual for gold shops in Migori</a>" in text


def test_page_offers_documents_with_nearly_the_same_title(as_editor, three):
    other = factories.guidance(title="A manuel for gold shops in Migori", url="https://b.example/")

    text = as_editor.get(address(three[GONE])).content.decode()

    assert f'<a href="/guidance/{other.slug}/">{other.title}</a>: https://b.example/' in text
    assert 'name="_save"' not in text


def test_editor_has_links_checked_first(as_editor, three):
    chosen = {"action": "check_now", "_selected_action": [three[GONE].pk, three[NEW].pk]}

    page = as_editor.post(LIST, chosen, follow=True)

    due = Link.objects.filter(next_due=links.AT_ONCE)
    assert {link.address for link in due} == {GONE, NEW}
    assert "2 links will be visited first" in page.content.decode()


def test_history_tells_when_it_was_found_so(as_administrator, three):
    page = as_administrator.get(address(three[GONE], "history")).content.decode()

    assert "found unavailable" in page


def test_one_and_three_rows_take_as_many_questions(as_editor, three, django_assert_num_queries):
    as_editor.get(LIST)  # the first of a session keeps the session
    with django_assert_num_queries(24):
        as_editor.get(LIST)
    Link.objects.exclude(address=GONE).delete()
    with django_assert_num_queries(24):
        as_editor.get(LIST)
