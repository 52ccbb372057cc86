"""Each kind of notice as a mail: in plain text and HTML, whatever people typed."""

import email
import email.policy
from html.parser import HTMLParser

import pytest
from django.conf import settings

from registry.actions import notices
from registry.models import Notice, NoticePreference, User
from registry.permissions import SYSTEM
from registry.queries import mails
from registry.queries.notices import FORMS
from tests.notices import WORDS, notice, person, words

pytestmark = pytest.mark.django_db
SITE = f"{settings.SITE_URL}/"
every_kind = pytest.mark.parametrize("kind", Notice.Kind)
FREE = [kind for kind in Notice.Kind if kind not in (Notice.Kind.ACCOUNT, Notice.Kind.DIGEST)]

HOSTILE = (
    "{{ 7|add:7 }} {% now 'Y' %} %(x)s {0.__class__} \u202eesrever\u202c \x00\x1b[2J"
    " Gold\r\nBcc: victim@example.net\r\n\r\n<script>alert(1)</script>"
    '<img src="https://evil.example/x.png"> [now](https://evil.example) www.evil.example'
)


class Parts(HTMLParser):
    """What an HTML part holds: tags, addresses, text."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.addresses, self.handlers, self.text = [], [], [], ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.addresses += [v for name, v in attributes if name in ("href", "src", "action")]
        self.handlers += [name for name, _ in attributes if name.startswith(("on", "style"))]

    def handle_data(self, data):
        if self.cdata_elem is None:  # not in a style
            self.text += data


def sent(made):
    """The mail as a reader's program parses it: the whole, its text, its HTML."""
    raw = mails.mail(made).message(policy=email.policy.SMTP).as_bytes()
    mail = email.message_from_bytes(raw, policy=email.policy.default)
    text = mail.get_body(("plain",)).get_content()
    return mail, text, Parts(mail.get_body(("html",)).get_content())


@every_kind
def test_every_word_is_told_in_both_parts(kind):
    made = notice(kind)

    mail, text, html = sent(made)

    assert (mail["To"], mail["Message-ID"]) == (made.address, made.message_id)
    assert mail["Subject"] == mails.subject(made)
    assert mail["Auto-Submitted"] == "auto-generated"
    shown = {"since": "9 March 2026", "due": "1 April 2026", "message": "Which villages?"}
    for name in FORMS[kind].needs | FORMS[kind].may:
        if name in ("subject", "html", "text", "items", "changes", "link"):
            continue
        assert shown.get(name, WORDS[name]) in text, name
        assert shown.get(name, WORDS[name]) in html.text, name
    if "link" in made.words:
        assert made.words["link"] in text
        assert made.words["link"] in html.addresses


@every_kind
def test_the_least_words_are_enough(kind):
    [made] = notices.queue(
        kind=kind,
        to=[person(name="")],
        about=("submission", "S-1"),
        words=words(kind, least=True),
        once="least",
        by=SYSTEM,
    )

    mail, text, html = sent(made)

    assert mail["Subject"].strip() and text.strip() and html.text.strip()
    for part in (mail["Subject"], text, html.text):
        assert "None" not in part and "{" not in part and "“”" not in part
    assert "  " not in mail["Subject"]
    assert "\n\n\n" not in text.replace("\r", "")


@pytest.mark.check("B5")
@pytest.mark.parametrize("kind", FREE)
def test_hostile_words_stay_words(kind):
    typed = {"title", "reference", "partner", "person", "role", "message"}
    given = dict.fromkeys(typed & (FORMS[kind].needs | FORMS[kind].may), HOSTILE)
    if "changes" in FORMS[kind].may:
        given["changes"] = [HOSTILE]
    # No account holds NUL, and no name is longer.
    name = HOSTILE.replace("\0", "")[:100]
    made = notice(kind, user=person(name=name), **given)

    mail, text, html = sent(made)

    assert mail.get_all("To") == [made.address]
    assert (mail["Bcc"], mail["Cc"]) == (None, None)
    assert "\n" not in mail["Subject"] and len(mail["Subject"]) <= 150
    assert not {"script", "img", "iframe", "form"} & set(html.tags)
    assert html.handlers == []
    assert all(address.startswith(SITE) for address in html.addresses)
    for part in (mail["Subject"], text, html.text):
        assert "evil.example" not in part and "://evil" not in part
        assert not set("\u202e\u202c\x00\x1b") & set(part)
    # What looks like a template is no template.
    assert "{{ 7|add:7 }}" in text and "{0.__class__}" in text


