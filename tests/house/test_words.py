"""The words of the interface: every string has its translation in each of the languages."""

import pytest

from registry.management.catalogues import files
from registry.management.catalogues.messages import Message, found, in_python, in_template
from registry.management.commands.catalogues import texts_in

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def messages():
    """All strings that are marked for translation, and where they stand."""
    return found()


def test_strings_are_found(messages):
    assert len(messages) > 2000
    assert messages[Message("Skip to the content")] == [
        "templates/base.html",
        "templates/embed.html",
    ]


@pytest.mark.parametrize("code", files.CODES)
def test_nothing_is_missing_or_doubtful(messages, code):
    catalogue = files.read(code)

    wrong = {
        message.text[:80]: faults
        for message in messages
        if (faults := files.faults_of(message, texts_in(catalogue, message, code)))
    }

    assert wrong == {}
    assert [entry.id for entry in catalogue if entry.id and entry.fuzzy] == []


@pytest.mark.parametrize("code", files.CODES)
def test_catalogue_holds_what_is_asked_for_and_nothing_else(messages, code):
    kept = {
        (entry.id[0] if isinstance(entry.id, tuple) else entry.id, entry.context or "")
        for entry in files.read(code)
        if entry.id
    }

    assert kept == {(message.text, message.context) for message in messages}


def test_a_template_tells_its_strings_as_they_are_looked_up():
    source = """{% load i18n %}{% translate "Sign in" %}{{ x|default:_("none") }}
    {% if y == _("yes") %}{% blocktranslate count n=n trimmed %}
      {{ n }} page at 5%
    {% plural %}{{ n }} pages{% endblocktranslate %}{% endif %}"""

    assert in_template(source) == [
        Message("Sign in"),
        Message("none"),
        Message("yes"),
        Message("%(n)s page at 5%%", "%(n)s pages"),
    ]


def test_a_module_tells_its_strings_by_whatever_alias():
    source = """from django.utils.translation import gettext_lazy as _, ngettext as many
A = _("One")
B = many("%d file", "%d files", 2)
C = other("Not this")
"""

    assert in_python(source) == [Message("One"), Message("%d file", "%d files")]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("%(n)s fichiers", []),
        ("%(m)s fichiers", ["has other placeholders: '%(m)s fichiers'"]),
        ("<b>%(n)s</b> fichiers", ["has other tags: '<b>%(n)s</b> fichiers'"]),
        (" %(n)s fichiers", ["begins or ends otherwise: ' %(n)s fichiers'"]),
        ("", ["is missing"]),
    ],
)
def test_a_translation_that_would_break_is_told(text, fault):
    assert files.faults_of(Message("%(n)s files"), [text]) == fault
