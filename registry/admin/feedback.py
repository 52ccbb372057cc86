"""What visitors wrote, in the administration: read, marked as answered or closed."""

from django.contrib import admin, messages
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.actions import feedback
from registry.admin.guarding import Guarded, may
from registry.admin.searching import Searching
from registry.errors import Refused
from registry.models import Feedback
from registry.permissions import Verb

Status = Feedback.Status


@admin.register(Feedback)
class FeedbackAdmin(Searching, Guarded):
    verb = Verb.ANSWER_FEEDBACK
    list_display = ("reference", "status", "about", "begins", "has_address", "created_at")
    list_filter = ("status", "language", "created_at")
    search_fields = ("about", "text", "email")
    ordering = ("-id",)
    actions = ("mark_answered", "mark_closed", "mark_new")
    fields = (
        "reference",
        "status",
        "since",
        "page",
        "text",
        "writes_from",
        "language",
        "created_at",
        "erased_at",
    )
    readonly_fields = fields

    @admin.display(description=gettext_lazy("what it says"))
    def begins(self, feedback):
        return feedback.text[:120]

    @admin.display(description=gettext_lazy("can be answered"), boolean=True)
    def has_address(self, feedback):
        return bool(feedback.email)

    @admin.display(description=gettext_lazy("about"))
    def page(self, feedback):
        # Only to a page of ours: what is typed leads nowhere else.
        if not feedback.about.startswith("/") or feedback.about.startswith("//"):
            return feedback.about or _("not named")
        return format_html('<a href="{}">{}</a>', feedback.about, feedback.about)

    @admin.display(description=gettext_lazy("e-mail address"))
    def writes_from(self, feedback):
        if feedback.email:
            return format_html('<a href="mailto:{}">{}</a>', feedback.email, feedback.email)
        return _("erased") if feedback.erased_at else _("not given")

    def address(self, obj):
        return "feedback", obj.reference

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_mark_permission(self, request):
        return may(request, Verb.ANSWER_FEEDBACK)

    @admin.action(description=gettext_lazy("Mark as answered"), permissions=["mark"])
    def mark_answered(self, request, queryset):
        self._mark(request, queryset, Status.ANSWERED)

    @admin.action(description=gettext_lazy("Close"), permissions=["mark"])
    def mark_closed(self, request, queryset):
        self._mark(request, queryset, Status.CLOSED)

    @admin.action(description=gettext_lazy("Open again"), permissions=["mark"])
    def mark_new(self, request, queryset):
        self._mark(request, queryset, Status.NEW)

    def _mark(self, request, queryset, status):
        done = 0
        for each in queryset.order_by("pk"):
            try:
                feedback.mark(feedback=each, status=status, by=request.user)
                done += 1
            except Refused as why:
                self.message_user(request, str(why), messages.WARNING)
        if done:
            said = ngettext("%(n)d is %(status)s now.", "%(n)d are %(status)s now.", done)
            said %= {"n": done, "status": status.label}
            self.message_user(request, said, messages.SUCCESS)
