"""Records are saved through actions: what the form holds becomes values, a “no” becomes a page."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models
from django.utils.translation import gettext as _

from registry.admin.bulk import Bulk
from registry.admin.guarding import Guarded
from registry.admin.rows import RowInline, plain
from registry.admin.searching import Searching
from registry.admin.telling import difference, label
from registry.admin.versions import Versions
from registry.admin.withdrawing import PublicFilter, Withdrawing
from registry.errors import Refused, Stale
from registry.permissions import Verb

NOWHERE = "__all__"


class ProblemForm(forms.ModelForm):
    """Shows, beside its fields, the problems that an action found."""

    problems: dict = {}

    def clean(self):
        cleaned = super().clean()
        for name, messages in self.problems.items():
            self._show(name, messages)
        return cleaned

    def _show(self, name, messages):
        if name in self.fields:
            self.add_error(name, messages)
        elif name == NOWHERE:
            self.add_error(None, messages)
        else:
            said = label(self._meta.model, name)
            self.add_error(None, [f"{said}: {message}" for message in messages])


class RecordForm(ProblemForm):
    """A record's fields, the version they were read from, and rows that are chosen in one field."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    rows: dict = {}

    def get_initial_for_field(self, field, field_name):
        if field_name == "version":
            return self.instance.version
        if field_name in self.rows and self.instance.pk:
            rows = self.rows[field_name]
            found = rows.model.objects.filter(**{rows.owner: self.instance})
            return list(found.values_list(rows.columns[0], flat=True))
        return super().get_initial_for_field(field, field_name)


class Explaining(Guarded):
    """What refuses a save is shown on the same page, with all that was typed.

    The exception leaves Django's view, which rolls back; the page is then drawn afresh from the
    same request, this time with the problems known to its forms.
    """

    form = ProblemForm

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except (ValidationError, Refused, IntegrityError) as why:
            request.problems = problems_of(why)
            shown = self.explained(request, why) | (extra_context or {})
            return super().changeform_view(request, object_id, form_url, shown)

    def explained(self, request, why):
        """What else the page shows: for a stale save, both texts."""
        if not isinstance(why, Stale):
            return {}
        # Both are on the page now; to save again is to choose the typed one.
        request.POST = request.POST.copy()
        request.POST["version"] = why.version
        order = list(why.current)
        found = sorted(why.differences(), key=lambda each: order.index(each[0]))
        return {"differences": [difference(self.model, *each) for each in found]}

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change, **options)
        named = {inline.name for inline in self.inlines if issubclass(inline, RowInline)}
        problems = getattr(request, "problems", {})
        form.problems = {name: said for name, said in problems.items() if name not in named}
        return form


class SavedByAction(Explaining):
    """Ends every save in `act`."""

    def act(self, request, form, formsets, change):
        """Call the action; return the saved object."""
        raise NotImplementedError

    def save_model(self, request, obj, form, change):
        """Nothing yet: the rows are not at hand."""

    def save_related(self, request, form, formsets, change):
        saved = self.act(request, form, formsets, change)
        vars(form.instance).update(vars(saved))


def problems_of(why):
    """The messages of an exception by field."""
    if isinstance(why, IntegrityError):
        return {NOWHERE: [_("Somebody saved a record like it at the same moment. Save again.")]}
    return getattr(why, "message_dict", None) or {NOWHERE: getattr(why, "messages", [str(why)])}


class RecordAdmin(Searching, Bulk, Versions, Withdrawing, SavedByAction):
    """A noun of the registry. `verbs` is its module of actions."""

    form = RecordForm
    exclude = ("version",)  # the column; the form has a field of that name
    verb = Verb.EDIT_RECORDS
    exact_fields = ("slug",)
    change_form_template = "admin/record_form.html"

    @property
    def shape(self):
        """What makes the values of this noun."""
        return self.verbs.SHAPE

    def address(self, obj):
        return obj.noun, obj.slug

    def get_readonly_fields(self, request, obj=None):
        return (*self.readonly_fields, "slug") if obj else self.readonly_fields

    def get_list_filter(self, request):
        return (*self.list_filter, PublicFilter)

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name == "slug":  # made from the title where it is left blank
            options["required"] = False
        return super().formfield_for_dbfield(db_field, request, **options)

    def get_form(self, request, obj=None, change=False, **options):
        form = super().get_form(request, obj, change, **options)
        form.rows = {rows.name: rows for rows in self.shape.rows}
        return form

    def act(self, request, form, formsets, change):
        values = self.values(form, formsets)
        if not change:
            return self.verbs.create(values=values, by=request.user)
        return self.verbs.change(
            record=form.instance,
            values=values,
            version=form.cleaned_data["version"],
            by=request.user,
        )

    def values(self, form, formsets):
        """What the page holds, as values (see `registry.actions.shapes`)."""
        named = self.shape.names & form.cleaned_data.keys()
        values = {name: _value(form.cleaned_data[name]) for name in named}
        return values | {formset.name: formset.values() for formset in formsets}


def _value(value):
    if isinstance(value, models.QuerySet | list):
        return [plain(each) for each in value]
    return plain(value)
