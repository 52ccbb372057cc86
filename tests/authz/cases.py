"""The attempt that stands for each case of the matrix."""

from collections.abc import Callable
from typing import Any

from articles.models import Country, Term
from registry.models import ApiToken, Event, Guidance, Notice, User
from tests.authz import attempts as a
from tests.authz.attempts import Attempt
from tests.authz.scene import NOTE, Scene

type Key = tuple[int, str, str]
_PAGE, _API = "page", "api"


def _of(name: str, attribute: str) -> Callable[[Scene], Any]:
    return lambda scene: getattr(getattr(scene, name), attribute)


def _shown(name: str, attribute: str) -> Callable[[Scene, str], str]:
    return lambda scene, view: str(getattr(getattr(scene, name), attribute))


def _public(name: str, of: str) -> Attempt:
    return Attempt(*a.at(name, _of(of, "slug")), shows=_shown(of, "title"))


def _mail_of_author(scene: Scene, view: str) -> str:
    # Of another than the one who looks: everybody's own page may name them.
    return scene.people["PF" if view == "PC" else "PC"].email


def _take_part(scene: Scene, view: str) -> dict:
    return a.ticket(what="join", partner=scene.of.slug, role="funding")(scene, view)


def _change(scene: Scene, view: str) -> dict:
    return a.ticket(partner=scene.of.slug)(scene, view)


