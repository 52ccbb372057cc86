"""What no action accepts, and how it says so: by the name of the field."""

import pytest
from django.core.exceptions import ValidationError

from registry.actions import contributions, guidance, partners
from registry.models import Activity, Entry, Event, Partner
from registry.permissions import SYSTEM
from tests import factories
from tests.actions.nouns import CASES

pytestmark = pytest.mark.django_db
every_noun = pytest.mark.parametrize("case", CASES, ids=lambda case: case.noun)

TITLED = {
    "activity": "title",
    "area": "name",
    "contribution": "purpose",
    "guidance": "title",
    "meeting": "title",
    "partner": "name",
}
HALF = "\ud83d"


def _refused(make, **values):
    """The messages by field with which `make` refuses the values."""
    with pytest.raises(ValidationError) as refusal:
        make(**values)
    return refusal.value.message_dict


@every_noun
def test_unknown_fields_are_named(case):
    values = case.given(case.first()) | {"colour": "red", "pk": 1}

    with pytest.raises(ValidationError) as refusal:
        case.actions.create(values=values, by=SYSTEM)

    assert refusal.value.message_dict == {
        "colour": ["There is no field “colour”."],
        "pk": ["There is no field “pk”."],
    }


@every_noun
@pytest.mark.parametrize("bad", ["NUL \0", f"half {HALF}"], ids=["NUL", "surrogate"])
def test_text_that_no_database_holds_is_refused_by_field(case, bad):
    field = TITLED[case.noun]
    record, values = case.made()
    said = f"“{field}” holds a character that is no text (NUL or half a character)."

    with pytest.raises(ValidationError) as on_create:
        case.actions.create(values=values | {"slug": "new", field: bad}, by=SYSTEM)
    with pytest.raises(ValidationError) as on_change:
        case.actions.change(record=record, values={field: bad}, version=1, by=SYSTEM)

    assert on_create.value.message_dict == {field: [said]}
    assert on_change.value.message_dict == {field: [said]}
    assert Event.objects.about(case.noun, record.slug).count() == 1


@every_noun
def test_text_is_kept_in_one_form(case):
    field = TITLED[case.noun]
    values = case.given(case.first()) | {field: "  Cafe\u0301 – étude \n"}

    record = case.actions.create(values=values, by=SYSTEM)

    assert getattr(record, field) == "Café – étude"


@every_noun
def test_other_spelling_of_the_same_text_changes_nothing(case):
    field = TITLED[case.noun]
    values = case.given(case.first()) | {field: "Café"}
    record = case.actions.create(values=values, by=SYSTEM)

    same = case.actions.change(record=record, values={field: " Cafe\u0301 "}, version=1, by=SYSTEM)

    assert same.version == 1


@every_noun
def test_missing_text_is_named(case):
    field = TITLED[case.noun]
    record, _ = case.made()

    with pytest.raises(ValidationError) as refusal:
        case.actions.change(record=record, values={field: "  "}, version=1, by=SYSTEM)

    assert field in refusal.value.message_dict
    record.refresh_from_db()
    assert record.version == 1


def test_lines_end_in_one_form():
    activity = factories.activity(summary="One\r\ntwo\rthree\nfour")

    assert activity.summary == "One\ntwo\nthree\nfour"


