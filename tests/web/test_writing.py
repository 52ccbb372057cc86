"""The pages on which partners write: nothing is lost, all that is missing is said at once."""

import re
import uuid

import pytest
from django.urls import reverse

from registry.actions import drafts, reviews, submissions
from registry.models import Submission
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner()


@pytest.fixture
def by(of, client):
    user = factories.contributor(of)
    client.force_login(user)
    return user


@pytest.fixture
def draft(of, by):
    return factories.draft(by, of)


def _page(draft, name="detail", *more):
    return reverse(f"submission-{name}", args=[draft.reference, *more])


def _fields(page: str) -> dict[str, list[str]]:
    """What a browser would send of the page's first form that saves."""
    form = page[page.index('<form class="writing"') :]
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form[: form.index("</form>")]):
        given = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if given.get("type") in ("checkbox", "radio") and "checked" not in tag:
            continue
        sent.setdefault(given["name"], []).append(given.get("value", ""))
    for name, text in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.S
    ):
        sent.setdefault(name, []).append(text)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        first = re.search(r'value="([^"]*)"', options)
        sent.setdefault(name, []).append((chosen or first)[1])
    return sent


def test_start_tells_what_is_needed_and_opens_one_draft_a_form(client, of, by):
    address = reverse("submission-new", args=[of.slug, "activity"])
    page = client.get(address).text
    ticket = re.search(r'name="ticket" value="([^"]+)"', page)[1]

    answers = [client.post(address, {"ticket": ticket}) for _ in range(3)]

    draft = Submission.objects.get(author=by)
    assert "It takes about ten minutes" in page
    assert {answer.url for answer in answers} == {draft.get_absolute_url()}


def test_the_task_list_says_what_is_done_and_what_is_missing(client, of, by):
    draft = drafts.start(noun="activity", partner=of, ticket=uuid.uuid4(), by=by)
    page = client.get(_page(draft)).text

    states = re.findall(r'<span class="state state-([\w-]+)">', page)
    assert states == ["to-do", "to-do", "optional", "done", "to-do", "optional", "optional"]
    assert "6 answers are still missing" in page


@pytest.mark.parametrize("slug", ["what", "when", "where", "who", "serves", "money", "links"])
def test_a_section_sent_as_it_is_shown_changes_nothing(client, draft, by, slug):
    values = {
        "funding_lines": [{"funder": None, "amount": "10.00", "currency": "USD"}],
        "links": [{"label": "Page", "url": "https://example.org/"}],
        "end": "2025-03-09",
        "regions": ["africa"],
        "outputs": [factories.guidance().slug],
        "articles": [{"article": 7, "basis": "inferred"}, {"article": 9, "basis": "stated"}],
        "confirm_every": 6,
    }
    draft = drafts.save(submission=draft, values=values, version=1, by=by)
    sent = _fields(client.get(_page(draft, "section", slug)).text)

    client.post(_page(draft, "section", slug), sent)

    after = Submission.objects.get(pk=draft.pk)
    assert (after.values, after.version) == (draft.values, draft.version)


def test_names_are_typed_in_any_of_their_forms(client, draft, by):
    other = factories.partner(name="Zentrum für Quecksilber", acronym="ZFQ")
    typed = {"version": 1, "countries-country": ["Burkina Faso", "tchad", "KEN", "Атлантида", ""]}
    client.post(_page(draft, "section", "where"), typed)
    typed = {
        "version": 2,
        "participations-partner": ["zfq", "zentrum fur quecksilber", "", "Nobody known"],
        "participations-role": ["lead", "funding", "lead", "lead"],
    }
    client.post(_page(draft, "section", "who"), typed)

    values = Submission.objects.get(pk=draft.pk).values
    assert values["countries"] == ["BF", "KE", "TD", "Атлантида"]
    assert values["participations"] == [
        {"partner": other.slug, "role": "lead"},
        {"partner": other.slug, "role": "funding"},
        {"partner": "Nobody known", "role": "lead"},
    ]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (("2024", "", ""), "2024"),
        (("2024", "3", ""), "2024-03"),
        (("2024", "3", "9"), "2024-03-09"),
        (("last", "spring", ""), "last-spring"),
        (("", "", ""), ""),
    ],
    ids=str,
)
def test_dates_as_far_as_they_are_known(client, draft, by, typed, kept):
    sent = dict(zip(("start-year", "start-month", "start-day"), typed, strict=True))

    client.post(_page(draft, "section", "when"), {"version": 1, **sent})

    assert Submission.objects.get(pk=draft.pk).values.get("start", "") == kept
    shown = client.get(_page(draft, "section", "when")).text
    for value in filter(None, typed):
        assert f'value="{value.zfill(2) if value.isdecimal() else value}"' in shown


