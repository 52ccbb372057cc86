"""Rows that belong to a record, edited by value: in a table, or chosen in one field."""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelectMultiple
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet, model_to_dict
from django.utils.translation import gettext_lazy as _

from articles.models import Article
from registry.models import Area, Record


def plain(value):
    """The public code of a record or a page of the reference book; anything else as it is."""
    if isinstance(value, Record):
        return value.slug
    return value.pk if isinstance(value, models.Model) else value


class RowForm(forms.ModelForm):
    """One row. Rows replace those stored, so what is stored is no reason to refuse one."""

    def validate_unique(self):
        """Nothing: the action looks for rows given twice."""

    validate_constraints = validate_unique


class RowFormSet(BaseInlineFormSet):
    """The rows of a record, in their order, by value.

    No row has a key of its own: the action replaces them all, so that a key which was on the page
    may be gone when it comes back, and the typed rows must survive that.
    """

    name = ""
    problems: tuple = ()

    def __init__(
        self, data=None, files=None, instance=None, save_as_new=False, prefix=None, queryset=None
    ):
        nothing = self.model.objects.none()
        super().__init__(data, files, instance, save_as_new, prefix, nothing)
        if data is None and self.instance.pk:
            self.initial_extra = self._stored()
            self.extra = len(self.initial_extra) + self.extra

    @classmethod
    def get_default_prefix(cls):
        return cls.name

    def _stored(self):
        names = {field.name for field in self.model._meta.fields}
        rows = self.model.objects.filter(**{self.fk.name: self.instance})
        rows = rows.order_by("position" if "position" in names else "pk")
        return [model_to_dict(row, self.form._meta.fields) for row in rows]

    def initial_form_count(self):
        return 0

    def clean(self):
        if self.problems:
            raise ValidationError(list(self.problems))

    def values(self):
        """The rows as values, without blank and deleted ones."""
        gone = self.deleted_forms
        kept = [form for form in self.forms if form.has_changed() and form not in gone]
        return [self._value(form.cleaned_data) for form in kept]

    def _value(self, cleaned):
        row = {column: plain(cleaned[column]) for column in self.columns}
        return row[self.columns[0]] if len(row) == 1 else row


class RowInline(admin.TabularInline):
    """A table of rows; `name` is theirs in the values, `fields` are their columns."""

    name: str
    form = RowForm
    formset = RowFormSet
    extra = 1

    def get_formset(self, request, obj=None, **options):
        formset = super().get_formset(request, obj, **options)
        formset.name = self.name
        formset.columns = self.fields
        formset.problems = getattr(request, "problems", {}).get(self.name, ())
        return formset

    def formfield_for_foreignkey(self, db_field, request, **options):
        if db_field.related_model is Article:
            options["queryset"] = Article.objects.spine().order_by("number")
        field = super().formfield_for_foreignkey(db_field, request, **options)
        if db_field.name not in self.autocomplete_fields:
            field.choices = list(field.choices)  # once, not once a row
        return field

    def formfield_for_dbfield(self, db_field, request, **options):
        field = super().formfield_for_dbfield(db_field, request, **options)
        if db_field.is_relation and db_field.name not in self.autocomplete_fields:
            # A short list that is chosen from, not added to.
            field.widget = field.widget.widget
        return field

    # Rows are part of their record: who may edit it may edit them.
    def has_view_permission(self, request, obj=None):
        return True

    has_add_permission = has_view_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission


class ArticleRows(RowInline):
    """The articles that a record serves; give it the model."""

    name = "articles"
    fields = ("article", "basis")
    verbose_name = _("article")
    verbose_name_plural = _("articles it serves, and how that is known")


def choice_of_areas():
    """A field for the areas of a record; none means cross-cutting."""
    return forms.ModelMultipleChoiceField(
        Area.objects.order_by("number"),
        label=_("Areas"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def choice_of_articles():
    """A field for articles, of the spine or not, where nothing else is said of each."""
    return forms.ModelMultipleChoiceField(
        Article.objects.order_by("number"),
        label=_("Articles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def choice_of_many(row, column, label):
    """A field that finds, by typing, many of what `column` of the model `row` points at."""
    points = row._meta.get_field(column)
    return forms.ModelMultipleChoiceField(
        points.related_model.objects.all(),
        label=label,
        required=False,
        widget=AutocompleteSelectMultiple(points, admin.site),
    )
