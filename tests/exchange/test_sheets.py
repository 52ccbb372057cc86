"""Sheets for editing: what leaves comes back as it was, and what was edited as edited."""

import gzip
import io
import json
import random
from datetime import UTC, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.actions import batches
from registry.actions.following import NOUNS
from registry.exchange import dumps, sheets
from registry.exchange.sheets import cells
from registry.models import Activity, Batch
from registry.permissions import SYSTEM
from tests import factories

pytestmark = pytest.mark.django_db
FORMATS = ("xlsx", "csv")
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=12)


def sheet_of(noun, format, records=None):
    """The public records of a noun, taken away and read back."""
    records = NOUNS[noun].shape.model.objects.published() if records is None else records
    return sheets.read(noun, sheets.write(noun, records, format), f"sheet.{format}")


def trial(sheet):
    assert sheet.problems == {}
    return batches.try_out(noun=sheet.noun, wanted=sheet.wanted, by=SYSTEM)


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    "noun, count", [("activity", 320), ("guidance", 293), ("partner", 245), ("contribution", 31)]
)
def test_what_is_not_edited_changes_nothing(registry_data, noun, count, format):
    sheet = sheet_of(noun, format)

    done = trial(sheet)

    assert (len(done.same), done.created, done.changed, done.problems) == (count, [], [], {})
    given_ = {"noun": noun, "kind": Batch.Kind.IMPORT, "label": "as it was", "by": SYSTEM}
    assert batches.apply(wanted=sheet.wanted, **given_) is None


@pytest.mark.parametrize("noun", sheets.NOUNS)
def test_every_value_has_a_column(noun):
    columns = sheets.columns_of(noun)

    assert set(columns.names) == NOUNS[noun].shape.names | {"version"}
    assert columns.names[:2] == ["slug", "version"]


def others(rng, noun, columns):
    """Another value for some columns, of those that are drawn; each as typed in a cell."""

    def text():
        return rng.choice(["=1+1", "a; b | c", "Zeile\nzwei", "“Ѕ” ртуть 汞", "'x", "-5", "\\n"])

    typed = {
        "activity": {
            "title": lambda: text() + " title",
            "summary": text,
            "kind": lambda: rng.choice(["monitoring", "inventory", "capacity"]),
            "level": lambda: rng.choice(["global", "national"]),
            "attribution": lambda: rng.choice(["unep", "partner", ""]),
            "start": lambda: rng.choice(["1991", "1992-03", "1993-04-05", ""]),
            "end": lambda: rng.choice(["2031", "2032-03", "2033-04-05", ""]),
            "confirm_every": lambda: rng.choice(["6", "12", "24"]),
            "countries": lambda: rng.choice(["GH; KE", "", "CI"]),
            "articles": lambda: rng.choice(["7 | stated", "4 | inferred; 7 | stated", ""]),
            "participations": lambda: rng.choice(["unep | lead", "unep | lead; unep | funding"]),
            "funding_lines": lambda: rng.choice(["| 1000.00 | USD", "unep | 5.50 | EUR", ""]),
            "links": lambda: rng.choice(["A\\; b | https://example.org/?a=1\\;b=2", ""]),
        },
        "guidance": {
            "title": lambda: text() + " title",
            "subtitle": lambda: rng.choice(["=cmd", "Sub", ""]),
            "kind": lambda: rng.choice(["report", "toolkit", "training"]),
            "year": lambda: rng.choice(["2009", "2014", ""]),
            "abstract": text,
            "publishers": lambda: rng.choice(["unep", ""]),
            "areas": lambda: rng.choice(["asgm; waste", "products", ""]),
            "editions": lambda: rng.choice(
                ["en | https://example.org/a; fr | https://example.org/b", ""]
            ),
        },
    }
    drawn = typed[noun]
    return {name: drawn[name]() for name in rng.sample(sorted(drawn), 4)}


@pytest.mark.slow
@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("noun", ["activity", "guidance"])
def test_what_is_edited_comes_back_as_edited(registry_data, noun, format):
    rng, columns = random.Random(20), sheets.columns_of(noun)
    records = NOUNS[noun].shape.model.objects.published()
    names, rows = grid(sheets.write(noun, records, format), format)
    edited = rng.sample(range(len(rows)), 60)
    for at in edited:
        for name, text in others(rng, noun, columns).items():
            rows[at][names.index(name)] = text
    file = packed(names, rows, format)
    sheet = sheets.read(noun, file, f"edited.{format}")
    wanted = {each.slug: NOUNS[noun].shape.clean(each.values) for each in sheet.wanted}

    batch = batches.apply(
        noun=noun, wanted=sheet.wanted, kind=Batch.Kind.IMPORT, label="edited", by=SYSTEM
    )

    stored = {each.slug: NOUNS[noun].shape.read(each) for each in records.all()}
    assert {slug: stored[slug] | values for slug, values in wanted.items()} == stored
    assert 40 < batch.changed <= 60
    # The very same file once more: its versions are old, and it says what is stored.
    again = trial(sheets.read(noun, file, f"edited.{format}"))
    assert (len(again.same), again.changed, again.problems) == (len(rows), [], {})


def dump(folder):
    """Everything public, as it is taken away, but for what counts the changes."""
    manifest = dumps.write(folder, taken_at=datetime(2026, 11, 25, tzinfo=UTC), software="0")
    found = {}
    for path in sorted(manifest.folder.glob("*.jsonl.gz")):
        bodies = map(json.loads, gzip.decompress(path.read_bytes()).splitlines())
        counting = ("version", "updated_at")
        found[path.name] = [
            {name: value for name, value in body.items() if name not in counting} for body in bodies
        ]
    return found


