"""Addresses of accounts. Names that begin with account_, mfa_ and usersessions_ are allauth's."""

from allauth.account import views as entrance
from allauth.mfa.base import views as codes
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.webauthn import views as passkeys
from django.urls import path, re_path

from registry.web.accounts import own_data, sessions, views

urlpatterns = [
    path("", views.home, name="account"),
    path("details/", views.details, name="account-details"),
    path("data/", own_data.own_data, name="account-data"),
    path("contacts/", own_data.contacts, name="account-contacts"),
    path("data/copy/", own_data.copy, name="account-copy"),
    path("data/shown/<int:number>/", own_data.show, name="account-shown"),
    path("erase/", own_data.erase, name="account-erase"),
    # In and out
    path("sign-up/", entrance.signup, name="account_signup"),
    path("sign-in/", entrance.login, name="account_login"),
    path("sign-in/", entrance.login, name="sign-in"),
    path("sign-in/code/", views.SecondFactor.as_view(), name="mfa_authenticate"),
    path("sign-in/passkey/", views.PasskeySignIn.as_view(), name="mfa_login_webauthn"),
    path("sign-out/", views.SignOut.as_view(), name="account_logout"),
    path("closed/", entrance.account_inactive, name="account_inactive"),
    path("confirm/", entrance.reauthenticate, name="account_reauthenticate"),
    path("confirm/code/", codes.reauthenticate, name="mfa_reauthenticate"),
    path("confirm/passkey/", views.ConfirmByPasskey.as_view(), name="mfa_reauthenticate_webauthn"),
    # Address
    path("address/", entrance.email, name="account_email"),
    path("address/sent/", entrance.email_verification_sent, name="account_email_verification_sent"),
    re_path(
        r"^address/confirm/(?P<key>[-:\w]+)/$",
        views.ConfirmAddress.as_view(),
        name="account_confirm_email",
    ),
    # Password
    path("password/", entrance.password_change, name="account_change_password"),
    path("password/set/", entrance.password_set, name="account_set_password"),
    path("password/reset/", entrance.password_reset, name="account_reset_password"),
    path("password/reset/sent/", entrance.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        views.ResetPassword.as_view(),
        name="account_reset_password_from_key",
    ),
    # Second factors
    path("second-factor/", codes.index, name="mfa_index"),
    path("second-factor/app/", views.AddApp.as_view(), name="mfa_activate_totp"),
    path("second-factor/app/remove/", views.RemoveApp.as_view(), name="mfa_deactivate_totp"),
    path("second-factor/codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("second-factor/codes/new/", views.MakeCodes.as_view(), name="mfa_generate_recovery_codes"),
    path(
        "second-factor/codes/download/",
        recovery.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("second-factor/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("second-factor/passkeys/add/", views.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path("second-factor/passkeys/<int:pk>/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path(
        "second-factor/passkeys/<int:pk>/remove/",
        views.RemovePasskey.as_view(),
        name="mfa_remove_webauthn",
    ),
    path("sessions/", sessions.session_list, name="usersessions_list"),
]
