"""Lists and choices: searched by words, articles and accents, with a constant number of queries."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import Article, ConferenceOfTheParties, Country, Decision, Term
from registry.actions import activities, audit, guidance
from registry.models import Activity, Area, Contribution, Event, Guidance, Meeting, Partner, User
from registry.permissions import SYSTEM
from tests import factories
from tests.admin.pages import list_of

RECORDS = (Activity, Area, Contribution, Guidance, Meeting, Partner)


def _found(client, model, **query):
    return list(client.get(list_of(model), query).context["cl"].result_list)


@pytest.mark.parametrize(
    ("wanted", "is_found"),
    [
        ("migori gold", True),
        ("gold KENYA", True),
        ("clean ccg", True),
        ("article 7 migori", True),
        ("Art. 7 kenya", True),
        ("article 4 migori", False),
        ("99801", True),
        ("igor", True),
        ("gold igor", True),
        ("gold atlantis", False),
        ("migori atlantis", False),
        ("word " * 500, False),
    ],
)
def test_activities_are_found(as_editor, activity, wanted, is_found):
    assert (activity in _found(as_editor, Activity, q=wanted)) is is_found


def test_reference_is_found(as_editor, activity):
    assert _found(as_editor, Activity, q=activity.reference) == [activity]


def test_articles_are_found_by_number(as_administrator, book):
    assert [each.number for each in _found(as_administrator, Article, q="Article 7")] == [7]


def test_choice_without_accents(as_editor, book):
    asked = {"app_label": "registry", "model_name": "activitycountry", "field_name": "country"}
    found = as_editor.get("/admin/autocomplete/", asked | {"term": "cote d'ivoire"})
    assert [each["id"] for each in found.json()["results"]] == ["CI"]


def test_withdrawn_records_are_marked_and_filtered(as_editor, activity):
    activities.withdraw(record=activity, version=1, reason="A test.", by=SYSTEM)
    page = as_editor.get(list_of(Activity), {"q": "migori", "public": "no"})
    assert "withdrawn 2" in page.content.decode()
    assert activity not in _found(as_editor, Activity, q="migori", public="yes")


def test_whole_words_find_withdrawn_records_beside_public_ones(as_editor, activity):
    other = factories.withdrawn(factories.activity(title="Migori again"))
    assert set(_found(as_editor, Activity, q="migori")) >= {activity, other}
    assert _found(as_editor, Activity, q="migori", public="no") == [other]


def test_list_is_counted_so_far_only_and_says_so(as_editor, activity, monkeypatch):
    monkeypatch.setattr("registry.admin.listing.MOST_COUNTED", 60)
    page = as_editor.get(list_of(Activity))
    assert (page.context["cl"].result_count, page.context["cl"].paginator.num_pages) == (60, 2)
    assert "more than 60 activities" in page.content.decode()


def test_filters_offer_what_is_used(as_editor, activity):
    specs = {
        each.title: each for each in as_editor.get(list_of(Activity)).context["cl"].filter_specs
    }
    used = Article.objects.filter(article_activities__isnull=False).distinct()
    assert {pk for pk, _said in specs["article"].lookup_choices} == {each.pk for each in used}
    stored = set(Activity.objects.values_list("source_system", flat=True))
    assert set(specs["source system"].lookup_choices) == stored


@pytest.mark.parametrize("model", RECORDS)
def test_nul_in_a_search_is_no_fault_of_ours(as_administrator, model):
    assert as_administrator.get(list_of(model) + "?q=%00").status_code == 400


def _one_more(model, activity, document, area, number):
    makers = {
        Activity: lambda: _copy(activity, activities, title=f"Copy {number}", gef_id=""),
        Area: lambda: _make(Area, number=93 + number, name=f"A {number}", short_name=f"{number}"),
        Contribution: lambda: _make(Contribution, donor=Partner.objects.first(), area=area),
        Guidance: lambda: _copy(document, guidance, title=f"Copy {number}"),
        Meeting: lambda: _make(
            Meeting, title="M", kind="forum", start="2019", area=area, country_id="KE"
        ),
        Partner: lambda: _make(Partner, name=f"P {number}", standing="named", country_id="KE"),
    }
    makers[model]()


def _copy(record, verbs, **values):
    return verbs.create(values=verbs.SHAPE.read(record) | {"slug": ""} | values, by=SYSTEM)


def _make(model, **values):
    count = model.objects.count()
    return model.objects.create(slug=f"one-more-{count}", **values)


@pytest.mark.parametrize("model", RECORDS)
def test_list_asks_as_often_for_one_more_as_for_three_more(
    as_administrator, activity, document, area, model, django_assert_num_queries
):
    _one_more(model, activity, document, area, 1)
    as_administrator.get(list_of(model))
    with CaptureQueriesContext(connection) as few:
        as_administrator.get(list_of(model))
    _one_more(model, activity, document, area, 2)
    _one_more(model, activity, document, area, 3)
    with django_assert_num_queries(len(few)):
        as_administrator.get(list_of(model))


def test_lists_of_the_rest_ask_as_often_for_three(as_administrator, book):
    counts = {}
    for step in range(3):
        _fill(step)
        for model in (Event, User, Country, Term, Decision):
            with CaptureQueriesContext(connection) as asked:
                as_administrator.get(list_of(model))
            counts.setdefault(model, []).append(len(asked))
    assert all(len(set(found[1:])) == 1 for found in counts.values()), counts


def _fill(step):
    audit.record(by=SYSTEM, verb="test", noun="test", key=str(step))
    User.objects.create(email=f"{step}@example.org")
    Term.objects.create(slug=f"t-{step}", term=f"T {step}", kind="term", meaning="M")
    cop, _made = ConferenceOfTheParties.objects.get_or_create(
        number=99, defaults={"start": "2099-01-01", "end": "2099-01-02", "place": "Minamata"}
    )
    Decision.objects.create(
        slug=f"d-{step}", cop=cop, year=2099, kind="process", subject="S", source="S", basis="B"
    )
