"""The pages that explain the API: complete without JavaScript, and nothing from elsewhere."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from registry.api import guides
from registry.api.description import describe, tables
from registry.api.urls import _LISTS as LISTS
from registry.queries.described import FIELDS

pytestmark = pytest.mark.django_db


def read(client, name):
    """A page of the API, as text."""
    return client.get(reverse(f"api:{name}")).content.decode()


def test_reference_names_every_parameter_and_field(client):
    page, document = read(client, "docs"), describe()

    nouns = {plural: of.noun for plural, of in LISTS.items()}
    for part in tables.lists(document):
        [shown] = re.findall(
            rf'<details class="reference" id="call-{part.name}">.*?</details>', page, re.S
        )
        named = re.findall(r'<th scope="row"><code>(\w+)</code>', shown)
        assert named == [row.name for row in part.parameters] + list(FIELDS[nouns[part.name]])


def test_every_anchor_of_the_page_leads_somewhere(client):
    page = read(client, "docs")

    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', page)) - set(ids) == set()


def test_guides_become_html_and_nothing_else(monkeypatch, tmp_path):
    (tmp_path / "odd.md").write_text(
        "# Odd\n\n## A <b>\n\n- one `<i>`\n- two\n\n```sh\ncurl '<x>'\n```\n\nLast & least.\n"
    )
    monkeypatch.setattr(guides, "FOLDER", tmp_path)

    assert guides.page("odd", "http://here") == (
        '\n\n\n<h3 id="how-a-b">A &lt;b&gt;</h3>\n\n'
        '<ul class="compact"><li>one <code>&lt;i&gt;</code></li><li>two</li></ul>\n'
        '<details class="example" name="example-6" open><summary>curl</summary>'
        '<pre tabindex="0"><code>curl &#x27;&lt;x&gt;&#x27;</code></pre></details>\n'
        "<p>Last &amp; least.</p>\n"
    )


@pytest.mark.parametrize("name", ["docs", "try"])
def test_nothing_comes_from_elsewhere_and_nothing_is_inline(client, name):
    page = read(client, name)

    assert re.findall(r'(?:src|<link [^>]*href)="(?!/)', page) == []
    assert re.findall(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=", page) == []
    for file in re.findall(r'="/static/([^"]+)"', page):
        assert finders.find(file), file


def test_console_comes_with_its_licence_and_without_maps():
    folder = settings.BASE_DIR / "static" / "vendor" / "swagger-ui"

    assert sorted(file.name for file in folder.iterdir()) == [
        "LICENSE.txt",
        "NOTICE.txt",
        "swagger-ui-bundle.js",
        "swagger-ui-bundle.js.LICENSE.txt",
        "swagger-ui.css",
    ]
    # Static files are collected under new names, and a map that is not there would stop that.
    assert "sourceMappingURL" not in (folder / "swagger-ui-bundle.js").read_text()


def test_what_is_kept_in_memory_is_public(client):
    for name in ("docs", "try", "openapi"):
        answer = client.get(reverse(f"api:{name}"))
        assert answer.headers["Cache-Control"] == "public, max-age=1"
