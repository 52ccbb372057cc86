"""The finder's answer: duties with days, guidance by language, who has done it, with reasons."""

import datetime as dt

import pytest
from django.utils.datastructures import MultiValueDict

from articles.models import Party, Provision
from registry.queries import guidance
from registry.queries.finder import answers, duties, plans, reading, who
from registry.queries.finder.asked import asked
from registry.queries.finder.reading import Read
from registry.queries.stored import body_of
from tests import factories

TODAY = dt.date(2026, 11, 25)


def answered(language="en", **values):
    found = asked(MultiValueDict({name: [value] for name, value in values.items()}))
    country = body_of("country", found.country) if found.country else None
    return answers.answer(
        found,
        article=body_of("article", str(found.article)),
        country=country,
        language=language,
        today=TODAY,
    )


def test_languages_are_those_of_plans_then_of_the_page_and_the_one_asked_for_alone():
    by_plan, by_page = Read("fr", reading.By.PLAN), Read("en", reading.By.PAGE)

    assert reading.languages_read("", ["fr"], "en") == (by_plan, by_page)
    assert reading.languages_read("", ["fr"], "fr") == (by_plan,)
    assert reading.languages_read("", ["", "fr"], "en") == (by_plan, by_page)
    assert reading.languages_read("", [], "en") == (by_page,)
    assert reading.languages_read("es", ["fr"], "en") == (Read("es", reading.By.ASKED),)


def _document(slug, kind, articles=1, year=2010):
    return {"slug": slug, "kind": kind, "year": year, "articles": [{}] * articles}


def test_documents_that_hold_the_words_come_first_then_what_is_practical_and_on_few_articles():
    bodies = [
        _document("broad", "guideline", articles=12),
        _document("report", "report"),
        _document("older", "toolkit"),
        _document("newer", "toolkit", year=2020),
        _document("undated", "toolkit", year=None),
        _document("holds", "brochure", articles=3),
    ]

    found = reading.ordered(bodies, frozenset({"holds"}))

    order = ["holds", "newer", "older", "undated", "report", "broad"]
    assert [document.body["slug"] for document in found] == order
    assert [document.has_words for document in found] == [True] + [False] * 5


@pytest.mark.django_db
def test_every_kind_of_guidance_has_its_place(registry_data):
    assert set(reading.USEFUL) == set(guidance.Guidance.Kind)


@pytest.mark.django_db
def test_guidance_is_grouped_by_language_each_document_once(registry_data):
    read = (Read("fr", reading.By.PLAN), Read("ru", reading.By.PAGE), Read("en", reading.By.PAGE))

    found = reading.groups(7, read)

    assert [(g.language and g.language.code, g.number.count) for g in found] == [
        ("fr", 15),
        ("ru", 0),
        ("en", 73),
        (None, 4),
    ]
    assert sum(group.number.count for group in found) == 92


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "kind", "in_force_on"),
    [
        ("GH", duties.Kind.PARTY, "2017-08-16"),
        ("ET", duties.Kind.SIGNATORY, None),
        ("FJ", duties.Kind.NONE, None),
        ("GL", duties.Kind.TERRITORY, None),
    ],
)
def test_a_country_stands_somewhere_towards_the_convention(registry_data, code, kind, in_force_on):
    standing = duties.standing(body_of("country", code), TODAY)

    assert standing.kind == kind
    assert (standing.in_force_on and standing.in_force_on.isoformat()) == in_force_on
    assert standing.is_bound == (kind == duties.Kind.PARTY)


@pytest.mark.django_db
def test_a_country_for_which_the_convention_is_not_yet_in_force_is_told_from_when(registry_data):
    body = body_of("country", "TT")

    assert duties.standing(body, dt.date(2026, 9, 23)).kind == duties.Kind.FUTURE
    assert duties.standing(body, dt.date(2026, 9, 24)).kind == duties.Kind.PARTY
    assert Party.objects.get(country_id="TT").in_force_on == dt.date(2026, 9, 24)


