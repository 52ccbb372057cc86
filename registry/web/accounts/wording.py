"""What pages of accounts say: problems with how to mend them, and what was done."""

from django.utils.translation import gettext_lazy as _

# By allauth's names for them.
PROBLEMS = {
    "cannot_delete_authenticator": _("This second factor cannot be removed."),
    "cannot_generate_recovery_codes": _("Set up an app or a passkey first, then make codes."),
    "duplicate_email": _("This is the address of your account, or you are changing to it already."),
    "email_password_mismatch": _(
        "The e-mail address or the password is not right. Check both, or reset the password."
    ),
    "email_taken": _("There is an account for this address already."),
    "enter_current_password": _("This is not your password. Enter the one that you sign in with."),
    "incorrect_code": _(
        "This code is not right, or it was used before. Enter the code that the app shows now."
    ),
    "incorrect_password": _("This is not your password. Enter the one that you sign in with."),
    "invalid_password_reset": _("This link was used before, or it is older than a day."),
    "rate_limited": _("There were too many wrong codes. Wait five minutes, then try again."),
    "same_as_current": _("This is the address of your account already. Enter another one."),
    "too_many_login_attempts": _(
        "There were too many wrong tries. Wait five minutes, or reset the password: "
        "the link in our mail lets you in at once."
    ),
    "unverified_email": _("Confirm your e-mail address first: follow the link in our mail."),
}
TOO_MANY_CODES = _(
    "There were too many wrong codes today. Use a passkey, or ask the secretariat for help."
)
NO_PASSKEY = _(
    "The browser did not give a passkey that this account knows. Try again, or use another way."
)
# By the names of allauth's templates; what is not named here is not said.
MESSAGES = {
    "account/messages/email_confirmation_failed.txt": _(
        "The address was not confirmed: another account has it."
    ),
    "account/messages/email_confirmation_sent.txt": _(
        "We sent a mail. Follow the link in it to confirm the address."
    ),
    "account/messages/email_confirmed.txt": _("Your e-mail address is confirmed."),
    "account/messages/email_deleted.txt": _("Your address stays as it is."),
    "account/messages/logged_out.txt": _("You are signed out."),
    "account/messages/password_changed.txt": _(
        "Your password is changed. All your other sessions have ended."
    ),
    "account/messages/password_set.txt": _("Your password is set."),
    "mfa/messages/recovery_codes_generated.txt": _("You have new recovery codes. Keep them safe."),
    "mfa/messages/totp_activated.txt": _("The app is your second factor now."),
    "mfa/messages/totp_deactivated.txt": _("The app is removed."),
    "mfa/messages/webauthn_added.txt": _("The passkey is added."),
    "mfa/messages/webauthn_removed.txt": _("The passkey is removed."),
}
WAYS = {
    "reauthenticate": _("Use your password"),
    "mfa_reauthenticate": _("Use a code from your app, or a recovery code"),
    "mfa_reauthenticate:webauthn": _("Use a passkey"),
}
