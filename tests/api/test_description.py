"""The description of the API is complete, right, and keeps what was released."""

import copy
import json
import re

import pytest
from django.conf import settings
from django.http import QueryDict
from django.urls import get_resolver
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.definitions import OPENAPI_31_VALIDATOR

from registry.api import asking
from registry.api.description import describe, promise
from registry.api.description.operations import PAGES
from registry.api.urls import _LISTS as LISTS
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def document(django_db_setup, django_db_blocker):
    """The description, as it is served."""
    with django_db_blocker.unblock():
        return describe()


def fits(document, name, value):
    """What of a value is not as the schema of this name has it."""
    schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
    return [error.message for error in Draft202012Validator(schema).iter_errors(value)]


def test_it_is_openapi(document, client):
    served = json.loads(client.get("/api/v1/openapi.json").content)

    assert [str(error) for error in OPENAPI_31_VALIDATOR.iter_errors(served)] == []
    assert served == document
    names = [each["operationId"] for path in served["paths"].values() for each in path.values()]
    assert len(set(names)) == len(names)


def test_every_address_is_described(document):
    patterns = get_resolver("registry.api.urls").url_patterns
    known = {str(p.pattern): p.name for p in patterns}

    described = {path.removeprefix("/") for path in document["paths"]}

    assert described == {
        re.sub("<[a-z]+:([a-z]+)>", r"{\1}", address)
        for address, name in known.items()
        if name not in PAGES
    }


@pytest.mark.parametrize("plural", LISTS)
def test_every_parameter_is_described(document, plural):
    of = LISTS[plural]
    operation = document["paths"][f"/{plural}/"]["get"]
    filters = of.ask(QueryDict("")).filters

    named = {each["name"] for each in operation["parameters"]}

    refused = {"facets"} - ({"facets"} if filters.facets else set())
    refused |= set() if asking.EXPANDED[of.noun] else {"expand"}
    assert named == {*filters.filters, *asking.PARAMETERS, "sort"} - refused


def test_every_reference_leads_somewhere(document):
    text = json.dumps(document)
    parts = document["components"]

    for kind in ("schemas", "responses", "headers"):
        named = {ref.partition('"')[0] for ref in text.split(f'"$ref": "#/components/{kind}/')[1:]}
        assert named - parts[kind].keys() == set()


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Index", ""),
        ("Statistics", "statistics/"),
        ("SearchResults", "search/?q=mercury+gold"),
        ("SearchResults", "search/?q=mercuri&noun=guidance&limit=3"),
        ("Changes", "changes/?limit=40"),
        ("ActivityList", "activities/?facets=kind,area,country&total=true&limit=3"),
        ("ActivityList", "activities/?expand=areas,articles,countries,partners,outputs&limit=9"),
        ("AreaList", "areas/?expand=leads,articles&fields=slug"),
        ("PartnerList", "partners/?expand=country,areas,represented_by&fields=name"),
        ("GuidanceList", "guidance/?q=waste&expand=publishers,produced_by&fields=title&limit=9"),
        ("MeetingList", "meetings/?expand=country,area&facets=kind&limit=9"),
        ("ContributionList", "contributions/?expand=donor,area&limit=9"),
        ("ArticleList", "articles/?limit=4"),
        ("CountryList", "countries/?party=party&facets=region,ldc&limit=4"),
        ("DecisionList", "decisions/?expand=articles&limit=4"),
        ("TermList", "terms/?expand=articles&fields=term&limit=4"),
        ("Problem", "activities/?colour=red&article=99&limit=0"),
        ("Problem", "activities/?format=csv&limit=3"),
        ("Problem", "activities/nothing/"),
        ("Problem", "nothing/"),
        ("Problem", "token/"),
    ],
)
def test_answers_are_as_described(document, client, name, address):
    answer = json.loads(client.get(f"/api/v1/{address}").content)

    assert fits(document, name, answer) == []


def test_a_key_is_as_described(document, client):
    _token, secret = factories.token()

    answer = client.get("/api/v1/token/", headers={"authorization": f"Bearer {secret}"})

    assert fits(document, "Token", json.loads(answer.content)) == []


