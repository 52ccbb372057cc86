"""What reviewers fill in: what they say, advise, ask for and decide. The actions know the rules."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.actions import proposals
from registry.models import Remark, Submission
from registry.queries import proposed, reviewing

# One remark is a message, not a document.
LONGEST = 10_000
_LINES = {"rows": 4}


def _words(label: Promise) -> forms.CharField:
    """Words that the form does not insist on; where they are needed, the action says so."""
    return forms.CharField(
        label=label, max_length=LONGEST, widget=forms.Textarea(_LINES), required=False
    )


class ReviewForm(forms.Form):
    """A form about one submission, as it was opened in `version`."""

    verb = ""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, submission: Submission, data=None) -> None:
        self.submission = submission
        initial = {"version": submission.version}
        super().__init__(data, auto_id=f"{self.verb}-%s", initial=initial)

    def start_from(self, version: int) -> None:
        """Begin from another version, now that it is before the person; the rest stays typed."""
        self.data = self.data.copy()
        self.data["version"] = version

    def started_from(self) -> int:
        """The version that the person had before them; 0, which never was one, if none is said."""
        return self.cleaned_data["version"] or 0


class ClaimForm(ReviewForm):
    """Nothing to fill in."""

    verb = "claim"


class GiveBackForm(ReviewForm):
    """Nothing to fill in."""

    verb = "give-back"


class RebaseForm(ReviewForm):
    """Nothing to fill in."""

    verb = "rebase"


class HandOverForm(ReviewForm):
    """To whom."""

    verb = "hand-over"
    to = forms.ChoiceField(label=_("Hand over to"))

    def __init__(self, submission: Submission, data=None) -> None:
        super().__init__(submission, data)
        self.people = {str(user.pk): user for user in reviewing.reviewers_of(submission)}
        choices = [(key, str(user)) for key, user in self.people.items()]
        self.fields["to"].choices = [("", _("Choose a person")), *choices]


class _SayForm(ReviewForm):
    says = _("Text")
    field = forms.ChoiceField(label=_("About"), required=False)
    text = forms.CharField(max_length=LONGEST, widget=forms.Textarea(_LINES), required=False)

    def __init__(self, submission: Submission, data=None) -> None:
        super().__init__(submission, data)
        named = [(name, proposed.label(name)) for name in proposals.of(submission).fields]
        self.fields["field"].choices = [("", _("all of it")), *named]
        self.fields["text"].label = self.says


class CommentForm(_SayForm):
    """A message that the partner reads."""

    verb, says = "comment", _("Message to the partner")


class NoteForm(_SayForm):
    """A note that the partner never reads."""

    verb, says = "note", _("Note for reviewers only")


class RecommendForm(ReviewForm):
    """An advice to the secretariat, with or without words."""

    verb = "recommend"
    advice = forms.ChoiceField(
        label=_("I recommend to"), choices=Remark.Advice.choices, widget=forms.RadioSelect
    )
    text = _words(_("Why (optional; only reviewers read it)"))


class ApproveForm(ReviewForm):
    """Yes, with or without words."""

    verb = "approve"
    text = _words(_("Message to the partner (optional)"))


class AskForm(ReviewForm):
    """What the partner should change."""

    verb = "ask-changes"
    text = _words(_("What the partner should change"))


class DeclineForm(ReviewForm):
    """No, and why."""

    verb = "decline"
    text = _words(_("Why it is declined; the partner reads it"))