@pytest.mark.check("B5")
@pytest.mark.parametrize("kind", FREE)
def test_ten_kilobytes_are_bounded(kind):
    names = FORMS[kind].needs | FORMS[kind].may
    long = dict.fromkeys({"title", "partner", "person", "message"} & names, "word " * 2000)
    made = notice(kind, **long)

    mail, text, _html = sent(made)

    assert len(mail["Subject"]) <= 150
    outside = [line for line in text.splitlines() if not line.startswith(">")]
    assert sum(map(len, outside)) < 4_000
    raw = mails.mail(made).message(policy=email.policy.SMTP).as_bytes()
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@pytest.mark.check("B5")
def test_message_cannot_pass_for_ours():
    made = notice(Notice.Kind.CHANGES_ASKED, message="Fine.\n-- \nThe secretariat\nOpen it:\nhttp")

    _mail, text, _html = sent(made)

    quoted = [line for line in text.splitlines() if line.startswith(">")]
    assert quoted == ["> Fine.", "> --", "> The secretariat", "> Open it:", "> http"]


@pytest.mark.check("U-66")
@every_kind
def test_nothing_is_fetched_and_nobody_is_tracked(kind):
    html = mails.mail(notice(kind)).alternatives[0].content

    assert "src=" not in html and "url(" not in html and "@import" not in html
    assert "<script" not in html and "<link" not in html


@pytest.mark.check("U-66")
@every_kind
def test_what_is_not_essential_can_be_stopped(kind):
    made = notice(kind)

    mail, text, html = sent(made)

    if FORMS[kind].group is None:
        assert mail["List-Unsubscribe"] is None
        return
    address = mail["List-Unsubscribe"].strip("<>")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in text and address in html.addresses
    token = address.removeprefix(f"{SITE}messages/").strip("/")
    assert mails.chooser(token) == (made.recipient, FORMS[kind].group)


def test_second_copy_is_the_same_mail():
    made = notice()

    first, second = mails.mail(made).message(), mails.mail(made).message()

    for name in ("Message-ID", "Date", "Subject", "To"):
        assert first[name] == second[name]
    assert first.get_body(("plain",)).get_content() == second.get_body(("plain",)).get_content()


@pytest.mark.parametrize(
    ("language", "day", "direction"),
    [
        ("en", "9 March 2026", "ltr"),
        ("fr", "9 mars 2026", "ltr"),
        ("es", "9 de marzo de 2026", "ltr"),
        ("ru", "9 марта 2026 года", "ltr"),
        ("zh", "2026年3月9日", "ltr"),
        ("ar", "9 مارس 2026", "rtl"),
    ],
)
def test_mail_is_in_the_readers_language(language, day, direction):
    made = notices.queue_to_address(
        kind=Notice.Kind.PARTNER_REMINDER,
        address="reader@example.org",
        language=language,
        about=("submission", "S-1"),
        words=words(Notice.Kind.PARTNER_REMINDER),
        once="once",
        by=SYSTEM,
    )

    mail, text, _html = sent(made)

    assert mail["Content-Language"] == language
    assert day in text
    html = mails.mail(made).alternatives[0].content
    assert f'<html lang="{language}" dir="{direction}">' in html


def test_complete_mail_goes_out_as_it_is():
    made = notice(Notice.Kind.ACCOUNT)

    message = mails.mail(made)

    assert message.subject == WORDS["subject"]
    assert message.body == WORDS["text"] + "\n"
    assert message.alternatives[0].content == WORDS["html"]


def test_digest_is_cut_and_says_so():
    items = [{"title": f"Message {number}", "link": f"{SITE}x/"} for number in range(60)]
    made = notice(Notice.Kind.DIGEST, items=items)

    mail, text, html = sent(made)

    assert mail["Subject"] == "Your week in the registry: 60 messages"
    assert text.count("* Message") == html.text.count("Message") == 50
    assert "… and 10 more" in text


def test_token_of_another_opens_nothing():
    user = person()
    token = mails.choice_token(user, NoticePreference.Group.COMMENTS)

    assert mails.chooser(token) == (user, NoticePreference.Group.COMMENTS)
    assert mails.chooser(token[:-1]) is None
    assert mails.chooser("") is None
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert mails.chooser(token) is None
