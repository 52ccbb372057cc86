"""Messages in the administration: read, and sent again where they were given up."""

from django.contrib import admin, messages
from django.db.models import Case, Value, When
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from registry.actions import notices
from registry.admin.guarding import Guarded, may
from registry.admin.searching import Searching
from registry.errors import Refused
from registry.models import Notice
from registry.permissions import Verb
from registry.queries.notices import form_of

# What nobody sent is what somebody must look at.
_FAILED_FIRST = Case(When(state=Notice.State.FAILED, then=Value(0)), default=Value(1))


@admin.register(Notice)
class NoticeAdmin(Searching, Guarded):
    verb = Verb.READ_MESSAGES
    list_display = (
        "goes_to",
        "kind",
        "state",
        "about",
        "created_at",
        "sent_at",
        "attempts",
        "last_error",
    )
    list_filter = ("state", "kind", "created_at")
    search_fields = ("address", "about_key", "message_id", "last_error", "recipient__name")
    ordering = (_FAILED_FIRST, "-id")
    actions = ("send_again",)
    fields = (
        "kind",
        "state",
        "goes_to",
        "recipient",
        "language",
        "about",
        "told",
        "created_at",
        "first_try_at",
        "attempts",
        "lost",
        "next_try_at",
        "sent_at",
        "last_error",
        "message_id",
        "once",
    )
    readonly_fields = fields

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("recipient")

    @admin.display(description=gettext_lazy("e-mail address"), ordering="address")
    def goes_to(self, notice):
        # Not “address”: that name says where the trail knows it.
        return notice.address

    @admin.display(description=gettext_lazy("about"), ordering="about_key")
    def about(self, notice):
        return f"{notice.about_noun} {notice.about_key}".strip()

    @admin.display(description=gettext_lazy("what it tells"))
    def told(self, notice):
        if form_of(notice).is_secret:
            return _("Not shown: whoever has its link could act for the person.")
        said = [line for name, word in notice.words.items() for line in _lines(name, word)]
        return format_html_join("", "<p>{}: {}</p>", said)

    def address(self, obj):
        return "notice", str(obj.pk)

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_send_permission(self, request):
        return may(request, Verb.SEND_MESSAGES)

    @admin.action(description=gettext_lazy("Send again"), permissions=["send"])
    def send_again(self, request, queryset):
        done = 0
        for notice in queryset.order_by("pk"):
            try:
                notices.retry(notice=notice, by=request.user)
                done += 1
            except Refused as why:
                self.message_user(request, str(why), messages.WARNING)
        if done:
            said = ngettext(
                "%d message will be sent again.", "%d messages will be sent again.", done
            )
            self.message_user(request, said % done, messages.SUCCESS)


def _lines(name, word):
    rows = word if isinstance(word, list) else [word]
    return [(name, row["title"] if isinstance(row, dict) else row) for row in rows]
