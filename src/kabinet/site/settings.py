"""Django's settings, computed from the options of this installation (see options.py)."""

from pathlib import Path
from typing import Any

import dj_database_url
import dj_email_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from kabinet.site import keys, options

DEMO = options.value(options.MODE) != "production"
DEBUG = False
VAR = Path(options.value(options.VAR)).resolve()
VAR.mkdir(parents=True, exist_ok=True)  # the queue lies there, whatever the database is
ADDRESS = options.value(options.ADDRESS).rstrip("/")
KEYS = keys.load(VAR)
SECRET_KEY = KEYS.secret_key
ALLOWED_HOSTS = options.listed(options.HOSTS)
REDIS_URL = options.value(options.REDIS_URL)
CHECKS = options.yes(options.CHECKS)

INSTALLED_APPS = [
    "kabinet.site.apps.SiteConfig",
    "kabinet.cabinets.apps.CabinetsConfig",
    "kabinet.exams.apps.ExamsConfig",
    "kabinet.portfolio.apps.PortfolioConfig",
    "kabinet.checks.apps.ChecksConfig",
    "kabinet.payments.apps.PaymentsConfig",
    "kabinet.people.apps.PeopleConfig",
    "kabinet.notifications.apps.NotificationsConfig",
    "kabinet.vault.apps.VaultConfig",
    "kabinet.audit.apps.AuditConfig",
    "kabinet.ui.apps.UiConfig",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "allauth",
    "allauth.account",
    "csp",
    "huey.contrib.djhuey",
]

MIDDLEWARE = [
    # What every answer bears stands first: also static files, and what the others refuse.
    "csp.middleware.CSPMiddleware",
    "kabinet.site.middleware.NoStoreMiddleware",
    "kabinet.site.middleware.PermissionsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kabinet.site.middleware.PagesGZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "kabinet.ui.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "kabinet.site.middleware.TypedTextMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kabinet.people.middleware.IdleMiddleware",
    "kabinet.people.middleware.LanguageMemoryMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kabinet.people.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "kabinet.site.urls"
WSGI_APPLICATION = "kabinet.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kabinet.site.context.house",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# Database: SQLite by default, safe against power loss (synchronous=FULL) and writers in a row (IMMEDIATE).
DATABASES = {
    "default": dj_database_url.parse(
        options.value(options.DATABASE_URL) or f"sqlite:///{VAR / 'kabinet.sqlite3'}"
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
    }
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    # A database that is away is said to be so in 5 seconds, and asked again as soon as somebody needs it.
    DATABASES["default"]["OPTIONS"] = {
        "pool": {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 5}
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
else:
    # One shared cache for all processes of this host: throttles must not be counted per process.
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(VAR / "cache"),
            # The default of 300 entries would let an attacker push the counters of throttles out.
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }

# Background work. The database is the truth and the queue a hint, so losing the queue loses nothing.
HUEY = {
    "name": "kabinet",
    "immediate": False,
    "consumer": {
        "workers": 1,
        "worker_type": "process",
        "initial_delay": 0.1,
        "backoff": 1.15,
        "max_delay": 0.3,
    },
    **(
        {"huey_class": "huey.PriorityRedisHuey", "url": REDIS_URL}
        if REDIS_URL
        else {"huey_class": "huey.SqliteHuey", "filename": str(VAR / "queue.sqlite3")}
    ),
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"stderr": {"class": "logging.StreamHandler"}},
    "loggers": {
        "huey": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # Why a page was not answered; Django tells that only to mailboxes, of which there are none.
        "django.request": {"handlers": ["stderr"], "level": "ERROR", "propagate": False},
    },
}

# People and sign-in
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["kabinet.people.sign_in.LoginBackend"]
PASSWORD_HASHERS = ["kabinet.people.passwords.Argon2Hasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "kabinet.people.strength.LengthValidator"},
    {"NAME": "kabinet.people.strength.CommonValidator"},
    {"NAME": "kabinet.people.strength.RunValidator"},
    {"NAME": "kabinet.people.strength.PersonalValidator"},
]
ACCOUNT_ADAPTER = "kabinet.people.sign_in.Adapter"
ACCOUNT_LOGIN_METHODS = {"username"}  # any of the three logins, resolved in people.logins
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "number"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# A whole school sits behind one address: 60 sign-ins in 5 minutes are its normal morning.
ACCOUNT_RATE_LIMITS = {
    "login": "300/5m/ip",
    "login_failed": "120/5m/ip,5/5m/key",
    "reauthenticate": "10/m/user",
    "code_asked": "120/h/ip",  # first-years register together in one lecture hall
    "code_tried": "120/h/ip",
}
ALLAUTH_TRUSTED_PROXY_COUNT = options.whole(options.BEHIND_PROXY)

# Sessions: a person's own requests keep them alive; nothing survives the closed browser.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = False
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_NAME = "kabinet" if DEMO else "__Host-kabinet"
CSRF_COOKIE_NAME = "kabinet_csrf" if DEMO else "__Host-kabinet_csrf"
DEVICE_COOKIE_NAME = "kabinet_device" if DEMO else "__Host-kabinet_device"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kabinet.site.views.csrf_failure"
LANGUAGE_COOKIE_NAME = "kabinet_language"
LANGUAGE_COOKIE_SECURE = not DEMO
LANGUAGE_COOKIE_SAMESITE = "Lax"

# Headers
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "blob:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if options.whole(options.BEHIND_PROXY) else None
)
CSRF_TRUSTED_ORIGINS = [ADDRESS]

# Languages: Russian is the source language of the interface
LANGUAGE_CODE = "ru"
LANGUAGES = [("ky", _("Кыргызча")), ("ru", _("Русский")), ("en", _("English"))]
USE_I18N = True
USE_TZ = True
TIME_ZONE = options.value(options.TIME_ZONE)

# Letters: a demo keeps them to itself (the administrator reads them at /outbox/)
MAIL = dj_email_url.parse(options.value(options.EMAIL_URL) or "dummy:")
EMAIL_BACKEND = MAIL["EMAIL_BACKEND"]
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL["EMAIL_USE_TLS"], MAIL["EMAIL_USE_SSL"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = options.value(options.EMAIL_FROM)
EMAIL_TIMEOUT = 15

# Files
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "vault": {
        "BACKEND": "kabinet.vault.storage.DurableStorage",
        "OPTIONS": {"location": VAR / "vault"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Uploads stay in memory: nothing of a document touches the disk in clear.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 21 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
