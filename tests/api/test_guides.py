"""The examples of the quick start do what they say, on a real server."""

import io
import json
import re
import shutil
import subprocess
from contextlib import redirect_stdout

import pytest

from registry.actions import areas
from registry.api import guides
from registry.models import Activity, Guidance, Partner
from registry.permissions import SYSTEM
from registry.queries import revision
from tests import factories
from tests.api.serving import served

pytestmark = pytest.mark.django_db

EXAMPLES = guides.examples("quick-start")
HEADINGS = list(dict.fromkeys(heading for heading, _language, _code in EXAMPLES))
KEY = "gmp_YOUR_KEY"


def code(heading, language):
    """The one example of a heading in a language."""
    [found] = [each for h, name, each in EXAMPLES if (h, name) == (heading, language)]
    return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory):
    """A folder for the files that examples write."""
    return tmp_path_factory.mktemp("examples")


def ours(text, site):
    """An example for the server of this test."""
    assert guides.WRITTEN_FOR in text
    return text.replace(guides.WRITTEN_FOR, site)


def run_python(heading):
    """What the example in Python prints, line by line."""
    with served() as site, redirect_stdout(io.StringIO()) as out:
        exec(compile(ours(code(heading, "python"), site), heading, "exec"), {})
    return out.getvalue().splitlines()


def run_curl(heading, folder):
    """What the example for curl prints."""
    with served() as site:
        done = subprocess.run(
            ours(code(heading, "sh"), site),
            shell=True,
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=20,
        )
    return done.stdout


def test_every_part_has_an_example_in_each_language():
    assert [(h, name) for h, name, _code in EXAMPLES] == [
        (heading, language) for heading in HEADINGS for language in guides.LANGUAGES
    ]


@pytest.mark.parametrize("heading", HEADINGS)
def test_all_languages_ask_the_same(heading):
    addresses = {
        language: set(re.findall(r"/api/v1/\w+/", code(heading, language)))
        for language in guides.LANGUAGES
    }

    assert addresses["python"] == addresses["r"] == addresses["sh"]
    assert len(addresses["sh"]) == 1


def test_first_call():
    found = Activity.objects.filter(
        activity_articles__article=7, activity_countries__country="GH", withdrawn_at=None
    ).order_by("-start", "pk")

    assert run_python("The first call") == [f"{each.reference} {each.title}" for each in found]
    assert len(found) > 3


def test_filters():
    found = (
        Guidance.objects.published()
        .filter(guidance_articles__article__in=[4, 5], editions__language="fr", year__gte=2015)
        .exclude(kind="brochure")
        .distinct()
        .order_by("-year", "pk")
    )

    assert run_python("Filters") == [f"{each.year} {each.title}" for each in found]
    assert len(found) > 1


def test_totals_and_facets():
    found = Activity.objects.published().filter(activity_articles__article=7)

    total, *levels = run_python("Totals and facets")

    assert total == str(found.count())
    assert levels == [f"{v} {found.filter(level=v).count()}" for v in Activity.Level.values]


def test_a_whole_list_and_all_pages():
    partners = Partner.objects.published().partners().count()

    assert run_python("A whole list") == [f"{partners} partners"]
    assert run_python("Page by page") == [f"{Guidance.objects.published().count()} documents"]


def test_search_and_figures():
    hits = run_python("Search")
    activities, *phases = run_python("Figures")

    assert (len(hits), "amalgam" in hits[0].casefold()) == (5, True)
    assert activities == f"{Activity.objects.published().count()} activities"
    assert f"interim {Activity.objects.published().filter(phase='interim').count()}" in phases


def test_a_kept_copy_loses_what_was_withdrawn():
    area = factories.area()
    areas.withdraw(record=area, version=area.version, reason="A test.", by=SYSTEM)

    said = run_python("Keep a copy")

    assert said == [f"8 areas at revision {revision.latest()}"]


def test_tags_and_errors():
    assert run_python("Ask only for what is new") == ["304"]
    assert run_python("When something is wrong") == ["colour", "article"]


def test_a_key_is_tried():
    _token, secret = factories.token()

    with served() as site, redirect_stdout(io.StringIO()) as out:
        text = ours(code("Limits and keys", "python"), site).replace(KEY, secret)
        exec(compile(text, "key", "exec"), {})

    assert out.getvalue() == "read\n"


@pytest.mark.skipif(not shutil.which("curl"), reason="needs curl")
@pytest.mark.parametrize("heading", HEADINGS)
def test_lines_for_curl_are_answered(heading, scratch):
    said = run_curl(heading, scratch)

    if heading == "A whole list":
        assert (scratch / "partners.csv").read_text("utf-8-sig").startswith("name,acronym,")
    elif heading == "Ask only for what is new":
        assert said == "304\n"
    else:
        wrong = {"When something is wrong": 400, "Limits and keys": 401}
        assert json.loads(said).get("status", 200) == wrong.get(heading, 200)


@pytest.mark.skipif(not shutil.which("Rscript"), reason="needs R")
def test_examples_in_r_can_be_read():
    for heading in HEADINGS:
        done = subprocess.run(["Rscript", "-e", f"parse(text={json.dumps(code(heading, 'r'))})"])
        assert done.returncode == 0


@pytest.mark.parametrize("heading", HEADINGS)
def test_brackets_of_examples_in_r_are_closed(heading):
    text = re.sub(r'"[^"\n]*"', '""', code(heading, "r"))

    for opened, closed in ("()", "[]", "{}"):
        assert text.count(opened) == text.count(closed)
    assert '"' not in text.replace('""', "")


def test_page_shows_the_address_that_serves_it(client):
    page = client.get("/api/v1/docs/", headers={"host": "127.0.0.1"}).content.decode()

    assert "curl &quot;http://127.0.0.1/api/v1/activities/" in page
    assert guides.WRITTEN_FOR not in page
    assert page.count('<details class="example"') == len(EXAMPLES)
