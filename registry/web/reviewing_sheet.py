"""A submission and the record that it changes, side by side and in words."""

from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from articles.dates import PartialDate
from registry.actions import proposals
from registry.actions.moving import record_of
from registry.actions.values import Values
from registry.models import Activity, Submission, User
from registry.models.submissions import OPEN
from registry.queries import courses, proposed, reviewing
from registry.queries.courses import Earlier, Step
from registry.queries.proposed import Names, Told


class Sheet:
    """Everything that is compared on the screen of one submission, each part asked for once."""

    def __init__(self, submission: Submission, user: User) -> None:
        self.submission, self.user = submission, user
        self.proposal = proposals.of(submission)
        self.record = record_of(submission)
        self.is_open = submission.status in OPEN
        self.is_new = submission.kind == Submission.Kind.CREATE
        self.is_own = reviewing.is_own(submission, user, reviewing.partners_of(user))
        self.events = courses.events_of(submission)

    @cached_property
    def stored(self) -> Values:
        """What is published in these fields: now, or once it is decided, what was then."""
        if self.is_new or not self.is_open:
            return self.submission.base
        stored = self.proposal.noun.shape.read(self.record)
        return {name: stored[name] for name in self.proposal.fields}

    @cached_property
    def said(self) -> Values:
        """What the submission says, the fields included that it leaves as they were."""
        return self.submission.base | self.submission.values

    @cached_property
    def earlier(self) -> Earlier | None:
        """What it said when it was in review the last time."""
        asked = courses.when_asked(self.submission, self.events)
        return asked or courses.when_submitted(self.submission, self.events)

    @cached_property
    def _names(self) -> Names:
        earlier = self.earlier.values if self.earlier else {}
        return Names.behind(self.stored, self.said, earlier)

    def _told(self, before: Values, after: Values, names: Names) -> list[Told]:
        noun, fields = self.submission.noun, self.proposal.fields
        return proposed.compare(noun, fields, before, after, names)

    @cached_property
    def fields(self) -> list[Told]:
        """What is proposed: a new record as it stands, a change against what is published."""
        after = self.stored | self.submission.values
        return self._told(after if self.is_new else self.stored, after, self._names)

    @cached_property
    def overtaken(self) -> list[Told]:
        """Proposed fields in which the published record no longer says what it said then."""
        base, changed = self.submission.base, self.submission.values
        if self.is_new or not self.is_open or self.record.version == self.submission.base_version:
            return []
        told = self._told(base, self.stored, self._names)
        return [each for each in told if each.is_changed and each.name in changed]

    def since_asked(self) -> list[Told]:
        """What differs from what it said when it was in review the last time."""
        if self.earlier is None:
            return []
        told = self._told(self.earlier.values, self.said, self._names)
        return [each for each in told if each.is_changed]

    def since_version(self, version: int) -> list[Told]:
        """What differs from what it said in a version that somebody has before them."""
        earlier = courses.at_version(self.submission, self.events, version)
        if earlier is None:
            return []
        names = Names.behind(earlier.values, self.said)
        return [each for each in self._told(earlier.values, self.said, names) if each.is_changed]

    @property
    def last_change(self) -> str:
        """Who changed it last, and when, in a sentence; whoever has taken it on changes nothing."""
        steps = courses.steps(self.events)
        return next((in_a_sentence(step) for step in steps if step.verb != "hand over"), "")

    @property
    def last_move(self) -> str:
        """By whom and when it came to where it stands, in a sentence."""
        step = next((s for s in courses.steps(self.events) if s.is_move), None)
        return in_a_sentence(step) if step else _("It was not handed in yet.")

    @property
    def consequence(self) -> list[str]:
        """What approval does, in sentences."""
        if self.is_new:
            return self._of_new()
        if self.submission.kind == Submission.Kind.JOIN:
            said = _(
                "Adds %(partner)s to those who take part in “%(title)s”, at once and in public."
            )
            return [said % {"partner": self.submission.partner, "title": self.record}]
        return [self._of_change()]

    def _of_change(self) -> str:
        count = sum(each.is_changed for each in self.fields)
        said = ngettext(
            "Changes %(n)d field of “%(title)s”, at once and in public: "
            "version %(old)d becomes %(new)d.",
            "Changes %(n)d fields of “%(title)s”, at once and in public: "
            "version %(old)d becomes %(new)d.",
            count,
        )
        old = self.record.version
        return said % {"n": count, "title": self.record, "old": old, "new": old + 1}

    def _of_new(self) -> list[str]:
        submission, follows = self.submission, self.proposal.follows(self.submission)
        words = {"title": submission.title, "noun": submission.get_noun_display()}
        if submission.partner is None:
            said = _("Makes “%(title)s” a partner, and %(person)s its first focal point.")
            return [said % {**words, "person": submission.author}]
        said = _("Publishes as a new %(noun)s, at once: “%(title)s”.")
        told = [said % words]
        if attribution := follows.get("attribution"):
            label = Activity.Attribution(attribution).label
            told.append(_("Attributed to the Partnership: %s.") % label)
        if day := follows.get("confirmed_on"):
            words = PartialDate.parse(day).in_words()
            told.append(_("Counts as confirmed on %s, when it was handed in.") % words)
        return told


def in_a_sentence(step: Step) -> str:
    """“Ana Silva approved it on 3 March 2026 at 14:02 UTC.”"""
    said = _("%(person)s %(did)s on %(day)s at %(time)s UTC.")
    day, time = date_format(step.at), date_format(step.at, "H:i")
    return said % {"person": step.actor, "did": step.said, "day": day, "time": time}
