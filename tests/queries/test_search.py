"""Search: what people type, and what they find."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from registry import words
from registry.actions import activities, entries, guidance
from registry.models import Activity, Entry, Guidance
from registry.permissions import SYSTEM
from registry.queries import vocabulary
from registry.queries.fulltext import index_is_sound, matching, rebuild_index
from registry.queries.search import search, suggestion

pytestmark = pytest.mark.django_db

ALL = 2_000


@pytest.fixture(autouse=True)
def fresh_vocabulary():
    # Outside of tests, words are only ever added; here each test takes its own back.
    vocabulary._words.cache_clear()


def found(text, **options):
    return [(hit.noun, hit.key) for hit in search(text, limit=ALL, **options).hits]


def titles(text, **options):
    return ["".join(piece.text for piece in hit.title) for hit in search(text, **options).hits]


def create(title, **values):
    return guidance.create(
        values={"title": title, "kind": "report", "role": "guidance", **values}, by=SYSTEM
    )


# What people look for


def test_dental_amalgam_puts_documents_on_it_on_top(registry_data):
    everything = titles("dental amalgam", limit=5)
    documents = titles("dental amalgam", noun="guidance", limit=3)

    assert ["amalgam" in title.lower() for title in everything] == [True] * 5
    assert ["amalgam" in title.lower() for title in documents] == [True] * 3


def test_initial_assessment_of_a_country(registry_data):
    hits = found("Minamata initial assessment Gabon")

    assert hits[0][0] == "activity"
    assert hits[0][1].startswith("gef-9173-")


def test_an_article_by_its_name(registry_data):
    hits = found("artisanal and small-scale gold mining", noun="article")

    assert hits[0] == ("article", "7")


def test_a_partner_by_its_acronym(registry_data):
    assert found("UNITAR", noun="partner")[0] == ("partner", "unitar")


def test_a_reference_said_over_the_telephone(registry_data):
    activity = Activity.objects.order_by("number")[41]

    assert activity.reference == "A-0042-2"
    assert found("A-0042-2") == found("a-0042-2") == [("activity", activity.slug)]


@pytest.mark.slow
def test_every_reference_finds_its_activity_alone(registry_data):
    for slug, reference in Activity.objects.values_list("slug", "reference"):
        query = words.parse(reference)
        assert list(matching(query).values_list("key", flat=True)) == [slug]


@pytest.mark.parametrize("text", ["9173", "GEF 9173", "gef 9173"])
def test_a_gef_number(registry_data, text):
    activity = Activity.objects.get(gef_id="9173")

    assert found(text) == [("activity", activity.slug)]


# Languages, cases, accents, endings


@pytest.mark.slow
@pytest.mark.parametrize(
    "forms",
    [
        ["thermometer", "thermometers", "thermomètre", "Thermomètres", "THERMOMETRE"],
        ["evaluation", "évaluation", "ÉVALUATION", "e\u0301valuation"],
        ["mercury", "mercure", "mercurio", "ртуть", "ртути", "汞", "الزئبق", "زئبق"],
        ["Côte d'Ivoire", "cote d’ivoire", "COTE D IVOIRE"],
        ["Perú", "peru", "PERU"],
    ],
    ids=lambda forms: forms[0],
)
def test_forms_of_a_word_find_the_same_records(registry_data, forms):
    results = {form: sorted(found(form)) for form in forms}

    assert len(set(map(tuple, results.values()))) == 1
    assert results[forms[0]] != []


@pytest.mark.parametrize(
    ("text", "noun", "key"),
    [
        ("汞", "article", "10"),
        ("牙科汞合金", "term", "dental-amalgam"),
        ("الزئبق", "article", "10"),
        ("амальгама", "term", "dental-amalgam"),
        ("ртуть", "article", "10"),
        ("amalgama dental", "term", "dental-amalgam"),
        ("Кения", "country", "KE"),
        ("肯尼亚", "country", "KE"),
        ("كينيا", "country", "KE"),
    ],
)
def test_words_in_all_scripts_find_records(registry_data, text, noun, key):
    assert (noun, key) in found(text)


# Phrases, and what is left of a query where nothing holds all of it


def test_all_words_must_be_met(registry_data):
    both = set(found("retort gold"))

    assert both == set(found("retort")) & set(found("gold"))
    assert both != set()


def test_quoted_words_stand_together(registry_data):
    together = create("Blue heron retorts")
    apart = create("Heron retorts that are blue")

    loose, quoted = found("blue heron"), found('"blue heron"')

    assert set(loose) == {("guidance", together.slug), ("guidance", apart.slug)}
    assert quoted == [("guidance", together.slug)]
    assert found("“blue heron”") == found("«blue heron»") == quoted


def test_where_nothing_holds_all_words_some_will_do(registry_data):
    results = search("retort xyzzyplugh", limit=ALL)

    assert results.is_wider
    assert {(hit.noun, hit.key) for hit in results.hits} == set(found("retort"))


def test_where_nothing_holds_the_only_word_nothing_is_found(registry_data):
    results = search("xyzzyplugh")

    assert (results.total, results.hits, results.is_wider) == (0, [], False)


@pytest.mark.parametrize("text", ["", "   ", "?!", '""', "—", "\0"])
def test_no_words_find_nothing(registry_data, text):
    results = search(text)

    assert (results.total, results.by_noun, results.hits) == (0, {}, [])


# Spelling


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("retorte", "retort"),
        ("amalgum", "amalgam"),
        ("dental amalgum", "dental amalgam"),
        ("Minamta convention", "minamata convention"),
        ("inventry", "inventory"),
    ],
)
def test_slip_is_noticed(registry_data, typed, meant):
    assert suggestion(typed) == meant


@pytest.mark.parametrize(
    "text", ["retort", "dental amalgam", "thermomètre", "ртуть", "汞", "A-0042-2", "9173", "UNITAR"]
)
def test_right_words_are_left_alone(registry_data, text):
    assert suggestion(text) == ""


def test_word_of_a_new_record_is_known(registry_data):
    create("Quicksilverados of the Andes")

    assert suggestion("quicksilverads") == "quicksilverados"


# Text that looks like a query language


@pytest.mark.parametrize(
    "text",
    [
        '" OR *',
        "a & b | !c",
        "NEAR(",
        "'); DROP TABLE registry_entry; --",
        "title_stems : gold",
        "{title} : gold",
        "gold*",
        "^gold",
        "gold AND",
        "NOT gold",
        "OR",
        "-gold",
        "gold <-> mining",
        "gold:*",
        "\\' | gold",
        '"gold',
        'gold"',
        '""""',
        "%s %(x)s {}",
        "(((((((((",
        "gold\0mining",
        "a" * 5_000,
        "汞" * 500,
    ],
)
def test_query_language_is_only_words(registry_data, text):
    results = search(text)

    assert results.total == sum(results.by_noun.values())
    assert Entry.objects.count() > 1_000


