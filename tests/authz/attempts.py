"""What is tried for each case of the matrix, and how an answer is told to be a “yes”."""

import json
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from registry.models import Event, Submission
from tests.admin.pages import address, list_of
from tests.authz.scene import UNKNOWN, Scene, picture
from tests.web.signed import told

SIGN_IN = ("/account/sign-in/?next=", "/admin/login/?next=")
CODES = {400: "R", 401: "1", 403: "3", 404: "4", 405: "V", 409: "C", 410: "G"}
NOBODYS = uuid.UUID(int=2**127)
type Address = Callable[[Scene, str], str]


@dataclass(frozen=True)
class Attempt:
    """A request, the same to what never was, and by what it shows to have been granted."""

    address: Address
    unknown: Address
    method: str = "get"
    sent: Callable[[Scene, str], Any] = lambda scene, view: {}
    headers: Callable[[Scene], dict] = lambda scene: {}
    # A write leaves this event; a read shows these words.
    verb: str = ""
    shows: Callable[[Scene, str], str] = lambda scene, view: ""
    is_changed: Callable[[Scene], bool] | None = None

    def outcome(self, scene: Scene, channel: str, view: str, secret: str = "") -> str:
        """The code of what comes of it; more than that, where it is no clean one."""
        before = _last_event()
        response = self._ask(self.address, scene, channel, view, secret)
        code = self._code(response, scene, view, before)
        if code not in "YN" and _last_event() != before:
            return f"{code}, yet something was written"
        if code in "L4" and not self._is_as_unknown(response, scene, channel, view, secret):
            return f"{code}, but otherwise than for what never was"
        return code

    def _ask(self, where: Address, scene: Scene, channel: str, view: str, secret: str):
        named = dict(self.headers(scene))
        if secret:
            named["authorization"] = f"Bearer {secret}"
        client = Client() if secret or channel == "api" else scene.clients[view]
        sent = self.sent(scene, view)
        if channel == "page":
            return getattr(client, self.method)(where(scene, view), sent, headers=named)
        if self.method == "post":
            named["idempotency-key"] = str(uuid.uuid4())
        if self.method == "get":
            return client.get(where(scene, view), sent, headers=named)
        write = getattr(client, self.method)
        text = json.dumps(sent) if sent else ""
        return write(where(scene, view), text, content_type="application/json", headers=named)

    def _code(self, response, scene: Scene, view: str, before: int) -> str:
        status = response.status_code
        if status == 302 and response.headers["Location"].startswith(SIGN_IN):
            return "L"
        if status >= 400:
            return CODES.get(status, str(status))
        return "Y" if self._is_granted(response, scene, view, before) else "N"

    def _is_granted(self, response, scene: Scene, view: str, before: int) -> bool:
        if self.is_changed:
            return self.is_changed(scene)
        if self.verb:
            done = Event.objects.filter(pk__gt=before, verb=self.verb)
            return done.filter(actor_id=scene.people[_person(view)].pk).exists()
        return self.shows(scene, view) in f"{body_of(response)} {dict(response.headers)}"

    def _is_as_unknown(self, response, scene: Scene, channel: str, view: str, secret: str) -> bool:
        known, strange = self.address(scene, view), self.unknown(scene, view)
        other = self._ask(self.unknown, scene, channel, view, secret)
        return _told(response, known) == _told(other, strange)


def _person(view: str) -> str:
    return {"TR": "PC", "TW": "PC", "TO": "OP"}.get(view, view)


def _last_event() -> int:
    # That the secretariat reads a draft is kept, and is no change.
    return (
        Event.objects.exclude(verb="read").order_by("-pk").values_list("pk", flat=True).first() or 0
    )


def body_of(response) -> str:
    """The text of an answer, also of one that comes in pieces."""
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace")


def _told(response, where: str) -> tuple:
    """All that an answer tells, but for the parts of the address that was asked for."""
    status, content, headers = told(response)
    text = f"{content.decode()} {headers}"
    for part in sorted(filter(None, where.split("/")), key=len, reverse=True):
        # In an address only: the key 12 is not the hour in which the answer expires.
        text = re.sub(rf"(?<=/){re.escape(part)}(?=/)", "·", text)
    return status, text


def _strange(known: str) -> str:
    """An identifier of the same form and length that nothing has."""
    if known.isdecimal():
        return "9" * len(known)
    return UNKNOWN if known.startswith("S-") else "x" * len(known)


def at(name: str, *arguments: Callable[[Scene], object]) -> tuple[Address, Address]:
    """The address of this name; and the same with its first argument unknown."""

    def known(scene: Scene, view: str) -> str:
        return reverse(name, args=[each(scene) for each in arguments])

    def unknown(scene: Scene, view: str) -> str:
        first, *others = [each(scene) for each in arguments] or [""]
        if isinstance(first, uuid.UUID):
            return reverse(name, args=[NOBODYS])
        strange = [_strange(str(first))] if arguments else []
        return reverse(name, args=[*strange, *others])

    return known, unknown


def fixed(text: str) -> Callable[[Scene], str]:
    return lambda scene: text


def reference(thing: str) -> Callable[[Scene], str]:
    return lambda scene: scene.things[thing].reference


def _slug(scene: Scene) -> str:
    return scene.of.slug


def _pk(name: str) -> Callable[[Scene], int]:
    return lambda scene: getattr(scene, name).pk


def version(thing: str) -> Callable[[Scene, str], dict]:
    return lambda scene, view: {"version": scene.things[thing].version, "text": "Because."}


def ticket(**more: object) -> Callable[[Scene, str], dict]:
    return lambda scene, view: {"ticket": str(uuid.uuid4())} | more


def title(thing: str) -> Callable[[Scene, str], str]:
    return lambda scene, view: scene.things[thing].title


