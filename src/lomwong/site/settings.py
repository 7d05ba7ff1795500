"""All settings. A fresh clone runs with none set, on SQLite; a host sets what docs/operate/settings.md lists."""

import os
import secrets
from pathlib import Path
from typing import Any

import dj_database_url
import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from lomwong.site import env
from lomwong.site.sqlite import use_current_sqlite

django_stubs_ext.monkeypatch()

PACKAGE_DIR = Path(__file__).resolve().parent.parent
PROJECT_DIR = PACKAGE_DIR.parent.parent
DATA_DIR = env.folder("LOMWONG_DATA", PROJECT_DIR / "data")


def secret_key() -> str:
    """The host's own key, made once and kept in the data folder when none is given."""
    given = env.text("LOMWONG_SECRET_KEY")
    if given:
        return given
    path = DATA_DIR / "secret_key"
    try:
        kept = path.read_text().strip() if path.exists() else ""
        return kept or new_secret_key(path)
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise env.BadSetting(
            gettext_noop("%(path)s cannot be read or written: %(error)s."), path=path, error=reason
        ) from None


def new_secret_key(path: Path) -> str:
    """Through a file beside it, so that a full disk leaves no empty key."""
    key = secrets.token_urlsafe(48)
    half_written = path.with_name(f"secret_key.{os.getpid()}")
    try:
        half_written.touch(mode=0o600)
        half_written.write_text(key)
        half_written.replace(path)
    finally:
        half_written.unlink(missing_ok=True)
    return key


def database() -> dict[str, Any]:
    url = env.text("DATABASE_URL")
    if url:
        return postgresql(url)
    use_current_sqlite()
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "lomwong.sqlite3",
        "CONN_MAX_AGE": 60,  # seconds: opening it for each request costs as much as two queries
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA mmap_size=0;"
            ),
        },
    }


def postgresql(url: str) -> dict[str, Any]:
    try:
        config: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0, conn_health_checks=True))
    except ValueError:
        config = {}
    if config.get("ENGINE") != "django.db.backends.postgresql" or not config["NAME"]:
        # Not a word of what was given: there may be a password in it.
        raise env.BadSetting(gettext_noop("DATABASE_URL must be like postgres://user:password@host/name."))
    size = env.number("LOMWONG_POOL", 8, least=0, most=1000)
    if size:
        size = max(size, 2)  # a worker needs one for its task and one for the heartbeat beside it
        config["OPTIONS"] = {**config.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": size}}
    return config


def signup() -> str:
    """'open' or 'closed'; a misspelt word is refused rather than taken for open."""
    value = env.text("LOMWONG_SIGNUP", "open") or "open"
    if value not in {"open", "closed"}:
        raise env.BadSetting(gettext_noop("LOMWONG_SIGNUP must be open or closed, not “%(value)s”."), value=value)
    return value


DEBUG = env.flag("LOMWONG_DEBUG")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = env.names("LOMWONG_HOSTS") or ["127.0.0.1", "localhost", "[::1]"]
PUBLIC_URL = env.address("LOMWONG_URL", "http://127.0.0.1:8000")
IS_DEMO = env.flag("LOMWONG_DEMO")
HAS_GALLERY = DEBUG or IS_DEMO

DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "lomwong.site",
    "lomwong.demo",
    "lomwong.imports",
    "lomwong.discovery",
    "lomwong.experts",
    "lomwong.notifications",
    "lomwong.moderation",
    "lomwong.feeds",
    "lomwong.takeaway",
    "lomwong.search",
    "lomwong.posts",
    "lomwong.communities",
    "lomwong.people",
    "lomwong.activity",
    "lomwong.kit",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "lomwong.kit.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lomwong.kit.compression.CompressionMiddleware",
    "lomwong.kit.middleware.NulMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lomwong.kit.middleware.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lomwong.people.middleware.SuspensionMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "lomwong.site.urls"
WSGI_APPLICATION = "lomwong.site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "lomwong.kit.context.page",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lomwong.kit.templatetags.ui",
            ],
        },
    }
]

FORM_RENDERER = "lomwong.kit.forms.Renderer"

# Language and time

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
TIME_ZONE = env.zone("LOMWONG_TIME_ZONE", "Asia/Bangkok")
USE_TZ = True

# People

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["lomwong.people.backends.Backend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "lomwong.people.passwords.UnlikeOneself",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "lomwong.people.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {"NAME": "lomwong.people.passwords.NotCommon"},
]
SIGNUP = signup()
MEMBER_DOMAINS = [domain.lower().lstrip("@") for domain in env.names("LOMWONG_MEMBER_DOMAINS")]
ACCOUNT_ADAPTER = "lomwong.people.accounts.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "lomwong.people.forms.SignInForm",
    "signup": "lomwong.people.forms.SignUpForm",
    "reset_password": "lomwong.people.forms.AskForLetterForm",
    "reset_password_from_key": "lomwong.people.forms.NewPasswordForm",
    "change_password": "lomwong.people.forms.ChangePasswordForm",
    "set_password": "lomwong.people.forms.SetPasswordForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_SIGNUP_REDIRECT_URL = "people:edit"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # nobody who is not known here gets a letter from here
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
PROXIES = env.number("LOMWONG_PROXIES", 0, least=0, most=10)  # of ours, before the house
ACCOUNT_RATE_LIMITS = {"visitor_comment": "5/10m/ip,20/d/ip"}  # beside those that allauth has
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_ENGINE = "lomwong.kit.sessions"  # a cache in each process would keep ended sessions alive

# Mail: a folder until a host names its server

EMAIL_HOST = env.text("LOMWONG_MAIL_HOST")
EMAIL_PORT = env.number("LOMWONG_MAIL_PORT", 587, least=1, most=65535)
EMAIL_HOST_USER = env.text("LOMWONG_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("LOMWONG_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("LOMWONG_MAIL_TLS", default=True)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'filebased'}.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = env.text("LOMWONG_MAIL_FROM", "lomwong@localhost")
EMAIL_TIMEOUT = 10  # seconds
DIGEST_HOUR = env.number("LOMWONG_DIGEST_HOUR", 7, least=0, most=23)  # of LOMWONG_TIME_ZONE
# Where only some addresses may sign up, each is proved by a letter, even if that lies in the folder.
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if EMAIL_HOST or MEMBER_DOMAINS else "optional"

# Files on the page

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "lomwong.kit.static_files.Storage"},
}
MEDIA_ROOT = DATA_DIR / "files"
FILE_BYTES = env.number("LOMWONG_FILE_MB", 25, least=1, most=2000) * 1024 * 1024
# posts.models.Licence: what others may do with an entry whose writer and blog say nothing else.
LICENCES = "reserved organisation cc0 cc-by cc-by-sa cc-by-nd cc-by-nc cc-by-nc-sa cc-by-nc-nd".split()
LICENCE = env.choice("LOMWONG_LICENCE", "reserved", LICENCES)
POST_FILES = env.number("LOMWONG_POST_FILES", 10, least=1, most=100)
FILE_UPLOAD_HANDLERS = ["lomwong.posts.files.upload.LimitedUploads"]
DATA_UPLOAD_MAX_NUMBER_FILES = 1000  # a whole folder by mistake: the form says what is too much, and keeps the words

# Safety

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "style-src": [SELF],
        "script-src": [SELF],
        "font-src": [SELF],
        "img-src": [SELF],
        "media-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
IS_HTTPS = PUBLIC_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# Work behind the page

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
SEARCH_INDEX_DIR = DATA_DIR / "index"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_keys": {"()": "lomwong.feeds.secrecy.HideKeys"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["hide_keys"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
