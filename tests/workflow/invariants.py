"""What holds after each step, over the database and over what the public reads."""

from functools import cache

from django.urls import Resolver404, resolve

from registry.models import Entry
from registry.queries import bodies, changes
from registry.queries.articles import listing
from registry.queries.representation import read_body
from tests.workflow.model import FOCAL, Proposed, Registry
from tests.workflow.now import Now, Seen, said_publicly, trace_of, words_in

__all__ = ["Seen", "hold"]


def hold(model: Registry, seen: Seen, *, is_end: bool = False) -> None:
    """All of them; where a step left no trace at all, they held before it."""
    trace = trace_of(model)
    if trace == seen.trace and not is_end:
        return
    seen.trace, now = trace, Now(model, seen, is_end=is_end)
    for invariant in ALL:
        invariant(now)
    seen.trail, seen.revision, seen.entries = now.trail, now.revision, now.by_key
    seen.published |= words_in(record.values for record in model.records)


def public_set_is_what_was_accepted(now: Now) -> None:
    """I1 public set = exactly the published versions."""
    if not now.fresh:
        return
    records = [record for record in now.model.records if now.entry(record) or record.version > 1]
    assert {(e.noun, e.key) for e in now.entries} == {(r.noun, r.key) for r in records}
    assert Entry.objects.count() == now.start.entries + len(now.model.records) - len(
        now.seen.scene.records
    )
    for record in records:
        entry = now.entry(record)
        assert (entry.withdrawn_at is not None) == record.is_withdrawn
        if record.is_withdrawn:
            assert entry.body == entry.title == entry.terms == ""
            continue
        body = read_body(entry.body)
        said = said_publicly(record.noun, body)
        assert said == {name: record.values.get(name) for name in said}
        assert body["version"] == record.version


def no_word_is_public_that_was_not_accepted(now: Now) -> None:
    """I2 no public surface contains a canary of an unpublished version."""
    # An address is made of the first title, and stays.
    public = [record for record in now.model.records if not record.is_withdrawn]
    shown = [record.values | {"key": record.key} for record in public]
    in_entries = words_in(vars(entry) for entry in now.entries if not entry.withdrawn_at)
    assert in_entries <= words_in(shown)
    # Words that stood in an accepted record once are kept for spelling suggestions.
    assert now.words <= words_in(shown) | now.seen.published


def whoever_approves_has_no_part_in_it(now: Now) -> None:
    """I3 every public version was approved by someone who is neither author nor of that partner."""
    for event in now.trail[len(now.seen.trail) :]:
        _pk, actor, verb, noun, key, *_rest = event
        if (verb, noun) != ("approve", "submission"):
            continue
        wrote = {e[1] for e in now.trail if e[4] == key and e[2] in ("start", "save")}
        partner = now.submissions[key].partner
        assert actor not in wrote
        assert actor not in now.roles[partner.slug]


def trail_is_whole(now: Now) -> None:
    """I4 history append-only, gapless, last entry = current state."""
    before = now.seen.trail
    assert now.trail[: len(before)] == before
    assert [(actor, verb, noun) for _pk, actor, verb, noun, *_ in now.trail] == now.model.trail
    revisions = [event[6] for event in now.trail if event[6] is not None]
    assert revisions == list(range(now.start.revision + 1, now.revision + 1))
    about: dict[tuple[str, str], list[tuple]] = {}
    for event in now.trail:
        if event[6] is not None:
            about.setdefault((event[3], event[4]), []).append(event)
    for record in now.model.records:
        its = about.get((record.noun, record.key), [])
        versions = [event[5] for event in its]
        assert versions == list(range(record.version - len(its) + 1, record.version + 1))
        if its:
            _holds_together(its, record.values)


def _holds_together(its: list[tuple], values: dict) -> None:
    """Each event begins where the last one ended, and the last one ends with what is there."""
    for last, event in zip(its, its[1:], strict=False):
        known = last[8] if last[8] is not None else last[7]
        assert known == (event[7] if event[7] is not None else event[8])
    stored = its[-1][8] if its[-1][8] is not None else its[-1][7]
    assert {name: stored[name] for name in values} == values


def totals_are_lists(now: Now) -> None:
    """I5 totals = lists = exports = API = feed."""
    if not now.fresh:
        return
    feed = changes.since(now.start.revision, limit=1000).changes
    assert {(c.noun, c.key, c.is_withdrawn) for c in feed} == {
        (e.noun, e.key, e.withdrawn_at is not None) for e in now.entries
    }
    for noun, name in (("activity", "partner"), ("guidance", "publisher")):
        partner = now.model.partners[0]
        asked = listing(noun, **{name: partner.slug})
        wanted = {
            record.key
            for record in now.model.records
            if record.noun == noun and record.belongs_to(partner) and not record.is_withdrawn
        }
        everything = [body["slug"] for body in asked.everything()]
        assert asked.count() == len(everything) == len(list(asked.stored()))
        assert set(everything) == wanted


