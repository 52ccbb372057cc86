"""What the administration can do to many records at once: what it asks, tries out and does."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.models import Article
from registry.actions import batches
from registry.actions.batches import Wanted
from registry.models import Area, Basis, Batch
from registry.queries.freshness import CADENCE

# Months between confirmations that can be chosen for many.
CADENCES = (3, 6, CADENCE, 24, 36)


class NothingToSay(forms.Form):
    """Where nothing is asked."""


class ReasonForm(forms.Form):
    """Why records are withdrawn."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "vLargeTextField"}),
        help_text=gettext_lazy("Kept in the history of each record; not shown to the public."),
        error_messages={"required": gettext_lazy("Say why they are withdrawn.")},
    )


class AreaForm(forms.Form):
    """One area."""

    area = forms.ModelChoiceField(Area.objects.order_by("number"), label=gettext_lazy("Area"))


class ArticleForm(forms.Form):
    """One article of the spine."""

    article = forms.ModelChoiceField(
        Article.objects.spine().order_by("number"), label=gettext_lazy("Article")
    )


class ServedArticleForm(ArticleForm):
    """The same, and how it is known that records serve it."""

    basis = forms.ChoiceField(
        choices=Basis.choices, label=gettext_lazy("How that is known"), widget=forms.RadioSelect
    )


class FieldForm(forms.Form):
    """A field and its value, chosen together, so that the page needs no script."""

    value = forms.ChoiceField(label=gettext_lazy("Field and value"))

    def __init__(self, *given, model, names, **options):
        super().__init__(*given, **options)
        fields = [model._meta.get_field(name) for name in names]
        groups = [(field.verbose_name, _values(field)) for field in fields]
        self.fields["value"].choices = [("", "—"), *groups]


def _values(field):
    choices = field.choices or [(months, _("%d months") % months) for months in CADENCES]
    known = [(value, said) for value, said in choices if value not in ("", None)]
    blank = [("", _("not recorded"))] if field.blank else []
    return [
        (f"{field.name}={value}", f"{field.verbose_name}: {said}") for value, said in known + blank
    ]


class Doing:
    """Something done to many records: `form` asks for what is needed, `permission` is its lock.

    `is_asked_first` where nothing can be tried out before the form is filled in.
    """

    permission = "change"
    form = NothingToSay
    is_asked_first = True
    consequence = ""

    def __init__(self, name, label):
        self.name, self.label = name, label

    def form_for(self, pages, data):
        """The form, filled in with `data` where there is some."""
        return self.form(data)

    def try_out(self, pages, records, cleaned, by):
        """What would happen to these, by their place: a Trial."""
        wanted = self.wanted(pages, records, cleaned)
        return batches.try_out(noun=pages.model.noun, wanted=wanted, by=by)

    def do(self, pages, records, cleaned, by):
        """Do it to all of these, or to none; returns the batch, None where nothing changes."""
        return batches.apply(
            noun=pages.model.noun,
            wanted=self.wanted(pages, records, cleaned),
            kind=Batch.Kind.BULK,
            label=self.said(cleaned),
            by=by,
        )

    def wanted(self, pages, records, cleaned):
        """What each record is to say; `records` are its place, primary key, slug and version."""
        values = self.values(pages, [pk for _place, pk, _slug, _version in records], cleaned)
        return [Wanted(place, slug, version, values[pk]) for place, pk, slug, version in records]

    def values(self, pages, keys, cleaned):
        """The values to change, by primary key."""
        raise NotImplementedError

    def said(self, cleaned):
        """What is done, in words, as the trail keeps it."""
        raise NotImplementedError


class SetField(Doing):
    """Set one field to one value."""

    def form_for(self, pages, data):
        return FieldForm(data, model=pages.model, names=pages.bulk_fields)

    def values(self, pages, keys, cleaned):
        name, _is, value = cleaned["value"].partition("=")
        return dict.fromkeys(keys, {name: value})

    def said(self, cleaned):
        name, _is, value = cleaned["value"].partition("=")
        return f"{name.replace('_', ' ')} set to {value or 'not recorded'}"


class ChangeList(Doing):
    """Add a row to a list of each record, or take it away."""

    def __init__(self, name, label, *, rows, form, adds):
        super().__init__(name, label)
        self.rows, self.form, self.adds = rows, form, adds

    def values(self, pages, keys, cleaned):
        [rows] = [each for each in pages.shape.rows if each.name == self.rows]
        stored = rows.read_many(keys)
        return {key: {self.rows: self._changed(rows, stored[key], cleaned)} for key in keys}

    def _changed(self, rows, stored, cleaned):
        column = rows.columns[0]
        code = _code(cleaned[column])
        others = [row for row in stored if rows.cell(row, column) != code]
        if not self.adds:
            return others
        if len(others) < len(stored):  # it is there already, and stays as it is known
            return stored
        row = code if len(rows.columns) == 1 else {**cleaned, column: code}
        return [*stored, row]

    def said(self, cleaned):
        column, what = next(iter(cleaned.items()))
        return f"{column} “{what}” {'added' if self.adds else 'taken away'}"


def _code(record):
    return record.slug if isinstance(record, Area) else record.pk


class Withdraw(Doing):
    """Take records out of the public registry."""

    permission, form, is_asked_first = "withdraw", ReasonForm, False
    consequence = gettext_lazy(
        "They leave the public pages, the search and the downloads. Their addresses stay and"
        " answer “gone”. They can be restored."
    )

    def try_out(self, pages, records, cleaned, by):
        return batches.try_withdrawing(noun=pages.model.noun, records=_named(records), by=by)

    def do(self, pages, records, cleaned, by):
        given = {"noun": pages.model.noun, "records": _named(records), "by": by}
        return batches.withdraw_many(**given, reason=cleaned["reason"])


class Restore(Doing):
    """Bring withdrawn records back."""

    permission, is_asked_first = "withdraw", False
    consequence = gettext_lazy("They return to the public pages as they were when withdrawn.")

    def try_out(self, pages, records, cleaned, by):
        return batches.try_restoring(noun=pages.model.noun, records=_named(records), by=by)

    def do(self, pages, records, cleaned, by):
        return batches.restore_many(noun=pages.model.noun, records=_named(records), by=by)


def _named(records):
    return [(slug, version) for _place, _pk, slug, version in records]


_AREAS = {"rows": "areas", "form": AreaForm}
_ARTICLES = {"rows": "articles"}
DOINGS = (
    Withdraw("withdraw", gettext_lazy("Withdraw…")),
    Restore("restore", gettext_lazy("Restore…")),
    ChangeList("add_area", gettext_lazy("Add an area…"), **_AREAS, adds=True),
    ChangeList("take_area", gettext_lazy("Take an area away…"), **_AREAS, adds=False),
    ChangeList(
        "add_article",
        gettext_lazy("Add an article…"),
        **_ARTICLES,
        form=ServedArticleForm,
        adds=True,
    ),
    ChangeList(
        "take_article",
        gettext_lazy("Take an article away…"),
        **_ARTICLES,
        form=ArticleForm,
        adds=False,
    ),
    SetField("set_field", gettext_lazy("Set a field…")),
)


def doings_of(pages):
    """What can be done to many records of these pages: what their noun has."""
    lists = {rows.name for rows in pages.shape.rows}
    return [
        doing
        for doing in DOINGS
        if (not isinstance(doing, ChangeList) or doing.rows in lists)
        and (not isinstance(doing, SetField) or pages.bulk_fields)
    ]
