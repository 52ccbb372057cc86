"""Lists of very many rows: counted so far only, filtered by short lists that no scan makes."""

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import Exists, Max, Min, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

# Nobody turns two hundred pages: who has found more looks for less.
MOST_COUNTED = 10_000
# So many different values are offered.
MOST_VALUES = 40


class CountedSoFar(Paginator):
    """Counts no further than somebody would turn pages; `is_more` where there are more rows."""

    @cached_property
    def _counted(self):
        if isinstance(self.object_list, list):
            return len(self.object_list)
        return self.object_list.order_by()[: MOST_COUNTED + 1].count()

    @cached_property
    def count(self):
        return min(self._counted, MOST_COUNTED)

    @property
    def is_more(self):
        """Whether there are rows behind those counted."""
        return self._counted > MOST_COUNTED


class UsedFilter(admin.RelatedFieldListFilter):
    """Only those that some record names, each looked up in the index of the foreign key."""

    def field_choices(self, field, request, model_admin):
        naming = field.model._base_manager.filter(**{field.name: OuterRef("pk")})
        used = field.related_model._default_manager.filter(Exists(naming))
        ordering = self.field_admin_ordering(field, request, model_admin)
        used = used.order_by(*(ordering or field.related_model._meta.ordering or ("pk",)))
        return [(record.pk, str(record)) for record in used]


class ValuesFilter(admin.AllValuesFieldListFilter):
    """The different values of a column, each found behind the one before it in its index."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        self.lookup_choices = _values(model, field_path)

    def choices(self, changelist):
        """A link needs a word: what is blank is not recorded."""
        for choice in super().choices(changelist):
            yield choice | {"display": str(choice["display"]).strip() or _("not recorded")}


def _values(model, name):
    stored = model._default_manager.order_by(name).values_list(name, flat=True)
    values, value = [], stored.first()
    while value is not None and len(values) < MOST_VALUES:
        values.append(value)
        value = stored.filter(**{f"{name}__gt": value}).first()
    return values


class YearFilter(admin.AllValuesFieldListFilter):
    """Every year from the last to the first, and none."""

    def __init__(self, field, request, params, model, model_admin, field_path):
        super().__init__(field, request, params, model, model_admin, field_path)
        ends = model._default_manager.aggregate(first=Min(field_path), last=Max(field_path))
        first, last = ends["first"], ends["last"]
        self.lookup_choices = [*range(last, first - 1, -1), None] if first else []
