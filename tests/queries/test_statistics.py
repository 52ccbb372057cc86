"""Figures: each agrees with the list that it leads to and with the tables themselves."""

import pytest

from articles.models import SPINE, Country, Party
from registry.actions import activities, guidance, partners
from registry.models import (
    Activity,
    ActivityArea,
    ActivityArticle,
    Area,
    Guidance,
    GuidanceArea,
    GuidanceArticle,
    Meeting,
    Partner,
)
from registry.permissions import SYSTEM
from registry.queries import statistics
from tests.queries.asking import ask

pytestmark = pytest.mark.django_db


def served(model, areas, articles, owner):
    """The numbers of records by area and article, counted by hand from the bare rows."""
    public = set(model.objects.filter(withdrawn_at=None).values_list("pk", flat=True))
    by_area = {slug: set() for slug in Area.objects.values_list("slug", flat=True)}
    by_article = {number: set() for number in SPINE}
    for slug, pk in areas.objects.values_list("area__slug", f"{owner}_id"):
        by_area[slug].add(pk)
    for number, pk in articles.objects.values_list("article_id", f"{owner}_id"):
        by_article[number].add(pk)
    by_area["none"] = public - set().union(*by_area.values())
    return {
        (area, number): len(public & in_area & on_article)
        for area, in_area in by_area.items()
        for number, on_article in by_article.items()
    }


def test_totals_are_those_of_the_data(registry_data):
    totals = statistics.totals()

    assert totals == statistics.Totals(
        areas=8,
        partners=72,
        represented=0,
        other_organisations=173,
        activities=320,
        guidance=293,
        meetings=70,
        articles=12,
        parties=151,
        decisions=ask("decision").count(),
    )


def test_totals_are_the_lengths_of_the_lists(registry_data):
    totals = statistics.totals()

    assert totals.activities == ask("activity").count() == Activity.objects.count()
    assert totals.guidance == ask("guidance").count() == Guidance.objects.count()
    assert totals.meetings == ask("meeting").count() == Meeting.objects.count()
    assert totals.parties == ask("country", party="party").count()
    assert totals.partners == ask("partner", standing="partner").count()
    assert totals.represented == ask("partner", standing="represented").count()
    assert totals.other_organisations == ask("partner", standing="contributor,named").count()


def test_gold_mining_and_article_7(registry_data):
    cell = statistics.matrix().cell("asgm", 7)

    assert (cell.activities, cell.guidance, cell.total) == (80, 75, 155)


def test_every_cell_is_what_the_tables_hold(registry_data):
    matrix = statistics.matrix()

    cells = [cell for row in matrix.rows for cell in row.cells]
    shown = {(cell.area, cell.article): (cell.activities, cell.guidance) for cell in cells}
    acts = served(Activity, ActivityArea, ActivityArticle, "activity")
    docs = served(Guidance, GuidanceArea, GuidanceArticle, "guidance")
    assert shown == {place: (acts[place], docs[place]) for place in acts}
    assert len(shown) == 9 * 12


@pytest.mark.slow
def test_every_cell_is_the_length_of_its_lists(registry_data):
    matrix = statistics.matrix()

    for cell in (cell for row in matrix.rows for cell in row.cells):
        where = {"area": cell.area, "article": str(cell.article)}
        lengths = ask("activity", **where).count(), ask("guidance", **where).count()
        assert (cell.activities, cell.guidance) == lengths, where


@pytest.mark.parametrize("noun", ["activity", "guidance"])
def test_every_cell_is_the_number_of_a_facet(registry_data, noun):
    matrix = statistics.matrix()

    for row in matrix.rows:
        facet = ask(noun, area=row.area).facet("article")
        shown = {cell.article: getattr(cell, _plural(noun)) for cell in row.cells}
        assert shown == {int(number): n for number, (_label, n) in facet.items()}


def _plural(noun):
    return {"activity": "activities", "guidance": "guidance"}[noun]


