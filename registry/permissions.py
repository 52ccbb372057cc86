"""Who may do what. Roles are code: a name, a sentence, a set of verbs."""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied

from registry.models import User


class Verb(StrEnum):
    """What can be done to records and people."""

    EDIT_RECORDS = "edit records"
    WITHDRAW_RECORDS = "withdraw and restore records"
    IMPORT_RECORDS = "import records"
    EDIT_AREAS = "edit partnership areas"
    EDIT_REFERENCE = "edit the reference book"
    MANAGE_PEOPLE = "manage people"
    HOLD_TOKENS = "hold API tokens"
    READ_AUDIT = "read the audit trail"
    READ_MESSAGES = "read the list of messages"
    SEND_MESSAGES = "send waiting messages"


@dataclass(frozen=True)
class Role:
    """A set of verbs under a name that people use."""

    name: str
    sentence: str
    verbs: frozenset[Verb]


EDITOR = Role(
    "Editors",
    "Secretariat staff who edit, withdraw and import records.",
    frozenset(
        {
            Verb.EDIT_RECORDS,
            Verb.WITHDRAW_RECORDS,
            Verb.IMPORT_RECORDS,
            Verb.HOLD_TOKENS,
            Verb.READ_MESSAGES,
            Verb.SEND_MESSAGES,
        }
    ),
)
ADMINISTRATOR = Role(
    "Administrators",
    "Secretariat staff who also keep people, areas, the reference book; they read the audit trail.",
    frozenset(Verb),
)
ROLES = (EDITOR, ADMINISTRATOR)


@dataclass(frozen=True)
class System:
    """The registry acting by itself. An object, so that an anonymous user can never pass for it."""

    label: str = "system"

    def __str__(self) -> str:
        return self.label


SYSTEM = System()
Actor = User | System


def can(actor: object, verb: Verb) -> bool:
    """Whether `actor` may do `verb`. Anonymous, inactive and unknown actors may do nothing."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, User) or not actor.is_active or not actor.is_staff:
        return False
    if actor.is_superuser:
        return True
    held = set(actor.groups.values_list("name", flat=True))
    return any(verb in role.verbs for role in ROLES if role.name in held)


def require(actor: object, verb: Verb) -> None:
    """Raise PermissionDenied, in a sentence, unless `actor` may do `verb`."""
    if not can(actor, verb):
        raise PermissionDenied(f"Your account may not {verb.value}.")
