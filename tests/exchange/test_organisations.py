"""Names in the files, and the organisations they lead to."""

import csv

import pytest

from registry.exchange.loading import DATA, LoadError, load
from registry.models import Activity, Partner


def _lead(directory, name, **tables):
    load(directory(activities=[{"lead": name}], **tables))
    return Activity.objects.get(slug="test-activity").participations.get().partner


@pytest.mark.parametrize(
    "name",
    [
        "Forêt & Rivière, Inc.",
        "FORET & RIVIERE INC",
        "Forêt Rivière (Inc.)",
        "F.R.I.",
        "Amis de la Forêt",
    ],
)
def test_any_name_and_spelling_leads_to_the_organisation(registry_data, directory, name):
    partner = {
        "slug": "foret",
        "name": "Forêt & Rivière, Inc.",
        "acronym": "F.R.I.",
        "also_known_as": "Amis de la Forêt; Friends of the Forest",
    }

    found = _lead(directory, name, partners=[partner])

    assert (found.slug, found.standing) == ("foret", "partner")


def test_a_name_may_lead_to_a_contributor(registry_data, directory):
    found = _lead(directory, "test contributor", contributors=[{}])

    assert (found.slug, found.standing) == ("test-contributor", "contributor")


def test_a_curated_name_leads_to_its_organisation_and_stays_findable(registry_data, directory):
    same = {"name": "The Testers", "slug": "test-partner", "basis": "same body"}

    found = _lead(directory, "THE TESTERS", partners=[{}], organisation_names=[same])

    assert found.slug == "test-partner"
    assert list(found.other_names.values_list("name", flat=True)) == ["The Testers"]


def test_an_unknown_name_is_kept_once_without_a_type(registry_data, directory):
    rows = [
        {"lead": "Somebody Else", "partners": "Test Partner"},
        {"slug": "test-two", "funders": "somebody else"},
    ]

    report = load(directory(partners=[{}], activities=rows))

    named = Partner.objects.get(slug="somebody-else")
    assert report.named == ["Somebody Else"]
    assert (named.name, named.standing, named.type) == ("Somebody Else", "named", "")
    assert named.participations.count() == 2
    assert Partner.objects.partners().count() == 73


def test_two_names_of_an_unlisted_organisation_are_joined(registry_data, directory):
    same = {"name": "The Other", "slug": "somebody-else", "basis": "same body"}
    rows = [{"lead": "Somebody Else"}, {"slug": "test-two", "lead": "The Other"}]

    report = load(directory(activities=rows, organisation_names=[same]))

    assert report.named == ["Somebody Else"]
    assert Partner.objects.get(slug="somebody-else").participations.count() == 2


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        (
            {
                "partners": [{"acronym": "TP"}, {"slug": "tp", "name": "Two", "acronym": "TP"}],
                "activities": [{"lead": "TP"}],
            },
            'activities.csv, line 2, column "lead": “TP” may be test-partner or tp; '
            "organisation_names.csv can say.",
        ),
        (
            {"partners": [{"acronym": "TP"}], "activities": [{"lead": "TP;Test Partner"}]},
            'activities.csv, line 2, column "lead": '
            "names “test-partner” twice, in different words.",
        ),
        (
            {"activities": [{"lead": "水银"}]},
            'activities.csv, line 2, column "lead": '
            "“水银” has no Latin letter to make an address of.",
        ),
        (
            {"partners": [{"slug": "abc", "name": "X"}], "guidance": [{"publisher": "Abc"}]},
            'guidance.csv, line 2, column "publisher": '
            "“Abc” would have the address of another, “abc”.",
        ),
        (
            {"organisation_names": [{"name": "A", "slug": "nobody", "basis": "same body"}]},
            'organisation_names.csv, line 2, column "slug": '
            "“nobody” is no organisation of the files.",
        ),
        (
            {"partners": [{}], "contributors": [{"slug": "test-partner"}]},
            'contributors.csv, line 2, column "slug": “test-partner” is already in ',
        ),
    ],
)
def test_what_is_not_certain_is_refused(registry_data, directory, tables, fault):
    files = directory(**tables)

    with pytest.raises(LoadError) as refusal:
        load(files)

    assert str(refusal.value).startswith(f"{files}/{fault}")


def test_curated_file_says_which_acronym_is_meant(registry_data, directory):
    partners = [{"acronym": "TP"}, {"slug": "tp", "name": "Two", "acronym": "TP"}]
    same = {"name": "TP", "slug": "tp", "basis": "the other has left"}

    assert _lead(directory, "TP", partners=partners, organisation_names=[same]).slug == "tp"


def test_every_curated_name_stands_in_the_files_and_gives_its_basis():
    with (DATA / "organisation_names.csv").open(encoding="utf-8", newline="") as table:
        same = list(csv.DictReader(table))
    texts = [
        (DATA / file).read_text(encoding="utf-8")
        for file in ("areas.csv", "activities.csv", "guidance.csv")
    ]

    assert [row["name"] for row in same if not any(row["name"] in text for text in texts)] == []
    assert [row for row in same if not row["basis"]] == []
    assert [row["name"] for row in same] == sorted(row["name"] for row in same)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("japan", "moe-japan"),
        ("switzerland", "swiss-agency-for-development-and-cooperation"),
        ("sweden", "swedish-chemicals-inspectorate"),
        ("zero-mercury-working-group", "european-environmental-bureau"),
        ("european-commission", "joint-research-centre-of-the-european-commission"),
        ("unep", "global-mercury-partnership"),
    ],
)
def test_different_bodies_stay_apart(registry_data, one, other):
    names = [
        name
        for slug in (one, other)
        for partner in [Partner.objects.get(slug=slug)]
        for name in [partner.name, *partner.other_names.values_list("name", flat=True)]
    ]

    assert len(set(names)) == len(names)
    assert Partner.objects.get(slug=other).participations.exists() or (
        Partner.objects.get(slug=other).publications.exists()
    )
