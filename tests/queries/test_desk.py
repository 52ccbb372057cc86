"""Questions of desks: partners by what somebody types, whose record something is."""

import pytest

from registry.queries import desk
from tests import factories

pytestmark = pytest.mark.django_db


def called(text):
    return [partner.name for partner in desk.partners_called(text, 20)]


def test_partner_is_found_by_the_beginnings_of_words_in_any_of_its_names():
    partner = factories.partner(
        name="Zyxw Institut für Évaluation", acronym="QZE", other_names=["Office of Zobservation"]
    )

    for typed in ("evaluat", "FUR zyxw", "qze", "zobs", "evaluation zobservation"):
        assert called(typed) == [partner.name], typed
    for typed in ("valuation zyxw", "zyxw nothing", "", "   "):
        assert called(typed) == [], typed


def test_names_that_begin_so_come_first():
    second = factories.partner(name="Aqua of zyxwers")
    first = factories.partner(name="Zyxwers of water")

    assert called("zyxw") == [first.name, second.name]


def test_others_and_withdrawn_ones_are_not_found():
    factories.partner(name="Zyxwers named", standing="named")

    assert called("zyxwers") == []


def test_whose_a_record_is():
    lead, publisher = factories.partner(), factories.partner()
    activity = factories.activity(participations=[{"partner": lead.slug, "role": "lead"}])
    document = factories.guidance(publishers=[publisher.slug])

    assert desk.holders_of(activity) == {lead.pk}
    assert desk.holders_of(document) == {publisher.pk}
    assert desk.holders_of(lead) == {lead.pk}
