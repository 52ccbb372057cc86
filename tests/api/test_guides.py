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


@pytest.fixture(scope="module")
def r(tmp_path_factory):
    """Runs an example in R; what it prints."""
    program = shutil.which("Rscript")
    loads = [program, "-e", "library(jsonlite); library(curl)"]
    if not program or subprocess.run(loads, capture_output=True).returncode:
        pytest.skip("needs R with the packages jsonlite and curl")
    folder = tmp_path_factory.mktemp("r")

    def run(heading, key=KEY):
        with served() as site:
            (folder / "example.R").write_text(ours(code(heading, "r"), site).replace(KEY, key))
            done = subprocess.run(
                [program, "--vanilla", "example.R"],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=60,
            )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def numbers(said):
    """The numbers that R prints alone on a line: [1] 72."""
    return [int(number) for number in re.findall(r"^\[1\] (\d+)$", said, re.M)]


def test_examples_in_r_print_what_those_in_python_do(r):
    activities = Activity.objects.published()
    found = Activity.objects.filter(
        activity_articles__article=7, activity_countries__country="GH", withdrawn_at=None
    )
    references = set(found.values_list("reference", flat=True))
    documents = [line.partition(" ")[2] for line in run_python("Filters")]
    total, *levels = run_python("Totals and facets")
    said = r("Totals and facets")

    assert set(re.findall(r"\bA-\d{4}-\d\b", r("The first call"))) == references
    assert [title for title in documents if title not in r("Filters")] == []
    assert numbers(said) == [int(total)]
    assert re.findall(r"^\d+ +(\w+) +(\d+)$", said, re.M) == [tuple(x.split()) for x in levels]
    assert numbers(r("Figures"))[0] == activities.count()


def test_lists_search_and_copy_in_r(r):
    partners = Partner.objects.published().partners().count()

    assert numbers(r("A whole list")) == [partners]
    assert numbers(r("Page by page")) == [Guidance.objects.published().count()]
    # A table wider than the page is printed in parts, each with the same rows.
    assert set(re.findall(r"^\d ", r("Search"), re.M)) == {f"{n} " for n in range(1, 6)}
    area = factories.area()
    assert numbers(r("Keep a copy")) == [9]
    areas.withdraw(record=area, version=area.version, reason="A test.", by=SYSTEM)
    assert numbers(r("Keep a copy")) == [8]


def test_tags_errors_and_keys_in_r(r):
    _token, secret = factories.token()

    assert numbers(r("Ask only for what is new")) == [304]
    assert r("When something is wrong") == '[1] "colour"  "article"\n'
    assert r("Limits and keys", secret) == '[1] "read"\n'


def names_in(value):
    """Every name that occurs in an answer."""
    if isinstance(value, list):
        return set().union(*map(names_in, value))
    if not isinstance(value, dict):
        return set()
    return {*value}.union(*map(names_in, value.values()))


@pytest.mark.parametrize("heading", HEADINGS)
def test_examples_in_r_name_only_what_there_is(client, heading):
    """Where there is no R they are read: their addresses are asked, their names looked for."""
    text = code(heading, "r")
    address = re.search(rf'"{guides.WRITTEN_FOR}([^"]+)"', text)[1]
    key = {"authorization": f"Bearer {factories.token()[1]}"} if KEY in text else {}
    answer = client.get(address, headers=key)
    called = set(re.findall(r"\$(\w+)", text)) | set(re.findall(r'\[\["(\w+)"\]\]', text))
    for listed in re.findall(r'c\(("\w+"(?:, "\w+")*)\)', text):
        called |= set(re.findall(r"\w+", listed))

    # What the package curl makes of an answer.
    called -= {"content", "headers", "status_code"}
    known = {name.lower() for name in answer.headers}
    if "json" in answer.headers["Content-Type"]:
        known |= names_in(json.loads(answer.content))
    assert answer.status_code == (400 if heading == "When something is wrong" else 200)
    assert called - known == set()
    assert called or heading == "A whole list"


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