READS: dict[Key, Attempt] = {
    (1, "record", _PAGE): _public("activity-detail", "record"),
    (1, "feed", _PAGE): Attempt(
        lambda s, v: f"/activities/feed/?partner={s.of.slug}",
        lambda s, v: "",
        shows=_shown("record", "title"),
    ),
    (1, "record", _API): _public("api:activity-detail", "record"),
    (1, "list-as-csv", _API): Attempt(
        lambda s, v: f"/api/v1/activities/?format=csv&partner={s.of.slug}",
        lambda s, v: "",
        shows=_shown("record", "title"),
    ),
    **{(2, name, _PAGE): a.read_page(name) for name in ("draft", "guidance-draft", "asked")},
    (2, "asked-at-review", _PAGE): a.read_page("asked", "review-detail"),
    (2, "desk", _PAGE): a.desk("desk-partner", shows=a.title("draft")),
    (2, "records", _PAGE): a.desk(
        "desk-records", a.fixed("activity"), shows=_shown("record", "title")
    ),
    **{(2, name, _API): a.read_api(name) for name in ("draft", "asked")},
    (2, "list", _API): a.plain("/api/v1/submissions/", shows=a.title("draft")),
    **{(3, name, _PAGE): a.read_page(name) for name in ("waiting", "guidance-waiting")},
    (3, "done", _PAGE): Attempt(
        *a.at("submission-done", a.reference("waiting")),
        shows=lambda s, v: s.things["waiting"].reference,
    ),
    (3, "say", _PAGE): a.send("comment", "waiting", "submission-say"),
    (3, "review", _PAGE): a.read_page("waiting", "review-detail"),
    (3, "presence", _PAGE): Attempt(
        *a.at("review-presence", a.reference("waiting")), "post", a.version("waiting")
    ),
    (3, "queue", _PAGE): a.plain("/review/", shows=a.title("waiting")),
    (3, "waiting", _API): a.read_api("waiting"),
    **{
        (4, name, _PAGE): a.read_page(name)
        for name in ("change-draft", "change-waiting", "join-waiting", "profile-waiting")
    },
    **{(4, name, _API): a.read_api(name) for name in ("change-draft", "change-waiting")},
    (5, "record", _PAGE): _public("activity-detail", "gone"),
    (5, "record", _API): _public("api:activity-detail", "gone"),
    **{
        (5, name, _PAGE): a.read_page(name)
        for name in ("approved", "declined", "taken-back", "never-handed-in")
    },
    **{(5, name, _API): a.read_api(name) for name in ("declined", "never-handed-in")},
    (19, "draft", _PAGE): a.fetch("file"),
    (19, "waiting", _PAGE): a.fetch("handed_file"),
    (19, "head", _PAGE): a.fetch("handed_file", "head"),
    (19, "range", _PAGE): a.fetch("handed_file", range="bytes=0-3"),
    (19, "if-none-match", _PAGE): a.fetch("handed_file", tag=""),
    (19, "removed", _PAGE): a.fetch("removed"),
    (20, "compare", _PAGE): a.read_page("change-waiting", "review-detail"),
    (21, "at-review", _PAGE): Attempt(
        *a.at("review-detail", a.reference("waiting")), shows=a.word(NOTE)
    ),
    (21, "at-desk", _PAGE): Attempt(
        *a.at("submission-detail", a.reference("waiting")), shows=a.word(NOTE)
    ),
    (21, "in-files", _PAGE): a.desk("desk-submissions", a.fixed("json"), shows=a.word(NOTE)),
    (21, "in-answers", _API): Attempt(
        *a.at("api:submission-detail", a.reference("waiting")), shows=a.word(NOTE)
    ),
    (22, "author-at-desk", _PAGE): Attempt(
        *a.at("submission-detail", a.reference("waiting")), shows=_mail_of_author
    ),
    (22, "author-in-answers", _API): Attempt(
        *a.at("api:submission-detail", a.reference("waiting")), shows=_mail_of_author
    ),
    (24, "check", _PAGE): a.read_page("draft", "submission-check"),
    (28, "list", _PAGE): a.desk("desk-members", shows=_shown("member", "email")),
    (30, "country", _PAGE): a.models(Country, shows=a.word("results")),
    (30, "term", _PAGE): a.models(Term, shows=a.word("results")),
    (31, "index", _PAGE): a.plain("/admin/", shows=a.word("/admin/registry/activity/")),
    (33, "csv", _PAGE): a.desk("desk-submissions", a.fixed("csv"), shows=a.title("draft")),
    (33, "json", _PAGE): a.desk("desk-submissions", a.fixed("json"), shows=a.title("draft")),
    (35, "list", _PAGE): a.own_desk(
        "desk-tokens", shows=lambda s, v: s.own_tokens[v].name if v in s.own_tokens else ""
    ),
    (35, "in-administration", _PAGE): a.models(ApiToken, shows=a.word("results")),
    (35, "who-am-i", _API): a.plain("/api/v1/token/", shows=a.word('"prefix":"gmp_')),
    (36, "people", _PAGE): a.models(User, shows=_shown("owner", "email")),
    (36, "audit-trail", _PAGE): a.models(Event, shows=a.word("results")),
    (36, "messages", _PAGE): a.models(Notice, shows=a.word("results")),
    (38, "metrics", _PAGE): a.plain("/metrics/", "/nothing/"),
    (38, "debug", _PAGE): a.plain("/__debug__/", "/__nothing__/"),
    (38, "kept-mail", _PAGE): a.plain("/mail/", "/post/"),
}
_SECTION = ("submission-section", "what")
WRITES: dict[Key, Attempt] = {
    (6, "form", _PAGE): a.desk(
        "submission-new", a.fixed("activity"), shows=a.word('name="ticket"')
    ),
    (6, "new", _PAGE): a.desk(
        "submission-new", a.fixed("activity"), method="post", sent=a.ticket(), verb="start"
    ),
    (6, "apply", _PAGE): a.plain("/desk/apply/", method="post", sent=a.ticket(), verb="start"),
    (6, "new", _API): a.new_draft(),
    (6, "partner-named", _API): a.new_draft(partner=_of("of", "slug")),
    (7, "form", _PAGE): Attempt(
        *a.at(_SECTION[0], a.reference("draft"), a.fixed("what")), shows=a.title("draft")
    ),
    (7, "draft", _PAGE): a.send("save", "draft", *_SECTION, title="Another"),
    (7, "asked", _PAGE): a.send("save", "asked", *_SECTION, title="Another"),
    (7, "draft", _API): a.write("save", "draft", title="Another"),
    (7, "asked", _API): a.write("save", "asked", title="Another"),
    (8, "waiting", _PAGE): a.send("save", "waiting", *_SECTION, title="Another"),
    (8, "waiting", _API): a.write("save", "waiting", title="Another"),
    (9, "admin", _PAGE): a.administration(
        "record", method="post", sent=a.form("record", title="In place"), verb="change"
    ),
    (9, "patch", _API): Attempt(
        *a.at("api:activity-detail", _of("record", "slug")),
        "patch",
        lambda s, v: {"title": "In place"},
    ),
    (10, "change", _PAGE): Attempt(
        *a.at("desk-change", a.fixed("activity"), _of("plain", "slug")),
        "post",
        _change,
        verb="start",
    ),
    (10, "take-part", _PAGE): Attempt(
        *a.at("desk-change", a.fixed("activity"), _of("to_join", "slug")),
        "post",
        _take_part,
        verb="start",
    ),
    (10, "change", _API): a.new_draft(key=_of("plain", "slug")),
    (11, "draft", _PAGE): a.send("submit", "draft", "submission-submit"),
    (11, "asked", _PAGE): a.send("submit", "asked", "submission-submit"),
    (11, "draft", _API): a.move("submit", "draft"),
    (12, "waiting", _PAGE): a.send("withdraw", "waiting", "submission-withdraw"),
    (12, "draft", _PAGE): a.send("withdraw", "draft", "submission-withdraw"),
    (12, "waiting", _API): a.move("withdraw", "waiting"),
    (13, "claim", _PAGE): a.send("hand over", "waiting", "review-act", "claim"),
    (13, "recommend", _PAGE): a.send(
        "recommendation", "waiting", "review-act", "recommend", advice="approve"
    ),
    (13, "ask-changes", _PAGE): a.send("ask changes", "waiting", "review-act", "ask-changes"),
    (13, "decline", _PAGE): a.send("decline", "waiting", "review-act", "decline"),
    (13, "decline-own", _PAGE): a.send("decline", "own", "review-act", "decline"),
    (13, "recommend-own", _PAGE): a.send(
        "recommendation", "own", "review-act", "recommend", advice="approve"
    ),
    (14, "approve", _PAGE): a.send("approve", "waiting", "review-act", "approve"),
    (14, "approve-change", _PAGE): a.send("approve", "change-waiting", "review-act", "approve"),
    (14, "approve-own", _PAGE): a.send("approve", "own", "review-act", "approve"),
    (15, "withdraw", _PAGE): a.administration(
        "record",
        "withdraw",
        method="post",
        sent=lambda s, v: {"version": s.record.version, "reason": "Twice."},
        verb="withdraw",
    ),
    (15, "restore", _PAGE): a.administration(
        "gone",
        "restore",
        method="post",
        sent=lambda s, v: {"version": s.gone.version},
        verb="restore",
    ),
    (16, "draft", _PAGE): a.send("discard", "draft", "submission-discard"),
    (16, "draft", _API): a.write("discard", "draft", "delete"),
    (17, "waiting", _PAGE): a.send("discard", "waiting", "submission-discard"),
    (17, "waiting", _API): a.write("discard", "waiting", "delete"),
    (17, "record", _PAGE): a.administration(
        "record", "delete", method="post", sent=lambda s, v: {"post": "yes"}
    ),
    (18, "attach", _PAGE): Attempt(
        *a.at("submission-files", a.reference("draft")), "post", a.attach, verb="attach"
    ),
    (18, "remove", _PAGE): Attempt(
        *a.at("submission-file-away", a.reference("draft"), _of("file", "number")),
        "post",
        verb="remove file",
    ),
    (18, "list", _PAGE): Attempt(
        *a.at("submission-files", a.reference("draft")), shows=_shown("file", "name")
    ),
    (21, "write", _PAGE): a.send("note", "waiting", "review-act", "note"),
    (25, "section", _PAGE): Attempt(
        *a.at(_SECTION[0], a.reference("draft"), a.fixed("what")),
        "post",
        lambda s, v: a.version("draft")(s, v) | {"title": "Another"} | a.FORCED,
        is_changed=a.is_forced("draft"),
    ),
    (25, "values", _API): a.write("save", "draft", **a.FORCED),
    (26, "change", _PAGE): Attempt(
        *a.at("desk-change", a.fixed("partner"), _of("of", "slug")),
        "post",
        _change,
        shows=lambda s, v: s.things["profile-waiting"].reference,
    ),
    (26, "change", _API): Attempt(
        *a.at("api:submission-list"),
        "post",
        lambda s, v: {"noun": "partner", "key": s.of.slug},
        shows=lambda s, v: s.things["profile-waiting"].reference,
    ),
    (27, "invite", _PAGE): a.desk(
        "desk-invite",
        method="post",
        sent=a.ticket(email="more@example.org", role="contributor"),
        verb="invite",
    ),
    (27, "role", _PAGE): a.desk(
        "desk-role",
        _of("membership", "pk"),
        method="post",
        sent=lambda s, v: {"role": "focal-point"},
        verb="change role",
    ),
    (27, "remove", _PAGE): a.desk(
        "desk-remove", _of("membership", "pk"), method="post", verb="remove"
    ),
    (27, "take-back", _PAGE): a.desk(
        "desk-take-back", _of("invitation", "pk"), method="post", verb="revoke"
    ),
    (27, "answer", _PAGE): a.desk(
        "desk-answer",
        _of("asked", "pk"),
        method="post",
        sent=lambda s, v: {"answer": "accept"},
        verb="join",
    ),
    (29, "change", _PAGE): a.administration(
        "document", method="post", sent=a.form("document", title="In place"), verb="change"
    ),
    (29, "add", _PAGE): a.models(Guidance, "add", shows=a.word('name="title"')),
    (30, "area", _PAGE): a.administration(
        "area", method="post", sent=a.form("area", name="In place"), verb="change"
    ),
    (34, "session", _PAGE): a.plain(
        "/account/sessions/",
        method="post",
        sent=lambda s, v: {"session": s.session.pk},
        verb="end sessions",
    ),
    (34, "token-at-desk", _PAGE): a.desk(
        "desk-token-revoke", _of("their_token", "pk"), method="post", verb="revoke"
    ),
    (34, "token-in-administration", _PAGE): a.administration(
        "their_token", "revoke", method="post", verb="revoke"
    ),
    (35, "mint", _PAGE): a.own_desk("desk-token-new", method="post", sent=a.mint, verb="mint"),
    (35, "revoke", _PAGE): a.own_desk("desk-token-revoke", ends=True, method="post", verb="revoke"),
}
CASES = READS | WRITES
