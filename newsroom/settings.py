"""Django's settings, all of them; what differs between installations comes from newsroom.environment."""

from pathlib import Path

import django_stubs_ext

from accounts import lifetimes
from articles.body import editor
from newsroom import environment, logs, mail_providers, security

# Lets classes of Django's say in code what they hold, as in ModelAdmin[Story].
django_stubs_ext.monkeypatch()

ENVIRONMENT = environment.read()
BASE_DIR = environment.BASE_DIR
VAR_DIR = ENVIRONMENT.var_dir

# The installation

DEBUG = ENVIRONMENT.debug
SECRET_KEY = ENVIRONMENT.secret_key or environment.own_secret_key(ENVIRONMENT.var_dir)
SECRET_KEY_FALLBACKS = ENVIRONMENT.secret_key_fallbacks
# Finds a subscriber's address by its hash; must stay what it was when SECRET_KEY changes.
ADDRESS_KEY = ENVIRONMENT.address_key or SECRET_KEY
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
SITE_URL = ENVIRONMENT.site_url
SITE_NAME = ENVIRONMENT.site_name
REQUIRE_SECOND_FACTOR = ENVIRONMENT.require_second_factor

# The application. Ours stand before Django's, so that our templates and our `flush` are found first.

INSTALLED_APPS = [
    "accounts",
    "articles",
    "alerts",
    "newsroom",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "taggit",
    "js_asset",
    "django_prose_editor",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "newsroom.readers.ReadersMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "newsroom.security.PolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "newsroom.addresses.WholeAddressMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "accounts.middleware.StaffMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csp",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "newsroom.context.site",
            ],
        },
    },
]

# Databases, cache, mail, files

TEST_DATABASE = "_".join(filter(None, ["test_newsroom", ENVIRONMENT.test_database_suffix]))
if ENVIRONMENT.database["ENGINE"] == "newsroom.sqlite":
    # A file, because threads cannot share an in-memory database without "table is locked".
    TEST_DATABASE = str(ENVIRONMENT.var_dir / "test" / f"{TEST_DATABASE}.sqlite3")
    Path(TEST_DATABASE).parent.mkdir(parents=True, exist_ok=True)
    Path(ENVIRONMENT.database["NAME"]).parent.mkdir(parents=True, exist_ok=True)

DATABASES = {"default": {**ENVIRONMENT.database, "TEST": {"NAME": TEST_DATABASE}}}
CACHES = {"default": ENVIRONMENT.cache}
MAILERS = {"default": ENVIRONMENT.mailer}
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from
SERVER_EMAIL = ENVIRONMENT.mail_from
MAIL_CONNECTIONS = ENVIRONMENT.mail_connections
MAIL_RATE = ENVIRONMENT.mail_rate
MAIL_RATE_PER_DOMAIN = ENVIRONMENT.mail_rate_per_domain
MAIL_UNCERTAIN = ENVIRONMENT.mail_uncertain
MAIL_ACCEPTED_URL = ENVIRONMENT.mail_accepted_url
# Remembers outside of the database how far it has come: a restored backup is behind it (alerts.sending.fence).
MAIL_MARK: Path | None = ENVIRONMENT.var_dir / "mail-mark"
# Who reports what became of a mail, at /alerts/events/<provider>/, and how it shows that it is them.
MAIL_PROVIDER = mail_providers.provider_of(ENVIRONMENT.mailer)
ANYMAIL = mail_providers.anymail(
    MAIL_PROVIDER, ENVIRONMENT.mail_webhook_secret, ENVIRONMENT.mailer.get("OPTIONS", {})
)

STORAGES = {
    "default": ENVIRONMENT.storage,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "newsroom.static_files.StaticFiles"
    },
}
MEDIA_URL = "/media/"
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.var_dir / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG
# Compressing the editor's source maps is most of the work of collectstatic, and nobody loads them.
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["jpg", "jpeg", "png", "gif", "webp", "avif", "woff", "woff2", "map"]

# Language and time: what is stored is UTC, what is shown is the newsroom's own.

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "newsroom.formats"
TIME_ZONE = ENVIRONMENT.time_zone
USE_I18N = True
USE_TZ = True

