"""The start page of a registry that holds nothing yet says so in words."""

import pytest

from registry.web.charts import shown
from tests.web.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("empty_tables")]


def test_nothing_recorded_is_said_in_words(client):
    text = Page(client.get("/")).text

    for said in (
        "Nothing that was asked for serves Articles 3–14",
        "No activity has dates that tell its phase",
        "No activity is recorded",
        "No activity names a country",
        "No activity reports its funding",
        "No partner has confirmed an activity yet",
    ):
        assert said in text


@pytest.mark.parametrize("name", shown.NAMES)
def test_figures_of_nothing_are_drawn(client, name):
    for address in (f"/figures/{name}.svg", f"/embed/{name}/", f"/api/v1/statistics/{name}/"):
        assert client.get(address).status_code == 200
