"""How often somebody wants messages of a kind: the page behind the link under each such message."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from registry.actions import notices
from registry.models import NoticePreference
from registry.queries import mails

Choice = NoticePreference.Choice


class ChoiceForm(forms.Form):
    """At once, weekly, never."""

    choice = forms.ChoiceField(
        label=_("How often do you want them?"), choices=Choice.choices, widget=forms.RadioSelect
    )


# The token is what allows it, and mail programs that stop messages for people send no cookie.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def choose(request: HttpRequest, token: str) -> HttpResponse:
    """Ask, or keep what was chosen. To look at the page changes nothing: scanners follow links."""
    found = mails.chooser(token)
    if found is None:
        raise Http404
    user, group = found
    stored = NoticePreference.objects.filter(user=user, group=group).first()
    chosen = stored.choice if stored else Choice.AT_ONCE
    form = ChoiceForm(_answer(request), initial={"choice": chosen})
    is_done = form.is_valid()
    if is_done:
        choice = Choice(form.cleaned_data["choice"])
        chosen = notices.prefer(user=user, group=group, choice=choice, by=user).choice
    context = {
        "form": form,
        "group": group.label,
        "choices": [(value, label, value == chosen) for value, label in Choice.choices],
        "done": Choice(chosen).label if is_done else "",
    }
    return render(request, "messages/choose.html", context)


def _answer(request: HttpRequest) -> dict | None:
    if request.method != "POST":
        return None
    # What mail programs send for “unsubscribe” (RFC 8058).
    if request.POST.get("List-Unsubscribe") == "One-Click":
        return {"choice": Choice.NEVER}
    return request.POST
