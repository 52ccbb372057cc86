"""Dates known to the year, the month or the day."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from articles.dates import PartialDate, PartialDateField, validate_partial_date


@pytest.mark.parametrize(
    ("text", "precision", "first", "last"),
    [
        ("2014", "year", dt.date(2014, 1, 1), dt.date(2014, 12, 31)),
        ("2014-03", "month", dt.date(2014, 3, 1), dt.date(2014, 3, 31)),
        ("2016-02", "month", dt.date(2016, 2, 1), dt.date(2016, 2, 29)),
        ("2014-03-09", "day", dt.date(2014, 3, 9), dt.date(2014, 3, 9)),
    ],
)
def test_partial_date_keeps_its_precision(text, precision, first, last):
    date = PartialDate.parse(f" {text} ")

    assert (str(date), date.precision) == (text, precision)
    assert (date.first_day, date.last_day) == (first, last)


@pytest.mark.parametrize(
    "text",
    ["", "14", "2014-3", "2014/03", "9 March 2014", "2014-03-09T10:00", "٢٠١٤", "2014-03-"],
)
def test_partial_date_names_the_shapes_it_reads(text):
    with pytest.raises(ValueError) as refusal:
        PartialDate.parse(text)

    assert str(refusal.value) == f"“{text}” is not a date: write 2014, 2014-03 or 2014-03-09."


@pytest.mark.parametrize("text", ["2014-13", "2014-02-30", "2015-02-29", "0000"])
def test_partial_date_is_a_day_of_the_calendar(text):
    with pytest.raises(ValueError) as refusal:
        PartialDate.parse(text)

    assert str(refusal.value) == f"“{text}” is not a day of the calendar."


@pytest.mark.parametrize("text", ["2014-00", "2014-03-00", "1899"])
def test_partial_date_refuses_zeros_and_early_years(text):
    with pytest.raises(ValueError) as refusal:
        PartialDate.parse(text)

    assert str(refusal.value) == f"“{text}” is not a date between 1900 and 9999."


@given(st.dates(min_value=dt.date(1900, 1, 1)), st.sampled_from([4, 7, 10]))
def test_partial_date_comes_back_from_its_text(day, length):
    text = day.isoformat()[:length]

    date = PartialDate.parse(text)

    assert str(date) == text
    assert date.first_day <= day <= date.last_day


@given(st.text(max_size=12))
def test_partial_date_reads_a_text_or_raises_value_error(text):
    try:
        date = PartialDate.parse(text)
    except ValueError:
        return

    assert PartialDate.parse(str(date)) == date


def test_partial_dates_sort_like_their_texts():
    texts = ["2015", "2014-03-09", "2014-03", "2014", "2014-12"]

    dates = sorted(map(PartialDate.parse, texts))

    assert list(map(str, dates)) == sorted(texts)


def test_field_is_ten_characters_and_may_be_blank():
    field = PartialDateField()

    assert (field.max_length, field.blank) == (10, True)
    assert field.clean("", None) == ""
    assert field.deconstruct()[3] == {"blank": True}


def test_field_refuses_what_is_no_date():
    with pytest.raises(ValidationError) as refusal:
        validate_partial_date("soon")

    assert refusal.value.code == "date"
    assert refusal.value.messages == ["“soon” is not a date: write 2014, 2014-03 or 2014-03-09."]
