"""Many who do the same at the same moment: one effect."""

import datetime as dt
from dataclasses import dataclass

from registry.actions import notices
from registry.models import Notice, NoticePreference
from registry.permissions import SYSTEM
from tests.actions.racing import at_once
from tests.chaos.scene import somebody
from tests.notices import notice, words

CROWD = 10
PEOPLE = 5


@dataclass(frozen=True)
class Effects:
    """How many effects there were, and how many there should be; what stopped whom."""

    found: int
    wanted: int
    stopped: list

    def __str__(self) -> str:
        return f"{self.found} of {self.wanted}" + (
            f", stopped by {self.stopped}" * bool(self.stopped)
        )

    @property
    def is_good(self) -> bool:
        """Whether it is as if it had been done once."""
        return self.found == self.wanted and not self.stopped


def written() -> Effects:
    """The same event is told by ten at once, to the same people."""
    people = [somebody() for _ in range(PEOPLE)]
    kind = Notice.Kind.SUBMISSION_DECLINED

    def tell():
        notices.queue(
            kind=kind,
            to=people,
            about=("submission", "S-1"),
            words=words(kind),
            once="declined:S-1",
            by=SYSTEM,
        )

    outcomes = at_once(*[tell] * CROWD)
    return _effects(Notice.objects.filter(once="declined:S-1"), outcomes)


def gathered() -> Effects:
    """The digests of the week are written by ten at once."""
    for _ in range(PEOPLE):
        user = somebody()
        choice = {
            "group": NoticePreference.Group.COMMENTS,
            "choice": NoticePreference.Choice.WEEKLY,
        }
        NoticePreference.objects.create(user=user, **choice)
        for _ in range(3):
            notice(Notice.Kind.COMMENT_ADDED, user=user)
    monday = dt.date(2026, 11, 30)

    outcomes = at_once(*[lambda: notices.send_digests(today=monday, by=SYSTEM)] * CROWD)

    told = [
        digest
        for digest in Notice.objects.filter(kind=Notice.Kind.DIGEST)
        if len(digest.words["items"]) == 3
    ]
    stopped = [each for each in outcomes if isinstance(each, str) and each != "done"]
    return Effects(len(told), PEOPLE, stopped)


def _effects(rows, outcomes) -> Effects:
    return Effects(rows.count(), PEOPLE, [each for each in outcomes if each != "done"])


SCENES = {
    "one message written ten times at once": written,
    "digests written ten times at once": gathered,
}