def partners_keep_a_focal_point(now: Now) -> None:
    """I6 each owner partner exists and has ≥ 1 focal point or is flagged."""
    for partner in now.model.partners:
        its = now.roles[partner.slug]
        assert its == {person.name: role for person, role in partner.roles.items()}
        assert FOCAL in its.values()


def each_is_told_once(now: Now) -> None:
    """I7 mails sent = transitions × recipients, once."""
    told = [(notice.kind, now.names[notice.recipient_id]) for notice in now.notices]
    assert sorted(told) == sorted(now.model.mails)
    assert len({(notice.once, notice.address.lower()) for notice in now.notices}) == len(told)
    assert {notice.state for notice in now.notices} <= {"queued"}


def entries_are_of_one_piece(now: Now) -> None:
    """I8 a reader never sees half a revision."""
    for noun in {entry.noun for entry in now.fresh}:
        fresh = {entry.key: entry for entry in now.fresh if entry.noun == noun}
        for built in bodies.build(noun, list(fresh)):
            stored = fresh.pop(built.key)
            assert stored.body == ("" if built.withdrawn_at else built.json)
            assert stored.revision <= now.revision
        assert fresh == {}


def every_reference_resolves(now: Now) -> None:
    """I9 every stored reference resolves."""
    named = {(entry.noun, entry.key) for entry in now.entries}
    for entry in now.fresh:
        body = read_body(entry.body) if entry.body else {}
        for part, noun in _POINTS:
            named |= {(noun, each["slug"]) for each in body.get(part, ())}
    named |= {(each.noun, each.key) for each in now.submissions.values() if each.key}
    named -= now.seen.there
    if named:
        there = Entry.objects.filter(key__in={key for _noun, key in named})
        assert named <= set(there.values_list("noun", "key"))
        now.seen.there |= named
    areas = [area.slug for area in now.seen.scene.areas]
    touching = {(t.reference, a) for t in now.model.things for a in areas if t.touches(a)}
    assert now.touched == touching
    for link in {notice.words["link"] for notice in now.notices}:
        assert _is_there(link)


_POINTS = (("areas", "area"), ("partners", "partner"), ("publishers", "partner"))


@cache
def _is_there(link: str) -> bool:
    try:
        return bool(resolve("/" + link.split("/", 3)[3]))
    except Resolver404:
        return False


def statuses_are_those_of_the_model(now: Now) -> None:
    """I10 model status = reference model status."""
    assert list(now.submissions) == [thing.reference for thing in now.model.things]
    said: dict[str, list[tuple]] = {}
    for reference, kind, author, version in now.remarks:
        said.setdefault(reference, []).append((kind, now.names[author], version))
    for thing in now.model.things:
        stored = now.submissions[thing.reference]
        assert _stored(stored, now) == _modelled(thing)
        assert {name: stored.base[name] for name in thing.base} == thing.base
        remarks = [(kind, author.name, version) for kind, author, version in thing.remarks]
        assert said.get(thing.reference, []) == remarks
        assert now.files.get(thing.reference, 0) == len(thing.files)


def _stored(stored, now: Now) -> dict:
    return {
        "kind": (stored.kind, stored.noun, stored.key),
        "status": stored.status,
        "version": (stored.version, stored.submitted_version, stored.base_version),
        "values": stored.values,
        "partner": stored.partner.slug if stored.partner else None,
        "author": now.names[stored.author_id],
        "holder": now.names.get(stored.claimed_by_id),
        "decided by": now.names.get(stored.decided_by_id),
    }


def _modelled(thing: Proposed) -> dict:
    return {
        "kind": (thing.kind, thing.noun, thing.record.key if thing.record else ""),
        "status": thing.status,
        "version": (thing.version, thing.handed_in, thing.base_version),
        "values": thing.values,
        "partner": thing.partner.slug if thing.partner else None,
        "author": thing.author.name,
        "holder": thing.holder.name if thing.holder else None,
        "decided by": thing.decided_by.name if thing.decided_by else None,
    }


ALL = (
    public_set_is_what_was_accepted,
    no_word_is_public_that_was_not_accepted,
    whoever_approves_has_no_part_in_it,
    trail_is_whole,
    totals_are_lists,
    partners_keep_a_focal_point,
    each_is_told_once,
    entries_are_of_one_piece,
    every_reference_resolves,
    statuses_are_those_of_the_model,
)
