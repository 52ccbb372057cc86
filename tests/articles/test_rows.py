"""CSV files, read strictly."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import TextChoices
from hypothesis import given
from hypothesis import strategies as st

from articles.dates import PartialDate
from articles.rows import LoadError, Row, read_table


class Metal(TextChoices):
    GOLD = "gold"
    MERCURY = "mercury"


def row(value: str) -> Row:
    return Row("stock.csv", 7, {"cell": value})


def test_table_gives_rows_with_their_line_in_the_file(tmp_path):
    file = tmp_path / "stock.csv"
    file.write_bytes(b'\xef\xbb\xbfmetal,note\r\ngold,"two\r\nlines"\r\n\r\nmercury,last\r\n')

    rows = read_table(file, ["note", "metal"], key=["metal"])

    assert [(r.line, r.cells) for r in rows] == [
        (2, {"metal": "gold", "note": "two\r\nlines"}),
        (5, {"metal": "mercury", "note": "last"}),
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", 'line 1, column "metal": is missing.'),
        (b"metal\n", 'line 1, column "note": is missing.'),
        (b"metal,note,note\n", 'line 1, column "note": is there twice.'),
        (b"metal,note,colour\n", 'line 1, column "colour": is not known here.'),
        (b"metal,note\ngold\n", "line 2: 1 cells where the header has 2."),
        (b'metal,note\n"a\nb",x\ngold,x,y\n', "line 4: 3 cells where the header has 2."),
        (b"metal,note\ngold,\n\ngold,\n", 'line 4, column "metal": “gold” is already on line 2.'),
        (b"metal,note\n ,x\n", 'line 2, column "metal": is empty.'),
        (b"metal,note\ngold,caf\xe9\n", "line 2: is not UTF-8 from here."),
        (b"metal,note\n\ngold,a\0b\n", "line 3: holds a NUL byte."),
        (b'metal,note\ngold,"open\n', "line 2: is not sound CSV: unexpected end of data."),
        (b'metal,note\n"gold"x,y\n', "line 2: is not sound CSV: ',' expected after '\"'."),
    ],
)
def test_spoilt_table_is_refused_with_line_and_column(tmp_path, content, message):
    file = tmp_path / "stock.csv"
    file.write_bytes(content)

    with pytest.raises(LoadError) as refusal:
        read_table(file, ["metal", "note"], key=["metal"])

    assert str(refusal.value) == f"{file.resolve()}, {message}".replace(", :", ":")


def test_missing_file_is_refused_by_name(tmp_path):
    with pytest.raises(LoadError) as refusal:
        read_table(tmp_path / "none.csv", ["metal"])

    assert refusal.value.reason == "cannot be read: No such file or directory."
    assert refusal.value.file.endswith("none.csv")


@pytest.mark.parametrize(
    ("accessor", "text", "value"),
    [
        (Row.text, " a b ", "a b"),
        (Row.text, "", ""),
        (Row.list, "a; b ;c", ["a", "b", "c"]),
        (Row.list, "", []),
        (Row.article_numbers, "9;8", [9, 8]),
        (Row.article_numbers, "", []),
        (Row.whole_number, "2014", 2014),
        (Row.whole_number, "-3", -3),
        (Row.whole_number, "", None),
        (Row.amount, "1250000.50", Decimal("1250000.50")),
        (Row.amount, "", None),
        (Row.date, "2014-03-09", dt.date(2014, 3, 9)),
        (Row.date, "", None),
        (Row.partial_date, "2014-03", PartialDate(2014, 3)),
        (Row.partial_date, "", None),
        (Row.flag, "true", True),
        (Row.flag, "false", False),
    ],
)
def test_cells_are_read(accessor, text, value):
    assert accessor(row(text), "cell") == value


def test_choices_are_read():
    assert row("gold").choice("cell", Metal) == "gold"
    assert row("").choice("cell", Metal) == ""


@pytest.mark.parametrize(
    ("accessor", "text", "reason"),
    [
        (Row.list, "a;;b", "“a;;b” names nothing, or the same thing twice."),
        (Row.list, "a;a", "“a;a” names nothing, or the same thing twice."),
        (Row.article_numbers, "8;36", "“36” is not an article from 1 to 35."),
        (Row.article_numbers, "08", "“08” is not an article from 1 to 35."),
        (Row.whole_number, "1,000", "“1,000” is not a whole number."),
        (Row.whole_number, "٣", "“٣” is not a whole number."),
        (Row.amount, "1e9", "“1e9” is not a number such as 1250000 or 0.5."),
        (Row.date, "9/3/2014", "“9/3/2014” is not a date such as 2014-03-09."),
        (Row.date, "2014-02-30", "“2014-02-30” is not a day of the calendar."),
        (Row.partial_date, "2014-13", "“2014-13” is not a day of the calendar."),
        (Row.flag, "yes", "“yes” is not one of true, false."),
        (Row.flag, "", "“” is not one of true, false."),
    ],
)
def test_cells_that_cannot_be_read_are_refused(accessor, text, reason):
    with pytest.raises(LoadError) as refusal:
        accessor(row(text), "cell")

    assert str(refusal.value) == f'stock.csv, line 7, column "cell": {reason}'


def test_unknown_choice_and_required_text_are_refused():
    with pytest.raises(LoadError) as unknown:
        row("lead").choice("cell", Metal)
    with pytest.raises(LoadError) as empty:
        row(" ").text("cell", required=True)

    assert unknown.value.reason == "“lead” is not one of gold, mercury."
    assert empty.value.reason == "is empty."


@given(
    st.sampled_from([Row.whole_number, Row.amount, Row.date, Row.partial_date, Row.flag, Row.list]),
    st.text(max_size=15),
)
def test_any_cell_is_read_or_refused_with_load_error(accessor, text):
    try:
        accessor(row(text), "cell")
    except LoadError as refusal:
        assert (refusal.file, refusal.place, refusal.column) == ("stock.csv", "line 7", "cell")
