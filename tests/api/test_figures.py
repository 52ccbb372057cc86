"""Figures in the API: the lines of the page, as JSON and as CSV."""

import csv
import io
import json

import pytest

from registry.web.charts.shown import NAMES

pytestmark = pytest.mark.django_db


def rows(client, address):
    return json.loads(client.get(f"/api/v1/statistics/{address}").content)["rows"]


def cells(client, address):
    response = client.get(f"/api/v1/statistics/{address}")
    text = response.content.decode("utf-8-sig")
    return response, list(csv.DictReader(io.StringIO(text)))


@pytest.mark.parametrize("name", NAMES)
def test_csv_says_what_json_says(client, registry_data, name):
    told = rows(client, f"{name}/")

    response, found = cells(client, f"{name}/?format=csv")

    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert f'filename="figure-{name}_revision-' in response.headers["Content-Disposition"]
    assert found == [{k: "" if v is None else str(v) for k, v in row.items()} for row in told]
    assert len(found) > 2


def test_matrix_takes_the_filters_of_the_page(client, registry_data):
    whole, of_ghana = rows(client, "matrix/"), rows(client, "matrix/?country=GH")

    cell = next(row for row in of_ghana if (row["area"], row["article"]) == ("asgm", 7))
    assert cell["activities"] == 7
    assert cell["activities_list"] == "/activities/?area=asgm&article=7&country=GH"
    assert "guidance" not in cell
    assert len(whole) == len(of_ghana) == 9 * 13 + 12


@pytest.mark.parametrize(
    ("address", "status", "named"),
    [
        ("matrix/?colour=red", 400, "colour"),
        ("matrix/?country=ZZ", 400, "ZZ"),
        ("matrix/?format=xlsx", 400, "xlsx"),
        ("years/?country=GH", 400, "country"),
        ("nothing/", 404, ""),
    ],
)
def test_what_is_not_understood_is_refused_by_name(client, address, status, named):
    response = client.get(f"/api/v1/statistics/{address}")

    assert response.status_code == status
    assert named in response.content.decode()


def test_activities_are_found_by_the_currency_of_their_funding(client, registry_data):
    answer = client.get("/api/v1/activities/?currency=EUR&fields=funding,title").content

    (found,) = json.loads(answer)["results"]
    assert {line["currency"] for line in found["funding"]} == {"EUR"}
    refused = client.get("/api/v1/activities/?currency=XXX")
    (error,) = json.loads(refused.content)["errors"]
    assert (refused.status_code, error["parameter"]) == (400, "currency")
