"""Words of people in mails: on one line, quoted, with no address that could be followed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.queries.fencing import Quote, clean, inert, one_line

SITE = "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\r\nb\rc\x0bd\x85e\u2028f", "a\nb\nc\nd\ne\nf"),
        ("a\x00b\x1bc\x07", "abc"),
        ("\u202eevil\u202c \u2066x\u2069 \u200f", "evil x "),
        ("tag\U000e0041\ufeff", "tag"),
        ("e\u0301", "é"),
        ("half \ud800", "half "),
        ("می‌خواهم 👩‍🔬", "می‌خواهم 👩‍🔬"),
    ],
)
def test_what_nobody_can_read_is_dropped(typed, kept):
    assert clean(typed) == kept


def test_one_line_is_one_line_and_cut():
    assert one_line(" Gold\r\nBcc: x@example.org\t ", 80) == "Gold Bcc: x@example.org"
    assert one_line("x" * 10_000, 80) == "x" * 78 + " …"
    assert one_line("x" * 80, 80) == "x" * 80


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        (
            "see https://evil.example/a.b?c",
            "see https[:]//evil[.]example/a[.]b?c".replace("a[.]b", "a.b"),
        ),
        ("www.evil.example", "www[.]evil[.]example"),
        ("me@evil.example", "me@evil[.]example"),
        ("http://1.2.3.4/", "http[:]//1.2.3.4/"),
        ("пример.рф", "пример[.]рф"),
        ("evil．com", "evil[.]com"),
        (
            f"{SITE}.evil.example/",
            "http[:]//127.0.0.1:8000.evil[.]example/".replace("8000.e", "8000[.]e"),
        ),
        (f"{SITE}@evil.example/", "http[:]//127.0.0.1:8000@evil[.]example/"),
        (f"({SITE}/about/)", f"({SITE}/about/)"),
        (f"https://evil.example/?to={SITE}/x", f"https[:]//evil[.]example/?to={SITE}/x"),
        ("3.5 kg, e.g. at 10.30. Then 1.2.3", "3.5 kg, e.g. at 10.30. Then 1.2.3"),
    ],
)
def test_only_our_own_addresses_stay_whole(typed, shown):
    assert inert(typed) == shown


def test_quote_marks_every_line():
    quote = Quote("First line\n\n-- \nThe secretariat\n" + "word " * 40)

    lines = quote.fenced.split("\n")

    assert lines[:4] == ["> First line", ">", "> --", "> The secretariat"]
    assert len(lines) == 7
    assert max(map(len, lines)) <= 74


def test_long_address_of_ours_stays_in_one_piece():
    address = f"{SITE}/{'a' * 200}"

    assert Quote(f"see {address} there").fenced == f"> see\n> {address}\n> there"


@given(st.text())
def test_nothing_gets_out_of_the_fence(text):
    quote = Quote(clean(text))

    assert all(line.startswith(">") for line in quote.fenced.splitlines())
    assert len(one_line(text, 80).splitlines()) <= 1
    assert len(one_line(text, 80)) <= 80


@given(st.text(alphabet="a.:/@ h\u0440-"))
def test_no_address_survives(text):
    shown = inert(text)

    assert "://" not in shown
    assert inert(shown) == shown