def test_a_form_saved_by_itself_is_told_its_version_and_the_time(client, draft, by):
    sent = {"version": 1, "title": "Typed", "summary": "", "kind": "", "level": ""}
    here = _page(draft, "section", "what")

    saved = client.post(here, sent, headers={"Accept": "application/json"})
    stale = client.post(here, sent | {"title": "Other"}, headers={"Accept": "application/json"})

    assert saved.json()["version"] == 2
    assert re.fullmatch(r"Saved \d\d:\d\d", saved.json()["saved"])
    assert stale.status_code == 409
    assert "was changed by somebody else" in stale.json()["message"]


def test_the_second_of_two_sees_both_texts_and_can_save_theirs(client, draft, by):
    here = _page(draft, "section", "what")
    sent = _fields(client.get(here).text)
    drafts.save(submission=draft, values={"title": "Theirs <b>"}, version=1, by=by)

    page = client.post(here, sent | {"title": ["Mine <i>"]})

    assert page.status_code == 409
    assert "Theirs &lt;b&gt;" in page.text
    assert "Mine &lt;i&gt;" in page.text
    again = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    again.pop("csrfmiddlewaretoken", None)
    client.post(here, again | {"title": "Mine <i>"})
    assert Submission.objects.get(pk=draft.pk).values["title"] == "Mine <i>"


def test_text_that_no_database_holds_is_refused_by_the_field(client, draft, by):
    page = client.post(_page(draft, "section", "what"), {"version": 1, "title": "a\0b"})

    assert page.status_code == 400
    assert Submission.objects.get(pk=draft.pk).version == 1


def test_check_lists_answers_in_words_and_hands_in(client, draft, by):
    page = client.get(_page(draft, "check")).text

    assert "Burkina Faso" in page
    assert "7. Artisanal and small-scale gold mining" in page
    assert "demonstration" in page
    answer = client.post(_page(draft, "submit"), {"version": draft.version}, follow=True)
    assert "Handed in for review" in answer.text
    assert draft.reference in answer.text
    assert Submission.objects.get(pk=draft.pk).status == "submitted"


def test_all_that_is_missing_is_listed_with_links_to_where_it_is_asked(client, of, by):
    draft = drafts.start(noun="activity", partner=of, ticket=uuid.uuid4(), by=by)

    page = client.post(_page(draft, "submit"), {"version": draft.version})

    summary = page.text[page.text.index("There is a problem") :]
    links = re.findall(r'<li><a href="([^"]+)">([^<]+)</a>', summary[: summary.index("</ul>")])
    assert page.status_code == 400
    assert [text for _link, text in links] == [
        "Enter the title of the activity.",
        "Say in a few sentences what is done, and for whom.",
        "Choose what kind of activity it is.",
        "Choose whether it is global, regional or national.",
        "Enter when it began or will begin; the year is enough.",
        "Choose at least one article of the Convention it serves.",
    ]
    for link, text in links:
        target = client.get(link.replace("&amp;", "&").partition("#")[0]).text
        assert f'id="{link.partition("#")[2]}"' in target
        assert target.count(text) == 2
    assert "<title>Error:" in page.text


def test_handing_in_again_with_the_back_button_shows_the_same(client, draft, by):
    first = client.post(_page(draft, "submit"), {"version": draft.version})
    again = client.post(_page(draft, "submit"), {"version": draft.version})

    assert first.url == again.url == _page(draft, "done")


def test_what_is_asked_for_stands_on_the_page_and_notes_do_not(client, draft, by):
    editor = factories.editor()
    submission = submissions.submit(submission=draft, version=1, by=by)
    reviews.note(submission=submission, text="Canary of the secretariat", by=editor)
    reviews.ask_changes(
        submission=submission, version=submission.version, text="Which villages?", by=editor
    )

    page = client.get(_page(draft)).text

    assert "Which villages?" in page
    assert "Canary" not in page
    assert "asks for changes" in page


def test_a_draft_is_thrown_away_only_after_being_asked(client, draft, by):
    asked = client.get(_page(draft, "discard")).text
    assert Submission.objects.filter(pk=draft.pk).exists()

    client.post(_page(draft, "discard"), {"version": draft.version})

    assert "Throw this draft away?" in asked
    assert not Submission.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("name", ["detail", "check", "done", "withdraw", "discard"])
def test_what_is_anothers_is_not_there(client, draft, name):
    client.force_login(factories.focal_point(factories.partner()))

    theirs = client.get(_page(draft, name))
    unknown = client.get(_page(draft, name).replace(draft.reference, "S-9999-9"))

    assert theirs.status_code == unknown.status_code == 404
    said = theirs.text.replace(draft.reference, "S-9999-9")
    assert said == unknown.text


@pytest.mark.parametrize("name", ["detail", "check", "done"])
def test_pages_are_kept_by_nobody(client, draft, by, name):
    assert client.get(_page(draft, name)).headers["Cache-Control"] == "private, no-store"
