"""The rules that every page keeps, found by following the links as a visitor does."""

import re
from collections import Counter, defaultdict, deque
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from django.urls import get_resolver, resolve, reverse

from registry.models import Entry
from registry.web import urls
from tests.web.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# So many pages of one kind; there are about 25 kinds.
MOST_OF_A_KIND = 8
# “None recorded.” is said to people; any other None is Python's.
LEFTOVER = re.compile(r"\{\{|\{%|\[\]|\bNone\b(?! (is )?recorded| of )")


# Who is not signed in is led to do so: tests/web/test_desk.py.
PRIVATE = ("/account/", "/admin/", "/desk/", "/review/")


def walk(client, start="/"):
    """Follow the links from the start, up to so many pages of each kind: (address, response)."""
    waiting, seen, kinds = deque([start]), {start}, Counter()
    while waiting:
        address = waiting.popleft()
        response = client.get(address)
        yield address, response
        for link in Page(response).links if is_page(response) else []:
            parts = urlsplit(urljoin(address, link))
            target = parts._replace(fragment="").geturl()
            if parts.scheme or parts.netloc or target in seen or parts.path.startswith(PRIVATE):
                continue
            kind = resolve(parts.path).url_name
            if kinds[kind] < MOST_OF_A_KIND:
                kinds[kind] += 1
                seen.add(target)
                waiting.append(target)


def is_page(response):
    return response.headers["Content-Type"].startswith("text/html")


def faults(page):
    """What is wrong with a page, in words."""
    found = {
        "language": page.lang != "en",
        "main headings": len(page.headings) != 1 or not page.headings[0].strip(),
        "title": not page.title.strip(),
        "skip link": page.links[0] != "#main" or "main" not in page.ids,
        "inline code or style": page.inline != [],
        "foreign resource": any(
            not each.startswith(("/static/", "data:")) for each in page.resources
        ),
        "field without label": page.unlabelled != [],
        "same id twice": len(page.ids) != len(set(page.ids)),
        "elements that cross": page.crossed != [],
        "leftover of a template": bool(LEFTOVER.search(page.prose)),
        "fragment that is nowhere": any(
            link.startswith("#") and link[1:] not in page.ids for link in page.links
        ),
    }
    return [rule for rule, is_broken in found.items() if is_broken]


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker):
    """What a visitor finds: the status and, of pages, what is on them, by address."""
    with django_db_blocker.unblock():
        return {
            address: (response.status_code, Page(response) if is_page(response) else None)
            for address, response in walk(Client())
        }


def test_every_link_leads_somewhere(pages):
    assert {address: status for address, (status, _page) in pages.items() if status != 200} == {}
    assert len(pages) > 100


def test_every_page_keeps_the_rules(pages):
    wrong = {address: faults(page) for address, (_status, page) in pages.items() if page}

    assert {address: broken for address, broken in wrong.items() if broken} == {}


def test_titles_tell_pages_apart(pages):
    titles = defaultdict(list)
    for address, (_status, page) in pages.items():
        if page and "?" not in address:
            titles[page.title].append(address)

    assert {title: where for title, where in titles.items() if len(where) > 1} == {}


def test_links_into_a_page_find_their_place(pages):
    links = [
        (address, urlsplit(urljoin(address, link)))
        for address, (_status, page) in pages.items()
        for link in (page.links if page else [])
    ]

    lost = [
        (address, parts.geturl())
        for address, parts in links
        if parts.fragment
        and (found := pages.get(parts._replace(fragment="").geturl()))
        and parts.fragment not in found[1].ids
    ]

    assert lost == []


def an_address(name):
    """An address of the page of this name, from the real data."""
    noun, is_detail, _ = name.partition("-detail")
    if name.startswith("figure-"):
        return reverse(name, args=["years"])
    if name == "find-brief":
        return f"{reverse(name)}?need=7"
    if name == "card":
        return reverse(name, args=["article", "7"])
    if not is_detail:
        return reverse(name)
    key = Entry.objects.public().filter(noun=noun).order_by("key")[0].key
    return reverse(name, args=[7 if noun == "article" else key.lower()])


# A file of a dump has an address only once there is a dump, and a snapshot once one was taken:
# tests/web/test_data.py, tests/exchange/test_snapshots.py. Choices about
# messages are somebody's own, kept mails the machine's: test_messages.py and test_mail.py. A form
# that is sent to us has a mark of whoever opened it: test_feedback.py.
OTHERS = {
    "data-dump",
    "data-snapshot",
    "data-snapshot-file",
    "feedback",
    "feedback-sent",
    "mail-detail",
    "mail-html",
    "mail-list",
    "message-choice",
}
PAGES = [n for n in get_resolver(urls).reverse_dict if isinstance(n, str) and n not in OTHERS]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_everybody_may_read_every_page(client, registry_data, name):
    response = client.get(an_address(name))

    assert response.status_code == 200
    assert "public" in response.headers["Cache-Control"]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_nothing_can_be_changed_through_a_page(client, registry_data, name, method):
    before = Entry.objects.count()

    getattr(client, method)(an_address(name), {"title": "New"})

    assert Entry.objects.count() == before


@pytest.mark.parametrize("address", ["/nope/", "/activities/?colour=red", "/activities/?q=%00"])
def test_pages_about_what_went_wrong_keep_the_rules(client, registry_data, address):
    page = Page(client.get(address))

    assert faults(page) == []
    assert "/search/" in str(page.links) or "search" in page.text.lower()
    assert "/" in page.links
