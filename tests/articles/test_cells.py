"""Every cell of every data file is in the database: the files can be written anew from it."""

import csv
import json

from articles.languages import LANGUAGES
from articles.loading import DATA
from articles.models import (
    Annex,
    Article,
    ConferenceOfTheParties,
    Convention,
    Country,
    Decision,
    NationalActionPlan,
    Party,
    Term,
)


def _cells(file):
    with (DATA / file).open(encoding="utf-8", newline="") as lines:
        rows = [dict(row) for row in csv.DictReader(lines)]
    return {tuple(sorted(row.items())) for row in rows}


def _text(value):
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _written(records, columns, **more):
    rows = set()
    for record in records:
        cells = {column: _text(getattr(record, field)) for column, field in columns.items()}
        cells |= {column: read(record) for column, read in more.items()}
        rows.add(tuple(sorted(cells.items())))
    return rows


def _numbers(record):
    return ";".join(str(article.number) for article in record.articles.order_by("number"))


def _same(*names):
    return {name: name for name in names}


def test_every_cell_of_countries_is_in_the_database(convention):
    columns = _same(
        *("alpha3", "m49", "un_status", "un_regional_group", "m49_intermediate_region"),
        *("m49_region", "m49_region_code", "m49_subregion", "m49_subregion_code"),
        *(f"name_{language}" for language in LANGUAGES),
    )
    columns |= {"alpha2": "code", "ldc": "is_ldc", "lldc": "is_lldc", "sids": "is_sids"}
    columns |= {"ldc_graduation_date": "ldc_graduation_on"}

    written = _written(Country.objects.all(), columns)

    assert written == _cells("countries.csv")


def test_every_cell_of_parties_is_in_the_database(convention):
    columns = _same("status", "consent_kind", "order_number", "as_of", "note")
    columns |= {"country": "country_id", "signature_date": "signed_on"}
    columns |= {"consent_date": "consent_on", "in_force_date": "in_force_on"}
    columns |= {"source_url": "source", "cross_check_url": "cross_check"}

    written = _written(Party.objects.all(), columns)

    assert written == _cells("parties.csv")


def test_every_cell_of_action_plans_is_in_the_database(convention):
    columns = _same("submission_year", "published_by", "language", "official_page", "note")
    columns |= {"country": "country_id", "source_url": "source"}

    written = _written(NationalActionPlan.objects.all(), columns)

    assert written == _cells("naps.csv")


def test_every_cell_of_decisions_is_in_the_database(convention):
    columns = _same("code", "probable_code", "year", "kind", "subject", "basis")
    columns |= {"id": "slug", "cop": "cop_id", "source_url": "source"}

    written = _written(Decision.objects.all(), columns, article=_numbers)

    assert written == _cells("decisions.csv")


def test_every_cell_of_the_glossary_is_in_the_database(convention):
    columns = _same("term", "expansion", "kind", "meaning")

    written = _written(Term.objects.all(), columns, articles=_numbers)

    assert written == _cells("glossary.csv")


def _worded(record, stem):
    return {language: getattr(record, f"{stem}_{language}") or None for language in LANGUAGES}


def _day(date):
    return date and date.isoformat()


def _convention():
    book = Convention.objects.get()
    days = ["text_agreed", "adopted", "signature_opened", "signature_closed"]
    days += ["fiftieth_instrument", "in_force"]
    same = ["place", "signatories", "in_force_rule", "depositary", "un_registration"]
    same += ["unts_volume", "authentic_languages", "financial_mechanism"]
    cops = [
        {"number": cop.number, "start": _day(cop.start), "end": _day(cop.end), "place": cop.place}
        | ({"note": cop.note} if cop.note else {})
        for cop in ConferenceOfTheParties.objects.order_by("number")
    ]
    return (
        {"name": _worded(book, "name"), "cops": cops, "source_url": book.source}
        | {name: _day(getattr(book, name)) for name in days}
        | {name: getattr(book, name) for name in same}
    )


def _contribution(article, phase):
    found = article.expected_contributions.filter(phase=phase).first()
    return found and {
        "text": found.text,
        "seed_paragraphs": found.paragraphs,
        "mapping": found.mapping_note or found.mapping,
    }


def _article(article):
    same = ["number", "slug", "title_seen_in", "summary"]
    same += ["partnership_areas", "partnership_areas_basis"]
    return {name: getattr(article, name) for name in same} | {
        "title": _worded(article, "title"),
        "provisions": [
            {
                "paragraph": provision.paragraph,
                "summary": provision.summary,
                "kind": provision.kind,
                "deadline": provision.deadline or None,
            }
            for provision in article.provisions.order_by("position")
        ],
        "related_annexes": [annex.code for annex in article.annexes.order_by("code")],
        "interim_contribution": _contribution(article, "interim"),
        "post_entry_contribution": _contribution(article, "after"),
    }


def _annex(annex):
    amendments = [
        {
            "meeting": amendment.meeting,
            "decision": amendment.decision or None,
            "adopted": _day(amendment.adopted),
            "in_force": _day(amendment.in_force),
        }
        for amendment in annex.amendments.order_by("adopted")
    ]
    phase_outs = [
        {"item": phase_out.item, "phase_out": phase_out.year, "origin": phase_out.origin}
        for phase_out in annex.phase_outs.order_by("position")
    ]
    return {
        "code": annex.code,
        "title": annex.title,
        "articles": [article.number for article in annex.articles.order_by("number")],
        "amendments": amendments,
        "phase_outs": phase_outs,
    } | ({"sources": annex.sources} if annex.sources else {})


def test_every_member_of_the_document_is_in_the_database(convention):
    book = json.loads((DATA / "articles.json").read_text(encoding="utf-8"))

    written = {
        "convention": _convention(),
        "articles": [_article(article) for article in Article.objects.spine().order_by("number")],
        "annexes": [_annex(annex) for annex in Annex.objects.order_by("code")],
        "other_articles": [
            {"number": article.number, "title": article.title_en}
            for article in Article.objects.order_by("number")
        ],
        "seed_note": Convention.objects.get().contribution_note,
    }

    assert written == book
