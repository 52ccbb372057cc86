"""The workflow in plain Python: what each step should come to. It knows no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.workflow import nouns
from tests.workflow.nouns import Values

DENIED, REFUSED, STALE, INVALID, DONE = "denied", "refused", "stale", "invalid", "done"
WRITABLE = ("draft", "changes-requested")
OPEN = (*WRITABLE, "submitted")
FOCAL, CONTRIBUTOR = "focal-point", "contributor"


class No(Exception):
    """The step is not to be done; `kind` says in what way, `fields` what is wrong."""

    def __init__(self, kind: str, fields: Iterable[str] = ()) -> None:
        super().__init__(kind)
        self.kind, self.fields = kind, set(fields)


@dataclass(eq=False)
class Person:
    """Somebody; `decides` are those of the secretariat."""

    name: str
    decides: bool = False
    administers: bool = False
    reviews: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(eq=False)
class Organisation:
    """A partner, and who speaks for it in which role."""

    slug: str
    roles: dict[Person, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.slug

    def focal_points(self) -> list[Person]:
        """Who keeps it."""
        return [person for person, role in self.roles.items() if role == FOCAL]


@dataclass(eq=False)
class Published:
    """An accepted record; `values` are those that submissions may set."""

    noun: str
    key: str
    values: Values
    version: int = 1
    is_withdrawn: bool = False
    confirmed: bool = False

    def __str__(self) -> str:
        return f"{self.noun} {self.key} v{self.version}"

    def belongs_to(self, partner: Organisation) -> bool:
        """Whether it is one of the partner's own."""
        if self.noun == "partner":
            return self.key == partner.slug
        named = {row["partner"] for row in self.values.get("participations", ())}
        return partner.slug in named | set(self.values.get("publishers", ()))


@dataclass(eq=False)
class Proposed:
    """A submission."""

    kind: str
    noun: str
    partner: Organisation | None
    author: Person
    values: Values
    record: Published | None = None
    base: Values = field(default_factory=dict)
    base_version: int | None = None
    reference: str = ""
    status: str = "draft"
    version: int = 1
    handed_in: int | None = None
    holder: Person | None = None
    decided_by: Person | None = None
    writers: set[Person] = field(default_factory=set)
    files: list[bytes] = field(default_factory=list)
    remarks: list[tuple[str, Person, int]] = field(default_factory=list)
    # What it said in each version.
    history: dict[int, Values] = field(default_factory=dict)

    def __str__(self) -> str:
        about = f" {self.record.key}" if self.record else ""
        return f"[{self.kind} {self.noun}{about} {self.status} v{self.version}]"

    @property
    def said(self) -> Values:
        """The whole of what it says."""
        return self.base | self.values

    def touches(self, area: str) -> bool:
        """Whether an area is in what it says or in what is published."""
        return area in [*self.values.get("areas", ()), *self.base.get("areas", ())]

    def is_read(self) -> bool:
        """Whether reviewers of its areas may read it: not while the partner writes."""
        return self.handed_in is not None and self.status not in WRITABLE

    def start_from(self, record: Published) -> None:
        """Take what is published as what it is compared with."""
        self.record, self.base = record, dict(record.values)
        self.base_version = record.version

    def settle(self) -> None:
        """Drop what does not differ; remember what it says."""
        self.values = nouns.settled(self.values, self.base)
        self.history[self.version] = self.said


class Registry:
    """Everything that there is; the verbs stand in `writing`, `reviewing` and `keeping`."""

    def __init__(self, people: Iterable[Person], partners: Iterable[Organisation]) -> None:
        self.people = {each.name: each for each in people}
        self.partners = list(partners)
        self.records: list[Published] = []
        self.things: list[Proposed] = []
        self.tickets: dict[tuple[Person, int], Proposed] = {}
        # Who did what to which noun, in order; and which kind of message went to whom.
        self.trail: list[tuple[str, str, str]] = []
        self.mails: list[tuple[str, str]] = []

    def leave(self, by: Person, verb: str, noun: str = "submission") -> None:
        """It is recorded that this was done."""
        self.trail.append((by.name, verb, noun))

    def tell(self, kind: str, to: Iterable[Person]) -> None:
        """Each of them gets one message."""
        self.mails += [(kind, person.name) for person in dict.fromkeys(to)]

    def taken(self, name: str, but: Published | None) -> bool:
        """Whether another organisation has this name."""
        partners = [each for each in self.records if each.noun == "partner" and each is not but]
        return any(each.values["name"] == name for each in partners)


def role_of(person: Person, thing: Proposed) -> str | None:
    """What a person is to the partner that submits; who applies is a focal point to be."""
    if thing.partner is None:
        return FOCAL if person is thing.author else None
    return thing.partner.roles.get(person)


def may_write(person: Person, thing: Proposed) -> bool:
    """The secretariat; people of the partner, its profile only focal points."""
    is_profile = thing.noun == "partner" and thing.kind == "change"
    role = role_of(person, thing)
    return person.decides or role == FOCAL or (role == CONTRIBUTOR and not is_profile)


def may_review(person: Person, thing: Proposed) -> bool:
    """The secretariat; reviewers of its areas once it is handed in."""
    is_theirs = bool(person.reviews) and thing.touches(person.reviews)
    return person.decides or (is_theirs and thing.is_read())


def may_see(person: Person, thing: Proposed) -> bool:
    """People of the partner, whoever applies, reviewers as above, the secretariat."""
    return role_of(person, thing) is not None or may_review(person, thing)


def is_independent(person: Person, thing: Proposed) -> bool:
    """Whether nothing of it is theirs or a partner's of theirs."""
    is_members = thing.partner is not None and person in thing.partner.roles
    return person is not thing.author and person not in thing.writers and not is_members


def owners(thing: Proposed) -> list[Person]:
    """Who is told what becomes of it: who wrote it, if they may still read it, and focal points."""
    focal = thing.partner.focal_points() if thing.partner else []
    return [each for each in [thing.author] if may_see(each, thing)] + focal


def deciders(registry: Registry, thing: Proposed) -> list[Person]:
    """Who is told that there is work: who may review it and has no part in it."""
    own = [thing.author, *(thing.partner.roles if thing.partner else ())]
    return [p for p in registry.people.values() if may_review(p, thing) and p not in own]


def need(allowed: bool, kind: str = DENIED) -> None:
    """Raise No unless it is allowed."""
    if not allowed:
        raise No(kind)
