"""Every page of accounts: what it answers to whom, and the rules that all of them keep."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.test import Client
from django.urls import reverse

from registry.models import Event, User
from registry.web.accounts import urls
from tests import factories
from tests.factories import PASSWORD
from tests.partnership.test_headers import POLICY
from tests.scenes import as_left, made_once
from tests.web.accounts.acting import code, link, open_reset, sign_in, signed_in
from tests.web.reading import Page
from tests.web.test_rules import faults

pytestmark = pytest.mark.django_db
FACTORS = "/account/second-factor/"
OPEN = {
    "account_login": 200,
    "sign-in": 200,
    "account_signup": 200,
    "mfa_login_webauthn": 200,
    "account_reset_password": 200,
    "account_reset_password_done": 200,
    "account_email_verification_sent": 200,
    "account_inactive": 200,
    "account_confirm_email": 200,
    "account_reset_password_from_key": 200,
    # These lead to the sign-in.
    "account_logout": 302,
    "mfa_authenticate": 302,
}
ARGUMENTS = {
    "account-shown": [1],
    "account_confirm_email": ["x"],
    "account_reset_password_from_key": ["1", "x"],
    "mfa_edit_webauthn": [1],
    "mfa_remove_webauthn": [1],
}
NAMES = [each.name for each in urls.urlpatterns]


def path_of(name):
    return reverse(name, args=ARGUMENTS.get(name, []))


@pytest.fixture(scope="module")
def scene(django_db_setup, django_db_blocker):
    """A person with an app and recovery codes, and a client in which they are in."""
    with made_once(django_db_blocker):
        person = factories.signed_up(email="eva@example.org")
        secret = factories.second_factor(person)
        Authenticator.objects.create(
            user=person,
            type="recovery_codes",
            data={"seed": factories.sealing.seal("0123456789abcdef"), "used_mask": 0},
        )
        client = signed_in(person)
        client.post("/account/sign-in/code/", {"code": code(secret)})
        yield person, client


@pytest.fixture
def full(scene):
    """A client that is in, with an app and recovery codes."""
    return as_left(scene[1])


@pytest.fixture
def owner(scene):
    """Whose client that is."""
    return User.objects.get(pk=scene[0].pk)


@pytest.fixture
def person():
    return factories.signed_up(email="ana@example.org")


@pytest.mark.parametrize("name", NAMES)
def test_strangers(client, name):
    answer = client.get(path_of(name))

    assert answer.status_code == OPEN.get(name, 302)
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/account/sign-in/")


# What a person finds who is in, with an app and codes and no passkey.
FOUND = {
    # For people who speak for a partner.
    "account-contacts": 403,
    "account_login": 302,
    "sign-in": 302,
    "account_signup": 302,
    "mfa_authenticate": 302,
    "mfa_login_webauthn": 302,
    "account_set_password": 302,
    "mfa_activate_totp": 302,
    "account_reauthenticate": 302,
    "mfa_reauthenticate_webauthn": 302,
    "account-shown": 405,
    "mfa_edit_webauthn": 404,
    "mfa_remove_webauthn": 404,
}


@pytest.mark.parametrize("name", NAMES)
def test_whoever_is_in(full, name):
    assert full.get(path_of(name)).status_code == FOUND.get(name, 200)


@pytest.mark.parametrize("name", NAMES)
def test_every_answer_is_private_and_safe(full, name):
    for client in (full, Client()):
        answer = client.get(path_of(name))

        assert answer.headers["Cache-Control"] == "private, no-store"
        assert set(answer.headers["Content-Security-Policy"].split("; ")) == POLICY
        assert answer.headers["X-Frame-Options"] == "DENY"


def shown(full, owner):
    """All the pages there are: by a name, the answer."""
    stranger, waiting = Client(), signed_in(owner)
    yield "second step", waiting.get("/account/sign-in/code/")
    for name in NAMES:
        for who, client in (("stranger", stranger), ("person", full)):
            answer = client.get(path_of(name))
            if answer.headers["Content-Type"].startswith("text/html") and len(answer.content):
                yield f"{name} to a {who}", answer
    newcomer = signed_in(factories.signed_up())
    yield "an app", newcomer.get(FACTORS + "app/")
    yield "a passkey", newcomer.get(FACTORS + "passkeys/add/")
    yield "the password again", newcomer.get("/account/confirm/")
    newcomer.post("/account/address/", {"email": "new@example.org", "action_add": ""})
    yield "a change of address", newcomer.get("/account/address/")
    yield "a link", stranger.get(link())
    stranger.post("/account/password/reset/", {"email": owner.email})
    yield "a new password", stranger.get(open_reset(stranger, link()))
    yield "forged", Client(enforce_csrf_checks=True).post("/account/sign-out/")


@pytest.mark.slow
def test_every_page_keeps_the_rules(full, owner):
    wrong, count = {}, 0
    for name, answer in shown(full, owner):
        count += 1
        found = faults(Page(answer))
        text = answer.content.decode().lower()
        found += [word for word in ("please", "invalid", "oops") if f" {word}" in prose(text)]
        if found:
            wrong[name] = found

    assert wrong == {}
    assert count > 35


def prose(text):
    # “aria-invalid” is no word that anybody reads.
    return text.replace("aria-invalid", "")


FORMS = {
    "sign in": ("/account/sign-in/", {}, None),
    "sign up": ("/account/sign-up/", {"name": "Ana"}, None),
    "reset": ("/account/password/reset/", {"email": "x"}, None),
    "passkey": ("/account/sign-in/passkey/", {}, None),
    "password": ("/account/password/", {"oldpassword": "x"}, "in"),
    "address": ("/account/address/", {"action_add": "", "email": "x"}, "in"),
    "details": ("/account/details/", {"language": "xx"}, "in"),
    "app": (FACTORS + "app/", {"code": "x"}, "in"),
    "new passkey": (FACTORS + "passkeys/add/", {"name": ""}, "in"),
    "confirm": ("/account/confirm/", {"password": "x"}, "in"),
    "second step": ("/account/sign-in/code/", {"code": "x"}, "half"),
    "new codes": (FACTORS + "codes/new/", {}, "in"),
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_sums_up_what_is_wrong(person, form):
    path, typed, who = FORMS[form]
    if who == "half":
        factories.second_factor(person)
    client = signed_in(person) if who else Client()
    client.get(path)

    answer = client.post(path, typed)
    text, page = answer.content.decode(), Page(answer)

    assert answer.status_code == 200
    assert page.title.startswith("Error: ")
    assert text.count('class="error-summary" role="alert" tabindex="-1" autofocus') == 1
    assert "There is a problem" in text
    assert faults(page) == []
    form = answer.context["form"]
    begin = text.index('class="error-summary"')
    summary = text[begin : text.index("</div>", begin)]
    for field in form.visible_fields():
        for said in field.errors:
            # In the same words above, with a link, and beside the field.
            assert f'<a href="#{field.id_for_label}">{escaped(said)}</a>' in summary
            assert text.count(escaped(said)) == 2
        if field.errors:
            assert 'aria-invalid="true"' in str(field)
            assert f"{field.auto_id}_error" in str(field)
            assert f'id="{field.auto_id}_error"' in text
    for name, value in typed.items():
        if "password" not in name and value and name in form.fields and name != "language":
            assert f'value="{value}"' in text
    assert "novalidate" in text or form.visible_fields() == []


def escaped(said):
    return str(said).replace("'", "&#x27;")


AUTOCOMPLETE = {
    "/account/sign-in/": {"login": "username", "password": "current-password"},
    "/account/sign-up/": {"name": "name", "email": "email", "password1": "new-password"},
    "/account/password/reset/": {"email": "username"},
    "/account/password/": {"oldpassword": "current-password", "password1": "new-password"},
    "/account/confirm/": {"password": "current-password"},
    "/account/address/": {"email": "email"},
    FACTORS + "app/": {"code": "one-time-code"},
}


@pytest.mark.parametrize("path", AUTOCOMPLETE)
def test_browsers_know_what_each_field_is(person, path):
    client = Client() if "/sign-" in path or "reset" in path else signed_in(person)

    form = client.get(path).context["form"]

    found = {
        field.name: field.field.widget.attrs["autocomplete"] for field in form.visible_fields()
    }
    assert found == AUTOCOMPLETE[path]
    assert "maxlength" not in str(form["password"]) if "password" in form.fields else True


def unsafe_paths():
    return [path_of(name) for name in NAMES]


@pytest.mark.parametrize("path", unsafe_paths())
def test_every_form_needs_the_mark_of_a_page_of_ours(full, owner, path):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = full.cookies
    typed = {"login": owner.email, "password": PASSWORD, "email": "x@example.org"}
    before = state()
    tries = [
        {},
        {"headers": {"x-csrftoken": "x" * 32}},
        {"headers": {"origin": "https://evil.example"}},
        {"headers": {"referer": "https://evil.example/"}},
        {"headers": {"x-http-method-override": "POST"}},
    ]

    statuses = [strict.post(path, typed, **each).status_code for each in tries]
    statuses.append(strict.post(path, '{"a": 1}', content_type="text/plain").status_code)
    statuses.append(strict.post(path, typed | {"csrfmiddlewaretoken": "x" * 64}).status_code)
    statuses.append(strict.put(path).status_code)
    statuses.append(strict.delete(path).status_code)

    assert statuses == [403] * 9
    assert state() == before


def test_mark_from_another_browser_is_not_taken(person):
    strict, other = Client(enforce_csrf_checks=True), Client()
    theirs = str(other.get("/account/sign-in/").context["csrf_token"])
    strict.get("/account/sign-in/")

    typed = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": theirs}
    mine = str(strict.get("/account/sign-in/").context["csrf_token"])

    assert strict.post("/account/sign-in/", typed).status_code == 403
    assert (
        strict.post("/account/sign-in/", typed | {"csrfmiddlewaretoken": mine}).status_code == 302
    )


def state():
    """All that is known of people, but for sessions."""
    models = [User, EmailAddress, *apps.get_app_config("mfa").get_models()]
    held = [list(model.objects.order_by("pk").values()) for model in models]
    return [*held, Event.objects.count()]


@pytest.mark.parametrize("name", NAMES)
def test_looking_changes_nothing(full, name):
    full.get(FACTORS + "codes/")  # which notes that they were seen
    before = state()

    for client in (full, Client()):
        client.get(path_of(name))
        client.head(path_of(name))
        client.options(path_of(name))

    assert state() == before


def test_details_are_changed(full, owner):
    full.post("/account/details/", {"name": "Ana María", "language": "es"})

    owner.refresh_from_db()
    assert (owner.name, owner.language) == ("Ana María", "es")
    event = Event.objects.get(verb="change", noun="user")
    assert (event.before, event.after) == (
        {"name": "A Person", "language": "en"},
        {"name": "Ana María", "language": "es"},
    )
    page = full.get("/account/").content.decode()
    assert "Ana María" in page and 'lang="es">Español' in page


def test_details_that_are_the_same_leave_no_trace(full, owner):
    full.post("/account/details/", {"name": "A Person", "language": "en"})

    assert not Event.objects.filter(verb="change", noun="user").exists()


def test_fields_that_were_not_on_the_page_do_nothing(full, owner):
    typed = {"name": "A", "language": "en", "is_staff": "on", "email": "x@example.org"}
    full.post("/account/details/", typed | {"is_superuser": "on", "groups": "1"})

    owner.refresh_from_db()
    assert (owner.is_staff, owner.is_superuser, owner.email) == (False, False, "eva@example.org")


def test_markup_in_a_name_is_text(full, owner):
    full.post("/account/details/", {"name": "<b>Ana</b>", "language": "en"})

    assert "&lt;b&gt;Ana&lt;/b&gt;" in full.get("/account/").content.decode()


def test_public_pages_are_the_same_for_everybody(full, registry_data):
    for path in ("/", "/about/", "/activities/"):
        assert full.get(path).content == Client().get(path).content


def test_mails_are_text_and_page_and_hold_nothing_that_strangers_typed():
    from django.core import mail

    typed = {"name": "WIN http://evil.example", "email": "ana@example.org", "password1": PASSWORD}
    Client().post("/account/sign-up/", typed)
    sign_in("ana@example.org")

    [message] = mail.outbox
    [(page, kind)] = message.alternatives
    assert kind == "text/html"
    assert "evil" not in message.body + page
    assert page.count(f'<a href="http://127.0.0.1:8000{link()}"') == 1
    assert message.body.startswith("Somebody, we think you, made an account with this address.")
    assert "src=" not in page and "&amp;amp;" not in page
