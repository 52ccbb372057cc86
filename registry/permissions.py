"""Who may do what. Roles are code: a name, a sentence, a set of verbs.

Secretariat roles hold everywhere; those of partners and of areas hold where a person has them: a
focal point of one partner is nobody to another.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import PermissionDenied

from registry.models import AreaReviewer, Membership, Partner, Submission, User
from registry.models.submissions import WRITABLE


class Verb(StrEnum):
    """What can be done to records, submissions and people."""

    EDIT_RECORDS = "edit records"
    WITHDRAW_RECORDS = "withdraw and restore records"
    JOIN_RECORDS = "join records"
    JOIN_PEOPLE = "join partners that have members"
    IMPORT_RECORDS = "import records"
    EDIT_AREAS = "edit partnership areas"
    EDIT_REFERENCE = "edit the reference book"
    WRITE_SUBMISSIONS = "write and submit"
    PROPOSE_PROFILE = "change the profile"
    REVIEW_SUBMISSIONS = "review submissions"
    DECIDE_SUBMISSIONS = "decide on submissions"
    READ_MEMBERS = "see who the members are"
    MANAGE_MEMBERS = "manage members"
    TAKE_SUBMISSIONS = "take out submissions"
    NAME_REVIEWERS = "name the reviewers of areas"
    MANAGE_PEOPLE = "manage people"
    HOLD_TOKENS = "hold API tokens"
    READ_AUDIT = "read the audit trail"
    READ_MESSAGES = "read the list of messages"
    SEND_MESSAGES = "send waiting messages"
    ANSWER_FEEDBACK = "deal with feedback"
    CHECK_LINKS = "check links"
    WRITE_REPORTS = "write reports and take snapshots"
    READ_JOBS = "see how background jobs went"
    RUN_JOBS = "run background jobs"


@dataclass(frozen=True)
class Role:
    """A set of verbs under a name that people use."""

    name: str
    sentence: str
    verbs: frozenset[Verb]


CONTRIBUTOR = Role(
    "Contributors",
    "People who write and submit for one partner.",
    frozenset({Verb.WRITE_SUBMISSIONS, Verb.READ_MEMBERS, Verb.HOLD_TOKENS}),
)
FOCAL_POINT = Role(
    "Focal points",
    "People who also keep the partner's profile and its members.",
    CONTRIBUTOR.verbs | {Verb.PROPOSE_PROFILE, Verb.MANAGE_MEMBERS, Verb.TAKE_SUBMISSIONS},
)
AREA_REVIEWER = Role(
    "Area reviewers",
    "People who read and comment on what touches their area, and recommend a decision.",
    frozenset({Verb.REVIEW_SUBMISSIONS, Verb.HOLD_TOKENS}),
)
EDITOR = Role(
    "Editors",
    "Secretariat staff who decide on submissions, and edit, join, withdraw and import records.",
    FOCAL_POINT.verbs
    | AREA_REVIEWER.verbs
    | {
        Verb.EDIT_RECORDS,
        Verb.WITHDRAW_RECORDS,
        Verb.JOIN_RECORDS,
        Verb.IMPORT_RECORDS,
        Verb.DECIDE_SUBMISSIONS,
        Verb.READ_MESSAGES,
        Verb.SEND_MESSAGES,
        Verb.ANSWER_FEEDBACK,
        Verb.CHECK_LINKS,
        Verb.WRITE_REPORTS,
        Verb.READ_JOBS,
    },
)
ADMINISTRATOR = Role(
    "Administrators",
    "Secretariat staff who also keep people, areas, the reference book; they read the audit trail.",
    frozenset(Verb),
)
STAFF_ROLES = (EDITOR, ADMINISTRATOR)
ROLES = (CONTRIBUTOR, FOCAL_POINT, AREA_REVIEWER, *STAFF_ROLES)

_IN_PARTNER = {
    Membership.Role.CONTRIBUTOR: CONTRIBUTOR,
    Membership.Role.FOCAL_POINT: FOCAL_POINT,
}


@dataclass(frozen=True)
class System:
    """The registry acting by itself. An object, so that an anonymous user can never pass for it."""

    label: str = "system"

    def __str__(self) -> str:
        return self.label


SYSTEM = System()
Actor = User | System


def person(by: Actor) -> User | None:
    """Who does it, if it is somebody."""
    return by if isinstance(by, User) else None


# What a verb may be done to. Without one, it is meant of the registry as a whole.
Target = Partner | Submission | None


def can(actor: object, verb: Verb, target: Target = None) -> bool:
    """Whether `actor` may do `verb` (to `target`). Anonymous and inactive ones may do nothing."""
    if isinstance(actor, System):
        return True
    if not isinstance(actor, User) or not actor.is_active:
        return False
    if actor.is_staff and actor.is_superuser:
        return True
    return any(verb in role.verbs for role in _roles(actor, verb, target))


def everywhere(actor: object) -> frozenset[Verb]:
    """What `actor` may do in the registry as a whole, asked once for all verbs.

    Tokens are left to `can`: any role anywhere gives them.
    """
    if isinstance(actor, System):
        return frozenset(Verb)
    if not isinstance(actor, User) or not actor.is_active:
        return frozenset()
    if actor.is_staff and actor.is_superuser:
        return frozenset(Verb)
    return frozenset().union(*(role.verbs for role in _staff_roles(actor)))


def require(actor: object, verb: Verb, target: Target = None) -> None:
    """Raise PermissionDenied, in a sentence, unless `actor` may do `verb` (to `target`)."""
    if not can(actor, verb, target):
        raise PermissionDenied(f"Your account may not {verb.value}.")


def _roles(user: User, verb: Verb, target: Target) -> list[Role]:
    roles = _staff_roles(user)
    if isinstance(target, Partner):
        roles += _roles_in(user, target)
    elif isinstance(target, Submission):
        roles += _roles_towards(user, target)
    elif verb is Verb.HOLD_TOKENS:
        # A token says itself for which partner it speaks, so any role anywhere will do.
        roles += [_IN_PARTNER[role] for role in user.memberships.values_list("role", flat=True)]
        roles += [AREA_REVIEWER] if user.reviewed_areas.exists() else []
    return roles


def _staff_roles(user: User) -> list[Role]:
    if not user.is_staff:
        return []
    held = set(user.groups.values_list("name", flat=True))
    return [role for role in STAFF_ROLES if role.name in held]


def _roles_in(user: User, partner: Partner) -> list[Role]:
    held = Membership.objects.filter(user=user, partner=partner).values_list("role", flat=True)
    return [_IN_PARTNER[role] for role in held]


def _roles_towards(user: User, submission: Submission) -> list[Role]:
    if submission.partner:
        roles = _roles_in(user, submission.partner)
        if _is_of_profile(submission):
            roles = [role for role in roles if Verb.PROPOSE_PROFILE in role.verbs]
    else:
        # Whoever applies for an organisation that is no partner yet speaks for it meanwhile.
        roles = [FOCAL_POINT] if submission.author_id == user.pk else []
    is_read = submission.submitted_at and submission.status not in WRITABLE
    if is_read and _reviews(user, submission):
        roles.append(AREA_REVIEWER)
    return roles


def _is_of_profile(submission: Submission) -> bool:
    is_change = submission.kind == Submission.Kind.CHANGE
    return is_change and submission.noun == Submission.Noun.PARTNER


def _reviews(user: User, submission: Submission) -> bool:
    touched = submission.touched_areas.values("area")
    return AreaReviewer.objects.filter(user=user, area__in=touched).exists()
