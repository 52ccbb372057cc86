"""Undoing a join puts all back as it was, or is refused in words."""

import datetime as dt
import json

import pytest
from django.apps import apps
from django.utils import timezone

from registry.actions import activities, entries, following, joins, memberships
from registry.errors import Refused
from registry.models import Activity, Entry, Join, Membership
from registry.permissions import SYSTEM
from tests import factories
from tests.actions.joined import join, people, scene

pytestmark = pytest.mark.django_db


_MOVING = {"version", "updated_at", "revision", "changed_at", "updated"}
_TRAIL = {"Event", "Counter", "Join", "Apart", "Word", "Notice"}


def _dump():
    """Every row of ours but for the trail, without what counts changes."""
    return {
        model.__name__: sorted(
            (json.dumps(_row(model, each), default=str) for each in model._base_manager.values()),
        )
        for model in apps.get_app_config("registry").get_models()
        if model.__name__ not in _TRAIL
    }


def _row(model, values):
    # Rows of a record are written anew, so their own numbers tell nothing.
    is_row = any(r.model is model for n in following.NOUNS.values() for r in n.shape.rows)
    left_out = _MOVING | ({"id"} if is_row else set())
    kept = {name: value for name, value in values.items() if name not in left_out}
    for name in ("body", "terms"):
        if model is Entry and kept[name]:
            kept[name] = _without_moving(json.loads(kept[name]))
    return kept


def _without_moving(value):
    if isinstance(value, dict):
        return {k: _without_moving(v) for k, v in value.items() if k not in _MOVING}
    return value


def test_undoing_puts_back_everything():
    kept, gone, _both, _withdrawn = scene()
    people(kept, gone)
    before = _dump()

    done = join(kept, gone, name="gone", acronym="gone", country="gone")
    assert _dump() != before
    joins.undo(join=done, by=SYSTEM)

    after = _dump()
    assert {name: rows for name, rows in after.items() if rows != before[name]} == {}
    assert entries.differences() == []
    assert joins.is_undoable(join=Join.objects.get(pk=done.pk), now=timezone.now()) is False


def test_undoing_puts_back_activities_and_documents():
    for kept, gone in (
        (factories.activity(countries=["KE"]), factories.activity(gef_id="998", countries=["GH"])),
        (factories.guidance(), factories.guidance(editions=[{"language": "fr", "url": ""}])),
    ):
        before = _dump()
        joins.undo(join=join(kept, gone), by=SYSTEM)
        assert _dump() == before


def test_undo_is_refused_where_what_followed_was_changed():
    kept, gone, both, _withdrawn = scene()
    done = join(kept, gone)
    both.refresh_from_db()
    activities.change(record=both, values={"participations": []}, version=both.version, by=SYSTEM)

    with pytest.raises(Refused, match=f"“{both.title}” was changed since"):
        joins.undo(join=done, by=SYSTEM)

    gone.refresh_from_db()
    assert gone.withdrawn_at is not None


def test_undo_leaves_what_was_changed_elsewhere():
    kept, gone = factories.activity(), factories.activity(countries=["GH"])
    done = join(kept, gone)
    kept.refresh_from_db()
    activities.change(record=kept, values={"summary": "New."}, version=kept.version, by=SYSTEM)

    joins.undo(join=done, by=SYSTEM)

    values = activities.SHAPE.read(Activity.objects.get(pk=kept.pk))
    assert (values["summary"], values["countries"]) == ("New.", [])


def test_undo_ends_after_thirty_days():
    done = join(factories.activity(), factories.activity())
    done.at -= dt.timedelta(days=30, minutes=1)
    done.save()

    with pytest.raises(Refused, match="30 days"):
        joins.undo(join=done, by=SYSTEM)


def test_undo_twice_and_out_of_order_is_refused():
    first, second, third = (factories.activity() for _ in range(3))
    inner, outer = join(second, first), join(third, second)

    with pytest.raises(Refused, match="itself joined"):
        joins.undo(join=inner, by=SYSTEM)
    joins.undo(join=outer, by=SYSTEM)
    joins.undo(join=inner, by=SYSTEM)
    with pytest.raises(Refused, match="undone already"):
        joins.undo(join=inner, by=SYSTEM)


def test_who_left_meanwhile_does_not_come_back_by_undoing():
    kept, gone = factories.partner(), factories.partner()
    ann, _ben = people(kept, gone)
    done = join(kept, gone)
    membership = Membership.objects.get(user=ann, partner=kept)
    Membership.objects.create(user=factories.editor(), partner=kept, role="focal-point")
    memberships.remove(membership=membership, by=SYSTEM)

    joins.undo(join=done, by=SYSTEM)

    assert list(Membership.objects.filter(user=ann)) == []
