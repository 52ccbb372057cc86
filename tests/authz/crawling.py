"""What everybody can ask for: pages by their links, and what stands behind no link."""

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import resolve

from registry.exchange.dumps import PLURALS
from registry.exchange.formats import formats_of
from tests.authz.attempts import body_of
from tests.web.reading import Page
from tests.web.test_rules import PRIVATE, is_page

# So many pages of one kind, chosen by this seed.
MOST_OF_A_KIND, SEED = 3, 20
type Answers = dict[str, tuple[int, str, dict[str, str]]]


def crawl(start: str = "/", extra: Iterable[str] = ()) -> Answers:
    """All answers by address: those that links lead to, and `extra` ones."""
    client, chance, kinds = Client(), random.Random(SEED), Counter()
    waiting, answers = [start, *extra], {}
    while waiting:
        address = waiting.pop()
        if address in answers:
            continue
        response = client.get(address)
        answers[address] = (response.status_code, body_of(response), dict(response.headers))
        if not is_page(response):
            continue
        links = sorted(set(_links(address, response)) - answers.keys())
        chance.shuffle(links)
        for link in links:
            kind = resolve(urlsplit(link).path).view_name
            if kinds[kind] < MOST_OF_A_KIND:
                kinds[kind] += 1
                waiting.append(link)
    return answers


def _links(address: str, response) -> Iterator[str]:
    for link in Page(response).links:
        parts = urlsplit(urljoin(address, link))
        # Each form that is sent to us has a mark of its own.
        if not (parts.scheme or parts.netloc) and not parts.path.startswith(
            (*PRIVATE, "/feedback/")
        ):
            yield parts._replace(fragment="").geturl()


def lists() -> Iterator[str]:
    """Every list in every format, its first page with all counts, its records in short."""
    for noun, plural in PLURALS.items():
        here = f"/api/v1/{plural}/"
        yield f"{here}?limit=20&total=true"
        for name in formats_of(noun):
            # Workbooks are slow to write: of those, some.
            yield f"{here}?format={name}" + ("&q=gold" if name == "xlsx" else "")


def overviews() -> Iterator[str]:
    """What is said of everything together: by the API, and in the maps of the site."""
    for name in (
        "",
        "statistics/",
        "statistics/matrix/",
        "changes/?since=0&limit=1000",
        "openapi.json",
        "docs/",
    ):
        yield f"/api/v1/{name}"
    yield "/sitemap.xml"
    for noun in ("activity", "guidance", "partner"):
        yield f"/sitemaps/{noun}-1.xml"


def asked_for(words: Iterable[str]) -> Iterator[str]:
    """Words, looked for wherever something can be looked for, or taken for a name."""
    for each in words:
        yield f"/search/?q={each}"
        yield f"/api/v1/search/?q={each}"
        for plural in ("activities", "guidance", "partners"):
            yield f"/{plural}/?q={each}"
            yield f"/{plural}/{each}/"
            yield f"/api/v1/{plural}/?q={each}&total=true"
            yield f"/api/v1/{plural}/{each}/"
        yield f"/activities/?partner={each}"
        yield f"/api/v1/activities/?area={each}"
        yield f"/desk/submissions/{each}/"
        yield f"/api/v1/submissions/{each}/"
        yield f"/invitations/{each}/"
