"""Everything that is not public, with a word in each field that stands nowhere else."""

import itertools
import re
import uuid

from registry.actions import attachments, drafts, memberships, reviews, submissions
from registry.models import Notice, Submission, User
from registry.permissions import SYSTEM
from tests import factories
from tests.authz.scene import PNG

CANARY = re.compile(r"canary\d+x", re.IGNORECASE)
_numbers = itertools.count(1)


def word() -> str:
    """A word that is nowhere else."""
    return f"canary{next(_numbers)}x"


def _link() -> str:
    return f"https://{word()}.example/"


class Public:
    """What is there before: two partners, their areas, what they published, who is no one's."""

    def __init__(self) -> None:
        self.area, self.elsewhere = factories.area(), factories.area()
        self.of = factories.partner(name="Institute of Retorts", areas=[self.area.slug])
        self.other = factories.partner(name="Another institute")
        whole = factories.WHOLE | {"areas": [self.area.slug]}
        mine = [{"partner": self.of.slug, "role": "lead"}]
        theirs = [{"partner": self.other.slug, "role": "lead"}]
        self.record = factories.activity(**whole | {"participations": mine})
        self.theirs = factories.activity(**whole | {"participations": theirs})
        self.document = factories.guidance(publishers=[self.of.slug], areas=[self.area.slug])


class Hidden:
    """What is added: submissions of all nouns, kinds and statuses, and what is said of them."""

    def __init__(self, public: Public) -> None:
        self.public, self.of = public, public.of
        self.by, self.focal = self._member("contributor"), self._member("focal-point")
        self.reviewer = factories.reviewer(public.area)
        self.editor = factories.editor(name=word())
        self.submissions: list[Submission] = []
        for noun, values in (
            ("activity", self._activity()),
            ("guidance", self._guidance()),
            ("partner", self._application()),
        ):
            self._everywhere(noun, values)
        self._changes()
        self._people()

    def _member(self, role: str) -> User:
        user = factories.person(name=word(), email=f"{word()}@example.org")
        memberships.add(partner=self.of, user=user, role=role, by=SYSTEM)
        return user

    def _activity(self) -> dict:
        return {
            "title": f"Mercury {word()}",
            "summary": word(),
            "kind": "demonstration",
            "level": "national",
            "start": "2024",
            "countries": ["BF"],
            "participations": [{"partner": self.of.slug, "role": "lead"}],
            "areas": [self.public.area.slug],
            "articles": [{"article": 7, "basis": "stated"}],
            "url": _link(),
            "links": [{"label": word(), "url": _link()}],
        }

    def _guidance(self) -> dict:
        return {
            "title": f"Retorts {word()}",
            "subtitle": word(),
            "kind": "report",
            "role": "guidance",
            "year": 2020,
            "abstract": word(),
            "publishers": [self.of.slug],
            "areas": [self.public.area.slug],
            "articles": [{"article": 7, "basis": "stated"}],
            "url": _link(),
            "editions": [{"language": "en", "url": _link()}],
        }

    def _application(self) -> dict:
        return {
            "name": f"Organisation {word()}",
            "acronym": word()[:20],
            "other_names": [word()],
            "type": "ngo",
            "country": "BF",
            "website": _link(),
            "areas": [self.public.area.slug],
            "involvement": word(),
        }

    def _everywhere(self, noun: str, values: dict) -> None:
        """One in each status; those never submitted hold words in the place of numbers too."""
        odd = {"areas": [word()], "articles": [{"article": word(), "basis": word()}]}
        odd |= {"participations": [{"partner": word(), "role": word()}], "gef_id": word()}
        odd = {name: value for name, value in odd.items() if noun == "activity"}
        for status in ("draft", "never", "submitted", "asked", "declined", "withdrawn"):
            fresh = {name: _renewed(value) for name, value in values.items()}
            thing = self._start(noun, fresh | (odd if status == "draft" else {}))
            thing = self._move(thing, status)
            self.submissions.append(thing)
            self._say(thing)

    def _start(self, noun: str, values: dict) -> Submission:
        by = self.by if noun != "partner" else factories.person(name=word())
        partner = self.of if noun != "partner" else None
        given = {"noun": noun, "partner": partner, "ticket": uuid.uuid4()}
        thing = drafts.start(**given, values=values, by=by)
        attachments.attach(submission=thing, name=f"{word()}.png", content=PNG, by=by)
        given = {"submission": thing, "key": word(), "because": word()}
        return drafts.tell_apart(**given, version=thing.version, by=by)

    def _move(self, thing: Submission, status: str) -> Submission:
        by = thing.author
        if status in ("submitted", "asked", "declined", "withdrawn"):
            thing = submissions.submit(submission=thing, version=thing.version, by=by)
        if status in ("asked", "declined"):
            decide = reviews.ask_changes if status == "asked" else reviews.decline
            given = {"submission": thing, "version": thing.version, "text": word()}
            thing = decide(**given, by=self.editor)
        if status in ("never", "withdrawn"):
            thing = submissions.withdraw(submission=thing, version=thing.version, by=by)
        return thing

    def _say(self, thing: Submission) -> None:
        reviews.comment(submission=thing, text=word(), by=thing.author)
        reviews.note(submission=thing, text=word(), by=self.editor)
        if thing.status == Submission.Status.SUBMITTED:
            given = {"submission": thing, "advice": "approve", "by": self.reviewer}
            reviews.recommend(text=word(), **given)

    def _changes(self) -> None:
        public = self.public
        for record, values in (
            (public.record, {"title": word(), "summary": word()}),
            (public.document, {"title": word(), "abstract": word()}),
            (public.of, {"other_names": [word()], "involvement": word()}),
        ):
            given = {"partner": self.of, "ticket": uuid.uuid4(), "values": values}
            thing = drafts.revise(record=record, by=self.focal, **given)
            self._hand_in(thing)
        given = {"partner": self.of, "ticket": uuid.uuid4(), "role": "funding"}
        self._hand_in(drafts.join(record=public.theirs, by=self.by, **given))

    def _hand_in(self, thing: Submission) -> None:
        by = thing.author
        self.submissions.append(submissions.submit(submission=thing, version=thing.version, by=by))
        self._say(self.submissions[-1])

    def _people(self) -> None:
        asking = factories.person(name=word(), email=f"{word()}@example.org")
        memberships.ask_to_join(partner=self.of, message=word(), by=asking)
        email = f"{word()}@example.org"
        given = {"partner": self.of, "role": "contributor", "by": self.focal}
        memberships.invite(email=email, **given)
        factories.token(self.focal, partner=self.of, name=word())
        factories.feedback(about=word(), text=word(), email=f"{word()}@example.org")

    def mails_to_others(self, *people: User) -> list[str]:
        """What is written to people whom none of it concerns."""
        sent = Notice.objects.filter(address__in=[each.email for each in people])
        return [f"{each.kind} {each.words}" for each in sent]


def _renewed(value: object) -> object:
    """The same with other words, so that no two fields share one."""
    if isinstance(value, list):
        return [_renewed(each) for each in value]
    if isinstance(value, dict):
        return {name: _renewed(each) for name, each in value.items()}
    return CANARY.sub(lambda _found: word(), value) if isinstance(value, str) else value