@pytest.mark.parametrize(
    ("values", "problems"),
    [
        ({"kind": "party"}, ["kind"]),
        ({"level": ""}, ["level"]),
        ({"start": "March 2014"}, ["start"]),
        ({"start": "2014-02-30"}, ["start"]),
        ({"start": "2015", "end": "2014"}, ["__all__"]),
        ({"start": "2019-05", "end": "2019-04-30"}, ["end"]),
        ({"start": "2019-05-02", "end": "2019-05-01"}, ["end"]),
        ({"url": "not an address"}, ["url"]),
        ({"url": "javascript:alert(1)"}, ["url"]),
        ({"confirmed_on": "soon"}, ["confirmed_on"]),
        ({"confirm_every": "often"}, ["confirm_every"]),
        ({"title": "x" * 301}, ["title"]),
        ({"gef_id": "x" * 11}, ["gef_id"]),
        ({"participations": [{"partner": "nobody", "role": "lead"}]}, ["participations"]),
        ({"areas": ["nowhere"]}, ["areas"]),
        ({"areas": "asgm"}, ["areas"]),
        ({"areas": [{"area": "asgm", "since": 2014}]}, ["areas"]),
        ({"articles": [{"article": 99, "basis": "stated"}]}, ["articles"]),
        ({"articles": [{"article": "seven", "basis": "stated"}]}, ["articles"]),
        ({"articles": [{"article": 15, "basis": "stated"}]}, ["articles"]),
        ({"articles": [{"article": 7, "basis": "guessed"}]}, ["articles"]),
        ({"articles": [7]}, ["articles"]),
        ({"countries": ["XX"]}, ["countries"]),
        ({"regions": ["atlantis"]}, ["regions"]),
        ({"funding_lines": [{"amount": "0", "currency": "USD"}]}, ["funding_lines"]),
        ({"funding_lines": [{"amount": "a lot", "currency": "USD"}]}, ["funding_lines"]),
        ({"funding_lines": [{"currency": "USD"}]}, ["funding_lines"]),
        ({"funding_lines": [{"amount": "5"}]}, ["funding_lines"]),
        ({"links": [{"label": "\0", "url": "https://example.org/"}]}, ["links"]),
        ({"links": [{"label": "Page", "url": "example"}]}, ["links"]),
        ({"outputs": ["unwritten"]}, ["outputs"]),
        ({"title": "\0", "colour": 1, "regions": "x"}, ["colour", "regions", "title"]),
    ],
)
def test_activity_refused_by_field(values, problems):
    before = Activity.objects.count(), Entry.objects.count(), Event.objects.count()

    refused = _refused(factories.activity, **values)

    assert sorted(refused) == problems
    assert all(isinstance(message, str) for each in refused.values() for message in each)
    assert (Activity.objects.count(), Entry.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize(
    ("name", "rows", "said"),
    [
        ("areas", ["asgm", "asgm"], "“asgm” is given twice."),
        ("countries", ["KE", "GN", "KE"], "“KE” is given twice."),
        ("articles", [{"article": 7, "basis": "stated"}] * 2, "“7” is given twice."),
        (
            "articles",
            [{"article": 7, "basis": "stated"}, {"article": 7, "basis": "inferred"}],
            "“7” is given twice.",
        ),
        (
            "links",
            [{"label": name, "url": "https://example.org/"} for name in ("Page", "Report")],
            "“https://example.org/” is given twice.",
        ),
        (
            "participations",
            [{"partner": "unep", "role": "lead"}] * 2,
            "“unep, lead” is given twice.",
        ),
        (
            "funding_lines",
            [{"funder": None, "amount": "5", "currency": "USD"}] * 2,
            "“5.00, USD” is given twice.",
        ),
        ("regions", ["africa", " africa "], "“africa” is given twice."),
    ],
)
def test_row_given_twice_is_named(name, rows, said):
    assert _refused(factories.activity, **{name: rows}) == {name: [said]}


def test_edition_given_twice_in_a_language_is_named():
    rows = [{"language": "fr", "url": f"https://example.org/{n}"} for n in (1, 2)]

    assert _refused(factories.guidance, editions=rows) == {"editions": ["“fr” is given twice."]}


def test_priority_action_given_twice_is_named():
    rows = [{"title": "Count", "indicator": "", "source": page} for page in ("1", "2")]

    assert _refused(factories.area, priority_actions=rows) == {
        "priority_actions": ["“Count” is given twice."]
    }


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (factories.contribution, {"donor": "nobody"}),
        (factories.contribution, {"area": "nowhere"}),
        (factories.meeting, {"country": "XX"}),
        (factories.meeting, {"area": "nowhere"}),
        (factories.partner, {"country": "Kenya"}),
        (factories.partner, {"represented_by": "nobody", "standing": "represented"}),
        (factories.guidance, {"publishers": ["nobody"]}),
        (factories.guidance, {"relations": [{"other": "unwritten", "kind": "replaces"}]}),
        (factories.area, {"leads": ["nobody"]}),
        (factories.area, {"articles": [99]}),
    ],
)
def test_unknown_reference_is_named(make, values):
    name, wanted = next(iter(values.items()))
    code = wanted if isinstance(wanted, str) else str(wanted[0])
    code = "unwritten" if "unwritten" in code else code

    assert _refused(make, **values) == {name: [f"“{code}” is not known here."]}


@pytest.mark.parametrize("code", [["asgm"], {"slug": "asgm"}, 7, True])
def test_reference_that_is_no_code_is_refused(code):
    assert list(_refused(factories.meeting, area=code)) == ["area"]


@pytest.mark.parametrize("title", [["a"], {"a": 1}, 7, None, True])
def test_value_of_another_type_is_no_crash(title):
    try:
        activity = factories.activity(title=title)
    except ValidationError as refusal:
        assert list(refusal.message_dict) == ["title"]
    else:
        assert activity.title == str(title)