# Signing in

AUTH_USER_MODEL = "accounts.User"
# This one only: another backend would add what its own groups and permissions grant.
AUTHENTICATION_BACKENDS = ["accounts.backends.RoleBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/admin/"
LOGOUT_REDIRECT_URL = "account_login"

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

ACCOUNT_ADAPTER = "accounts.adapter.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an invitation reached the address before there is a password
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # else anyone could have us write to anyone
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "accounts.resets.ResetTokens"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
# allauth's limits stand in the cache; ours, in the database, are in accounts.throttling.
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = False
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if ENVIRONMENT.trust_forwarded_proto else 0
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if ENVIRONMENT.https else "http"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None  # asked at sign-in
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "change_password": "accounts.forms.ChangePasswordForm",
    "set_password": "accounts.forms.SetPasswordForm",
    "reauthenticate": "accounts.forms.ReauthenticateForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.SecondFactorAgainForm",
    "activate_totp": "accounts.forms.ActivateAppForm",
    "add_webauthn": "accounts.forms.AddKeyForm",
    "login_webauthn": "accounts.credentials.SignInByKeyForm",
    "authenticate_webauthn": "accounts.credentials.KeyAsSecondFactorForm",
    "reauthenticate_webauthn": "accounts.credentials.KeyAgainForm",
    "edit_webauthn": "accounts.forms.RenameKeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody gets in without having had an invitation at the address
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG

# The writing field

DJANGO_PROSE_EDITOR_EXTENSIONS = editor.MODULES

# Safety

SECURE_CSP = security.READERS
SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]  # asked by machines behind the proxy
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.trust_forwarded_proto else None
SECURE_HSTS_SECONDS = ENVIRONMENT.hsts_seconds if ENVIRONMENT.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENVIRONMENT.https and ENVIRONMENT.hsts_subdomains
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The __Host- prefix keeps a neighbouring subdomain from planting a cookie of that name.
SESSION_COOKIE_NAME = "__Host-session" if ENVIRONMENT.https else "session"
SESSION_COOKIE_SECURE = ENVIRONMENT.https
SESSION_COOKIE_AGE = int(lifetimes.KEPT.whole.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True  # unless one asks, at sign-in, to be kept signed in
DEVICE_COOKIE_NAME = "__Host-device" if ENVIRONMENT.https else "device"
CSRF_COOKIE_NAME = "__Host-csrf" if ENVIRONMENT.https else "csrf"
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
# Preloading is a promise only the owner of the domain can make, at hstspreload.org.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

LOGGING = logs.configure(level=ENVIRONMENT.log_level, plain=DEBUG)
ACCESS_LOG = ENVIRONMENT.access_log and ENVIRONMENT.log_level in ("DEBUG", "INFO")

# What the parts of the newsroom want to be told

# Whether e-mail can be registered for: every page that promises it asks here, and leads to feeds where it is not.
ALERTS_OPEN = ENVIRONMENT.alerts_open
# Megabytes of readers' pages that each process keeps, made anew when anything they show changes (newsroom.page_cache).
PAGE_CACHE_MB = ENVIRONMENT.page_cache_mb
# The cache in front of the site that is told what to drop, and how (newsroom.purging); none where it is empty.
PURGE_URL = ENVIRONMENT.purge_url
PURGE_STYLE = ENVIRONMENT.purge_style
PURGE_TOKEN = ENVIRONMENT.purge_token
WORKER_POLL_SECONDS = ENVIRONMENT.worker_poll_seconds
METRICS_TOKEN = ENVIRONMENT.metrics_token
SECURITY_CONTACT = ENVIRONMENT.security_contact
# Where `manage.py backup` writes, what it keeps, and how old the newest may be; 0: somebody else makes the backups.
BACKUP_DIR = ENVIRONMENT.backup_dir
BACKUP_KEEP = ENVIRONMENT.backup_keep
BACKUP_MAX_AGE_HOURS = ENVIRONMENT.backup_max_age_hours
TAGGIT_CASE_INSENSITIVE = True
