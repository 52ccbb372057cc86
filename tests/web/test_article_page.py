"""The page of an article: its title as it is known, guidance by kind, what it asks, its dates."""

import re
from html import unescape

import pytest
from django.template import Context, Template
from django.utils import translation
from django.utils.html import escape

from registry.queries.articles import listing
from registry.queries.stored import body_of
from tests import factories
from tests.web.reading import Page
from tests.web.test_pages import found

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry_data")]
KIND = re.compile(
    r'<h3 id="kind-[\w-]+"><a href="([^"]+)">[^<]+</a> <span class="count">(\d+)</span></h3>'
)


def content_of(client, address):
    return client.get(address).content.decode().partition("</main>")[0]


def test_guidance_of_each_kind_leads_to_its_list(client):
    kinds = [(unescape(a), int(n)) for a, n in KIND.findall(content_of(client, "/articles/7/"))]

    assert sum(n for _address, n in kinds) == listing("guidance", article="7").count() == 92
    assert [n for _address, n in kinds] == sorted((n for _address, n in kinds), reverse=True)
    assert [(a, n) for a, n in kinds if found(client.get(a)) != n] == []


def test_guidance_in_the_readers_language_comes_first(client):
    for language in ("en", "fr"):
        factories.guidance(
            title=f"Quicksilverado in {language}",
            kind="policy-brief",
            year=1950,
            articles=[{"article": 7, "basis": "stated"}],
            editions=[{"language": language}],
        )

    content = content_of(client, "/fr/articles/7/")

    brief = content[content.index('id="kind-policy-brief"') :]
    titles = re.findall(r"<bdi>([^<]+)</bdi></a>", brief[: brief.index("</section>")])
    # Although it was there later.
    assert titles.index("Quicksilverado in fr") < titles.index("Quicksilverado in en")
    languages = content[content.index("in-languages") :]
    assert languages.index("Français") < languages.index("English")


def test_obligations_are_marked_and_deadlines_said(client):
    content = content_of(client, "/articles/7/")

    duty = content[content.index('id="p7.3(b)"') : content.index('id="p7.3(c)"')]
    assert content.count('<li class="obligation"') == 5
    assert content.count('<li class="discretionary"') == 1
    assert '<span class="kind">Obligation</span>' in duty
    assert "3 years after entry into force for the Party or after the notification" in duty
    assert "not the text of the Convention" in content


def test_dates_stand_in_their_order(client):
    content = content_of(client, "/articles/4/")

    days = re.findall(r'<time datetime="([\d-]+)">', content)
    assert days == sorted(days)
    assert {"2013-10-10", "2017-08-16", "2020", "2025", "2034"} <= set(days)
    assert "Dental amalgam" in content
    text = " ".join(Page(client.get("/articles/4/")).text.split())
    assert "2020 9 products or processes are phased out" in text


def test_article_without_dates_of_its_own_has_those_of_the_convention(client):
    content = content_of(client, "/articles/13/")

    assert '<time datetime="2017-08-16">16 August 2017</time>' in content
    assert "next phase-out date" not in content


def test_five_activities_that_say_most_of_it_come_with_the_way_to_all(client):
    factories.activity(title="Says so itself", articles=[{"article": 6, "basis": "stated"}])
    for number in range(6):
        factories.activity(
            title=f"Inferred {number}", articles=[{"article": 6, "basis": "inferred"}]
        )

    content = content_of(client, "/articles/6/")

    section = content[content.index('aria-labelledby="activities"') :]
    section = section[: section.index("</section>")]
    titles = re.findall(r"<bdi>([^<]+)</bdi></a>", section)
    assert (len(titles), titles[0]) == (5, "Says so itself")
    assert "See all 8 activities" in section


@pytest.mark.parametrize(
    ("address", "language", "is_doubtful"),
    [
        ("/zh/articles/3/", "zh", False),
        ("/fr/articles/7/", "fr", True),
        ("/ru/articles/7/", "en", True),
    ],
)
def test_title_says_its_language_and_whether_it_was_checked(client, address, language, is_doubtful):
    content = content_of(client, address)

    heading = content[content.index("<h1") : content.index("</h1>")]
    head = content[content.index("</h1>") : content.index('class="strip"')]
    title = body_of("article", address.split("/")[3])["titles"][language]
    title = escape(title)
    assert f'<span lang="{language}" dir="ltr">{title}</span>' in heading
    assert ("#titles" in head) == is_doubtful


@pytest.mark.parametrize(
    ("language", "shown"),
    [
        ("en", "Quicksilverado &amp; co"),
        ("fr", '<span lang="en" dir="ltr">Quicksilverado &amp; co</span>'),
    ],
)
def test_english_that_is_not_translated_says_that_it_is_english(language, shown):
    template = Template("{% reference_text text %}")

    with translation.override(language):
        assert template.render(Context({"text": "Quicksilverado & co"})) == shown


def test_contributions_say_their_paragraph_and_how_it_is_known(client):
    text = " ".join(Page(client.get("/articles/8/")).text.split())

    assert "The paragraph names the article paragraph 13(e)" in text
    assert "Chosen by subject paragraphs 16(a), 16(b)" in text
    assert "names nothing for this article" in Page(client.get("/articles/13/")).text


def test_index_speaks_the_readers_language(client):
    page = Page(client.get("/fr/articles/"))

    assert "Extraction minière artisanale et à petite échelle" in page.text
    assert {"/fr/guidance/?article=7", "/fr/activities/?article=7"} <= set(page.links)