@pytest.mark.parametrize(
    ("action", "made", "values"),
    [
        (partners, factories.partner, {"type": ""}),
        (partners, factories.partner, {"evidence": ""}),
        (partners, factories.partner, {"represented_count": 5}),
        (partners, factories.partner, {"standing": "represented"}),
        (guidance, factories.guidance, {"year": 1899}),
        (contributions, factories.contribution, {"donor": None}),
        (contributions, factories.contribution, {"amount": "5"}),
        (contributions, factories.contribution, {"year": 2015, "year_end": 2014}),
    ],
)
def test_rule_between_values_is_refused_and_nothing_is_left(action, made, values):
    record = made()
    entry = Entry.objects.get(noun=record.noun, key=record.slug).body

    with pytest.raises(ValidationError):
        action.change(record=record, values=values, version=1, by=SYSTEM)

    record.refresh_from_db()
    assert record.version == 1
    assert Entry.objects.get(noun=record.noun, key=record.slug).body == entry
    assert Event.objects.about(record.noun, record.slug).count() == 1


def test_guidance_is_not_related_to_itself():
    document = factories.guidance()
    rows = [{"other": document.slug, "kind": "replaces"}]

    with pytest.raises(ValidationError) as refusal:
        guidance.change(record=document, values={"relations": rows}, version=1, by=SYSTEM)

    assert list(refusal.value.message_dict) == ["relations"]


def test_name_of_another_organisation_is_refused():
    name = Partner.objects.order_by("pk").first().name

    assert list(_refused(factories.partner, name=name)) == ["name"]


def test_gef_number_of_another_activity_is_refused():
    factories.activity(gef_id="T-1")

    assert list(_refused(factories.activity, gef_id="T-1")) == ["gef_id"]


@pytest.mark.parametrize("end", ["2018", "2019-04", "2019-05-06"])
def test_meeting_does_not_end_before_it_starts(end):
    refused = _refused(factories.meeting, start="2019-05-07", end=end)

    assert refused == {"end": [f"“{end}” lies before the start, “2019-05-07”."]}


@pytest.mark.parametrize("make", [factories.meeting, factories.activity])
@pytest.mark.parametrize("end", ["", "2019", "2019-05", "2019-05-07", "2020"])
def test_end_that_may_be_after_the_start_is_accepted(make, end):
    record = make(start="2019-05-07", end=end)

    assert (record.start, record.end) == ("2019-05-07", end)


def test_taken_address_is_refused():
    activity = factories.activity()

    assert list(_refused(factories.activity, slug=activity.slug)) == ["slug"]


@pytest.mark.parametrize("slug", ["with space", "with/slash", "../up", "x" * 101, "é"])
def test_address_holds_only_what_addresses_may(slug):
    assert list(_refused(factories.activity, slug=slug)) == ["slug"]


def test_time_zone_of_a_day_is_none():
    values = {"confirmed_on": "2015-02-28T10:00:00Z"}

    assert list(_refused(factories.activity, **values)) == ["confirmed_on"]


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "1e999999999", "1" * 14, "-1e15"])
def test_amount_beyond_all_reason_is_refused(amount):
    given = {"amount": amount, "currency": "USD"}

    assert list(_refused(factories.contribution, **given)) == ["amount"]
    assert list(_refused(factories.activity, funding_lines=[given])) == ["funding_lines"]


def test_blank_is_nothing_where_text_is_none():
    activity = factories.activity(confirmed_on="", confirm_every="", summary=None)
    meeting = factories.meeting(country="", area="")

    assert (activity.confirmed_on, activity.confirm_every, activity.summary) == (None, None, "")
    assert (meeting.country, meeting.area) == (None, None)


@pytest.mark.parametrize(
    ("given", "kept"), [("5", "5.00"), (5, "5.00"), (0.1, "0.10"), ("1E3", "1000.00")]
)
def test_amount_is_kept_with_two_decimals(given, kept):
    contribution = factories.contribution(amount=given, currency="USD")

    assert contributions.SHAPE.read(contribution)["amount"] == kept


REQUIRED = {
    "activity": ["kind", "level", "title"],
    "area": ["description", "name", "number", "objective", "short_name", "slug"],
    "contribution": ["donor", "purpose"],
    "guidance": ["kind", "role", "title"],
    "meeting": ["kind", "start", "title"],
    "partner": ["name", "standing"],
}


@every_noun
def test_everything_missing_is_named_at_once(case):
    refused = _refused(case.actions.create, values={}, by=SYSTEM)

    assert sorted(refused) == REQUIRED[case.noun]


def test_what_is_computed_cannot_be_given():
    computed = {"number": 1, "reference": "A-1", "status": "ongoing", "version": 7}

    refused = _refused(factories.activity, **computed)

    assert refused == {name: [f"There is no field “{name}”."] for name in computed}
