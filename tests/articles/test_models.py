"""The reference book's tables: each constraint refuses what it is there to refuse."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction

from articles.languages import Wording
from articles.models import (
    Annex,
    AnnexAmendment,
    Article,
    ConferenceOfTheParties,
    Convention,
    Country,
    Decision,
    ExpectedContribution,
    NationalActionPlan,
    Party,
    PhaseOut,
    Provision,
    Term,
)

DAY = dt.date(2017, 8, 16)
SIGNED = {"signed_on": dt.date(2013, 10, 10)}
JOINED = {"consent_on": DAY, "in_force_on": DAY, "consent_kind": "ratification"}


@pytest.fixture
def scene(empty_tables, db):
    """One of each thing that others rest on."""
    Article.objects.create(number=7, slug="asgm", title_en="Gold", summary="About gold.")
    Annex.objects.create(code="A", title="Products")
    ConferenceOfTheParties.objects.create(number=1, start=DAY, end=DAY, place="Geneva")
    Country.objects.create(**_country("FR", alpha3="FRA", m49="250"))
    Country.objects.create(**_country("MC", alpha3="MCO", m49="492"))
    Convention.objects.create(**_convention())


def _country(code, **more):
    flags = {"is_ldc": False, "is_lldc": False, "is_sids": False}
    return {"code": code, "name_en": code, "un_status": "member", **flags, **more}


def _convention(**more):
    days = ["text_agreed", "adopted", "signature_opened", "signature_closed"]
    days += ["fiftieth_instrument", "in_force"]
    numbers = {"signatories": 128, "unts_volume": 3202}
    lists = {"authentic_languages": ["en"], "financial_mechanism": []}
    return dict.fromkeys(days, DAY) | numbers | lists | {"id": 1} | more


def _decision(slug, **more):
    return {"slug": slug, "cop_id": 1, "year": 2017, "kind": "process", **more}


def _provision(**more):
    return {"article_id": 7, "position": 1, "paragraph": "7.1", "kind": "obligation", **more}


def _contribution(**more):
    values = {"article_id": 7, "phase": "interim", "mapping": "named", "paragraphs": ["13(d)"]}
    return values | more


def _party(code, **more):
    return {"country_id": code, "status": "party", "as_of": DAY, **more}


# The constraint, the model, rows that it accepts, and the row that it refuses after them.
CASES = [
    (
        "amendment_once_per_meeting",
        AnnexAmendment,
        [{"annex_id": "A", "meeting": "COP-4", "adopted": DAY}],
        {"annex_id": "A", "meeting": "COP-4", "adopted": DAY},
    ),
    (
        "phase_out_item_once",
        PhaseOut,
        [{"annex_id": "A", "position": 1, "item": "Lamps"}],
        {"annex_id": "A", "position": 2, "item": "Lamps"},
    ),
    (
        "article_number_in_convention",
        Article,
        [{"number": 35, "slug": "a", "title_en": "A"}],
        {"number": 36, "slug": "b", "title_en": "B"},
    ),
    (
        "article_of_the_spine_has_summary",
        Article,
        [{"number": 15, "slug": "a", "title_en": "A"}],
        {"number": 14, "slug": "b", "title_en": "B"},
    ),
    ("provision_kind_known", Provision, [_provision()], _provision(paragraph="7.2", kind="wish")),
    (
        "contribution_once_per_phase",
        ExpectedContribution,
        [_contribution(), _contribution(phase="after")],
        _contribution(mapping="inferred"),
    ),
    ("contribution_phase_known", ExpectedContribution, [], _contribution(phase="later")),
    ("contribution_mapping_known", ExpectedContribution, [], _contribution(mapping="guessed")),
    ("convention_is_one_row", Convention, [], _convention(id=2)),
    (
        "convention_adopted_before_in_force",
        Convention,
        [],
        _convention(adopted=DAY + dt.timedelta(1), id=1),
    ),
    (
        "cop_starts_before_end",
        ConferenceOfTheParties,
        [{"number": 2, "start": DAY, "end": DAY}],
        {"number": 3, "start": DAY, "end": DAY - dt.timedelta(1)},
    ),
    (
        "decision_code_unique",
        Decision,
        [_decision("a"), _decision("b"), _decision("c", code="MC-1/1")],
        _decision("d", code="MC-1/1"),
    ),
    (
        "decision_code_certain_or_probable",
        Decision,
        [_decision("a", code="MC-1/1"), _decision("b", probable_code="MC-1/2")],
        _decision("c", code="MC-1/3", probable_code="MC-1/3"),
    ),
    ("decision_kind_known", Decision, [], _decision("a", kind="wish")),
    (
        "country_alpha3_unique",
        Country,
        [_country("AA"), _country("AB")],
        _country("AC", alpha3="FRA"),
    ),
    ("country_m49_unique", Country, [_country("AA"), _country("AB")], _country("AC", m49="250")),
    ("country_un_status_known", Country, [], _country("AA", un_status="friend")),
    (
        "party_has_consent_signatory_has_not",
        Party,
        [_party("FR", **SIGNED, **JOINED)],
        _party("MC", status="signatory", **SIGNED, in_force_on=DAY),
    ),
    (
        "party_has_consent_signatory_has_not",
        Party,
        [_party("FR", status="signatory", **SIGNED)],
        _party("MC", **SIGNED),
    ),
    (
        "party_accedes_without_signature",
        Party,
        [_party("FR", **JOINED | {"consent_kind": "accession"})],
        _party("MC", **SIGNED, **JOINED | {"consent_kind": "accession"}),
    ),
    (
        "party_accedes_without_signature",
        Party,
        [_party("FR", **SIGNED, **JOINED)],
        _party("MC", **JOINED),
    ),
    (
        "action_plan_once_per_language",
        NationalActionPlan,
        [{"country_id": "FR", "language": "fr"}, {"country_id": "FR", "language": "en"}],
        {"country_id": "FR", "language": "fr"},
    ),
    (
        "term_kind_known",
        Term,
        [{"slug": "a", "term": "a", "kind": "term"}],
        {"slug": "b", "term": "b", "kind": "virtue"},
    ),
]
IDS = [f"{name}-{number}" for number, (name, *_) in enumerate(CASES)]


@pytest.mark.parametrize(("name", "model", "good", "bad"), CASES, ids=IDS)
def test_constraint_refuses_a_bad_row_by_its_name(scene, name, model, good, bad):
    for values in good:
        model.objects.create(**values)
    rule = next(rule for rule in model._meta.constraints if rule.name == name)

    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        # Not create(): the one row of the Convention would only be updated by it.
        model.objects.bulk_create([model(**values) for values in [bad]])

    # SQLite names the columns of a unique constraint, and not the constraint.
    columns = [f"{model._meta.db_table}.{_column(model, f)}" for f in getattr(rule, "fields", ())]
    shown = ", ".join(columns) if columns and connection.vendor == "sqlite" else name
    assert shown in str(refusal.value)


def _column(model, field):
    return model._meta.get_field(field).column


def test_every_constraint_has_a_case():
    models = {model for _, model, _, _ in CASES}

    named = {rule.name for model in models for rule in model._meta.constraints}

    assert named == {name for name, *_ in CASES}


def test_records_read_as_people_name_them(scene):
    party = Party.objects.create(**_party("FR", status="signatory", **SIGNED))
    plan = NationalActionPlan(country_id="FR")
    contribution = ExpectedContribution(article_id=7, phase="interim")
    decision = Decision(slug="cop1-a")

    assert [str(record) for record in [party, plan, contribution, decision]] == [
        "FR: signatory",
        "FR",
        "Article 7, before entry into force",
        "cop1-a",
    ]
    assert str(Decision(slug="cop1-a", code="MC-1/1")) == "MC-1/1"
    assert str(Article.objects.get()) == "Article 7. Gold"
    assert str(Annex.objects.get()) == "Annex A. Products"
    assert str(AnnexAmendment(annex_id="A", meeting="COP-4")) == "Annex A, COP-4"
    assert str(PhaseOut(item="Lamps")) == "Lamps"
    assert str(Provision(paragraph="7.3(a)")) == "7.3(a)"
    assert str(ConferenceOfTheParties(number=1)) == "COP-1"
    assert str(Country(name_en="France")) == "France"
    assert str(Convention(name_en="Minamata Convention")) == "Minamata Convention"
    assert str(Term(term="BAT")) == "BAT"


def test_title_is_in_the_language_asked_for_or_in_english():
    article = Article(number=8, title_en="Emissions", title_fr="Émissions")

    assert article.title("fr") == Wording("Émissions", "fr")
    assert article.title("ar") == Wording("Emissions", "en")


def test_country_name_is_in_the_language_asked_for():
    assert Country(name_en="Spain", name_es="España").name("es") == "España"
