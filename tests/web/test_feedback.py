"""The form about errors: what may be sent, what is said of it, what is kept."""

import uuid

import pytest
from django.conf import settings
from django.core.cache import cache

from registry.models import Event, Feedback, Notice
from tests import factories
from tests.web.reading import Page

pytestmark = pytest.mark.django_db

FORM = "/feedback/"
TEXT = "The year is wrong: it began in 2019."


@pytest.fixture(autouse=True)
def _nobody_has_tried():
    cache.clear()


def sent(client, address=FORM, **given):
    said = {"ticket": uuid.uuid4(), "about": "", "text": TEXT, "email": "", "website": ""}
    return client.post(address, said | given)


def problems(response):
    """The problems in the summary, each with the field that it leads to."""
    content = response.content.decode()
    summary = content.partition('class="error-summary"')[2].partition("</div>")[0]
    return [
        tuple(part.partition("</a>")[0].split('">', 1)) for part in summary.split('<a href="#')[1:]
    ]


def test_form_knows_the_page_that_it_was_opened_from(client):
    response = client.get(f"{FORM}?about=/activities/x/")

    page = Page(response)
    assert 'value="/activities/x/"' in response.content.decode()
    assert page.unlabelled == []
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    "about", ["https://example.org/", "//example.org/", "x" * 301, "/" + "x" * 300, "/a\u202eb/"]
)
def test_form_takes_no_other_address_from_its_own(client, about):
    content = client.get(FORM, {"about": about}).content.decode()

    assert "example.org/" not in content.partition('name="about"')[2].partition(">")[0]
    assert 'name="about" value=' not in content
    # Browsers would cut off what is over a limit, without a word.
    assert "maxlength" not in content.partition('<form class="ask"')[2].partition("id_email")[0]


def test_what_is_said_is_kept_told_and_confirmed(client):
    editor = factories.editor()

    response = sent(client, about="/activities/x/", email="reader@example.org")

    kept = Feedback.objects.get()
    assert (kept.about, kept.text, kept.email) == ("/activities/x/", TEXT, "reader@example.org")
    assert (kept.status, kept.language) == ("new", "en")
    assert response.headers["Location"] == f"/feedback/sent/{kept.reference}/"
    notice = Notice.objects.get(kind="feedback")
    assert (notice.recipient, notice.words["message"]) == (editor, TEXT)
    assert notice.words["link"].endswith(f"/admin/registry/feedback/{kept.pk}/change/")
    # What is kept for longer than the address does not hold it.
    assert "reader@" not in str(notice.words)
    event = Event.objects.about("feedback", kept.reference).get()
    assert (event.actor, event.verb) == ("a visitor", "say")
    assert "reader@" not in str(event.after) and TEXT not in str(event.after)


def test_confirmation_says_what_happens_next(client):
    response = client.get(sent(client).headers["Location"])

    page = Page(response)
    assert page.headings == ["Your message has arrived"]
    assert Feedback.objects.get().reference in page.text
    assert "What happens next" in page.text
    assert settings.DEFAULT_FROM_EMAIL in page.text


@pytest.mark.parametrize("reference", ["F-0", "F-x", "S-1042", "F-1%3Cb%3E", "F-99999999999"])
def test_confirmation_repeats_no_words_of_an_address(client, reference):
    assert client.get(f"/feedback/sent/{reference}/").status_code == 404


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"text": ""}, "id_text", "Write what is wrong, or what you want to say."),
        ({"text": "  \n "}, "id_text", "Write what is wrong, or what you want to say."),
        ({"text": "x" * 5001}, "id_text", "The text must be 5,000 characters or fewer."),
        (
            {"email": "reader@"},
            "id_email",
            "Enter an e-mail address, such as name@example.org, or leave it empty.",
        ),
        (
            {"email": f"{'r' * 60}@{'e' * 60}.{'e' * 60}.{'e' * 60}.{'e' * 60}.org"},
            "id_email",
            "The e-mail address must be 254 characters or fewer.",
        ),
        ({"about": "x" * 301}, "id_about", "The page must be named in 300 characters or fewer."),
    ],
)
@pytest.mark.check("U-55")
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(client, given, field, said):
    typed = {"about": "/partners/unep/", "text": TEXT, "email": "reader@example.org"} | given

    response = sent(client, **typed)

    content = response.content.decode()
    assert response.status_code == 422
    assert problems(response) == [(field, said)]
    assert Page(response).title.startswith("Error: ")
    for value in typed.values():
        assert value.strip() in content
    assert Feedback.objects.count() == 0


def test_all_that_is_wrong_is_said_at_once(client):
    response = sent(client, about="x" * 301, text="", email="x")

    assert [field for field, _said in problems(response)] == ["id_about", "id_text", "id_email"]


def test_what_fills_in_every_field_is_refused_and_a_person_need_only_send_again(client):
    response = sent(client, website="https://pills.example")

    content = response.content.decode()
    assert (response.status_code, Feedback.objects.count()) == (422, 0)
    assert "A field that is not shown was filled in" in content
    assert TEXT in content and "pills" not in content
    assert sent(client).status_code == 302


def test_after_five_in_a_minute_one_waits_and_keeps_what_was_typed(client):
    answers = [sent(client, text=f"Message {number}.") for number in range(5)]

    refused = sent(client, text="One more.")

    assert {each.status_code for each in answers} == {302}
    assert (refused.status_code, refused.headers["Retry-After"]) == (429, "60")
    assert "One more." in refused.content.decode()
    assert Feedback.objects.count() == 5
    # Somebody else is not kept out.
    assert sent(client, text="From elsewhere.").status_code == 429
    client.defaults["REMOTE_ADDR"] = "198.51.100.7"
    assert sent(client, text="From elsewhere.").status_code == 302


def test_wrong_input_does_not_count(client):
    for _time in range(8):
        assert sent(client, text="").status_code == 422

    assert sent(client).status_code == 302


def test_same_form_sent_twice_is_one_message(client):
    factories.editor()
    ticket = uuid.uuid4()

    first, second = sent(client, ticket=ticket), sent(client, ticket=ticket)

    assert first.headers["Location"] == second.headers["Location"]
    assert (Feedback.objects.count(), Notice.objects.count()) == (1, 1)


def test_form_without_its_ticket_is_refused(client):
    assert sent(client, ticket="none").status_code == 400


def test_form_of_another_site_is_refused():
    from django.test import Client

    response = sent(Client(enforce_csrf_checks=True))

    assert (response.status_code, Feedback.objects.count()) == (403, 0)


def test_language_of_the_form_is_kept(client):
    response = sent(client, "/fr/feedback/")

    assert Feedback.objects.get().language == "fr"
    assert response.headers["Location"].startswith("/fr/feedback/sent/F-")


def test_markup_is_text(client):
    response = sent(client, text="", about="<script>alert(1)</script>")

    assert "<script>alert" not in response.content.decode()


def test_network_address_is_not_kept_with_the_message(client):
    client.defaults["REMOTE_ADDR"] = "203.0.113.77"

    sent(client)

    row = Feedback.objects.values().get()
    event = Event.objects.filter(noun="feedback").values().get()
    assert "203.0.113" not in f"{row}{event}"
