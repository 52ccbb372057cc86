"""Proposed values in words."""

import pytest

from registry.actions.proposals import PROPOSALS
from registry.queries import proposed
from registry.queries.proposed import Names
from registry.queries.senders import Sender
from tests import factories


def test_every_field_that_can_be_proposed_has_a_name():
    fields = {name for proposal in PROPOSALS.values() for name in proposal.fields}

    assert fields == proposed.LABELS.keys()


def test_every_list_of_rows_is_told_by_its_columns():
    shapes = [proposal.noun.shape for proposal in PROPOSALS.values()]
    lists = {
        rows.name: set(rows.columns) if len(rows.columns) > 1 else {""}
        for shape in shapes
        for rows in shape.rows
    }
    lists.pop("other_names")

    assert {n: {column for column, _what in c} for n, c in proposed._ROWS.items()} == lists


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("areas", ["asgm"], ["ASGM"]),
        ("countries", ["CI", "XX"], ["Côte d'Ivoire", "XX"]),
        ("articles", [{"article": 4, "basis": "inferred"}], "Mercury-added products · inferred"),
        ("regions", ["west-asia"], ["West Asia"]),
        ("editions", [{"language": "fr", "url": ""}], ["Français"]),
        ("links", [{"label": "Page", "url": "https://example.org"}], "Page · https://example.org"),
        ("other_names", ["Old name"], ["Old name"]),
        ("participations", "nonsense", []),
        ("participations", [None, {"role": "lead"}, 3], ["None", "leads", "3"]),
        ("funding_lines", [{"funder": None, "amount": "5.00", "currency": "USD"}], "USD · 5.00"),
    ],
)
def test_rows_are_told_by_names(name, value, told):
    said = proposed.rows_of(name, value, Names.behind({name: value}))

    assert said == told if isinstance(told, list) else told in said[0]


@pytest.mark.django_db
def test_organisations_and_documents_are_told_by_name():
    partner, document = factories.partner(name="Gold Council"), factories.guidance(title="Retorts")
    values = {
        "participations": [{"partner": partner.slug, "role": "lead"}],
        "outputs": [document.slug, "not-there"],
        "relations": [{"other": document.slug, "kind": "replaces"}],
    }

    names = Names.behind(values)

    assert [proposed.rows_of(name, values[name], names) for name in values] == [
        ["Gold Council · leads"],
        ["Retorts", "not-there"],
        ["replaces · Retorts"],
    ]


@pytest.mark.parametrize(
    ("noun", "name", "value", "told"),
    [
        ("activity", "kind", "demonstration", "Demonstration"),
        ("guidance", "kind", "case-study", "Case study"),
        ("partner", "type", "igo", "Intergovernmental organisation"),
        ("activity", "kind", "no such kind", "No such kind"),
        ("activity", "kind", ["a", "b"], "['a', 'b']"),
        ("activity", "start", "2014-03", "March 2014"),
        ("activity", "start", "last spring", "last spring"),
        ("partner", "is_association", False, "no"),
        ("guidance", "year", 2014, "2014"),
        ("activity", "title", None, ""),
    ],
)
def test_values_are_told_by_labels(noun, name, value, told):
    assert proposed.text_of(noun, name, value, Names({})) == told


@pytest.mark.parametrize(
    ("domain", "host", "agrees"),
    [
        ("gold.org", "gold.org", True),
        ("mail.gold.org", "gold.org", True),
        ("gold.org", "africa.gold.org", True),
        ("g0ld.org", "gold.org", False),
        ("notgold.org", "gold.org", False),
        ("gold.org.evil.net", "gold.org", False),
        ("gold.org", "", False),
        ("", "gold.org", False),
    ],
)
def test_an_address_agrees_with_a_site_of_the_same_house(domain, host, agrees):
    assert Sender(domain, host).agrees == agrees
