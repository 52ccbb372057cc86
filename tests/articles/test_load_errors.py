"""Faults in the data files: each is refused, with the file, the place in it, and the reason."""

import json

import pytest

from articles.loading import LoadError, load


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (
            "parties.csv",
            "AF,party,,2017-05-02,accession",
            "AF,party,,2017-05-02,ratificaton",
            'line 3, column "consent_kind": “ratificaton” is not one of ratification, accession, '
            "acceptance, approval.",
        ),
        (
            "parties.csv",
            "AF,party,,2017-05-02,accession",
            "AF,party,,2017-05-02,ratification",
            'line 3, column "signature_date, consent_kind": '
            "Constraint “party_accedes_without_signature” is violated.",
        ),
        (
            "parties.csv",
            "AF,party,,2017-05-02",
            "XX,party,,2017-05-02",
            'line 3, column "country": “XX” is not in countries.csv.',
        ),
        (
            "parties.csv",
            "AF,party,,2017-05-02,accession,2017-08-16,43,2024-09-24",
            "AF,party,,2017-05-02,accession,2017-08-16,43,",
            'line 3, column "as_of": This field cannot be null.',
        ),
        (
            "countries.csv",
            "AE,ARE,784,United Arab Emirates",
            "AE,ARE,784,Andorra",
            'line 3, column "name_en": Country with this Name en already exists.',
        ),
        (
            "countries.csv",
            "AE,ARE,784",
            "AE,AND,784",
            'line 3, column "alpha3": Constraint “country_alpha3_unique” is violated.',
        ),
        (
            "countries.csv",
            "alpha2,alpha3,m49,",
            "alpha2,alpha3,",
            'line 1, column "m49": is missing.',
        ),
        (
            "naps.csv",
            "\nBI,,2021-12-31,fr",
            "\nBI,,soon,fr",
            'line 3, column "published_by": “soon” is not a date: write 2014, 2014-03 or '
            "2014-03-09.",
        ),
        (
            "naps.csv",
            "\nBI,,2021-12-31,fr",
            "\nBI,,2021-12-31,french",
            'line 3, column "language": Ensure this value has at most 2 characters (it has 6).',
        ),
        (
            "decisions.csv",
            "cop1-art8-bat-bep,,MC-1/4,1,2017,8",
            "cop1-art8-bat-bep,,MC-1/4,9,2017,8",
            'line 2, column "cop": “9” is not a conference of articles.json.',
        ),
        (
            "decisions.csv",
            "cop1-art8-bat-bep,,MC-1/4,1,2017,8",
            "cop1-art8-bat-bep,,MC-1/4,1,2018,8",
            'line 2, column "year": COP-1 was not held in 2018.',
        ),
        (
            "decisions.csv",
            "cop1-art8-bat-bep,,MC-1/4,1,2017,8",
            "cop1-art8-bat-bep,,MC-1/4,1,2017,36",
            'line 2, column "article": “36” is not an article from 1 to 35.',
        ),
        (
            "decisions.csv",
            "cop1-art8-bat-bep,,MC-1/4,1,2017,8",
            "cop1-art8-bat-bep,,MC-1/4,1,2017,",
            'line 2, column "article": is empty.',
        ),
        (
            "decisions.csv",
            "cop1-art8-bat-bep,,MC-1/4,",
            "cop1-art8-bat-bep,MC-1/4,MC-1/4,",
            'line 2, column "code, probable_code": '
            "Constraint “decision_code_certain_or_probable” is violated.",
        ),
        (
            "glossary.csv",
            "\naccession,",
            "\n???,",
            'line 3, column "term": has no Latin letter or digit to make an address of.',
        ),
    ],
)
def test_bad_row_is_refused_with_line_and_column(convention, spoilt, file, old, new, fault):
    directory = spoilt(file, old, new)

    with pytest.raises(LoadError) as refusal:
        load(directory)

    assert str(refusal.value) == f"{(directory / file).resolve()}, {fault}"


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (
            '"paragraph": "3.2"',
            '"paragraph": "4.2"',
            'articles[1].provisions[1], column "paragraph": “4.2” is already in '
            "articles[0].provisions[1].",
        ),
        (
            '"paragraph": "3.2"',
            '"paragraph": "12.99"',
            'articles[0].provisions[1], column "paragraph": “12.99” is not a paragraph of '
            "Article 3.",
        ),
        (
            '"paragraph": "3.2"',
            '"paragraph": "third"',
            'articles[0].provisions[1], column "paragraph": “third” is not a reference to the '
            "Convention, such as 7.3(a).",
        ),
        (
            '"paragraph": "3.2"',
            '"paragraph": 3.2',
            'articles[0].provisions[1], column "paragraph": is not a text.',
        ),
        (
            '"paragraph": "3.2"',
            '"paragraph": "3.2", "paragraph": "3.3"',
            ' column "paragraph": is there twice in one object.',
        ),
        (
            '"paragraph": "3.2"',
            '"paragraph": "3.2", "number": 2',
            'articles[0].provisions[1], column "number": is not known here.',
        ),
        (
            '"paragraph": "3.2"',
            '"paragraf": "3.2"',
            'articles[0].provisions[1], column "paragraph": is missing.',
        ),
        (
            '"mapping": "named in paragraph 15"',
            '"mapping": "guessed"',
            'articles[11].post_entry_contribution, column "mapping": “guessed” is not one of '
            "named, inferred.",
        ),
        (
            '"title": "Emissions"',
            '"title": "Emission"',
            'articles[5], column "title": “Emissions” is “Emission” in other_articles.',
        ),
        (
            '"un_registration": "No. 54669"',
            '"un_registration": "No. \\u0000"',
            'convention, column "un_registration": holds a character that cannot be stored.',
        ),
        (
            '"signatories": 128',
            '"signatories": true',
            'convention, column "signatories": is not a whole number.',
        ),
        (
            '"adopted": "2013-10-10"',
            '"adopted": "10.10.2013"',
            'convention, column "adopted": “10.10.2013” is not a date such as 2014-03-09.',
        ),
        (
            '"adopted": "2013-10-10"',
            '"adopted": "2020-10-10"',
            'convention, column "adopted, in_force": '
            "Constraint “convention_adopted_before_in_force” is violated.",
        ),
        (
            '"financial_mechanism": [',
            '"financial_mechanism": ["Specific international programme",',
            'convention, column "financial_mechanism": is not a list of texts, each of them once.',
        ),
        (
            '"authentic_languages": [',
            '"authentic_languages": ["la",',
            'convention, column "authentic_languages": “la” is not one of ar, zh, en, fr, ru, es.',
        ),
        ('"seed_note"', '"note"', ' column "seed_note": is missing.'),
        ('"annexes": [', '"annexes": [1,', ' column "annexes[0]": is not an object.'),
        (
            '"number": 35',
            '"number": 36',
            ' column "other_articles": does not hold articles 1 to 35.',
        ),
    ],
)
def test_bad_document_is_refused_with_its_path(convention, spoilt, old, new, fault):
    directory = spoilt("articles.json", old, new)

    with pytest.raises(LoadError) as refusal:
        load(directory)

    where = f"{(directory / 'articles.json').resolve()},"
    assert str(refusal.value) == f"{where} {fault.strip()}"


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("{", "line 1: is not sound JSON: Expecting property name enclosed in double quotes."),
        ("[]", "does not hold an object."),
        ("", "line 1: is not sound JSON: Expecting value."),
    ],
)
@pytest.mark.django_db
def test_what_is_no_document_is_refused(tmp_path, content, fault):
    (tmp_path / "articles.json").write_text(content)

    with pytest.raises(LoadError) as refusal:
        load(tmp_path)

    assert str(refusal.value).startswith(str(tmp_path.resolve()))
    assert str(refusal.value).endswith(fault)


