"""Two partners, people of every role and a few published records, and the model's view of them."""

from copy import deepcopy
from dataclasses import dataclass

from registry.actions import activities, drafts, guidance, memberships, partners
from registry.models import (
    Activity,
    Counter,
    Entry,
    Event,
    Guidance,
    Membership,
    Notice,
    Partner,
    Record,
    Submission,
    User,
)
from registry.permissions import SYSTEM
from tests import factories
from tests.workflow.model import Organisation, Person, Proposed, Published, Registry
from tests.workflow.nouns import WRITTEN, Values

ACTIONS = {"activity": activities, "guidance": guidance, "partner": partners}
MODELS: dict[str, type[Record]] = {"activity": Activity, "guidance": Guidance, "partner": Partner}
ARTICLES = [{"article": 7, "basis": "stated"}]
# What a whole submission says, but for its texts, its areas and whose it is.
WHOLE: dict[str, Values] = {
    "activity": {
        "kind": "demonstration",
        "level": "national",
        "start": "2024",
        "countries": ["BF"],
        "articles": ARTICLES,
    },
    "guidance": {
        "kind": "report",
        "role": "guidance",
        "year": 2020,
        "articles": ARTICLES,
        "editions": [{"language": "en", "url": ""}],
    },
    "partner": {"type": "ngo", "country": "BF"},
}


@dataclass(frozen=True)
class Start:
    """How far everything had come before the first step."""

    revision: int
    event: int
    notice: int
    entries: int
    number: int


class Scene:
    """Who and what there is; made once, before all runs."""

    def __init__(self) -> None:
        self.areas = [factories.area(), factories.area()]
        self.partners = [
            factories.partner(name=f"Institute {name}", areas=[area.slug])
            for name, area in zip("AB", self.areas, strict=True)
        ]
        self.users = self._users()
        self.records = self._records()
        self.start = start()
        self._model = self._read()

    def _users(self) -> dict[str, User]:
        one, other = self.partners
        users = {
            "contributor": factories.contributor(one),
            "focal point": factories.focal_point(one),
            "contributor of the other": factories.contributor(other),
            "focal point of the other": factories.focal_point(other),
            "reviewer": factories.reviewer(self.areas[0]),
            "editor": factories.editor(),
            "editor and member": factories.editor(),
            "administrator": factories.administrator(),
            "nobody": factories.person(),
        }
        both = {"partner": one, "role": Membership.Role.CONTRIBUTOR, "by": SYSTEM}
        memberships.add(user=users["editor and member"], **both)
        for name, user in users.items():
            User.objects.filter(pk=user.pk).update(name=name)
            user.name = name
        return users

    def _records(self) -> list[Record]:
        made: list[Record] = []
        for partner, area in zip(self.partners, self.areas, strict=True):
            given = {"areas": [area.slug], "summary": "Published."}
            lead = [{"partner": partner.slug, "role": "lead"}]
            whole = WHOLE["activity"] | given
            made.append(factories.activity(**whole, participations=lead))
        one, area = self.partners[0], self.areas[0]
        whole = WHOLE["guidance"] | {"areas": [area.slug], "publishers": [one.slug]}
        return [*made, factories.guidance(**whole), *self.partners]

    def model(self) -> Registry:
        """What there is, as the model sees it."""
        return deepcopy(self._model)

    def _read(self) -> Registry:
        people = {name: Person(name) for name in self.users}
        for name in ("editor", "editor and member", "administrator"):
            people[name].decides = True
        people["administrator"].administers = True
        people["reviewer"].reviews = self.areas[0].slug
        organisations = [Organisation(partner.slug) for partner in self.partners]
        for member in Membership.objects.filter(partner__in=self.partners).select_related("user"):
            partner = organisations[self.partners.index(member.partner)]
            partner.roles[people[member.user.name]] = member.role
        registry = Registry(people.values(), organisations)
        registry.records = [self._published(record) for record in self.records]
        return registry

    def _published(self, record: Record) -> Published:
        values = ACTIONS[record.noun].SHAPE.read(record)
        kept = {name: values[name] for name in drafts.proposals.PROPOSALS[record.noun].fields}
        return Published(record.noun, record.slug, kept)

    def whole(self, noun: str, partner: Organisation | None, word: str, area: int) -> Values:
        """What a submission must say; `word` stands in each of its texts and nowhere else."""
        title, text = WRITTEN[noun][:2]
        said = {title: f"Title {word}", text: f"Text {word}", "areas": [self.areas[area].slug]}
        whole = WHOLE[noun] | said
        if noun == "activity":
            whole |= {"participations": [{"partner": partner.slug, "role": "lead"}]}
        return whole | ({"publishers": [partner.slug]} if noun == "guidance" else {})


def start() -> Start:
    """How far everything has come."""
    return Start(
        revision=Counter.objects.get(name="revision").value,
        event=Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        notice=Notice.objects.order_by("-pk").values_list("pk", flat=True).first() or 0,
        entries=Entry.objects.count(),
        number=Submission.objects.order_by("-number").values_list("number", flat=True).first() or 0,
    )


def real(thing: Proposed) -> Submission:
    """The submission itself, as a page would look it up."""
    found = Submission.objects.select_related("partner", "author", "claimed_by")
    return found.get(reference=thing.reference)


def real_record(record: Published) -> Record:
    """The record itself."""
    return MODELS[record.noun].objects.get(slug=record.key)


def real_partner(partner: Organisation) -> Partner:
    """The partner itself."""
    return Partner.objects.get(slug=partner.slug)