@pytest.mark.slow
def test_undone_import_leaves_the_public_data_as_they_were(registry_data, tmp_path):
    before = dump(tmp_path / "before")
    rng, columns = random.Random(7), sheets.columns_of("activity")
    names, rows = grid(sheets.write("activity", Activity.objects.published(), "csv"), "csv")
    for row in rng.sample(rows, 40):
        for name, text in others(rng, "activity", columns).items():
            row[names.index(name)] = text
    new = dict.fromkeys(names, "") | {"title": "New", "kind": "inventory", "level": "national"}
    rows += [list((new | {"title": f"New {at}"}).values()) for at in range(5)]
    sheet = sheets.read("activity", packed(names, rows, "csv"), "x.csv")
    given_ = {"noun": "activity", "kind": Batch.Kind.IMPORT, "label": "edited", "by": SYSTEM}
    batch = batches.apply(wanted=sheet.wanted, **given_)
    assert dump(tmp_path / "between") != before

    batches.undo(batch=batch, by=SYSTEM)

    assert dump(tmp_path / "after") == before


def grid(file, format):
    """The cells of a sheet as a program shows them that knows nothing of us."""
    if format == "csv":
        import csv

        rows = list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))
        return rows[0], rows[1:]
    sheet = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0]
    rows = [["" if cell is None else cell for cell in row] for row in sheet.values]
    return rows[0], rows[1:]


def packed(names, rows, format):
    """A sheet as such a program saves it."""
    if format == "csv":
        import csv

        out = io.StringIO()
        csv.writer(out, delimiter=";").writerows([names, *rows])
        return out.getvalue().encode("utf-8")
    book = openpyxl.Workbook()
    for row in [names, *rows]:
        book.active.append([cell or None for cell in row])
    for row in book.active.iter_rows():
        for cell in row:
            # Text, as it is where somebody types it into a cell that is text.
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@given(st.lists(st.fixed_dictionaries({"label": TEXT, "url": TEXT}), max_size=4))
def test_lists_of_any_text_come_back(rows):
    rows = [{name: text.strip() for name, text in row.items()} for row in rows]
    rows = [row for row in rows if any(row.values())]

    text = cells.of_list(rows, ("label", "url"))

    assert cells.to_list(text, ("label", "url")) == rows


def test_parts_at_the_end_may_be_left_out_and_there_may_not_be_more():
    assert cells.to_list("unep", ("partner", "role")) == [{"partner": "unep", "role": ""}]
    with pytest.raises(ValueError, match="has 3 parts; there may be 2: partner | role"):
        cells.to_list("unep | lead | more", ("partner", "role"))


@pytest.mark.parametrize("text", ["=1+1", "+49 30", "@home", "-5", "'=1", "\t=x", "ＳＵＭ", "＝1"])
@pytest.mark.parametrize("format", FORMATS)
def test_text_that_looks_like_a_formula_is_none_and_comes_back(format, text):
    activity = factories.activity(title="x", summary=text.strip() + " end")
    records = type(activity).objects.filter(pk=activity.pk)
    names, rows = grid(sheets.write("activity", records, format), format)

    assert not rows[0][names.index("summary")].startswith(("=", "+", "@", "-", "＝"))
    assert len(trial(sheet_of("activity", format, records)).same) == 1


def test_text_too_long_for_a_cell_is_left_as_it_is():
    activity = factories.activity(summary="long " * 8_000)
    records = type(activity).objects.filter(pk=activity.pk)

    for format in FORMATS:
        sheet = sheet_of("activity", format, records)
        assert "summary" not in sheet.wanted[0].values
        assert len(trial(sheet).same) == 1


def test_cells_hold_what_programs_make_of_them():
    activity = factories.activity(confirm_every=12)
    names = ["slug", "version", "start", "confirm_every", "gef_id"]
    rows = [[activity.slug, 1.0, datetime(2014, 3, 9), 24.0, 9173]]

    sheet = sheets.read("activity", packed(names, rows, "xlsx"), "x.xlsx")

    assert (sheet.wanted[0].version, sheet.wanted[0].values) == (
        1,
        {"start": "2014-03-09", "confirm_every": "24", "gef_id": "9173"},
    )


def test_headers_are_known_by_their_labels_and_in_any_letters():
    file = "Slug;TITLE;Reported status\n;Retorts;ongoing\n".encode("utf-16")

    sheet = sheets.read("activity", file, "x.csv")

    assert sheet.wanted[0].values == {"title": "Retorts", "reported_status": "ongoing"}


def test_workbook_offers_codes_to_choose_from(registry_data):
    book = openpyxl.load_workbook(
        io.BytesIO(sheets.write("activity", Activity.objects.none(), "xlsx"))
    )
    sheet, codes = book.worksheets[0], book["codes"]
    names = [cell.value for cell in sheet[1]]
    rules = {
        openpyxl.utils.column_index_from_string(str(area.coord)[0]): rule.formula1
        for rule in sheet.data_validations.dataValidation
        for area in rule.sqref.ranges
        if ":" in str(area.coord) and str(area.coord)[1] == "2"
    }

    kind = rules[names.index("kind") + 1]
    letter = kind.split("$")[1]
    offered = {codes[f"{letter}{row}"].value for row in range(3, codes.max_row + 1)} - {None}
    assert offered == set(Activity.Kind.values)
    assert "KE" in {cell.value for row in codes.iter_rows() for cell in row}
    assert [sheet.column_dimensions[letter].hidden for letter in "ABC"] == [True, True, False]
