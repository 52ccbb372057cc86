"""What goes wrong outside of the API's views is a problem in JSON too."""

import json

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("address", "status", "named"),
    [
        ("/api/v1/ships/", 404, []),
        ("/api/v1/articles/seven/", 404, []),
        ("/api/v1/activities/?q=%00", 400, ["q"]),
        ("/api/v1/activities/%00/", 400, []),
    ],
)
def test_every_error_of_the_api_has_one_shape(client, address, status, named):
    response = client.get(address)
    problem = json.loads(response.content)

    assert (response.status_code, problem["status"]) == (status, status)
    assert response.headers["Content-Type"] == "application/problem+json"
    assert [error["parameter"] for error in problem.get("errors", [])] == named


def test_pages_keep_their_pages(client):
    assert client.get("/ships/").headers["Content-Type"].startswith("text/html")
    assert "NUL" in client.get("/activities/?q=%00").content.decode()
