"""Messages to test with: words for each kind, and messages made through the action."""

import itertools

from django.conf import settings

from registry.actions import notices
from registry.models import Notice, User
from registry.permissions import SYSTEM
from registry.queries.notices import FORMS

_numbers = itertools.count(1)

WORDS = {
    "title": "Mercury-free gold in Migori",
    "reference": "S-1042",
    "partner": "Centre for Clean Gold",
    "person": "Bo Berg",
    "role": "focal point",
    "message": "Two questions:\n\nWhich villages? See the map.",
    "changes": ["Title: Gold → Mercury-free gold"],
    "since": "2026-03-09",
    "due": "2026-04-01",
    "link": f"{settings.SITE_URL}/submissions/S-1042/",
    "items": [{"title": "S-1042: new comment", "link": f"{settings.SITE_URL}/submissions/S-1042/"}],
    "subject": "Set a new password",
    "text": f"Open {settings.SITE_URL}/accounts/key/abc/",
    "html": "<p>Open it.</p>",
}


def words(kind: Notice.Kind, *, least: bool = False, **given: object) -> dict:
    """All words that the kind can be told with, or the least; some of them as given."""
    form = FORMS[kind]
    names = form.needs if least else form.needs | form.may
    return {name: given.get(name, WORDS[name]) for name in names}


def person(**values: object) -> User:
    """Somebody who may sign in and has no role."""
    number = next(_numbers)
    given = {"email": f"reader-{number}@example.org", "name": f"Reader {number}"}
    return User.objects.create(**given | values)


def notice(kind: Notice.Kind = Notice.Kind.SUBMISSION_APPROVED, **given: object) -> Notice:
    """A message to one person, written just now."""
    user = given.pop("user", None) or person()
    once = given.pop("once", f"test:{next(_numbers)}")
    about = given.pop("about", ("submission", "S-1042"))
    [made] = notices.queue(
        kind=kind, to=[user], about=about, words=words(kind) | given, once=once, by=SYSTEM
    )
    return made