def word(text: str) -> Callable[[Scene, str], str]:
    return lambda scene, view: text


def read_page(thing: str, name: str = "submission-detail", *more: str) -> Attempt:
    """To read a page about a submission."""
    where = at(name, reference(thing), *map(fixed, more))
    return Attempt(*where, shows=title(thing))


def read_api(thing: str) -> Attempt:
    """The same for a program."""
    return Attempt(*at("api:submission-detail", reference(thing)), shows=title(thing))


def send(verb: str, thing: str, name: str, *more: str, **sent: object) -> Attempt:
    """To do something to a submission on a page."""
    where = at(name, reference(thing), *map(fixed, more))
    given = version(thing)
    return Attempt(*where, "post", lambda scene, view: given(scene, view) | sent, verb=verb)


def move(verb: str, thing: str) -> Attempt:
    """To do it as a program."""
    where = at(f"api:submission-{verb}", reference(thing))

    def version(scene: Scene, view: str) -> dict:
        return {"version": scene.things[thing].version}

    return Attempt(*where, "post", version, verb=verb)


def write(verb: str, thing: str, method: str = "patch", **values: object) -> Attempt:
    """To write a submission as a program."""
    where = at("api:submission-detail", reference(thing))

    def if_match(scene: Scene) -> dict:
        return {"if-match": f'"v{scene.things[thing].version}"'}

    def body(scene: Scene, view: str) -> dict:
        return {"values": values} if values else {}

    return Attempt(*where, method, body, if_match, verb)


def desk(name: str, *more: Callable[[Scene], object], **given: Any) -> Attempt:
    """A page of the partner's desk."""
    return Attempt(*at(name, _slug, *more), **given)


def own_desk(name: str, *, ends: bool = False, **given: Any) -> Attempt:
    """A page of the desk of whoever asks; of the partner's, for those who have none."""

    def known(scene: Scene, view: str) -> str:
        partner = scene.other if view == "OP" else scene.of
        token = scene.own_tokens.get(view) or scene.their_token
        return reverse(name, args=[partner.slug, *([token.pk] if ends else [])])

    def unknown(scene: Scene, view: str) -> str:
        token = scene.own_tokens.get(view) or scene.their_token
        strange = _strange(scene.other.slug if view == "OP" else scene.of.slug)
        return reverse(name, args=[strange, *([token.pk] if ends else [])])

    return Attempt(known, unknown, **given)


def administration(of: str, page: str = "change", **given: Any) -> Attempt:
    """A page of the administration about a record of the scene."""

    def known(scene: Scene, view: str) -> str:
        return address(getattr(scene, of), page)

    def unknown(scene: Scene, view: str) -> str:
        pk = str(getattr(scene, of).pk)
        return known(scene, view).replace(f"/{pk}/", f"/{_strange(pk)}/")

    return Attempt(known, unknown, **given)


def models(model: type, page: str = "changelist", **given: Any) -> Attempt:
    """A page of the administration about all records of a model."""
    known, name = list_of(model, page), model._meta.model_name
    unknown = known.replace(f"/{name}/", f"/{_strange(name)}/")
    return Attempt(lambda s, v: known, lambda s, v: unknown, **given)


def plain(text: str, unknown: str = "", **given: Any) -> Attempt:
    """An address that names nothing; or one that there is not, just as `unknown`."""
    return Attempt(lambda s, v: text, lambda s, v: unknown or text, **given)


def attach(scene: Scene, view: str) -> dict:
    """A file to add."""
    return {"file": SimpleUploadedFile("more.png", picture(7), "image/png")}


def mint(scene: Scene, view: str) -> dict:
    """What makes a token."""
    day = timezone.localdate().isoformat()
    return {"name": "One more", "scope": "read", "expires_on": day} | ticket()(scene, view)


def form(of: str, /, **changed: object) -> Callable[[Scene, str], dict]:
    """The form of the administration, changed; those who may not have it send nothing."""
    return lambda scene, view: getattr(scene.forms, of) | changed if view in ("ED", "AD") else {}


def new_draft(**more: Callable[[Scene], object]) -> Attempt:
    """To open a draft as a program."""

    def body(scene: Scene, view: str) -> dict:
        return {"noun": "activity"} | {name: of(scene) for name, of in more.items()}

    where = at("api:submission-list")
    is_ours = None if "key" in more else _is_new_of_partner
    return Attempt(*where, "post", body, verb="start", is_changed=is_ours)


def _is_new_of_partner(scene: Scene) -> bool:
    latest = Submission.objects.latest("number")
    return latest.partner == scene.of and latest not in scene.things.values()


def is_forced(thing: str) -> Callable[[Scene], bool]:
    """Whether a submission took over what was not for its writer to say."""

    def look(scene: Scene) -> bool:
        before, now = scene.things[thing], Submission.objects.get(pk=scene.things[thing].pk)
        names = ("status", "partner_id", "author_id", "number", "reference", "created_at", "key")
        return "slug" in now.values or any(getattr(before, n) != getattr(now, n) for n in names)

    return look


def fetch(of: str, method: str = "get", **named: str) -> Attempt:
    """To fetch a file."""

    def headers(scene: Scene) -> dict:
        tag = {"if-none-match": f'"{getattr(scene, of).sha256}"'} if "tag" in named else {}
        return {name: value for name, value in named.items() if name != "tag"} | tag

    where = at("attachment", lambda scene: getattr(scene, of).number)
    return Attempt(*where, method, headers=headers, shows=lambda s, v: getattr(s, of).name)


# What is nobody's to say of a submission.
FORCED = {
    "status": "approved",
    "author": "1",
    "partner": "1",
    "slug": "my-own",
    "created_at": "2001-01-01",
}