def test_totals_of_areas_are_the_lengths_of_their_lists(registry_data):
    for row in statistics.matrix().rows:
        lengths = ask("activity", area=row.area).count(), ask("guidance", area=row.area).count()
        assert (row.whole.activities, row.whole.guidance) == lengths, row.area


def test_totals_of_articles_are_the_lengths_of_their_lists(registry_data):
    for cell in statistics.matrix().columns:
        article = str(cell.article)
        lengths = ask("activity", article=article).count(), ask("guidance", article=article).count()
        assert (cell.activities, cell.guidance) == lengths, article


def test_figures_by_article_are_the_last_row_of_the_matrix(registry_data):
    assert list(statistics.by_article().values()) == list(statistics.matrix().columns)


def test_figures_by_area_are_the_last_column_of_the_matrix(registry_data):
    assert list(statistics.by_area().values()) == [row.whole for row in statistics.matrix().rows]


def test_figures_by_country_are_the_lengths_of_the_lists(registry_data):
    counts = statistics.by_country()

    facet = ask("activity").facet("country")
    assert counts == {code: n for code, (_label, n) in facet.items() if code != "none"}
    assert counts["GA"] == ask("activity", country="GA").count()


def test_countries_by_status_add_up_to_all(registry_data):
    counts = statistics.countries_by_status()

    assert sum(counts.values()) == Country.objects.count() == ask("country").count()
    assert counts["party"] == Party.objects.filter(status="party").count() == 151
    assert counts[""] == ask("country", party="none").count()


def test_partners_of_an_area_are_partners_only(registry_data):
    counts = statistics.partners_by_area()

    for slug, n in counts.items():
        assert n == ask("partner", area=slug, standing="partner").count()
    assert sum(counts.values()) > 0


def test_another_organisation_changes_no_number_of_partners(registry_data):
    before, by_area = statistics.totals(), statistics.partners_by_area()
    values = {"name": "Bystanders of Gold", "standing": "named", "areas": ["asgm"]}

    partners.create(values=values, by=SYSTEM)

    after = statistics.totals()
    assert (after.partners, after.represented) == (before.partners, before.represented)
    assert after.other_organisations == before.other_organisations + 1
    assert statistics.partners_by_area() == by_area


def test_represented_entity_is_counted_apart(registry_data):
    association = Partner.objects.filter(is_association=True).order_by("slug").first()
    before = statistics.totals()
    values = {"name": "A Member", "standing": "represented", "represented_by": association.slug}

    partners.create(values=values, by=SYSTEM)

    after = statistics.totals()
    assert after.represented == before.represented + 1
    assert (after.partners, after.other_organisations) == (
        before.partners,
        before.other_organisations,
    )


def test_withdrawn_records_leave_every_figure(registry_data):
    activity = Activity.objects.filter(
        activity_areas__area__slug="asgm", activity_articles__article=7
    ).order_by("pk")[0]
    document = Guidance.objects.filter(
        guidance_areas__area__slug="asgm", guidance_articles__article=7
    ).order_by("pk")[0]
    for verbs, record in ((activities, activity), (guidance, document)):
        verbs.withdraw(record=record, version=record.version, reason="A test.", by=SYSTEM)

    matrix, totals = statistics.matrix(), statistics.totals()

    cell, asgm = matrix.cell("asgm", 7), matrix.rows[0].whole
    assert (cell.activities, cell.guidance) == (79, 74)
    assert asgm == statistics.by_area()["asgm"]
    assert (totals.activities, totals.guidance) == (319, 292)
    assert statistics.by_article()[7] == matrix.columns[SPINE.index(7)]


def test_who_takes_part_agrees_with_the_lists(registry_data):
    found = statistics.take_part(7)

    numbers = [n for _slug, _name, _standing, n in found]
    assert numbers == sorted(numbers, reverse=True)
    for slug, _name, _standing, n in found[:10]:
        assert n == ask("activity", article="7", partner=slug).count()


def test_names_and_titles_cover_all(registry_data):
    assert list(statistics.article_titles()) == list(SPINE)
    assert list(statistics.area_names()) == [row.area for row in statistics.matrix().rows][:-1]
