"""Addresses as no browser would send them: refused in words or understood, never an error."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.reading import Page

pytestmark = pytest.mark.django_db

PATHS = ("/", "/activities/", "/search/", "/countries/", "/articles/7/", "/api/v1/activities/")
NO_TEXT = {
    "q=%00": "q",
    "q=gold%00mining": "q",
    "%00=1": "�",
    "article=7&area=%00": "area",
    "page=%00": "page",
    "sort=%00": "sort",
    "q=%ED%A0%80": "q",
    "q=%ED%BF%BF": "q",
    "%ED%A0%80=1": "?",
    "q=%C0%80": "q",
    "q=%C0%AF": "q",
    "q=%F4%90%80%80": "q",
    "q=%FF%FE": "q",
    "q=gold%E2%82": "q",
}


@pytest.mark.parametrize("sent", NO_TEXT)
@pytest.mark.parametrize("path", PATHS)
def test_what_is_no_text_is_refused(client, registry_data, path, sent):
    response = client.get(path, QUERY_STRING=sent)

    assert response.status_code == 400


@pytest.mark.parametrize("sent", ["q=%00", "q=%ED%A0%80", "article=7&area=%00"])
def test_what_is_no_text_is_named(client, registry_data, sent):
    page = Page(client.get("/activities/", QUERY_STRING=sent))

    assert page.facts == {
        NO_TEXT[sent]: "It holds a character that is no text (NUL or half a character)."
    }


@pytest.mark.parametrize("path", ["/%00", "/activities/%00/", "/%00/activities/", "/static/%00"])
def test_nul_in_a_path_is_refused(client, registry_data, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("q=%", 200),
        ("q=%zz", 200),
        ("q=100%", 200),
        ("q=%EF%BF%BD", 200),
        ("q=%F0%9F%98%80", 200),
        ("&&&", 200),
        ("=", 200),
        ("=7", 400),
        ("article[]=7", 400),
        ("article=7;area=asgm", 400),
        ("?article=7", 400),
        ("q", 200),
        ("article", 200),
        ("q=" + "x" * 200, 200),
        ("q=" + "x" * 201, 400),
        ("article=" + "7," * 90, 200),
        ("article=" + "7," * 3000, 400),
        ("article=" + "9" * 5000, 400),
        ("start_from=" + "9" * 5000, 400),
        ("start_from=2014" + "0" * 5000, 400),
        ("page=" + "9" * 5000, 404),
        ("page=1000000000", 404),
        ("page=%C2%B2", 400),
        ("page=%EF%BC%91", 400),
        ("page=1.0", 400),
        ("page=1&page=2", 400),
        ("updated_since=0001-01-01T00:00:00%2B14:00", 400),
        ("updated_since=9999-12-31T23:59:59-14:00", 400),
        ("&".join(["article=7"] * 100), 200),
        ("&".join(["article=7"] * 900), 400),
        ("&".join(["article=7"] * 1100), 400),
    ],
    ids=lambda value: str(value)[:40],
)
def test_odd_address_is_understood_or_refused(client, registry_data, sent, status):
    response = client.get("/activities/", QUERY_STRING=sent)

    assert response.status_code == status


@pytest.mark.slow
@given(
    path=st.sampled_from(PATHS),
    names=st.lists(
        st.sampled_from(["q", "page", "sort", "area", "article", "noun", "start_from", "country"])
        | st.text(max_size=8),
        max_size=4,
    ),
    values=st.lists(st.binary(max_size=12), min_size=4, max_size=4),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_address_breaks_a_page(registry_data, path, names, values):
    sent = "&".join(
        f"{''.join(f'%{byte:02X}' for byte in name.encode('utf-8', 'surrogatepass'))}="
        f"{''.join(f'%{byte:02X}' for byte in value)}"
        for name, value in zip(names, values, strict=False)
    )

    response = Client().get(path, QUERY_STRING=sent)

    assert response.status_code in (200, 400, 404)