def _change(path, change):
    book = json.loads(path.read_text(encoding="utf-8"))
    change(book)
    path.write_text(json.dumps(book), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            lambda book: book["annexes"][0].update(articles=[4]),
            'articles[3], column "related_annexes": Article 6 and Annex A do not both name each '
            "other.",
        ),
        (
            lambda book: book["annexes"][4].update(articles=[52]),
            'annexes[4], column "articles": the Convention has no Article 52.',
        ),
        (
            lambda book: book["articles"].pop(),
            'column "articles": does not hold articles 3 to 14.',
        ),
        (
            lambda book: book["articles"][2]["title"].update(en=None),
            'articles[2], column "title": “” is “Manufacturing processes in which mercury or '
            "mercury compounds are used” in other_articles.",
        ),
        (
            lambda book: book["articles"][0]["interim_contribution"].update(seed_paragraphs=[]),
            'articles[0].interim_contribution, column "seed_paragraphs": This field cannot be '
            "blank.",
        ),
        (lambda book: book.update(convention=None), 'column "convention": is empty.'),
        (
            lambda book: book["convention"]["name"].update(en=""),
            'convention.name, column "en": is empty.',
        ),
        (
            lambda book: book["convention"]["cops"][1].update(number=1),
            'convention.cops[1], column "number": “1” is already in convention.cops[0].',
        ),
    ],
)
def test_parts_that_do_not_agree_are_refused(convention, spoilt, change, fault):
    directory = spoilt("articles.json", '"seed_note": ', '"seed_note":  ')
    _change(directory / "articles.json", change)

    with pytest.raises(LoadError) as refusal:
        load(directory)

    assert str(refusal.value) == f"{(directory / 'articles.json').resolve()}, {fault}"
