"""The one settings file: what differs between a laptop and a server comes from the environment (see `env.py`)."""

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import env as here
from config.env import ROOT, VAR, env

DEBUG = here.DEBUG
SECRET_KEY = here.secret_key()
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
BASE_URL: str = env.str("BASE_URL", default="http://127.0.0.1:8000")

# The demo lets anyone in with one click: it must never meet real data.
DEMO: bool = env.bool("MAILLAGE_DEMO", default=False)
if DEMO and (not DEBUG or here.DATABASE_URL):
    raise ImproperlyConfigured("MAILLAGE_DEMO demande DEBUG=1 et aucune DATABASE_URL : la démonstration ouvre à tous.")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
    "maillage.ui",
    "maillage.printing",
    "maillage.themes",
    "maillage.journal",
    "maillage.territories",
    "maillage.people",
    "maillage.documents",
    "maillage.discussion",
    "maillage.reminders",
    "maillage.network",
    "maillage.plan",
    "maillage.exchange",
    "maillage.news",
    "maillage.amendments",
    "maillage.demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "maillage.ui.middleware.NothingTypedIsLost",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "maillage.ui.middleware.OurNotFound",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["maillage.ui.loaders.TypographyLoader", "django.template.loaders.app_directories.Loader"],
                )
            ],
            "builtins": ["maillage.ui.templatetags.ui"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "maillage.ui.context_processors.frame",
            ],
        },
    }
]
FORM_RENDERER = "maillage.ui.forms.MaillageRenderer"

DATABASES = {"default": here.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}

AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "sesame.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"

#: A sensitive act asks for a fresh proof of identity older than this many seconds.
PROOF_AGE = 15 * 60
SESAME_MAX_AGE = 15 * 60
SESAME_ONE_TIME = True

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BASE_URL.startswith("https")
BEHIND_PROXY: bool = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if BASE_URL.startswith("https") else 0
SECURE_SSL_REDIRECT = BASE_URL.startswith("https")  # behind a proxy that holds the certificate: BEHIND_PROXY=1
# Whether subdomains and browsers' lists follow is a choice of who owns the domain, not of Maillage.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # figures are written by our own filters, identifiers must stay plain

STATIC_URL = "/static/"
# On a laptop files are served from where they are; a server gathers them once, when it is built.
STATIC_ROOT = env.str("STATIC_ROOT", default=None if DEBUG else str(ROOT / "staticfiles"))
WHITENOISE_USE_FINDERS = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "documents", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DOCUMENT_MAX_BYTES: int = env.int("DOCUMENT_MAX_MEGABYTES", default=25) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="filemail://" if DEBUG else "smtp://localhost:25")
vars().update(EMAIL_CONFIG)
if DEBUG and "EMAIL_URL" not in env.ENVIRON:
    EMAIL_FILE_PATH = str(VAR / "mails")  # on a laptop a mail is a file that one opens
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="Maillage <ne-pas-repondre@localhost>")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"without_secrets": {"()": "maillage.ui.logs.WithoutSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["without_secrets"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
