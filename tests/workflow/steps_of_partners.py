"""The steps of those who write: each is taken here, and said to the model."""

import uuid
from collections.abc import Callable, Sequence

from registry.actions import attachments, drafts, submissions
from registry.models import Attachment
from tests.authz.scene import PNG
from tests.workflow import writing
from tests.workflow.machine import Run, word_number
from tests.workflow.model import OPEN, WRITABLE, Organisation, Person, Proposed
from tests.workflow.nouns import NOWHERE, WORST_START, WRITTEN, Values
from tests.workflow.scene import real, real_partner, real_record

SOME = ("fresh", "fresh", "fresh", "same", "blank", "wrong", "taken", "unknown")
ROLES = ("funding", "contributing", "lead")
NOUNS = ("activity", "guidance")


class PartnersSteps(Run):
    """Drafts, changes, joining; saved, handed in, taken back."""

    def of(self, pick: int) -> Organisation:
        """One of the two partners."""
        return self.model.partners[pick % 2]

    def _open(self, expected: Callable, by: Person, *given: object, done: Callable) -> None:
        thing, answer = self.step(expected, by, *given, done=done)
        if thing is not None:
            thing.reference = thing.reference or answer.reference
            assert thing.reference == answer.reference

    def start(self, by: str, pick: int, n: int, behind: int) -> None:
        """Open a draft that is whole; with the same ticket, the same once more."""
        partner, noun = self.of(pick), NOUNS[n % 2]
        person = self.person(by, next(iter(partner.roles)))
        self.words += 1 - behind
        word, ticket = word_number(self.words), uuid.UUID(int=self.words)
        values = self.scene.whole(noun, partner, word, n % 2)
        self._open(
            writing.start,
            person,
            noun,
            partner,
            ticket.int,
            values,
            done=lambda: drafts.start(
                noun=noun,
                partner=real_partner(partner),
                ticket=ticket,
                values=values,
                by=self.user(person),
            ),
        )

    def apply(self, by: str, pick: int, n: int, behind: int) -> None:
        """Open an application to become a partner; those who are one cannot."""
        person = self.person(by, "nobody")
        partner = self.of(n) if behind else None
        word = self.word()
        ticket, values = uuid.UUID(int=self.words), self.scene.whole("partner", None, word, n % 2)
        self._open(
            writing.start,
            person,
            "partner",
            partner,
            ticket.int,
            values,
            done=lambda: drafts.start(
                noun="partner",
                partner=real_partner(partner) if partner else None,
                ticket=ticket,
                values=values,
                by=self.user(person),
            ),
        )

    def revise(self, by: str, pick: int, n: int, behind: int) -> None:
        """Open a change of what is published."""
        partner = self.of(n)
        its = [record for record in self.model.records if record.belongs_to(partner)]
        record = self.recent(self.model.records if behind else its, pick)
        person = self.person(by, partner.focal_points()[0])
        self.word()
        ticket = uuid.UUID(int=self.words)
        self._open(
            writing.revise,
            person,
            record,
            partner,
            ticket.int,
            done=lambda: drafts.revise(
                record=real_record(record),
                partner=real_partner(partner),
                ticket=ticket,
                by=self.user(person),
            ),
        )

    def join(self, by: str, pick: int, n: int, behind: int) -> None:
        """Propose to take part in an activity."""
        among = [record for record in self.model.records if record.noun == "activity"]
        record, partner, role = self.recent(among, pick), self.of(n), ROLES[n % 3]
        person = self.person(by, next(iter(partner.roles)))
        self.word()
        ticket = uuid.UUID(int=self.words)
        self._open(
            writing.join,
            person,
            record,
            partner,
            role,
            ticket.int,
            done=lambda: drafts.join(
                record=real_record(record),
                partner=real_partner(partner),
                role=role,
                ticket=ticket,
                by=self.user(person),
            ),
        )

    def save(self, by: str, pick: int, n: int, behind: int) -> None:
        """Keep a value, good or bad."""
        thing = self.recent(self.model.things, pick)
        some = SOME[n // 4 % len(SOME)]
        self._save(self.person(by, thing.author), thing, n % 4, some, thing.version - behind)

    def write_on(self, by: str, pick: int, n: int, behind: int) -> None:
        """Keep a good value where it can be kept."""
        unsaid = [thing for thing in self.writable() if not thing.values]
        thing = self.recent(unsaid or self.writable(), pick)
        self._save(self.person(by, thing.author), thing, n % 4, "fresh", thing.version - behind)

    def writable(self) -> list[Proposed]:
        """What its partner writes."""
        return [thing for thing in self.model.things if thing.status in WRITABLE]

    def _save(self, by: Person, thing: Proposed, field: int, some: str, version: int) -> None:
        names = WRITTEN[thing.noun] if thing.kind != "join" else ("participations", "title")
        name = names[field % len(names)]
        values = {"slug": "mine"} if some == "unknown" else {name: self._value(thing, name, some)}
        self.step(
            writing.save,
            by,
            thing,
            values,
            version,
            done=lambda: drafts.save(
                submission=real(thing), values=values, version=version, by=self.user(by)
            ),
            texts=(thing.said, values),
        )

    def _value(self, thing: Proposed, name: str, some: str) -> object:
        said, word = thing.said, self.word()
        areas = [self.scene.areas[self.words % 2].slug]
        if some == "same":
            return said.get(name)
        if name == "participations":
            return [] if some == "wrong" else [*said.get(name, []), self._row(thing)]
        kinds: dict[str, Values] = {
            "areas": {"fresh": areas, "wrong": [NOWHERE], "blank": []},
            "start": {"fresh": f"{1990 + self.words % 30}", "wrong": WORST_START, "blank": ""},
            "year": {"fresh": 1950 + self.words % 60, "blank": None},
        }
        long = " ".join([word] * 60)
        text = {"fresh": f"Text {word}", "wrong": long, "blank": "", "taken": "Institute A"}
        among = kinds.get(name, text)
        return among.get(some, among["fresh"])

    def _row(self, thing: Proposed) -> Values:
        rows = thing.said.get("participations", [])
        row = {"partner": thing.partner.slug, "role": "implementing"}
        return row if row not in rows else {"partner": thing.partner.slug, "role": "contributing"}

    def submit(self, by: str, pick: int, n: int, behind: int) -> None:
        """Hand it in; also once more from the version that was handed in."""
        self._submit(by, self.recent(self.model.things, pick), behind)

    def hand_in(self, by: str, pick: int, n: int, behind: int) -> None:
        """Hand in what can be."""
        said = [thing for thing in self.writable() if thing.values]
        self._submit(by, self.recent(said or self.writable(), pick), behind)

    def _submit(self, by: str, thing: Proposed, behind: int) -> None:
        person, version = self.person(by, thing.author), thing.version - behind
        self.step(
            writing.submit,
            person,
            thing,
            version,
            done=lambda: self._moved(person, thing, version, submissions.submit),
        )

    def _moved(self, by: Person, thing: Proposed, version: int, verb) -> object:
        return verb(submission=real(thing), version=version, by=self.user(by))

    def withdraw(self, by: str, pick: int, n: int, behind: int) -> None:
        """Take it back."""
        self._step_from(by, pick, behind, writing.withdraw, submissions.withdraw)

    def discard(self, by: str, pick: int, n: int, behind: int) -> None:
        """Throw it away."""
        self._step_from(by, pick, behind, writing.discard, drafts.discard)

    def rebase(self, by: str, pick: int, n: int, behind: int) -> None:
        """Start from the record as it is now."""
        changes = [t for t in self.model.things if t.kind != "create" and t.status in OPEN]
        overtaken = [t for t in changes if t.record.version != t.base_version]
        among = overtaken or changes
        self._step_from(by, pick, behind, writing.rebase, drafts.rebase, among)

    def _step_from(
        self,
        by: str,
        pick: int,
        behind: int,
        expected: Callable,
        done: Callable,
        among: Sequence[Proposed] = (),
    ) -> None:
        thing = self.recent(among or self.model.things, pick)
        person, version = self.person(by, thing.author), thing.version - behind
        self.step(
            expected,
            person,
            thing,
            version,
            done=lambda: self._moved(person, thing, version, done),
        )

    def attach(self, by: str, pick: int, n: int, behind: int) -> None:
        """Attach a file."""
        thing = self.recent(self.model.things, pick)
        person, content, name = self.person(by, thing.author), PNG + bytes([n % 3]), f"{n % 3}.png"
        self.step(
            writing.attach,
            person,
            thing,
            content,
            done=lambda: attachments.attach(
                submission=real(thing), name=name, content=content, by=self.user(person)
            ),
        )

    def take_away(self, by: str, pick: int, n: int, behind: int) -> None:
        """Take away a file, if one is attached."""
        thing = self.recent(self.model.things, pick)
        person = self.person(by, thing.author)
        if not thing.files:
            return
        content = thing.files[n % len(thing.files)]
        name = {"name": f"{content[-1]}.png", "removed_at": None}
        file = Attachment.objects.get(submission=real(thing), **name)
        self.step(
            writing.detach,
            person,
            thing,
            content,
            done=lambda: attachments.remove(attachment=file, by=self.user(person)),
        )
