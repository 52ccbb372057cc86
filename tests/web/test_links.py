"""Pages say beside a link since when it is unavailable, and its address."""

import datetime as dt

import pytest

from registry.actions import links
from registry.models import Link
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db

GONE, FINE = "https://gone.example/guide", "https://fine.example/"
SAID = "unavailable since 3 March 2026"
FIRST = dt.datetime(2026, 3, 3, 9, tzinfo=dt.UTC)


def find(outcome, *days):
    link, _made = Link.objects.get_or_create(address=GONE, defaults={"next_due": FIRST})
    for after in days:
        at = FIRST + dt.timedelta(days=after)
        links.record_check(link=link, outcome=outcome, at=at, by=SYSTEM)


def page(client, record, language=""):
    return client.get(language + record.get_absolute_url()).content.decode()


@pytest.fixture(
    params=[
        lambda url: factories.guidance(url=url),
        lambda url: factories.guidance(url=FINE, editions=[{"language": "fr", "url": url}]),
        lambda url: factories.activity(url=url),
        lambda url: factories.activity(links=[{"label": "Photos", "url": url}]),
        lambda url: factories.partner(website=url),
    ],
    ids=["document", "edition", "activity", "link of an activity", "web site"],
)
def carrying(request):
    return request.param


def test_page_says_since_when_beside_the_link(client, carrying):
    gone, fine = carrying(GONE), carrying(FINE)
    find(Link.Outcome.STATUS, 0, 4)
    before = page(client, gone)
    find(Link.Outcome.STATUS, 8)

    after = page(client, gone)

    assert "unavailable since" not in before
    assert after.count(f'<strong>{SAID}</strong> <bdi class="address">{GONE}</bdi>') == 1
    assert f'href="{GONE}"' in after
    assert "unavailable since" not in page(client, fine)


def test_pages_that_are_kept_follow(remembering):
    record = factories.guidance(url=GONE)
    seen = [SAID in page(remembering, record)]
    for outcome, *days in [(Link.Outcome.NAME, 0, 4, 8), (Link.Outcome.GOOD, 9)]:
        find(outcome, *days)
        seen.append(SAID in page(remembering, record))

    assert seen == [False, True, False]


def test_sources_are_not_links(client):
    record = factories.guidance(source=GONE)
    find(Link.Outcome.STATUS, 0, 4, 8)

    assert "unavailable since" not in page(client, record)
