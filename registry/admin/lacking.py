"""A filter of lists: records that lack what they should have."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from registry.queries import lacking


class LackingFilter(admin.SimpleListFilter):
    """Without an area, without an article, and what else records of this model may lack."""

    title = _("what is missing")
    parameter_name = "lacking"

    def lookups(self, request, model_admin):
        return [(word, said) for word, (said, _q) in lacking.LACKS[model_admin.model].items()]

    def queryset(self, request, queryset):
        return lacking.narrowed(queryset, self.value())
