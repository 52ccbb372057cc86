"""The steps of reviewers and of the secretariat, each taken here and said to the model."""

from collections.abc import Callable

from registry.actions import reviews
from registry.models import Submission
from registry.queries.reviewing import reviewable_by
from tests.workflow import reviewing
from tests.workflow.machine import Run
from tests.workflow.model import WRITABLE, Proposed
from tests.workflow.scene import real

TEXTS = ("Why so?", "Why so?", "Why so?", "")
ADVICE = ("approve", "decline", "perhaps")


class ReviewersSteps(Run):
    """Taken on, talked about, advised on, decided."""

    def waiting(self, pick: int) -> Proposed:
        """One of those that wait for a decision; or where none does, any."""
        waiting = [thing for thing in self.model.things if thing.status == "submitted"]
        return self.recent(waiting or self.model.things, pick)

    def claim(self, by: str, pick: int, n: int, behind: int) -> None:
        """Take it on."""
        thing = self.waiting(pick)
        person = self.person(by, "reviewer" if n % 2 else "editor")
        self.step(
            reviewing.claim,
            person,
            thing,
            done=lambda: reviews.claim(submission=real(thing), by=self.user(person)),
        )

    def hand_over(self, by: str, pick: int, n: int, behind: int) -> None:
        """Give it to another, or to everybody."""
        thing = self.waiting(pick)
        person = self.person(by, thing.holder or "editor")
        receiver = [None, *self.model.people.values()][n % (len(self.model.people) + 1)]
        self.step(
            reviewing.hand_over,
            person,
            thing,
            receiver,
            done=lambda: reviews.hand_over(
                submission=real(thing),
                to=self.user(receiver) if receiver else None,
                by=self.user(person),
            ),
        )

    def comment(self, by: str, pick: int, n: int, behind: int) -> None:
        """Say something to the other side."""
        self._talk(by, pick, n, reviewing.comment, reviews.comment)

    def note(self, by: str, pick: int, n: int, behind: int) -> None:
        """Say something among reviewers."""
        self._talk(by, pick, n, reviewing.note, reviews.note)

    def _talk(self, by: str, pick: int, n: int, expected: Callable, done: Callable) -> None:
        thing, text = self.recent(self.model.things, pick), TEXTS[n % len(TEXTS)]
        person = self.person(by, "editor" if n % 5 else thing.author)
        self.step(
            expected,
            person,
            thing,
            text,
            done=lambda: done(submission=real(thing), text=text, by=self.user(person)),
        )

    def recommend(self, by: str, pick: int, n: int, behind: int) -> None:
        """Advise what to decide."""
        thing, person = self.waiting(pick), self.person(by, "reviewer")
        advice = ADVICE[n % len(ADVICE)]
        self.step(
            reviewing.recommend,
            person,
            thing,
            advice,
            done=lambda: reviews.recommend(
                submission=real(thing), advice=advice, text="", by=self.user(person)
            ),
        )

    def ask_changes(self, by: str, pick: int, n: int, behind: int) -> None:
        """Give it back."""
        thing, person = self.waiting(pick), self.person(by, "editor")
        version, text = thing.version - behind, TEXTS[n % len(TEXTS)]
        self.step(
            reviewing.ask_changes,
            person,
            thing,
            text,
            version,
            done=lambda: reviews.ask_changes(
                submission=real(thing), text=text, version=version, by=self.user(person)
            ),
        )

    def decline(self, by: str, pick: int, n: int, behind: int) -> None:
        """No."""
        thing, person = self.waiting(pick), self.person(by, "editor")
        version, text = thing.version - behind, TEXTS[n % len(TEXTS)]
        self.step(
            reviewing.decline,
            person,
            thing,
            text,
            version,
            done=lambda: reviews.decline(
                submission=real(thing), text=text, version=version, by=self.user(person)
            ),
        )

    def approve(self, by: str, pick: int, n: int, behind: int) -> None:
        """Yes: of something that waits."""
        self._approve(by, self.waiting(pick), behind)

    def approve_whatever_it_is(self, by: str, pick: int, n: int, behind: int) -> None:
        """Yes, whether it waits or not."""
        self._approve(by, self.recent(self.model.things, pick), 0)

    def _approve(self, by: str, thing: Proposed, behind: int) -> None:
        person, version = self.person(by, "editor"), thing.version - behind
        partner, kept = thing.partner, dict(thing.record.values if thing.record else {})
        wanted = {} if behind else reviewing.overtaken(thing)
        before = len(self.model.records)
        _nothing, record = self.step(
            reviewing.approve,
            person,
            thing,
            version,
            done=lambda: reviews.approve(
                submission=real(thing), version=version, by=self.user(person)
            ),
            texts=(kept, wanted),
        )
        if record is None or len(self.model.records) == before:
            return
        thing.record.key = record.slug
        if partner is None:
            thing.partner.slug = record.slug

    def look(self, by: str, pick: int, n: int, behind: int) -> None:
        """See what is there: everything that is theirs to see, and nothing else."""
        person = self.person(by, "reviewer")
        user = self.user(person)
        seen = Submission.objects.visible_to(user).filter(number__gt=self.scene.start.number)
        desk = reviewable_by(user).filter(number__gt=self.scene.start.number)
        theirs = reviewing.seen(self.model, person)
        reviewed = [t for t in theirs if person.decides or _is_reviewed_by(person.reviews, t)]
        assert sorted(seen.values_list("reference", flat=True)) == _references(theirs)
        assert sorted(desk.values_list("reference", flat=True)) == _references(reviewed)


def _is_reviewed_by(area: str, thing: Proposed) -> bool:
    is_handed_in = thing.handed_in is not None and thing.status not in WRITABLE
    return bool(area) and is_handed_in and thing.touches(area)


def _references(things: list[Proposed]) -> list[str]:
    return sorted(thing.reference for thing in things)
