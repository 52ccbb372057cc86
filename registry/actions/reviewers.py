"""Who reviews what touches an area."""

from django.db import transaction

from registry.actions import audit
from registry.models import Area, AreaReviewer, User
from registry.permissions import Actor, Verb, require


@transaction.atomic
def name_reviewer(*, area: Area, user: User, by: Actor) -> AreaReviewer:
    """Make a person a reviewer of an area; for one who is, nothing changes."""
    require(by, Verb.NAME_REVIEWERS)
    reviewer, is_new = AreaReviewer.objects.get_or_create(area=area, user=user)
    if is_new:
        after = {"user": str(user)}
        audit.record(by=by, verb="name", noun="reviewer", key=area.slug, after=after)
    return reviewer


@transaction.atomic
def release_reviewer(*, reviewer: AreaReviewer, by: Actor) -> None:
    """End it; what the person said stays."""
    require(by, Verb.NAME_REVIEWERS)
    area, before = reviewer.area, {"user": str(reviewer.user)}
    reviewer.delete()
    audit.record(by=by, verb="release", noun="reviewer", key=area.slug, before=before)
