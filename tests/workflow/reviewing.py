"""What should come of the reviewers' steps: taking on, talking, advising, deciding."""

from tests.workflow import nouns
from tests.workflow.model import (
    FOCAL,
    INVALID,
    REFUSED,
    STALE,
    Organisation,
    Person,
    Proposed,
    Published,
    Registry,
    deciders,
    is_independent,
    may_review,
    may_see,
    may_write,
    need,
    owners,
    role_of,
)
from tests.workflow.nouns import Values
from tests.workflow.writing import moved, need_publishable


def claim(registry: Registry, by: Person, thing: Proposed) -> None:
    """Take it on."""
    need(may_review(by, thing))
    need(thing.status == "submitted", REFUSED)
    need(is_independent(by, thing))
    need(thing.holder in (None, by), REFUSED)
    _hand(registry, by, thing, by)


def hand_over(registry: Registry, by: Person, thing: Proposed, to: Person | None) -> None:
    """Give it to another, or to everybody."""
    need(may_review(by, thing))
    need(thing.holder is by or by.decides)
    need(to is None or (may_review(to, thing) and is_independent(to, thing)), REFUSED)
    _hand(registry, by, thing, to)


def _hand(registry: Registry, by: Person, thing: Proposed, to: Person | None) -> None:
    if thing.holder is not to:
        thing.holder = to
        registry.leave(by, "hand over")


def comment(registry: Registry, by: Person, thing: Proposed, text: str) -> None:
    """Say something to the other side."""
    need(may_write(by, thing) or may_review(by, thing))
    need(bool(text), INVALID)
    _remark(registry, by, thing, "comment")
    is_theirs = by in owners(thing) or role_of(by, thing) is not None or by is thing.author
    registry.tell("comment_added", deciders(registry, thing) if is_theirs else owners(thing))


def note(registry: Registry, by: Person, thing: Proposed, text: str) -> None:
    """Say something among reviewers."""
    need(may_review(by, thing))
    need(thing.partner is None or by not in thing.partner.roles)
    need(bool(text), INVALID)
    _remark(registry, by, thing, "note")


def recommend(registry: Registry, by: Person, thing: Proposed, advice: str) -> None:
    """Advise what to decide."""
    need(may_review(by, thing))
    need(is_independent(by, thing))
    need(thing.status == "submitted", REFUSED)
    need(advice != "perhaps", INVALID)
    _remark(registry, by, thing, "recommendation")
    told = [p for p in deciders(registry, thing) if p.decides and p is not by]
    registry.tell("recommended", told)


def _remark(registry: Registry, by: Person, thing: Proposed, kind: str) -> None:
    thing.remarks.append((kind, by, thing.version))
    registry.leave(by, kind)


def _need_decidable(by: Person, thing: Proposed, version: int) -> None:
    need(by.decides)
    need(is_independent(by, thing))
    need(version == thing.version, STALE)
    need(thing.status == "submitted", REFUSED)


def ask_changes(registry: Registry, by: Person, thing: Proposed, text: str, version: int) -> None:
    """Give it back, saying why."""
    _need_decidable(by, thing, version)
    need(bool(text), INVALID)
    _remark(registry, by, thing, "reason")
    thing.status = "changes-requested"
    moved(registry, by, thing, "ask changes")
    registry.tell("changes_asked", owners(thing))


def decline(registry: Registry, by: Person, thing: Proposed, text: str, version: int) -> None:
    """No, and why."""
    _need_decidable(by, thing, version)
    need(bool(text), INVALID)
    _remark(registry, by, thing, "reason")
    thing.status, thing.decided_by = "declined", by
    moved(registry, by, thing, "decline")
    registry.tell("submission_declined", owners(thing))


def approve(registry: Registry, by: Person, thing: Proposed, version: int) -> None:
    """Yes: what it says is public from now on."""
    _need_decidable(by, thing, version)
    need_publishable(registry, thing)
    if thing.record is not None:
        _change(registry, by, thing)
    else:
        _create(registry, by, thing)
    thing.status, thing.decided_by = "approved", by
    moved(registry, by, thing, "approve")
    registry.tell("submission_approved", owners(thing))


def overtaken(thing: Proposed) -> Values:
    """What it proposes in fields in which the record no longer says what it said then."""
    record = thing.record
    if thing.kind == "create" or record.version == thing.base_version:
        return {}
    said = thing.values.items()
    return {name: value for name, value in said if record.values.get(name) != thing.base.get(name)}


def _change(registry: Registry, by: Person, thing: Proposed) -> None:
    record = thing.record
    need(not overtaken(thing), STALE)
    is_confirmed = record.noun == "activity" and not record.confirmed
    if is_confirmed or record.values | thing.values != record.values:
        record.values |= thing.values
        record.version += 1
        record.confirmed = record.noun == "activity"
        registry.leave(by, "accept", record.noun)


def _create(registry: Registry, by: Person, thing: Proposed) -> None:
    # Its address is made by the registry, and told to the model once it is there.
    values = nouns.BLANK[thing.noun] | thing.values
    record = Published(thing.noun, "", values, confirmed=thing.noun == "activity")
    registry.records.append(record)
    thing.record = record
    registry.leave(by, "accept", thing.noun)
    if thing.partner is None:
        thing.partner = Organisation("", {thing.author: FOCAL})
        registry.partners.append(thing.partner)
        registry.leave(by, "join", "membership")


def seen(registry: Registry, by: Person) -> list[Proposed]:
    """Every submission that a person may see."""
    return [thing for thing in registry.things if may_see(by, thing)]
