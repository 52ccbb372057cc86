"""Staff accounts and the groups that carry their permissions."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from registry.actions import audit, entrance
from registry.errors import Refused
from registry.models import User
from registry.permissions import ADMINISTRATOR, STAFF_ROLES, Actor, Role, Verb, require

# What each verb means to Django's own administration: models, and what may be done to them.
_RECORDS = ("partner", "activity", "guidance", "meeting", "contribution")
_MEANS: dict[Verb, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Verb.EDIT_RECORDS: (("view", "add", "change"), _RECORDS),
    Verb.EDIT_AREAS: (("view", "add", "change"), ("area",)),
    Verb.EDIT_REFERENCE: (
        ("view", "add", "change", "delete"),
        (
            "article",
            "provision",
            "expectedcontribution",
            "annex",
            "annexamendment",
            "phaseout",
            "convention",
            "conferenceoftheparties",
            "country",
            "party",
            "nationalactionplan",
            "decision",
            "term",
        ),
    ),
    Verb.MANAGE_PEOPLE: (("view", "add", "change"), ("user",)),
    Verb.HOLD_TOKENS: (("view", "add"), ("apitoken",)),
    Verb.READ_AUDIT: (("view",), ("event",)),
    Verb.READ_MESSAGES: (("view",), ("notice",)),
    Verb.ANSWER_FEEDBACK: (("view",), ("feedback",)),
    Verb.CHECK_LINKS: (("view",), ("link",)),
    Verb.WRITE_REPORTS: (("view",), ("snapshot",)),
    Verb.IMPORT_RECORDS: (("view",), ("batch", "importrun")),
    Verb.READ_JOBS: (("view",), ("job",)),
}


@transaction.atomic
def set_up_groups(*, by: Actor) -> None:
    """Make one group for each role, with exactly the permissions that its verbs mean."""
    require(by, Verb.MANAGE_PEOPLE)
    held = _held()
    for role in STAFF_ROLES:
        # They are nearly always there, and right.
        if held.get(role.name) != _codenames(role):
            group, _made = Group.objects.get_or_create(name=role.name)
            group.permissions.set(Permission.objects.filter(codename__in=_codenames(role)))


def _held() -> dict[str, set[str]]:
    """What each group may do, by its name."""
    held: dict[str, set[str]] = {}
    for name, codename in Group.objects.values_list("name", "permissions__codename"):
        held.setdefault(name, set()).add(codename)
    return held


def _codenames(role: Role) -> set[str]:
    # Whoever edits records must be able to see what they point at.
    seen = {"view_area", "view_article", "view_country"}
    return seen | {
        f"{what}_{model}"
        for verb in role.verbs & _MEANS.keys()
        for what in _MEANS[verb][0]
        for model in _MEANS[verb][1]
    }


@transaction.atomic
def create_staff(
    *, email: str, password: str, by: Actor, name: str = "", role: Role = ADMINISTRATOR
) -> User:
    """Make an account for secretariat staff. Raises ValidationError for a taken address."""
    require(by, Verb.MANAGE_PEOPLE)
    _refuse_taken(email, User.objects.all())
    set_up_groups(by=by)
    user = User(email=email, name=name, is_staff=True)
    user.set_password(password)
    user.full_clean()
    user.save()
    entrance.vouch(user=user, by=by)
    user.groups.set(Group.objects.filter(name=role.name))
    audit.record(by=by, verb="create", noun="user", key=str(user.pk), after={"role": role.name})
    return user


def role_of(user: User) -> str:
    """The name of the person's role, or nothing."""
    held = set(user.groups.values_list("name", flat=True))
    return next((role.name for role in reversed(STAFF_ROLES) if role.name in held), "")


@transaction.atomic
def change_staff(
    *, user: User, email: str, name: str, is_active: bool, role: Role | None, by: Actor
) -> User:
    """Change a person's account. Nobody changes their own role or closes their own account.

    Whoever gets a role is staff from then on. Raises PermissionDenied, Refused, or ValidationError
    for a taken address.
    """
    user = _locked(user, by)
    before = _read(user)
    user.email, user.name, user.is_active = email, name, is_active
    user.is_staff = user.is_staff or role is not None
    after = before | _fields(user) | {"role": role.name if role else ""}
    if before == after:
        return user
    if user == by and any(before[name] != after[name] for name in ("role", "is_active")):
        raise Refused(_("Your own role and account can only be changed by another administrator."))
    _refuse_taken(email, User.objects.exclude(pk=user.pk))
    user.full_clean()
    user.save()
    if before["email"] != email:
        entrance.vouch(user=user, by=by)
    if before["role"] != after["role"]:
        user.groups.set(Group.objects.filter(name=after["role"]))
    audit.record(by=by, verb="change", noun="user", key=str(user.pk), before=before, after=after)
    return user


@transaction.atomic
def set_password(*, user: User, password: str, by: Actor) -> User:
    """Set one's own password, or as an administrator another's; the trail says so, not what."""
    if user != by:
        user = _locked(user, by)
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(by=by, verb="set password", noun="user", key=str(user.pk))
    return user


@transaction.atomic
def change_own(*, user: User, name: str, language: str, by: Actor) -> User:
    """Change what a person says of themselves, and the language of their mails."""
    if user != by:
        user = _locked(user, by)
    before = {"name": user.name, "language": user.language}
    after = {"name": name, "language": language}
    if before == after:
        return user
    user.name, user.language = name, language
    user.full_clean()
    user.save(update_fields=["name", "language"])
    audit.record(by=by, verb="change", noun="user", key=str(user.pk), before=before, after=after)
    return user


@transaction.atomic
def remove_second_factors(*, user: User, by: Actor) -> User:
    """Let a person who lost app, passkeys and recovery codes set up new ones; sessions end.

    Raises PermissionDenied, or Refused for one's own: those are removed on the account's pages,
    which ask for one of them first.
    """
    if user == by:
        raise Refused(_("Your own second factors are removed on the pages of your account."))
    user = _locked(user, by)
    user.authenticator_set.all().delete()
    for session in user.usersession_set.all():
        session.end()
    what = entrance.Happening.REMOVE_FACTOR
    entrance.note(what=what, user=user, by=by, how="all")
    return user


def _locked(user: User, by: Actor) -> User:
    require(by, Verb.MANAGE_PEOPLE)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_superuser and not getattr(by, "is_superuser", True):
        raise Refused(_("This account was made on the server and is changed there."))
    return user


def _refuse_taken(email: str, others: QuerySet[User]) -> None:
    if others.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("There is an account for “%s” already.") % email})


def _fields(user: User) -> dict:
    return {"email": user.email, "name": user.name, "is_active": user.is_active}


def _read(user: User) -> dict:
    return _fields(user) | {"role": role_of(user)}
