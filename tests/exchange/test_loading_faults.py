"""Faults in the data files: each is refused, with file, line, column and reason."""

import pytest

from registry.exchange.loading import LoadError, load
from registry.models import Entry, Event, Partner

BAD = [
    ("areas", {"lead": "!"}, "lead", "“!” has no Latin letter to make an address of."),
    ("areas", {"number": "nine"}, "number", "“nine” is not a whole number."),
    ("areas", {"number": "1"}, "number", "Area with this Number already exists."),
    ("areas", {"articles_beyond": "36"}, "articles_beyond", "“36” is not an article from 1 to 35."),
    ("areas", {"objective": ""}, "objective", "This field cannot be blank."),
    ("priority_actions", {"area": "gold"}, "area", "“gold” is no area."),
    ("priority_actions", {"source_url": ""}, "source_url", "This field cannot be blank."),
    (
        "priority_actions",
        {"title": "x" * 201},
        "title",
        "Ensure this value has at most 200 characters (it has 201).",
    ),
    ("partners", {"slug": ""}, "slug", "is empty."),
    (
        "partners",
        {"slug": "Test partner"},
        "slug",
        "Enter a valid “slug” consisting of letters, numbers, underscores or hyphens.",
    ),
    ("partners", {"areas": "gold"}, "areas", "“gold” is not known here."),
    ("partners", {"country": "XX"}, "country", "“XX” is not known here."),
    ("partners", {"website": "there"}, "website", "Enter a valid URL."),
    (
        "partners",
        {"is_association": "maybe"},
        "is_association",
        "“maybe” is not one of true, false.",
    ),
    (
        "partners",
        {"name": "United Nations Environment Programme"},
        "name",
        "Partner with this Name already exists.",
    ),
    (
        "partners",
        {"evidence": ""},
        "evidence",
        "A partner needs evidence: where it is seen that it is one.",
    ),
    (
        "contributors",
        {"type": "club"},
        "type",
        "“club” is not one of government, igo, ngo, industry, academia, other.",
    ),
    ("guidance", {"title": ""}, "title", "This field cannot be blank."),
    (
        "guidance",
        {"articles": "15"},
        "articles",
        "Records serve Articles 3 to 14.",
    ),
    (
        "guidance",
        {"languages": "english"},
        "languages",
        "Ensure this value has at most 2 characters (it has 7).",
    ),
    ("guidance", {"year": "1066"}, "year", "A year lies between 1900 and 2100."),
    (
        "activities",
        {"start": "soon"},
        "start",
        "“soon” is not a date: write 2014, 2014-03 or 2014-03-09.",
    ),
    (
        "activities",
        {"start": "2015", "end": "2014"},
        "start, end",
        "It ends before it starts.",
    ),
    (
        "activities",
        {"regions": "Oceania"},
        "regions",
        "“Oceania” is not one of Africa, Asia and the Pacific, Europe, Latin America and the "
        "Caribbean, North America, West Asia.",
    ),
    (
        "activities",
        {"level": "local"},
        "level",
        "“local” is not one of global, regional, national.",
    ),
    ("activities", {"budget_amount": "5"}, "budget_currency", "is empty, beside an amount."),
    ("activities", {"budget_currency": "USD"}, "budget_amount", "is empty, beside a currency."),
    (
        "activities",
        {"budget_amount": "-5", "budget_currency": "USD"},
        "budget_amount",
        "An amount is more than nothing.",
    ),
    (
        "activities",
        {"gef_id": "10218"},
        "gef_id",
        "Another activity has this GEF number.",
    ),
    (
        "activities",
        {"countries": "KE;KE"},
        "countries",
        "“KE;KE” names nothing, or the same thing twice.",
    ),
    ("meetings", {"start_date": ""}, "start_date", "This field cannot be blank."),
    ("meetings", {"area": "gold"}, "area", "“gold” is not known here."),
    ("contributions", {"donor": "nobody"}, "donor", "“nobody” is not known here."),
    (
        "contributions",
        {"amount": "5"},
        "amount, currency",
        "An amount and its currency are given together, or neither.",
    ),
]


@pytest.mark.parametrize(
    ("table", "cells", "column", "reason"), BAD, ids=[f"{t}-{c}-{len(r)}" for t, _, c, r in BAD]
)
def test_a_bad_row_is_named_and_nothing_is_loaded(
    registry_data, directory, table, cells, column, reason
):
    before = Event.objects.count(), Entry.objects.count(), Partner.objects.count()
    good = {"areas": [{}], "partners": [{}], "meetings": [{"title": "Another meeting"}]}
    rows = [*good.get(table, []), cells] if table == "meetings" else [cells]
    files = directory(**good | {table: rows})

    with pytest.raises(LoadError) as refusal:
        load(files)

    line = len(rows) + 1
    place = f'{files}/{table}.csv, line {line}, column "{column}"'
    assert str(refusal.value) == f"{place}: {reason}"
    assert (Event.objects.count(), Entry.objects.count(), Partner.objects.count()) == before


def test_a_missing_column_is_named(registry_data, directory):
    files = directory()
    (files / "meetings.csv").write_text("title,kind\n", encoding="utf-8")

    with pytest.raises(LoadError) as refusal:
        load(files)

    assert str(refusal.value) == (f'{files}/meetings.csv, line 1, column "start_date": is missing.')
