"""The data files, in the database: all of them, once, or not at all."""

import shutil
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.loading import DATA, LoadError, load
from articles.models import (
    SPINE,
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
from articles.references import Reference
from articles.rows import shown

COUNTS = {
    "Convention": 1,
    "ConferenceOfTheParties": 6,
    "Article": 35,
    "Provision": 104,
    "ExpectedContribution": 16,
    "Annex": 5,
    "AnnexAmendment": 4,
    "PhaseOut": 25,
    "Country": 249,
    "Party": 167,
    "NationalActionPlan": 16,
    "Decision": 34,
    "Term": 109,
}
MODELS = [
    Convention,
    ConferenceOfTheParties,
    Article,
    Provision,
    ExpectedContribution,
    Annex,
    AnnexAmendment,
    PhaseOut,
    Country,
    Party,
    NationalActionPlan,
    Decision,
    Term,
]


def test_every_record_of_the_files_is_loaded(convention):
    assert {model.__name__: model.objects.count() for model in MODELS} == COUNTS
    assert {name: count.created for name, count in convention.counts.items()} == COUNTS
    assert Article.objects.spine().count() == 12
    assert Article.objects.others().count() == 23
    assert Country.objects.parties().count() == 151
    assert Party.objects.filter(status=Party.Status.SIGNATORY).count() == 16
    assert Party.objects.filter(signed_on__isnull=False).count() == 128


def test_every_reference_of_the_provisions_belongs_to_its_article(convention):
    provisions = Provision.objects.order_by("article", "position")

    references = [Reference.parse(provision.paragraph) for provision in provisions]

    assert [r.article for r in references] == [p.article_id for p in provisions]
    assert references == sorted(references)


def test_entry_into_force_is_the_ninetieth_day_or_that_of_the_convention(convention):
    first = Convention.objects.get().in_force
    parties = Party.objects.filter(status=Party.Status.PARTY)

    late = [p for p in parties if p.in_force_on != first]

    assert {(p.in_force_on - p.consent_on).days for p in late} == {90}
    assert [p for p in parties if p.in_force_on < first] == []


def test_second_load_changes_nothing(convention):
    before = {model: list(model.objects.order_by("pk").values()) for model in MODELS}

    report = load()

    assert {name: count.unchanged for name, count in report.counts.items()} == COUNTS
    assert (report.created, report.changed, report.vanished) == (0, 0, [])
    assert {model: list(model.objects.order_by("pk").values()) for model in MODELS} == before


def test_a_changed_cell_changes_one_record(convention, spoilt):
    directory = spoilt("countries.csv", "Andorra,Andorre", "Principality of Andorra,Andorre")

    report = load(directory)

    assert (report.created, report.changed) == (0, 1)
    assert report.counts["Country"].changed == 1
    assert Country.objects.get(pk="AD").name_en == "Principality of Andorra"


def test_changed_articles_of_a_term_change_it(convention, spoilt):
    directory = spoilt(
        "glossary.csv",
        "\nBAT,best available techniques,abbreviation,8;9,",
        "\nBAT,best available techniques,abbreviation,5;8;9,",
    )

    report = load(directory)

    term = Term.objects.get(term="BAT")
    assert (report.created, report.changed) == (0, 1)
    assert [a.number for a in term.articles.order_by("number")] == [5, 8, 9]


def test_a_vanished_row_is_left_alone_and_listed(convention, spoilt):
    directory = spoilt("glossary.csv", "\namalgamation,", "\namalgamating,")

    report = load(directory)

    assert (report.created, report.changed) == (1, 0)
    assert report.vanished == ["Term: amalgamation"]
    assert "left alone, no longer in the files: Term: amalgamation" in str(report).splitlines()
    assert Term.objects.filter(term="amalgamation").exists()


def test_a_provision_can_be_put_in_the_middle(convention, spoilt):
    added = '"provisions": [{"paragraph": "12.9", "summary": "New.", "kind": "obligation", '
    start = DATA.joinpath("articles.json").read_text().split('"paragraph": "12.1"')[0]
    old = start[start.rindex('"provisions"') :] + '"paragraph": "12.1"'
    new = added + '"deadline": null},' + old.removeprefix('"provisions": [')
    assert old.startswith('"provisions": [')

    report = load(spoilt("articles.json", old, new))

    assert (report.created, report.changed) == (1, 4)
    numbers = Provision.objects.filter(article=12).order_by("position").values_list("paragraph")
    assert [n for (n,) in numbers] == ["12.9", "12.1", "12.2", "12.3", "12.4"]


def test_two_parties_can_swap_their_order_numbers(convention, tmp_path):
    shutil.copytree(DATA, tmp_path, dirs_exist_ok=True)
    first, second = Party.objects.filter(order_number__isnull=False).order_by("order_number")[:2]
    lines = (tmp_path / "parties.csv").read_text().split("\n")
    swap = {first.pk: (first, second), second.pk: (second, first)}
    for at, line in enumerate(lines):
        if line[:2] in swap:
            own, other = swap[line[:2]]
            lines[at] = line.replace(f",{own.order_number},", f",{other.order_number},", 1)
    (tmp_path / "parties.csv").write_text("\n".join(lines))

    report = load(tmp_path)

    assert report.changed == 2
    assert Party.objects.get(pk=first.pk).order_number == second.order_number
    assert Party.objects.get(pk=second.pk).order_number == first.order_number


def test_terms_with_the_same_slug_get_numbers_in_the_order_of_the_file(convention, spoilt):
    new = "\nAmalgamation!,,term,7,New.\nAmalgamation?,,term,7,New.\n"
    directory = spoilt("glossary.csv", "\nAPCD,", new + "APCD,")

    load(directory)

    terms = Term.objects.filter(term__istartswith="amalgamation").order_by("slug")
    assert [(t.slug, t.term) for t in terms] == [
        ("amalgamation", "amalgamation"),
        ("amalgamation-2", "Amalgamation!"),
        ("amalgamation-3", "Amalgamation?"),
    ]


def test_fault_in_the_project_is_named_from_its_root():
    assert shown(DATA / "parties.csv") == "articles/data/parties.csv"


def test_fault_in_the_last_file_leaves_everything_as_it_was(convention, spoilt):
    directory = spoilt("countries.csv", "Andorra,Andorre", "Principality of Andorra,Andorre")
    text = (directory / "glossary.csv").read_text()
    (directory / "glossary.csv").write_text(text + "zeal,,virtue,,Not of the field.\n")

    with pytest.raises(LoadError) as refusal:
        load(directory)

    assert (refusal.value.place, refusal.value.column) == ("line 111", "kind")
    assert Country.objects.get(pk="AD").name_en == "Andorra"
    assert Term.objects.count() == 109


@pytest.mark.django_db
def test_fault_in_the_last_file_leaves_an_empty_database_empty(spoilt):
    directory = spoilt("glossary.csv", "\naccession,,term,", "\naccession,,word,")
    Term.objects.all().delete()
    before = {model: model.objects.count() for model in MODELS}

    with pytest.raises(LoadError):
        load(directory)

    assert {model: model.objects.count() for model in MODELS} == before


def test_command_reports_what_it_did(convention):
    out = StringIO()

    call_command("load_articles", stdout=out)

    assert out.getvalue().splitlines() == [
        f"{name}: 0 created, 0 changed, {count} unchanged" for name, count in COUNTS.items()
    ]


def test_command_shows_the_fault(convention, spoilt):
    directory = spoilt("glossary.csv", "\naccession,,term,", "\naccession,,word,")

    with pytest.raises(CommandError) as refusal:
        call_command("load_articles", str(directory))

    assert str(refusal.value) == (
        f'{(directory / "glossary.csv").resolve()}, line 3, column "kind": '
        "“word” is not one of term, abbreviation, body, instrument."
    )


def test_spine_has_all_that_the_others_lack(convention):
    article, other = Article.objects.get(number=7), Article.objects.get(number=16)

    assert (article.number in SPINE, other.number in SPINE) == (True, False)
    assert (other.slug, other.title_en, other.summary) == ("health-aspects", "Health aspects", "")
    assert list(article.annexes.values_list("code", flat=True)) == ["C"]
