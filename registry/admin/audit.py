"""The audit trail in the administration: read, never written."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from registry.admin.guarding import Guarded
from registry.admin.searching import Searching
from registry.admin.telling import told
from registry.models import Event
from registry.permissions import Verb


@admin.register(Event)
class EventAdmin(Searching, Guarded):
    verb = Verb.READ_AUDIT
    list_display = ("at", "actor", "action", "noun", "key", "version", "note")
    list_filter = ("noun", "verb", "actor", "at")
    search_fields = ("key", "note", "actor")
    ordering = ("-id",)
    fields = (
        "at",
        "actor",
        "action",
        "noun",
        "key",
        "version",
        "revision",
        "batch",
        "note",
        "changes",
    )
    readonly_fields = fields

    @admin.display(description=_("action"), ordering="verb")
    def action(self, event):
        # Not “verb”: that name says what one must be allowed to do to see this page.
        return event.verb

    @admin.display(description=_("before and after"))
    def changes(self, event):
        return render_to_string("admin/_differences.html", {"differences": told(event).differences})

    def address(self, obj):
        return obj.noun, obj.key

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
