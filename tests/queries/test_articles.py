"""Questions behind the pages of articles and areas: their order, and what they leave out."""

import pytest

from registry.queries import statistics
from registry.queries.articles import guidance_by_kind, listing, most_relevant
from tests import factories


def document(slug, kind, *languages):
    """As much of a document as is read."""
    return {"slug": slug, "kind": kind, "editions": [{"language": each} for each in languages]}


def activity(slug, **basis):
    """As much of an activity as is read: how each article is known."""
    rows = [{"number": int(name[1:]), "basis": how} for name, how in basis.items()]
    return {"slug": slug, "articles": rows}


def test_largest_kind_comes_first_and_in_it_the_language_asked_for():
    found = [
        document("a", "report", "en"),
        document("b", "toolkit", "en", "fr"),
        document("c", "report", "fr"),
        document("d", "report"),
    ]

    groups = guidance_by_kind(found, "fr")

    assert [(kind, [each["slug"] for each in bodies]) for kind, bodies in groups] == [
        ("report", ["c", "a", "d"]),
        ("toolkit", ["b"]),
    ]


def test_activities_that_name_the_article_come_first_and_then_those_of_few_articles():
    found = [
        activity("many", a7="inferred", a8="inferred", a9="inferred"),
        activity("one", a7="inferred"),
        activity("says", a7="stated", a8="inferred", a9="inferred"),
        activity("other", a7="inferred"),
        activity("says elsewhere", a7="inferred", a8="stated"),
    ]

    order = [each["slug"] for each in most_relevant(found, 7)]

    assert order == ["says", "one", "other", "says elsewhere", "many"]


@pytest.mark.django_db
def test_several_values_of_a_filter_mean_any_of_them(registry_data):
    six, thirteen = (listing("activity", article=each).count() for each in ("6", "13"))

    # None serves both.
    assert listing("activity", article=["6", "13"]).count() == six + thirteen == 22


@pytest.mark.django_db
def test_partners_of_an_area_stand_by_their_activities_there(registry_data):
    area, other = factories.area(), factories.area()
    busy, idle = (factories.partner(name=name, areas=[area.slug]) for name in ("Busy", "Idle"))
    factories.partner(name="Elsewhere", areas=[other.slug])
    factories.partner(name="Not one", areas=[area.slug], standing="named", type="", evidence="")
    for each in (area, area, other):
        factories.activity(
            areas=[each.slug], participations=[{"partner": busy.slug, "role": "lead"}]
        )

    assert statistics.most_active(area.slug, 8) == [(busy.slug, "Busy", 2), (idle.slug, "Idle", 0)]
