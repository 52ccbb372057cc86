"""What should come of the steps around submissions: members, and the secretariat's own changes."""

from tests.workflow.model import (
    FOCAL,
    REFUSED,
    STALE,
    Organisation,
    Person,
    Published,
    Registry,
    need,
)
from tests.workflow.nouns import Values


def add(registry: Registry, by: Person, partner: Organisation, person: Person, role: str) -> None:
    """Make somebody a member; for one who is, nothing changes."""
    need(by.administers)
    if person in partner.roles:
        return
    partner.roles[person] = role
    registry.leave(by, "join", "membership")
    registry.tell("joined", [each for each in partner.focal_points() if each is not person])


def _need_manager(by: Person, partner: Organisation) -> None:
    need(by.decides or partner.roles.get(by) == FOCAL)


def change_role(
    registry: Registry, by: Person, partner: Organisation, person: Person, role: str
) -> None:
    """Up or down; the last focal point stays one."""
    _need_manager(by, partner)
    if partner.roles[person] == role:
        return
    need(partner.focal_points() != [person], REFUSED)
    partner.roles[person] = role
    registry.leave(by, "change role", "membership")
    registry.tell("role_changed", [person, *partner.focal_points()])


def remove(registry: Registry, by: Person, partner: Organisation, person: Person) -> None:
    """End a membership; the last focal point stays."""
    if by is not person:
        _need_manager(by, partner)
    need(partner.focal_points() != [person], REFUSED)
    del partner.roles[person]
    registry.leave(by, "leave" if by is person else "remove", "membership")
    registry.tell("removed", [person, *partner.focal_points()])


def edit(registry: Registry, by: Person, record: Published, values: Values, version: int) -> None:
    """The secretariat changes what is published."""
    need(by.decides)
    need(version == record.version, STALE)
    need(not record.is_withdrawn, REFUSED)
    if record.values | values == record.values:
        return
    record.values |= values
    record.version += 1
    registry.leave(by, "change", record.noun)


def withdraw(registry: Registry, by: Person, record: Published, reason: str, version: int) -> None:
    """The secretariat takes it out of the public registry."""
    need(by.decides)
    need(version == record.version, STALE)
    need(bool(reason) and not record.is_withdrawn, REFUSED)
    record.is_withdrawn = True
    record.version += 1
    registry.leave(by, "withdraw", record.noun)


def restore(registry: Registry, by: Person, record: Published, version: int) -> None:
    """The secretariat brings it back."""
    need(by.decides)
    need(version == record.version, STALE)
    need(record.is_withdrawn, REFUSED)
    record.is_withdrawn = False
    record.version += 1
    registry.leave(by, "restore", record.noun)