@pytest.mark.slow
def test_operators_are_looked_for_like_words(registry_data):
    assert set(found("gold AND mining")) <= set(found("gold")) & set(found("mining"))
    assert set(found("gold*")) == set(found("gold"))
    assert set(found("!gold")) == set(found("gold"))


@given(st.text(max_size=60) | st.text(alphabet="\"'*()|&!:<->{}^+~\\ goldمز汞ė", max_size=40))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@pytest.mark.slow
def test_no_text_breaks_the_search(registry_data, text):
    results = search(text, limit=3)

    assert results.total == sum(results.by_noun.values())
    assert len(results.hits) == min(3, results.total)


# What is shown of a hit


def test_words_looked_for_are_marked(registry_data):
    hit = search("retorts", noun="guidance").hits[0]

    assert hit.key == "retort-guide"
    assert [(piece.text, piece.is_hit) for piece in hit.title] == [
        ("Retort", True),
        (" Guide", False),
    ]
    assert any(piece.is_hit for piece in hit.passage)


def test_pieces_make_up_the_title(registry_data):
    for hit in search("mercury", limit=100).hits:
        title = Entry.objects.get(noun=hit.noun, key=hit.key).title
        assert "".join(piece.text for piece in hit.title) == title


def test_numbers_by_noun_are_the_lengths_of_their_results(registry_data):
    results = search("gold", limit=ALL)

    assert results.total == len(results.hits) == sum(results.by_noun.values())
    for noun, n in results.by_noun.items():
        assert n == len(found("gold", noun=noun)) == search("gold", noun=noun).total


def test_pages_make_up_the_whole(registry_data):
    whole = found("gold")

    pages = [
        (hit.noun, hit.key)
        for offset in range(0, len(whole), 20)
        for hit in search("gold", offset=offset, limit=20).hits
    ]

    assert pages == whole
    assert len(set(whole)) == len(whole)


# The index and what it is made from


@pytest.mark.slow
def test_index_is_equal_to_the_entries(registry_data):
    assert index_is_sound()
    assert entries.differences() == []


def test_index_built_again_finds_the_same(registry_data):
    before = found("gold")

    rebuild_index()

    assert index_is_sound()
    assert found("gold") == before


def test_new_record_is_found_at_once(registry_data):
    document = create("Quicksilverado handbook", abstract="About zinnwaldite.")

    assert found("quicksilverado") == found("zinnwaldite") == [("guidance", document.slug)]


def test_changed_record_is_found_by_its_new_words_only(registry_data):
    document = create("Quicksilverado handbook")

    guidance.change(
        record=document, values={"title": "Zinnwaldite manual"}, version=document.version, by=SYSTEM
    )

    assert found("quicksilverado") == []
    assert found("zinnwaldite") == [("guidance", document.slug)]
    assert index_is_sound()


@pytest.mark.slow
def test_withdrawn_record_is_not_found(registry_data):
    document = Guidance.objects.get(slug="retort-guide")
    assert ("guidance", "retort-guide") in found("retort guide")

    guidance.withdraw(record=document, version=document.version, reason="A test.", by=SYSTEM)

    assert ("guidance", "retort-guide") not in found("retort guide")
    assert index_is_sound()
    assert entries.differences() == []


def test_withdrawn_activity_is_not_found_by_its_reference(registry_data):
    activity = Activity.objects.get(gef_id="9173")

    activities.withdraw(record=activity, version=activity.version, reason="A test.", by=SYSTEM)

    assert found(activity.reference) == []
    assert found("9173") == []


def test_restored_record_is_found_again(registry_data):
    document = create("Quicksilverado handbook")
    gone = guidance.withdraw(record=document, version=1, reason="A test.", by=SYSTEM)

    guidance.restore(record=gone, version=gone.version, by=SYSTEM)

    assert found("quicksilverado") == [("guidance", document.slug)]
