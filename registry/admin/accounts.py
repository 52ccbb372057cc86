"""People in the administration."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import BaseUserCreationForm, SetPasswordForm
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.actions import accounts, erasure
from registry.admin.base import ProblemForm, SavedByAction
from registry.admin.searching import Searching
from registry.errors import Refused
from registry.models import User
from registry.permissions import STAFF_ROLES, Verb


def choice_of_role(required):
    """A field for the one role that a person has; the sentence says what it means."""
    none = [] if required else [("", gettext_lazy("None: may sign in, and do nothing."))]
    return forms.ChoiceField(
        label=gettext_lazy("Role"),
        choices=none + [(role.name, f"{role.name}: {role.sentence}") for role in STAFF_ROLES],
        required=required,
        widget=forms.RadioSelect,
    )


class AccountForm(ProblemForm):
    """Leaves it to the action to say that an address is taken."""

    def validate_constraints(self):
        """Nothing."""

    validate_unique = validate_constraints


class NewPersonForm(AccountForm, BaseUserCreationForm):
    role = choice_of_role(required=True)

    class Meta:
        model = User
        fields = ("email", "name")


class PersonForm(AccountForm):
    role = choice_of_role(required=False)

    def get_initial_for_field(self, field, field_name):
        if field_name == "role":
            return accounts.role_of(self.instance)
        return super().get_initial_for_field(field, field_name)


@admin.register(User)
class UserAdmin(Searching, SavedByAction):
    verb = Verb.MANAGE_PEOPLE
    form = PersonForm
    list_display = ("email", "name", "is_staff", "roles", "is_active", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    search_fields = ("email", "name")
    ordering = ("email",)
    readonly_fields = ("joined_at", "last_login")
    change_form_template = "admin/user_form.html"

    def address(self, obj):
        return "user", str(obj.pk)

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description=gettext_lazy("role"))
    def roles(self, user):
        return ", ".join(sorted(group.name for group in user.groups.all()))

    def get_fieldsets(self, request, obj=None):
        named = ("email", "name", "role")
        if not obj:
            return ((None, {"fields": (*named, "password1", "password2")}),)
        return ((None, {"fields": (*named, "is_active", "joined_at", "last_login")}),)

    def get_form(self, request, obj=None, change=False, **options):
        if not obj:
            options["form"] = NewPersonForm
        return super().get_form(request, obj, change, **options)

    def act(self, request, form, formsets, change):
        typed = form.cleaned_data
        named = {name: typed[name] for name in ("email", "name")}
        role = next((role for role in STAFF_ROLES if role.name == typed["role"]), None)
        if not change:
            return accounts.create_staff(
                **named, password=typed["password1"], role=role, by=request.user
            )
        return accounts.change_staff(
            user=form.instance, **named, is_active=typed["is_active"], role=role, by=request.user
        )

    def get_urls(self):
        view, name = self.admin_site.admin_view, "registry_user"
        person = "<path:object_id>"
        return [
            path(f"{person}/password/", view(self.password_view), name=f"{name}_password"),
            path(f"{person}/second-factor/", view(self.factor_view), name=f"{name}_factor"),
            path(f"{person}/copy/", view(self.copy_view), name=f"{name}_copy"),
            path(f"{person}/erase/", view(self.erase_view), name=f"{name}_erase"),
            *super().get_urls(),
        ]

    def _asked_about(self, request, object_id):
        user = self.get_object(request, unquote(object_id))
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        if user is None:
            raise Http404
        return user

    def factor_view(self, request, object_id):
        """A question, answered by POST: whoever lost all second factors may set up new ones."""
        user, problem = self._asked_about(request, object_id), ""
        if request.method == "POST":
            try:
                accounts.remove_second_factors(user=user, by=request.user)
            except Refused as why:
                problem = str(why)
            else:
                self.message_user(request, _("The second factors are removed."), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:registry_user_change", args=[user.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Remove all second factors: %s") % user,
            "opts": self.opts,
            "original": user,
            "problem": problem,
        }
        return TemplateResponse(request, "admin/user_factor.html", context)

    def copy_view(self, request, object_id):
        """All that is kept of a person, as a file: for whoever asks for it by letter."""
        user = self._asked_about(request, object_id)
        content = erasure.copy_of(user=user, by=request.user)
        response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
        name = f"person-{user.pk}.json"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    def erase_view(self, request, object_id):
        """A question, answered by POST: all that is kept of a person is erased."""
        user, problem = self._asked_about(request, object_id), ""
        if request.method == "POST":
            try:
                erasure.erase(user=user, by=request.user)
            except Refused as why:
                problem = str(why)
            else:
                self.message_user(request, _("The person is erased."), messages.SUCCESS)
                return HttpResponseRedirect(reverse("admin:registry_user_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Erase a person: %s") % user,
            "opts": self.opts,
            "original": user,
            "alone": erasure.partners_left_alone(user),
            "problem": problem,
        }
        return TemplateResponse(request, "admin/user_erase.html", context)

    def password_view(self, request, object_id):
        user = self._asked_about(request, object_id)
        form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
        if form.is_valid() and self._set_password(request, user, form):
            self.message_user(request, _("The password is set."), messages.SUCCESS)
            return HttpResponseRedirect(reverse("admin:registry_user_change", args=[user.pk]))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Set a password: %s") % user,
            "opts": self.opts,
            "original": user,
            "form": form,
        }
        return TemplateResponse(request, "admin/user_password.html", context)

    def _set_password(self, request, user, form):
        try:
            password = form.cleaned_data["new_password1"]
            saved = accounts.set_password(user=user, password=password, by=request.user)
        except Refused as why:
            form.add_error(None, str(why))
            return False
        if saved == request.user:
            update_session_auth_hash(request, saved)
        return True


# Roles are code (registry.permissions); their groups are made by an action.
admin.site.unregister(Group)
# Proved addresses, second factors and sessions are changed by actions, and read by nobody else.
for model in (EmailAddress, Authenticator, UserSession):
    admin.site.unregister(model)
