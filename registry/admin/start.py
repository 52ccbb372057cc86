"""The start page of the secretariat: what it shows to whom."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry.permissions import Verb, everywhere
from registry.queries.start import months, stale, tidy, waiting, wrong
from registry.queries.start.lines import Asked

# Each part is for whoever may do what it asks for.
SECTIONS = (
    (
        "waits",
        _("Waits for a decision"),
        (
            (Verb.DECIDE_SUBMISSIONS, waiting.submissions),
            (Verb.MANAGE_MEMBERS, waiting.joining),
            (Verb.ANSWER_FEEDBACK, waiting.feedback),
            (Verb.IMPORT_RECORDS, waiting.uploads),
        ),
    ),
    (
        "wrong",
        _("Went wrong"),
        (
            (Verb.READ_MESSAGES, wrong.messages),
            (Verb.IMPORT_RECORDS, wrong.uploads),
            (Verb.CHECK_LINKS, wrong.links),
            (Verb.READ_JOBS, wrong.of_jobs),
        ),
    ),
    (
        "stale",
        _("Grows stale"),
        (
            (Verb.EDIT_RECORDS, stale.activities),
            (Verb.EDIT_RECORDS, stale.documents),
            (Verb.EDIT_RECORDS, stale.partners),
        ),
    ),
    (
        "tidy",
        _("To tidy"),
        (
            (Verb.JOIN_RECORDS, tidy.pairs),
            (Verb.EDIT_RECORDS, tidy.gaps),
            (Verb.EDIT_REFERENCE, tidy.translations),
        ),
    ),
)


def work_of(request):
    """What stands on the start page of this person."""
    asked, held = Asked(request.user, timezone.now()), everywhere(request.user)
    # The list of pages asks for each of these verbs, too; for tokens, any role elsewhere will do.
    elsewhere = {Verb.HOLD_TOKENS} - held
    answers = {verb: verb in held for verb in Verb if verb not in elsewhere}
    vars(request).setdefault("answers", {}).update(answers)
    sections = [
        (name, title, _lines(parts, asked, held))
        for name, title, parts in SECTIONS
        if any(verb in held for verb, _ask in parts)
    ]
    shown = {
        "sections": [section for section in sections if section[2]],
        "empty": [title for _name, title, lines in sections if not lines],
        "may_review": Verb.REVIEW_SUBMISSIONS in held,
    }
    if Verb.READ_JOBS in held:
        shown["last_good"] = wrong.last_good(asked)
    if Verb.DECIDE_SUBMISSIONS in held:
        shown["months"] = months.months(asked.now, with_paths=Verb.READ_AUDIT in held)
    return shown


def _lines(parts, asked, held):
    return [line for verb, ask in parts if verb in held for line in ask(asked)]
