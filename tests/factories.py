"""Records and people to test with, made through the actions; what a test cares about, it says."""

import base64
import datetime as dt
import itertools
import uuid

from allauth.mfa.models import Authenticator
from django.utils import timezone

from registry.actions import (
    accounts,
    activities,
    areas,
    contributions,
    drafts,
    entrance,
    meetings,
    memberships,
    partners,
    reviewers,
    submissions,
    tokens,
)
from registry.actions import feedback as saying
from registry.actions import guidance as documents
from registry.models import (
    Activity,
    ApiToken,
    Area,
    Contribution,
    Feedback,
    Guidance,
    Meeting,
    Membership,
    Partner,
    Submission,
    User,
)
from registry.permissions import ADMINISTRATOR, EDITOR, SYSTEM, Role
from registry.queries import sealing

PASSWORD = "long enough to pass"
_numbers = itertools.count(1)


def _next() -> int:
    return next(_numbers)


def activity(**values: object) -> Activity:
    """An activity with a title, a kind and a level, and nothing else."""
    given = {"title": f"Test activity {_next()}", "kind": "awareness", "level": "global"}
    return activities.create(values=given | values, by=SYSTEM)


def guidance(**values: object) -> Guidance:
    """A guidance document with a title, a kind and a role, and nothing else."""
    given = {"title": f"Test guidance {_next()}", "kind": "report", "role": "guidance"}
    return documents.create(values=given | values, by=SYSTEM)


def partner(**values: object) -> Partner:
    """A partner; give `standing="named"` for another organisation."""
    given = {
        "name": f"Test organisation {_next()}",
        "standing": "partner",
        "type": "ngo",
        "evidence": "listed",
    }
    return partners.create(values=given | values, by=SYSTEM)


def area(**values: object) -> Area:
    """An area beside the eight of the Partnership."""
    number = _next()
    given = {
        "slug": f"test-area-{number}",
        "number": 1000 + number,
        "name": f"Test area {number}",
        "short_name": f"Test area {number}",
        "description": "What the area is.",
        "objective": "What it is for.",
    }
    return areas.create(values=given | values, by=SYSTEM)


def meeting(**values: object) -> Meeting:
    """A meeting with a title, a kind and the year of its start."""
    given = {"title": f"Test meeting {_next()}", "kind": "forum", "start": "2019"}
    return meetings.create(values=given | values, by=SYSTEM)


def contribution(**values: object) -> Contribution:
    """A contribution of a partner made for it, unless `donor` names one."""
    given = {"purpose": f"Test contribution {_next()}"}
    if "donor" not in values:
        given["donor"] = partner().slug
    return contributions.create(values=given | values, by=SYSTEM)


def editor(**values: object) -> User:
    """An open account with the role of an editor."""
    return _staff(EDITOR, **values)


def administrator(**values: object) -> User:
    """An open account with the role of an administrator."""
    return _staff(ADMINISTRATOR, **values)


def _staff(role: Role, **values: object) -> User:
    given = {"email": f"person-{_next()}@example.org", "password": PASSWORD}
    user = accounts.create_staff(**(given | values), role=role, by=SYSTEM)
    second_factor(user)
    return user


def signed_up(*, is_proved: bool = True, **values: object) -> User:
    """An account of somebody who signed up, and followed the link in our mail unless told not."""
    given = {"email": f"person-{_next()}@example.org", "name": "A Person", "password": PASSWORD}
    user = entrance.sign_up(**(given | values), by=SYSTEM)
    if is_proved:
        entrance.prove_address(address=user.emailaddress_set.get(), by=user)
    return user


def second_factor(user: User) -> str:
    """An app as second factor: the secret that it holds. The administration opens to no staff
    without one."""
    secret = base64.b32encode(f"{user.pk:020}".encode()).decode()
    kind, data = Authenticator.Type.TOTP, {"secret": sealing.seal(secret)}
    Authenticator.objects.create(user=user, type=kind, data=data)
    return secret


def withdrawn(record: Activity) -> Activity:
    """The activity, taken out of the public registry."""
    return activities.withdraw(record=record, version=record.version, reason="A test.", by=SYSTEM)


def token(owner: User | None = None, **values: object) -> tuple[ApiToken, str]:
    """A token that reads, for a month, and its secret; its owner is an editor unless given."""
    owner = owner or editor()
    end = timezone.localdate() + dt.timedelta(days=30)
    given = {"name": f"Test token {_next()}", "scope": "read", "expires_on": end}
    return tokens.mint(owner=owner, by=owner, **(given | values))


def person(**values: object) -> User:
    """An open account that speaks for nobody."""
    number = _next()
    given = {"email": f"somebody-{number}@example.org", "name": f"Test person {number}"}
    return User.objects.create(**(given | values))


def contributor(of: Partner, **values: object) -> User:
    """A person who writes and submits for a partner."""
    return _member(of, Membership.Role.CONTRIBUTOR, **values)


def focal_point(of: Partner, **values: object) -> User:
    """A person who also keeps the partner's profile and members."""
    return _member(of, Membership.Role.FOCAL_POINT, **values)


def _member(of: Partner, role: str, **values: object) -> User:
    user = person(**values)
    memberships.add(partner=of, user=user, role=role, by=SYSTEM)
    return user


def reviewer(of: Area) -> User:
    """A person who reviews what touches an area."""
    user = person()
    reviewers.name_reviewer(area=of, user=user, by=SYSTEM)
    return user


# What an activity must say to be submitted, but for its organisations.
WHOLE = {
    "title": "Mercury-free gold in three villages",
    "summary": "Retorts and training for miners.",
    "kind": "demonstration",
    "level": "national",
    "start": "2024",
    "countries": ["BF"],
    "articles": [{"article": 7, "basis": "stated"}],
}


def draft(by: User, of: Partner, **values: object) -> Submission:
    """A draft of a whole activity, unless values say otherwise."""
    given = WHOLE | {"title": f"Test proposal {_next()}"} | values
    return drafts.start(noun="activity", partner=of, ticket=uuid.uuid4(), values=given, by=by)


def submitted(by: User, of: Partner, **values: object) -> Submission:
    """The same, handed in."""
    submission = draft(by, of, **values)
    return submissions.submit(submission=submission, version=submission.version, by=by)


def feedback(**given: object) -> Feedback:
    """What a visitor said of a page."""
    said = {"about": "/activities/", "text": "The year is wrong.", "email": "", "language": "en"}
    return saying.say(ticket=uuid.uuid4(), by=saying.VISITOR, **said | given)
