"""Settings of accounts: how one signs up and in, how often one may try, how long it lasts."""

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60

# Who

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ACCOUNT_ADAPTER = "registry.web.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_FORMS = {
    "add_email": "registry.web.accounts.forms.AddressForm",
    "change_password": "registry.web.accounts.forms.PasswordForm",
    "login": "registry.web.accounts.forms.SignInForm",
    "reauthenticate": "registry.web.accounts.forms.ConfirmForm",
    "reset_password": "registry.web.accounts.forms.ResetForm",
    "reset_password_from_key": "registry.web.accounts.forms.NewPasswordForm",
    "set_password": "registry.web.accounts.forms.NewPasswordForm",
    "signup": "registry.web.accounts.forms.SignUpForm",
}

# Where from, where to

LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "account"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "sign-in"

# Addresses: nothing can be done before one is proved, and a link alone proves nothing (programs
# that look into mails follow links). One address at a time; a new one counts once it is proved.

ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
# Only in the browser that signed up, within minutes; anywhere else one signs in.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_CHANGE_EMAIL = True
# Whether there is an account is told to nobody but whoever reads the mails of its address.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_NOTIFICATIONS = True

# Passwords: long, not guessed, not composed after rules

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
_RULES = "registry.actions.passwords"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_RULES}.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_RULES}.NotAboutOneself"},
    {"NAME": f"{_RULES}.NotCommon"},
]
PASSWORD_RESET_TIMEOUT = DAY
# The mail is the way in for whoever is kept out by somebody else's guesses.
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * MINUTE

# Second factors

MFA_ADAPTER = "registry.web.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A code is also taken for half a minute after its own; the forms take each only once.
MFA_TOTP_TOLERANCE = 1
# Nobody gets here without a proved address: what is not proved is one to which they change.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_FORMS = {
    "activate_totp": "registry.web.accounts.factor_forms.AppForm",
    "add_webauthn": "registry.web.accounts.factor_forms.NewPasskeyForm",
    "authenticate": "registry.web.accounts.factor_forms.CodeForm",
    "authenticate_webauthn": "registry.web.accounts.factor_forms.PasskeyForm",
    "edit_webauthn": "registry.web.accounts.factor_forms.PasskeyNameForm",
    "login_webauthn": "registry.web.accounts.factor_forms.PasskeySignInForm",
    "reauthenticate": "registry.web.accounts.factor_forms.ConfirmCodeForm",
    "reauthenticate_webauthn": "registry.web.accounts.factor_forms.ConfirmPasskeyForm",
}

# Sessions, in seconds

SESSION_IDLE = 30 * MINUTE
SESSION_IDLE_STAFF = 15 * MINUTE
SESSION_LONGEST = SESSION_COOKIE_AGE = 12 * HOUR
# They end with the browser.
ACCOUNT_SESSION_REMEMBER = False
USERSESSIONS_TRACK_ACTIVITY = True

# How often one may try: by client address, by the address or person that is tried, by who is
# signed in. A person whom others keep out this way still comes in by mail or by passkey.

ACCOUNT_RATE_LIMITS = {
    "change_password": "5/m/user",
    "confirm_email": "1/3m/key,10/d/key",
    # Not of accounts, but counted as they are: what visitors write.
    "feedback": "5/m/ip,30/h/ip",
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "manage_email": "20/h/user",
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,3/10m/key,10/d/key",
    "reset_password_from_key": "20/m/ip",
    "second_factor": "30/d/key",
    "signup": "10/m/ip,60/h/ip",
}
