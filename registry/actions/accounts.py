"""Staff accounts and the groups that carry their permissions."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from registry.actions import audit
from registry.models import User
from registry.permissions import ADMINISTRATOR, ROLES, Actor, Role, Verb, require

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
    Verb.READ_AUDIT: (("view",), ("event",)),
}


@transaction.atomic
def set_up_groups(*, by: Actor) -> None:
    """Make one group for each role, with exactly the permissions that its verbs mean."""
    require(by, Verb.MANAGE_PEOPLE)
    for role in ROLES:
        group, _made = Group.objects.get_or_create(name=role.name)
        group.permissions.set(Permission.objects.filter(codename__in=_codenames(role)))


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
    """Make an account for a member of the secretariat. Raises ValidationError for a taken address."""
    require(by, Verb.MANAGE_PEOPLE)
    if User.objects.filter(email__iexact=email).exists():
        raise ValidationError({"email": _("There is an account for “%s” already.") % email})
    set_up_groups(by=by)
    user = User(email=email, name=name, is_staff=True)
    user.set_password(password)
    user.full_clean()
    user.save()
    user.groups.set(Group.objects.filter(name=role.name))
    audit.record(by=by, verb="create", noun="user", key=str(user.pk), after={"role": role.name})
    return user
