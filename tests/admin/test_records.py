"""Every noun in the administration: added, changed, and held to its values."""

import pytest

from registry.actions import (
    activities,
    areas,
    contributions,
    guidance,
    meetings,
    partners,
)
from registry.models import (
    Activity,
    Area,
    Contribution,
    Entry,
    Event,
    Guidance,
    Meeting,
    Partner,
)
from tests.admin.pages import address, list_of, row, typed

NOUNS = {
    Activity: activities,
    Area: areas,
    Contribution: contributions,
    Guidance: guidance,
    Meeting: meetings,
    Partner: partners,
}


def _stored(record):
    return type(record).objects.get(pk=record.pk)


def _body(record):
    return Entry.objects.get(noun=record.noun, key=record.slug).body


@pytest.mark.parametrize("model", NOUNS)
def test_form_and_rows_hold_the_values_of_the_noun(as_administrator, model):
    page = as_administrator.get(list_of(model, "add"))
    formsets = [inline.formset for inline in page.context["inline_admin_formsets"]]
    names = {*page.context["adminform"].form.fields, *(each.name for each in formsets)}
    assert names == NOUNS[model].SHAPE.names | {"version"}
    columns = {rows.name: rows.columns for rows in NOUNS[model].SHAPE.rows}
    assert all(each.columns == columns[each.name] for each in formsets)


def test_partner_added_and_changed(as_editor, book, area):
    data = typed(as_editor.get(list_of(Partner, "add")))
    data |= {"name": "Institut de l’eau", "standing": "named", "areas": [area.pk], "country": "CI"}
    row(data, "other_names", name="Water Institute")
    as_editor.post(list_of(Partner, "add"), data)
    partner = Partner.objects.get(name="Institut de l’eau")
    values = partners.SHAPE.read(partner)
    assert (values["slug"], values["country"]) == ("institut-de-leau", "CI")
    assert (values["other_names"], values["areas"]) == (["Water Institute"], [area.slug])
    data = typed(as_editor.get(address(partner))) | {"acronym": "IDE", "standing": "partner"}
    page = as_editor.post(address(partner), data)
    assert page.status_code == 200 and page.context["errors"]
    as_editor.post(address(partner), data | {"type": "academia", "evidence": "listed"})
    assert partners.SHAPE.read(_stored(partner)) == values | {
        "acronym": "IDE",
        "standing": "partner",
        "type": "academia",
        "evidence": "listed",
    }
    assert '"acronym":"IDE"' in _body(partner)
    assert Event.objects.about("partner", partner.slug).count() == 2


def test_guidance_added_and_changed(as_editor, book, area, partner, document):
    data = typed(as_editor.get(list_of(Guidance, "add")))
    data |= {"title": "Retorts, second edition", "kind": "guideline", "role": "guidance"}
    data |= {"year": "2022", "areas": [area.pk]}
    row(data, "publishers", partner=partner.pk)
    row(data, "articles", article=7, basis="stated")
    row(data, "editions", language="fr", url="https://example.org/fr")
    row(data, "relations", other=document.pk, kind="replaces")
    as_editor.post(list_of(Guidance, "add"), data)
    made = Guidance.objects.get(title="Retorts, second edition")
    values = guidance.SHAPE.read(made)
    assert values["publishers"] == [partner.slug]
    assert values["articles"] == [{"article": 7, "basis": "stated"}]
    assert values["editions"] == [{"language": "fr", "url": "https://example.org/fr"}]
    assert values["relations"] == [{"other": document.slug, "kind": "replaces"}]
    data = typed(as_editor.get(address(made))) | {"year": "1066"}
    assert (
        "A year lies between 1900 and 2100." in as_editor.post(address(made), data).content.decode()
    )
    as_editor.post(address(made), data | {"year": "2023", "editions-0-language": "es"})
    assert guidance.SHAPE.read(made)["editions"] == [
        {"language": "es", "url": "https://example.org/fr"}
    ]
    assert '"year":2023' in _body(made)


def test_meeting_added_and_changed(as_editor, book, area):
    data = typed(as_editor.get(list_of(Meeting, "add")))
    data |= {"title": "Gold forum", "kind": "forum", "start": "2019-05", "country": "KE"}
    as_editor.post(list_of(Meeting, "add"), data | {"area": area.pk})
    meeting = Meeting.objects.get(title="Gold forum")
    data = typed(as_editor.get(address(meeting))) | {"start": ""}
    page = as_editor.post(address(meeting), data)
    assert page.context["adminform"].form.errors["start"]
    as_editor.post(address(meeting), data | {"start": "2019-05-14", "place": "Kisumu"})
    values = meetings.SHAPE.read(_stored(meeting))
    assert (values["start"], values["place"], values["area"]) == ("2019-05-14", "Kisumu", area.slug)
    assert '"place":"Kisumu"' in _body(meeting)


def test_contribution_added_and_changed(as_editor, partner):
    data = typed(as_editor.get(list_of(Contribution, "add")))
    data |= {"donor": partner.pk, "purpose": "For the secretariat", "amount": "12000"}
    page = as_editor.post(list_of(Contribution, "add"), data)
    assert "given together, or neither" in page.content.decode()
    as_editor.post(list_of(Contribution, "add"), data | {"currency": "EUR", "kind": "cash"})
    given = Contribution.objects.get(purpose="For the secretariat")
    data = typed(as_editor.get(address(given))) | {"year": "2018", "amount": "12500"}
    as_editor.post(address(given), data)
    values = contributions.SHAPE.read(_stored(given))
    assert (values["amount"], values["year"], values["donor"]) == ("12500.00", 2018, partner.slug)
    assert '"amount":"12500.00"' in _body(given)


def test_area_added_and_changed(as_administrator, partner):
    data = typed(as_administrator.get(list_of(Area, "add")))
    data |= {"number": "92", "name": "Dental amalgam, for the tests", "short_name": "Dental"}
    data |= {"description": "Teeth.", "objective": "Fewer fillings.", "articles": ["4"]}
    page = as_administrator.post(list_of(Area, "add"), data)
    assert page.context["adminform"].form.errors["slug"]
    row(data, "leads", partner=partner.pk)
    row(data, "priority_actions", title="Teach", source="Business plan")
    as_administrator.post(list_of(Area, "add"), data | {"slug": "dental-tests"})
    area = Area.objects.get(slug="dental-tests")
    values = areas.SHAPE.read(area)
    assert (values["leads"], values["articles"]) == ([partner.slug], [4])
    assert values["priority_actions"][0]["title"] == "Teach"
    data = typed(as_administrator.get(address(area))) | {"articles": ["4", "7"]}
    as_administrator.post(address(area), data)
    assert areas.SHAPE.read(area)["articles"] == [4, 7]
    event = Event.objects.about("area", "dental-tests").first()
    assert (event.before["articles"], event.after["articles"]) == ([4], [4, 7])


def test_other_records_show_the_new_name(as_editor, activity, partner):
    data = typed(as_editor.get(address(partner))) | {"name": "Centre for Cleaner Gold"}
    as_editor.post(address(partner), data)
    assert "Centre for Cleaner Gold" in _body(activity)


@pytest.mark.parametrize("model", NOUNS)
def test_real_record_saved_as_it_is_changes_nothing(as_administrator, registry_data, model):
    events = Event.objects.count()
    for record in model.objects.order_by("-pk")[:3]:
        data = typed(as_administrator.get(address(record)))
        assert as_administrator.post(address(record), data).status_code == 302
    assert Event.objects.count() == events