@pytest.mark.django_db
def test_obligations_have_days_for_a_party_and_words_for_who_is_none(registry_data):
    of_liberia = {duty.paragraph: duty for duty in answered(country="LR", need="8").duties.every}
    of_ethiopia = {duty.paragraph: duty for duty in answered(country="ET", need="8").duties.every}

    assert of_liberia["8.5"].when == (
        "23 December 2034 (coming due): as soon as practicable, at the latest 10 years after entry "
        "into force for the Party"
    )
    assert (of_liberia["8.11"].day, of_liberia["8.11"].when) == ("", "no date is set")
    assert of_ethiopia["8.5"].when == (
        "as soon as practicable, at the latest 10 years after entry into force for the Party"
    )


@pytest.mark.django_db
def test_a_day_that_a_notification_may_move_is_told_as_the_earliest(registry_data):
    duty = next(d for d in answered(country="GH", need="7").duties.every if d.paragraph == "7.3(b)")

    assert duty.day == "not before 16 August 2020"
    assert duty.state_words.startswith("later only if the notification came later")


@pytest.mark.django_db
def test_what_applies_from_entry_into_force_is_told_from_that_day(registry_data):
    duty = next(d for d in answered(country="GH", need="3").duties.every if d.paragraph == "3.3")

    assert (duty.day, duty.state_words) == ("from 16 August 2017", "applies now")


@pytest.mark.django_db
def test_an_answer_names_similar_countries_with_reasons_and_numbers(registry_data):
    found = answered(country="BF", need="7")

    assert [(a.likeness.code, a.likeness.points, a.activities.count) for a in found.alike[:3]] == [
        ("ML", 11, 7),
        ("NE", 11, 5),
        ("GN", 9, 9),
    ]
    assert [reason.words for reason in found.alike[0].likeness.reasons] == [
        "same subregion, Western Africa",
        "both least developed countries",
        "both landlocked developing countries",
        "both Parties, with the same obligations",
    ]
    assert [plan.language for plan in found.plans] == ["fr"]
    assert [read.code for read in found.languages] == ["fr", "en"]
    assert answered(country="BF", need="7") == found


@pytest.mark.django_db
def test_who_shares_no_place_and_no_group_has_no_similar_countries(registry_data):
    found = answered(country="EU", need="7")

    assert (found.alike, found.near.count, found.near_activities) == ([], 0, [])
    assert found.standing.kind == duties.Kind.PARTY


@pytest.mark.django_db
def test_without_a_country_activities_and_partners_are_those_of_all(registry_data):
    found = answered(need="7")

    assert (found.standing, found.alike, found.own.count) == (None, [], 158)
    assert found.partners[0].activities.asked == (
        ("article", "7"),
        ("partner", found.partners[0].slug),
    )


@pytest.mark.django_db
def test_plans_belong_to_article_7_alone(registry_data):
    assert [plan.code for plan in plans.elsewhere("GH")][:3] == ["BF", "GN", "ML"]
    assert len(plans.elsewhere("")) == 16
    assert answered(country="BF", need="8").plans == []


@pytest.mark.django_db
def test_who_takes_part_in_several_ways_is_counted_once_for_each_activity(registry_data):
    partner = factories.partner()
    factories.activity(
        countries=["TV"],
        articles=[{"article": 7, "basis": "stated"}],
        participations=[
            {"partner": partner.slug, "role": role} for role in ("lead", "funding", "contributing")
        ],
    )

    found = who.takes_part({"article": "7", "country": "TV"})

    assert [(each.slug, each.activities.count) for each in found] == [(partner.slug, 1)]


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("Stockholm Convention Regional Centre in Senegal", True),
        ("Basel and Stockholm Conventions Regional Centre", True),
        ("Regional Activity Centre for Cleaner Production", False),
        ("IEA Clean Coal Centre", False),
        ("Secretariat of the Basel Convention", False),
    ],
)
def test_a_regional_centre_is_who_says_so_by_its_name(name, is_one):
    assert who.TakesPart("x", name, "named", None).is_regional_centre == is_one


@pytest.mark.django_db
def test_deadlines_of_a_country_are_those_of_obligations(registry_data):
    standing = duties.standing(body_of("country", "GH"), TODAY)

    found = duties.with_deadlines(standing, TODAY)

    each = [duty for _number, some in found for duty in some]
    asked = Provision.objects.filter(kind="obligation").exclude(deadline="")
    assert {duty.paragraph for duty in each} == set(asked.values_list("paragraph", flat=True))
    assert [number for number, _some in found] == [3, 4, 5, 7, 8, 9]
    assert {duty.paragraph: duty.day for duty in each}["7.3(b)"] == "not before 16 August 2020"
