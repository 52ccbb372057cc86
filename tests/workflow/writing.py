"""What should come of the partner's steps: drafts, changes, joining, handing in, taking back."""

from tests.workflow import nouns
from tests.workflow.model import (
    CONTRIBUTOR,
    FOCAL,
    INVALID,
    OPEN,
    REFUSED,
    STALE,
    WRITABLE,
    No,
    Organisation,
    Person,
    Proposed,
    Published,
    Registry,
    deciders,
    may_see,
    may_write,
    need,
)
from tests.workflow.nouns import Values


def _opened(registry: Registry, by: Person, ticket: int, thing: Proposed) -> Proposed:
    registry.things.append(thing)
    registry.tickets[by, ticket] = thing
    thing.writers.add(by)
    thing.settle()
    registry.leave(by, "start")
    return thing


def start(
    registry: Registry,
    by: Person,
    noun: str,
    partner: Organisation | None,
    ticket: int,
    values: Values,
) -> Proposed:
    """Open a draft of a new record."""
    need(partner is not None or noun == "partner")
    if partner is not None:
        need(by.decides or by in partner.roles)
        need(noun != "partner", REFUSED)
    if found := registry.tickets.get((by, ticket)):
        return found
    thing = Proposed("create", noun, partner, by, dict(values))
    return _opened(registry, by, ticket, thing)


def _open_change(
    registry: Registry, by: Person, ticket: int, thing: Proposed, record: Published
) -> Proposed:
    need(not record.is_withdrawn, REFUSED)
    if found := registry.tickets.get((by, ticket)):
        return found
    for each in registry.things:
        is_same = (each.kind, each.partner, each.record) == (thing.kind, thing.partner, record)
        if is_same and each.status in OPEN:
            return each
    thing.start_from(record)
    return _opened(registry, by, ticket, thing)


def revise(
    registry: Registry, by: Person, record: Published, partner: Organisation, ticket: int
) -> Proposed:
    """Open a change of a published record of the partner's own."""
    known = (FOCAL,) if record.noun == "partner" else (FOCAL, CONTRIBUTOR)
    need(by.decides or partner.roles.get(by) in known)
    need(by.decides or record.belongs_to(partner))
    thing = Proposed("change", record.noun, partner, by, {})
    return _open_change(registry, by, ticket, thing, record)


def join(
    registry: Registry, by: Person, record: Published, partner: Organisation, role: str, ticket: int
) -> Proposed:
    """Propose that the partner takes part in an activity."""
    need(by.decides or by in partner.roles)
    stored, row = record.values["participations"], {"partner": partner.slug, "role": role}
    need(row not in stored, REFUSED)
    thing = Proposed("join", "activity", partner, by, {"participations": [*stored, row]})
    return _open_change(registry, by, ticket, thing, record)


def save(registry: Registry, by: Person, thing: Proposed, values: Values, version: int) -> None:
    """Keep what is typed."""
    need(may_write(by, thing))
    if unknown := values.keys() & {"slug"}:
        raise No(INVALID, unknown)
    need(version == thing.version, STALE)
    need(thing.kind != "join" or values.keys() <= {"participations"}, REFUSED)
    need(_is_writable(by, thing), REFUSED)
    settled = nouns.settled(thing.values | values, thing.base)
    if settled == thing.values:
        return
    thing.values = settled
    thing.version += 1
    thing.writers.add(by)
    thing.settle()
    registry.leave(by, "save")


def _is_writable(by: Person, thing: Proposed) -> bool:
    return thing.status in WRITABLE or (thing.status == "submitted" and by.decides)


def rebase(registry: Registry, by: Person, thing: Proposed, version: int) -> None:
    """Start from the record as it stands now."""
    need(may_write(by, thing))
    need(version == thing.version, STALE)
    need(_is_writable(by, thing), REFUSED)
    need(thing.kind != "create", REFUSED)
    before = thing.base.get("participations", [])
    added = [row for row in thing.values.get("participations", []) if row not in before]
    thing.start_from(thing.record)
    if thing.kind == "join":
        stored = thing.base["participations"]
        thing.values["participations"] = stored + [row for row in added if row not in stored]
    thing.version += 1
    thing.settle()
    registry.leave(by, "rebase")


def attach(registry: Registry, by: Person, thing: Proposed, content: bytes) -> None:
    """Keep a file with it."""
    need(may_write(by, thing))
    need(_is_writable(by, thing), REFUSED)
    if content not in thing.files:
        thing.files.append(content)
        registry.leave(by, "attach")


def detach(registry: Registry, by: Person, thing: Proposed, content: bytes) -> None:
    """Take a file away from it."""
    need(may_write(by, thing))
    need(_is_writable(by, thing), REFUSED)
    thing.files.remove(content)
    registry.leave(by, "remove file")


def submit(registry: Registry, by: Person, thing: Proposed, version: int) -> None:
    """Hand it in."""
    need(may_write(by, thing))
    if thing.status == "submitted" and thing.handed_in == version:
        return
    need(version == thing.version, STALE)
    need(thing.status in WRITABLE, REFUSED)
    need(thing.kind == "create" or bool(thing.values), INVALID)
    need_publishable(registry, thing)
    thing.handed_in, thing.status = version, "submitted"
    moved(registry, by, thing, "submit")
    is_theirs = may_see(thing.author, thing)
    registry.tell("submission_received", [thing.author if is_theirs else by])
    registry.tell("submission_arrived", deciders(registry, thing))


def need_publishable(registry: Registry, thing: Proposed) -> None:
    """Raise No with everything that is wrong, or because the record is withdrawn."""
    if found := nouns.problems(thing.kind, thing.noun, thing.values, thing.base):
        raise No(INVALID, found)
    # Whether it is withdrawn the database is asked before what it would say to the values.
    need(not (thing.record and thing.record.is_withdrawn), REFUSED)
    name = thing.values.get("name") if thing.noun == "partner" else None
    if name and registry.taken(name, thing.record):
        raise No(INVALID, {"name"})


def withdraw(registry: Registry, by: Person, thing: Proposed, version: int) -> None:
    """Take it back."""
    need(may_write(by, thing))
    if thing.status == "withdrawn":
        return
    need(version == thing.version, STALE)
    need(thing.status in OPEN, REFUSED)
    thing.status = "withdrawn"
    moved(registry, by, thing, "withdraw")
    if thing.handed_in is not None:
        registry.tell("submission_withdrawn", deciders(registry, thing))


def moved(registry: Registry, by: Person, thing: Proposed, verb: str) -> None:
    """One step further, which is recorded."""
    thing.version += 1
    thing.history[thing.version] = thing.said
    registry.leave(by, verb)


def discard(registry: Registry, by: Person, thing: Proposed, version: int) -> None:
    """Throw it away, if it was never handed in."""
    need(may_write(by, thing))
    need(version == thing.version, STALE)
    need(thing.handed_in is None, REFUSED)
    registry.things.remove(thing)
    registry.tickets = {k: each for k, each in registry.tickets.items() if each is not thing}
    registry.leave(by, "discard")
