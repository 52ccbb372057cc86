"""Every format carries the same records and values; text is never run; a broken file says so."""

import csv
import datetime as dt
import io
import json
import zipfile

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from registry.errors import Refused
from registry.exchange import csv_files, formats, guarding, json_files, xlsx_files
from registry.exchange.extracts import Extract
from registry.exchange.tables import TABLES, Kind
from registry.models import Entry
from registry.queries.representation import read_body

AT = dt.datetime(2026, 11, 25, 10, 30, tzinfo=dt.UTC)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\nx", "  =1", "\u00a0-x", "＝1", "＋1"]


def stored(noun):
    found = Entry.objects.public().filter(noun=noun).order_by("key")
    return list(found.values_list("body", flat=True))


def extract(noun="activity", **more):
    return Extract(noun, AT, 7, **more)


def whole(name, bodies, what):
    return b"".join(formats.FORMATS[name].write(bodies, what))


def as_text(cell):
    return "" if cell is None else str(cell)


def expected(noun, bodies):
    rows = [TABLES[noun].row(read_body(body)) for body in bodies]
    return [[column.name for column in TABLES[noun].columns]] + [
        [as_text(cell) for cell in row] for row in rows
    ]


def read_csv(content):
    rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    return [[guarding.unguard(cell) for cell in row] for row in rows]


def body_with(**values):
    body = read_body(stored("term")[0]) | values
    return json.dumps(body, ensure_ascii=False)


@pytest.mark.parametrize("noun", TABLES)
def test_csv_and_json_lines_carry_every_record_and_value(registry_data, noun):
    bodies = stored(noun)

    assert read_csv(whole("csv", bodies, extract(noun))) == expected(noun, bodies)
    assert whole("jsonl", bodies, extract(noun)).decode().splitlines() == bodies


@pytest.mark.slow
@pytest.mark.parametrize("noun", TABLES)
def test_spreadsheet_carries_every_record_and_value(registry_data, noun):
    bodies = stored(noun)
    sheet = open_book(whole("xlsx", bodies, extract(noun))).worksheets[0]

    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]

    numbers = [column.kind is Kind.NUMBER for column in TABLES[noun].columns]
    wanted = expected(noun, bodies)
    assert [as_text(cell) for cell in rows[0]] == wanted[0]
    assert [len(row) for row in rows] == [len(row) for row in wanted]
    differing = [
        (cell, right)
        for row, wanted_row in zip(rows[1:], wanted[1:], strict=True)
        for cell, right, is_number in zip(row, wanted_row, numbers, strict=True)
        if not (float(right) == cell if is_number and right else as_text(cell) == right)
    ]
    assert differing == []


def open_book(content):
    return openpyxl.load_workbook(io.BytesIO(content))


@pytest.mark.slow
@given(st.text(max_size=12) | st.text("'=+-@\t\r\n ＝＋－＠\u00a0\ufeffa1", max_size=6))
@example("'=1")
@example("''")
@example("' =1")
@settings(max_examples=120, deadline=None)
def test_guard_is_undone_exactly(text):
    guarded = guarding.guard(text)

    assert guarding.unguard(guarded) == text
    assert guarded in (text, "'" + text)


@pytest.mark.parametrize("text", FORMULAS)
def test_text_like_a_formula_is_guarded_in_csv_and_text_in_a_spreadsheet(registry_data, text):
    body = body_with(meaning=text, term="'quoted")

    line = next(csv.DictReader(io.StringIO(whole("csv", [body], extract("term")).decode()[1:])))
    sheet = open_book(whole("xlsx", [body], extract("term"))).worksheets[0]

    assert (line["meaning"], line["term"]) == ("'" + text, "'quoted")
    column = [cell.value for cell in sheet[1]].index("meaning")
    cell = sheet[2][column]
    assert (cell.data_type, cell.value) == ("s", text)


def test_spreadsheet_takes_error_words_control_characters_and_long_texts(registry_data):
    body = body_with(term="#N/A", expansion="a\x00b\x0bc\ufffe", meaning="x" * 40_000)
    sheet = open_book(whole("xlsx", [body], extract("term"))).worksheets[0]

    cells = dict(zip([c.value for c in sheet[1]], sheet[2], strict=True))

    assert (cells["term"].data_type, cells["term"].value) == ("s", "#N/A")
    assert cells["expansion"].value == "a\ufffdb\ufffdc\ufffd"
    assert len(cells["meaning"].value) == xlsx_files.LONGEST_CELL
    assert cells["meaning"].value.endswith("The whole is in CSV and JSON.")


def test_spreadsheet_that_breaks_off_does_not_open(registry_data):
    def breaking():
        yield from stored("term") * 3
        raise OSError("the database went away")

    pieces = []
    with pytest.raises(OSError, match="went away"):
        for piece in xlsx_files.write(breaking(), extract("term")):
            pieces.append(piece)

    assert pieces
    with pytest.raises(zipfile.BadZipFile):
        open_book(b"".join(pieces))


def test_numbers_stay_numbers(registry_data):
    bodies = stored("contribution")
    sheet = open_book(whole("xlsx", bodies, extract("contribution"))).worksheets[0]
    names = [cell.value for cell in sheet[1]]

    kinds = {type(row[names.index("amount")].value) for row in sheet.iter_rows(min_row=2)}
    lines = read_csv(whole("csv", bodies, extract("contribution")))

    assert kinds <= {int, float, type(None)} and kinds & {int, float}
    assert {line[names.index("year")][:1] for line in lines[1:]} <= {"1", "2", ""}


