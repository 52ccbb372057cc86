"""One partner, another, their people, and a thing of every kind that may be asked for."""

import datetime as dt
import struct
import uuid
import zlib
from functools import cached_property
from types import SimpleNamespace

from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from registry.actions import attachments, drafts, memberships, reviews, submissions, tokens
from registry.models import ApiToken, Submission, User
from registry.web.accounts import sessions
from tests import factories
from tests.admin.pages import address, typed

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000a49444154789c63000100000500010d0a2db40000000049454e44ae426082"
)
NOTE = "Between reviewers only."
UNKNOWN = "S-9999-9"
# What guidance must say to be submitted.
_DOCUMENT = {
    "kind": "report",
    "role": "guidance",
    "year": 2020,
    "abstract": "What it says.",
    "articles": [{"article": 7, "basis": "stated"}],
    "editions": [{"language": "en", "url": "https://example.org/one.pdf"}],
}


def picture(dots: int = 0) -> bytes:
    """A picture; another one for each resolution in which it is shown."""
    if not dots:
        return PNG
    data = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    chunk = struct.pack(">I", 9) + data + struct.pack(">I", zlib.crc32(data))
    return PNG[:-12] + chunk + PNG[-12:]


class Scene:
    """Who there is (`people`, `secrets`), and what there is (`things`)."""

    def __init__(self) -> None:
        self.area, self.elsewhere = factories.area(), factories.area()
        self.of = factories.partner(name="Institute of Retorts", areas=[self.area.slug])
        self.other = factories.partner(name="Another institute")
        self.people = self._people()
        self.clients = {view: _signed_in(user) for view, user in self.people.items()}
        self.clients["AN"] = Client()
        self.member = factories.contributor(self.of)
        self.owner = factories.focal_point(self.of)
        self.secrets = self._secrets()
        self._make_records()
        self.things: dict[str, Submission] = {}
        self._make_drafts()
        self._make_handed_in()
        self._make_others()

    def _people(self) -> dict[str, User]:
        return {
            "PC": factories.contributor(self.of),
            "PF": factories.focal_point(self.of),
            "OP": factories.focal_point(self.other),
            "RA": factories.reviewer(self.area),
            "RB": factories.reviewer(self.elsewhere),
            "ED": factories.editor(name="Ed Itor"),
            "AD": factories.administrator(name="Ad Min"),
        }

    def _secrets(self) -> dict[str, list[str]]:
        """The tokens of each; a closed account, an end and a revocation are all the same."""
        people, of = self.people, self.of
        held = {view: factories.token(people[view])[1] for view in ("RA", "RB")}
        held |= {view: factories.token(people[view], scope="write")[1] for view in ("ED", "AD")}
        for view, partner in (("PC", of), ("PF", of), ("OP", self.other)):
            held[view] = factories.token(people[view], scope="write", partner=partner)[1]
        held["TR"] = factories.token(people["PC"], partner=of)[1]
        held["TW"], held["TO"] = held["PC"], held["OP"]
        return {"AN": [""], "TX": self._useless()} | {view: [s] for view, s in held.items()}

    def _useless(self) -> list[str]:
        given = {"scope": "write", "partner": self.of}
        (revoked, one), (expired, two) = (
            factories.token(self.people["PF"], **given) for _ in range(2)
        )
        tokens.revoke(token=revoked, by=revoked.owner)
        yesterday = timezone.localdate() - dt.timedelta(days=1)
        ApiToken.objects.filter(pk=expired.pk).update(expires_on=yesterday)
        gone = factories.contributor(self.of)
        _token, three = factories.token(gone, **given)
        User.objects.filter(pk=gone.pk).update(is_active=False)
        return [one, two, three]

    def _make_records(self) -> None:
        mine = [{"partner": self.of.slug, "role": "lead"}]
        theirs = [{"partner": self.other.slug, "role": "lead"}]
        areas = [self.area.slug]
        whole = factories.WHOLE | {"areas": areas, "participations": mine}
        self.record = factories.activity(**whole | {"title": "Published by the institute"})
        self.gone = factories.withdrawn(
            factories.activity(**whole | {"title": "Withdrawn by the institute"})
        )
        self.plain = factories.activity(**whole | {"title": "Also published by the institute"})
        self.theirs = factories.activity(
            **whole | {"title": "Published by another", "participations": theirs}
        )
        self.to_join = factories.activity(**whole | {"participations": theirs})
        self.document = factories.guidance(publishers=[self.of.slug])

    def _draft(self, name: str, **values: object) -> Submission:
        given = {"title": f"Unheard of {name}", "areas": [self.area.slug]} | values
        self.things[name] = factories.draft(self.people["PC"], self.of, **given)
        return self.things[name]

    def _submit(self, name: str) -> Submission:
        thing, by = self.things[name], self.people["PC"]
        self.things[name] = submissions.submit(submission=thing, version=thing.version, by=by)
        return self.things[name]

    def _make_drafts(self) -> None:
        by, of = self.people["PC"], self.of
        self.file = self._attach(self._draft("draft"))
        self.removed = self._attach(self.things["draft"], "removed.png", dots=4)
        attachments.remove(attachment=self.removed, by=by)
        values = {"title": "Unheard of guidance-draft", "areas": [self.area.slug]}
        given = {"partner": of, "by": by, "values": values}
        self.things["guidance-draft"] = drafts.start(noun="guidance", ticket=uuid.uuid4(), **given)
        self._revise("change-draft", self.document, {"abstract": "Unheard of change-draft"})
        thing = self._draft("never-handed-in")
        submissions.withdraw(submission=thing, version=thing.version, by=by)

    def _revise(self, name: str, record: object, values: dict, by: str = "PC") -> None:
        given = {"record": record, "partner": self.of, "ticket": uuid.uuid4()}
        self.things[name] = drafts.revise(**given, values=values, by=self.people[by])

    def _attach(self, thing: Submission, name: str = "unheard.png", dots: int = 0) -> object:
        given = {"name": name, "content": picture(dots), "by": self.people["PC"]}
        return attachments.attach(submission=thing, **given)

    def _make_handed_in(self) -> None:
        ed, ad, pc = (self.people[view] for view in ("ED", "AD", "PC"))
        self.handed_file = self._attach(self._draft("waiting"))
        for name in ("asked", "approved", "declined", "taken-back"):
            self._draft(name)
            self._submit(name)
        thing = self._draft("own")
        for by in (ed, ad):
            version, values = thing.version, {"summary": f"Also by {by}."}
            thing = drafts.save(submission=thing, values=values, version=version, by=by)
        self.things["own"] = thing
        for name in ("waiting", "own"):
            reviews.note(submission=self._submit(name), text=NOTE, by=ed)
        for name, decide in (
            ("asked", reviews.ask_changes),
            ("approved", reviews.approve),
            ("declined", reviews.decline),
        ):
            thing = self.things[name]
            decide(submission=thing, version=thing.version, text="Thank you.", by=ed)
        thing = self.things["taken-back"]
        submissions.withdraw(submission=thing, version=thing.version, by=pc)
        self._make_changes()
        for name, thing in self.things.items():
            self.things[name] = Submission.objects.get(pk=thing.pk)

    def _make_changes(self) -> None:
        by, ticket = self.people["PC"], uuid.uuid4()
        self._revise("change-waiting", self.record, {"summary": "Unheard of change-waiting"})
        values = {"other_names": ["Unheard of profile-waiting"]}
        self._revise("profile-waiting", self.of, values, by="PF")
        given = {"record": self.theirs, "partner": self.of, "ticket": ticket}
        self.things["join-waiting"] = drafts.join(role="funding", by=by, **given)
        kept = _DOCUMENT | {"title": "Unheard of guidance-waiting", "areas": [self.area.slug]}
        given = {"partner": self.of, "ticket": uuid.uuid4(), "values": kept, "by": by}
        self.things["guidance-waiting"] = drafts.start(noun="guidance", **given)
        for name in ("change-waiting", "join-waiting", "guidance-waiting", "profile-waiting"):
            thing = self.things[name]
            submissions.submit(submission=thing, version=thing.version, by=self.people["PF"])

    def _make_others(self) -> None:
        asking = factories.person(name="Asking Person")
        self.asked = memberships.ask_to_join(partner=self.of, message="Unheard of.", by=asking)
        self.membership = self.member.memberships.get()
        email = "invited@example.org"
        self.invitation, _secret = memberships.invite(
            partner=self.of, email=email, role="contributor", by=self.people["PF"]
        )
        given = {"session_key": "x" * 32, "ip": "127.0.0.1", "user_agent": "A browser"}
        self.session = UserSession.objects.create(user=self.owner, **given)
        self.their_token, _secret = factories.token(self.owner, partner=self.of)
        held = ApiToken.objects.filter(revoked_at=None)
        # The token that each would end: their own.
        self.own_tokens = {
            view: held.filter(owner=user).order_by("pk").first()
            for view, user in self.people.items()
        }

    @cached_property
    def forms(self) -> SimpleNamespace:
        """What the administration's forms hold, as a browser would send them back."""
        client = self.clients["AD"]
        read = {
            name: typed(client.get(address(record)))
            for name, record in (
                ("record", self.record),
                ("document", self.document),
                ("area", self.area),
            )
        }
        return SimpleNamespace(**read)


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    # Else the first request of each test would begin the session, and write it.
    session = client.session
    sessions.begin(SimpleNamespace(session=session))
    session.save()
    return client
