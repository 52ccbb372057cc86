"""What a partner takes from its desk."""

import csv
import io
import json

import pytest
from django.urls import reverse

from registry.actions import reviews, submissions
from tests import factories
from tests.web.reading import Page
from tests.web.signed import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return factories.partner(name="Institute of Retorts", slug="retorts")


@pytest.fixture
def focal(of):
    return factories.focal_point(of)


def taken(client, extension):
    response = client.get(f"/desk/retorts/data/submissions.{extension}")
    assert response.status_code == 200
    return response, b"".join(response.streaming_content).decode("utf-8-sig")


def test_page_leads_to_the_public_records_of_the_partner(of, focal, client):
    factories.activity(participations=[{"partner": "retorts", "role": "lead"}])
    factories.guidance(publishers=["retorts"])

    page = Page(signed_in(focal).get(reverse("desk-data", args=["retorts"])))

    for address in (
        "/api/v1/activities/?partner=retorts&format=csv",
        "/api/v1/guidance/?publisher=retorts&format=xlsx",
    ):
        assert address in page.links
        assert client.get(address).status_code == 200
    assert "Contributions that it made 0 Nothing is published." in " ".join(page.text.split())


def test_submissions_are_taken_whole_with_their_history(of, focal):
    draft = factories.draft(focal, of, title="=SUM(A1:A9)")
    withdrawn = factories.draft(focal, of)
    submissions.withdraw(submission=withdrawn, version=withdrawn.version, by=focal)
    declined = factories.submitted(focal, of, title="Declined one")
    reviews.decline(
        submission=declined, text="No.", version=declined.version, by=factories.editor()
    )
    elsewhere = factories.partner()
    factories.draft(factories.focal_point(elsewhere), elsewhere, title="Of others")

    response, text = taken(signed_in(focal), "json")
    first, second, third = json.loads(text)

    assert response.headers["Content-Type"] == "application/json"
    assert 'filename="retorts_submissions_' in response.headers["Content-Disposition"]
    assert first["values"] == draft.values
    assert (first["author"], first["status"]) == (focal.name, "draft")
    assert [step["status"] for step in second["history"]] == ["draft", "withdrawn"]
    assert [step["status"] for step in third["history"]] == ["draft", "submitted", "declined"]
    assert "Of others" not in text


def test_table_has_a_column_for_each_and_runs_no_formula(of, focal):
    submission = factories.draft(focal, of, title="=SUM(A1:A9)")

    response, text = taken(signed_in(focal), "csv")
    [row] = csv.DictReader(io.StringIO(text))

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert list(row) == [
        "reference",
        "kind",
        "noun",
        "title",
        "status",
        "since",
        "author",
        "history",
        "values",
    ]
    assert (row["reference"], row["title"]) == (submission.reference, "'=SUM(A1:A9)")
    assert json.loads(row["values"]) == submission.values


def test_nothing_is_a_whole_file_too(of, focal):
    assert json.loads(taken(signed_in(focal), "json")[1]) == []
    assert len(taken(signed_in(focal), "csv")[1].splitlines()) == 1


@pytest.mark.check("A-33")
def test_who_may_take_what_is_not_public(of, focal):
    address = "/desk/retorts/data/submissions.json"
    people = {
        factories.contributor(of): 403,
        focal: 200,
        factories.focal_point(factories.partner()): 404,
        factories.person(): 404,
        factories.editor(): 200,
    }

    assert {who: signed_in(who).get(address).status_code for who in people} == people


def test_contributors_are_told_whom_to_ask(of, focal):
    factories.draft(focal, of)

    page = Page(signed_in(factories.contributor(of)).get(reverse("desk-data", args=["retorts"])))

    assert "Focal points of the partner can take this file" in page.text
    assert not any("submissions." in link for link in page.links)


def test_other_formats_are_not_there(of, focal):
    assert signed_in(focal).get("/desk/retorts/data/submissions.xml").status_code == 404


def test_taking_asks_as_many_questions_for_one_as_for_thirty(of, focal, django_assert_num_queries):
    client = signed_in(focal)
    factories.draft(focal, of)
    client.get("/desk/")  # the first of a session keeps the session
    with django_assert_num_queries(7):
        taken(client, "csv")

    for _each in range(29):
        factories.draft(focal, of)
    with django_assert_num_queries(7):
        taken(client, "csv")