def test_spreadsheet_says_what_it_is(registry_data):
    bodies = stored("term")[:3]
    what = extract("term", filters=(("article", "Article", "7"),), address="https://e.org/x")
    book = open_book(whole("xlsx", bodies, what))

    about = [[cell.value for cell in row] for row in book["About"].iter_rows()]

    assert book.worksheets[0].freeze_panes == "A2"
    assert book.sheetnames == ["Glossary", "About"]
    assert ["Narrowed by", "Article: 7"] in [row[:2] for row in about]
    assert ["Records", "3"] in [row[:2] for row in about]
    assert ["Taken on", "2026-11-25"] in [row[:2] for row in about]
    assert ["Revision of the data", "7"] in [row[:2] for row in about]
    told = [row[0] for row in about]
    assert [each.name for each in TABLES["term"].columns] == told[told.index("Column") + 1 :]


def test_same_records_give_the_same_bytes(registry_data):
    bodies = stored("area")
    for name in formats.formats_of("area"):
        first = whole(name, bodies, extract("area"))
        assert whole(name, bodies, extract("area")) == first, name


def test_spreadsheet_of_too_many_records_is_refused_and_csv_recommended():
    with pytest.raises(Refused, match="20000 records at most, and this list has 20001.*format=csv"):
        formats.FORMATS["xlsx"].check(20_001)
    formats.FORMATS["xlsx"].check(20_000)
    formats.FORMATS["csv"].check(10**9)


def test_geojson_tells_each_country_once_and_counts_the_rest(registry_data):
    bodies = stored("activity")
    told = json.loads(whole("geojson", bodies, extract()))
    records = [read_body(body) for body in bodies]

    features = {feature["id"]: feature for feature in told["features"]}

    codes = {country["code"] for body in records for country in body["countries"]}
    assert len(told["features"]) == len(features) == len(codes)
    assert features.keys() == codes
    ghana = features["GH"]
    assert ghana["geometry"] == {"type": "Point", "coordinates": [-1.2, 7.9]}
    slugs = [b["slug"] for b in records if "GH" in [c["code"] for c in b["countries"]]]
    assert [each["slug"] for each in ghana["properties"]["records"]] == slugs
    assert ghana["properties"]["count"] == len(slugs)
    nowhere = [body for body in records if not body["countries"]]
    assert told["without_country"]["count"] == len(nowhere) > 0
    assert sum(told["without_country"]["by_level"].values()) == len(nowhere)
    assert told["disclaimer"].startswith("The boundaries and names shown")
    assert told["type"] == "FeatureCollection"


def test_geojson_invents_no_place(registry_data):
    body = read_body(stored("partner")[0]) | {"country": {"code": "EU", "name": "European Union"}}

    told = json.loads(whole("geojson", [json.dumps(body)], extract("partner")))

    assert [feature["geometry"] for feature in told["features"]] == [None]


def test_formats_know_their_nouns():
    assert set(formats.formats_of("activity")) == {"csv", "xlsx", "jsonl", "geojson"}
    assert set(formats.formats_of("term")) == {"csv", "xlsx", "jsonl"}


@pytest.mark.parametrize("module", [csv_files, json_files])
def test_file_that_breaks_off_says_so_and_the_error_goes_on(registry_data, module):
    def breaking():
        yield from stored("term") * 3
        raise OSError("the database went away")

    pieces = []
    with pytest.raises(OSError, match="went away"):
        for piece in module.write(breaking(), extract("term")):
            pieces.append(piece)

    # 109 terms three times; what was written are whole batches.
    last = b"".join(pieces).decode().splitlines()[-1]
    assert "Broken off after 200 records: this file is not complete. Take it again." in last


def test_only_the_fields_asked_for(registry_data):
    bodies = stored("area")[:2]
    what = extract("area", fields=("name", "leads"))

    lines = read_csv(whole("csv", bodies, what))
    records = [json.loads(line) for line in whole("jsonl", bodies, what).splitlines()]

    assert lines[0] == ["name", "leads", "lead_names"]
    assert [list(record) for record in records] == [["name", "leads"]] * 2


@pytest.mark.parametrize(
    ("filters", "name"),
    [
        ((), "activities_2026-11-25.csv"),
        (
            (("article", "", "7"), ("country", "", "GH")),
            "activities_article-7_country-gh_2026-11-25.csv",
        ),
        ((("q", "", 'a"/../\r\n\u202eх$'),), "activities_q-a_2026-11-25.csv"),
        (
            (("q", "", "long " * 60),),
            "activities_q-" + "long-" * 18 + "lo_2026-11-25.csv",
        ),
    ],
)
def test_file_name_says_what_filters_and_date(filters, name):
    found = extract(filters=filters).file_name("csv")

    assert found == name
    assert len(found) <= 120


def test_zip_entries_bear_one_date(registry_data):
    content = whole("xlsx", stored("area"), extract("area"))

    dates = {info.date_time for info in zipfile.ZipFile(io.BytesIO(content)).infolist()}

    assert dates == {(2026, 11, 25, 0, 0, 0)}