def test_a_withdrawn_record_in_changes_is_as_described(document, client):
    since = json.loads(client.get("/api/v1/").content)["revision"]
    factories.withdrawn(factories.activity())

    answer = json.loads(client.get(f"/api/v1/changes/?since={since}").content)

    assert [change["body"] for change in answer["changes"] if change["withdrawn"]] == [None]
    assert fits(document, "Changes", answer) == []


def test_headers_that_are_described_are_sent(document, client):
    response = client.get("/api/v1/")

    described = document["components"]["headers"].keys()
    sent = {name for name in described if name in response.headers}

    # The tests are not limited.
    limits = {name for name in described if name.startswith("RateLimit-")}
    assert (sent, settings.API_LIMITS) == (described - limits, None)
    assert response.headers["Link"] == (
        '<http://testserver/api/v1/openapi.json>; rel="service-desc", '
        '<http://testserver/api/v1/docs/>; rel="service-doc"'
    )


def test_nothing_that_was_promised_is_broken(document):
    lost = promise.broken(promise.released(), promise.promise(document))

    assert lost == [], promise.BROKEN


def test_what_was_added_is_kept(document):
    now = promise.promise(document)

    assert promise.released() == now, "Something was added: keep it by `make describe`."


def _without_path(it):
    del it["paths"]["/terms/"]


def _without_parameter(it):
    it["paths"]["/terms/"]["get"]["parameters"].pop(0)


def _without_value(it):
    it["components"]["schemas"]["Activity"]["properties"]["kind"]["enum"].remove("dialogue")


def _without_field(it):
    del it["components"]["schemas"]["CountryCard"]["properties"]["name"]


def _another_type(it):
    it["components"]["schemas"]["CountryCard"]["properties"]["name"]["type"] = "integer"


def _sometimes_null(it):
    it["components"]["schemas"]["CountryCard"]["properties"]["name"]["type"] = ["string", "null"]


def _sometimes_missing(it):
    it["components"]["schemas"]["CountryCard"]["required"].remove("name")


def _smaller(it):
    [limit] = [
        each for each in it["paths"]["/search/"]["get"]["parameters"] if each["name"] == "limit"
    ]
    limit["schema"]["maximum"] = 50


def _demanded(it):
    new = {"name": "who", "in": "query", "required": True, "schema": {"type": "string"}}
    it["paths"]["/terms/"]["get"]["parameters"].append(new)


def _without_format(it):
    del it["paths"]["/terms/"]["get"]["responses"]["200"]["content"]["text/csv"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_without_path, "/paths//terms/ was taken away"),
        (_without_parameter, "/paths//terms//get/parameters/q was taken away"),
        (_without_value, '/components/schemas/Activity/properties/kind/enum: "dialogue" was'),
        (_without_field, "/components/schemas/CountryCard/properties/name was taken away"),
        (_another_type, "CountryCard/properties/name/type: 'string' became 'integer'"),
        (_sometimes_null, "/components/schemas/CountryCard/properties/name: it may be null now"),
        (_sometimes_missing, '/components/schemas/CountryCard/required: "name" was taken away'),
        (_smaller, "/paths//search//get/parameters/limit/schema/maximum: 100 became 50"),
        (_demanded, "/paths//terms//get/parameters/who: it is new and must be given"),
        (_without_format, "/paths//terms//get/responses/200/content/text/csv was taken away"),
    ],
)
def test_what_would_break_the_promise_is_told(change, said):
    old = promise.released()
    new = copy.deepcopy(old)

    change(new)

    assert said in promise.broken(old, new)[0]


def test_additions_break_nothing():
    old = promise.released()
    new = copy.deepcopy(old)
    new["paths"]["/ships/"] = {}
    new["components"]["schemas"]["Activity"]["properties"]["colour"] = {"type": "string"}
    new["components"]["schemas"]["Activity"]["required"].append("colour")
    new["components"]["schemas"]["Activity"]["properties"]["kind"]["enum"].append("sailing")
    new["paths"]["/terms/"]["get"]["parameters"].append({"name": "colour", "in": "query"})

    assert promise.broken(old, new) == []
