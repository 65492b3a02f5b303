# SPDX-License-Identifier: AGPL-3.0-or-later
"""All settings of a deployment: typed, from the environment, one file."""

import logging
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import fontpkg_be_vietnam_pro
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

BASE_DIR = Path(__file__).resolve().parent.parent


class Environment(BaseSettings):
    """What an operator may set; everything has a default that suits a laptop."""

    model_config = SettingsConfigDict(env_prefix="BINHYEN_", extra="ignore")

    database_url: str = Field("", validation_alias="DATABASE_URL")
    secret_key: str = ""
    sealing_keys: str = ""
    """Keys for secrets at rest, with commas between: the first seals, every one opens."""
    debug: bool = False
    public_host: str = "localhost"
    port: int = Field(8000, validation_alias="PORT")
    https: bool = False
    hsts_seconds: int = Field(31_536_000, ge=0)
    """How long browsers keep to HTTPS once they saw it; 0 is not at all."""
    require_second_factor: bool | None = None
    """Whether roles that reach far need a second factor; unset, it is needed where https is on."""
    var_dir: Path = BASE_DIR / "var"
    data_dir: Path | None = None
    """Where photos and recordings lie, sealed; unset, in the var folder."""
    archive_dir: Path | None = None
    """The second store: a folder on another disk or machine; without one nothing is ever safe."""
    proxies: int = 0
    """How many trusted proxies stand in front; only then is X-Forwarded-For read."""
    api_requests_a_minute: int = 600
    """How often one key of a program may ask in a minute; a tenth of it for costly questions."""
    api_strangers_a_minute: int = 600
    """How often one address may ask in a minute without a good key; a commune may share it."""
    signins_a_minute: int = 600
    """How often one address may try to sign in in a minute; a fifth of it may fail."""
    export_rows_alone: int = 300
    """Rows with personal data that one person may take away in a file; more need a second one."""
    contest_days: int = Field(5, ge=1, le=60)
    """Working days in which a member who contests a record is answered."""
    duty_rest_hours: int = Field(8, ge=0, le=48)
    """Least rest between two shifts of a member in the roster; 0 asks for none."""
    duty_night_hours: int = Field(4, ge=0, le=8)
    """How many hours between 22:00 and 06:00 make a shift a night."""
    duty_silence_minutes: int = Field(30, ge=5, le=720)
    """After how long a duty that nobody said to have begun or ended is called overdue."""
    roster_seconds: int = Field(10, ge=1, le=120)
    """How long filling a roster fairly may look for a fairer way."""
    holidays: Path | None = None
    """The operator's own days off, above data/calendar/holidays.csv; unset: holidays.csv in var."""
    connections: int = Field(4, ge=1)
    """Connections to PostgreSQL that one process of the server holds at most: one per request."""
    waiting: int = Field(48, ge=0)
    """How many requests of one process wait for a place; more are asked to come again later."""
    wait_seconds: int = Field(5, ge=1)
    """How long a page waits for a free connection, and for the database server to answer."""
    statement_seconds: int = Field(60, ge=0)
    """Seconds after which PostgreSQL stops a statement of a page; 0 is never."""
    suggestions: bool = True
    """Whether planning a patrol shows from which villages and hours reports came."""
    without_trigrams: bool = False
    """Start on PostgreSQL without its extension pg_trgm; names with slips are then not found."""
    collecting: bool = False
    """Set while static files are collected for the first time, so that they get hashed names."""


def _environment() -> Environment:
    """The settings that were given, or a sentence that names the wrong one."""
    try:
        return Environment()  # type: ignore[call-arg]
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"]))
        name = name if name.isupper() else f"BINHYEN_{name.upper()}"
        raise ImproperlyConfigured(
            f"{name} is set to {first['input']!r}, which cannot be used: {first['msg']}. "
            "Correct it or leave it unset."
        ) from error


ENV = _environment()
ENV.var_dir.mkdir(parents=True, exist_ok=True)


def _database(url: str) -> dict[str, Any]:
    """Django's setting for one `DATABASE_URL`; an empty one is SQLite in the var folder."""
    if not url:
        url = f"sqlite:///{ENV.var_dir / 'binhyen.sqlite3'}"
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": unquote(url.removeprefix("sqlite:///")),
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
                "PRAGMA busy_timeout=20000;PRAGMA cache_size=-65536;",
            },
        }
    if parts.scheme in {"postgres", "postgresql"}:
        _check_postgresql(parts)
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.lstrip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "OPTIONS": {"connect_timeout": ENV.wait_seconds} | dict(parse_qsl(parts.query)),
        }
    raise ImproperlyConfigured(
        f"DATABASE_URL starts with '{parts.scheme}:'. "
        "It must start with sqlite:/// or postgresql://. Correct it or leave it unset."
    )


def _check_postgresql(parts: SplitResult) -> None:
    """Refuse an address without a database or with no usable port; say no password."""
    wanted = "Write postgresql://user:password@host:port/name."
    try:
        parts.port  # noqa: B018 - reading it is what checks it
    except ValueError as error:
        raise ImproperlyConfigured(f"DATABASE_URL holds no usable port. {wanted}") from error
    if not parts.path.strip("/"):
        raise ImproperlyConfigured(f"DATABASE_URL names no database after the host. {wanted}")


def _secret(given: str, name: str) -> str:
    """A key of this deployment; a laptop makes its own and keeps it beside its database."""
    if given:
        return given
    path = ENV.var_dir / name
    if not path.exists():
        from django.core.management.utils import get_random_secret_key

        path.touch(mode=0o600)
        path.write_text(get_random_secret_key())
    return path.read_text()


SECRET_KEY = _secret(ENV.secret_key, "secret-key")
SEALING_KEYS = [
    key.strip() for key in _secret(ENV.sealing_keys, "sealing-key").split(",") if key.strip()
]
if not SEALING_KEYS or min(map(len, SEALING_KEYS)) < 32:
    raise ImproperlyConfigured(
        "BINHYEN_SEALING_KEYS holds no key, or one that is too short. Give keys of at least 32 "
        "characters with commas between, such as `openssl rand -base64 32` makes them."
    )
DEBUG = ENV.debug
ALLOWED_HOSTS = [ENV.public_host, "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{'https' if ENV.https else 'http'}://{ENV.public_host}:{ENV.port}"]
DATABASES = {"default": _database(ENV.database_url)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
SITE_ID = 1

INSTALLED_APPS = [
    "binhyen.office",
    "binhyen.demo",
    "binhyen.api",
    "binhyen.sync",
    "binhyen.reports",
    "binhyen.indicators",
    "binhyen.simulations",
    "binhyen.budgets",
    "binhyen.entitlements",
    "binhyen.claims",
    "binhyen.incidents",
    "binhyen.patrols",
    "binhyen.duty",
    "binhyen.calls",
    "binhyen.personnel",
    "binhyen.teams",
    "binhyen.norms",
    "binhyen.accounts",
    "binhyen.approvals",
    "binhyen.attachments",
    "binhyen.territory",
    "binhyen.law",
    "binhyen.papers",
    "binhyen.core",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "binhyen.office.gate.GateMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "binhyen.api.middleware.ProblemMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "binhyen.accounts.middleware.ActorMiddleware",
    "binhyen.accounts.middleware.SecondFactorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

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
                "binhyen.office.context.shell",
            ],
            "builtins": ["binhyen.core.templatetags.show", "django.templatetags.i18n"],
        },
    }
]

# Language and time: Vietnamese first, Vietnam's clock everywhere.
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_I18N = True
USE_TZ = True
LANGUAGE_COOKIE_NAME = "binhyen_language"

# Accounts
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_ADAPTER = "binhyen.accounts.adapter.ClosedSignup"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
# A person is stopped after five wrong passwords, wherever they come from; an address, behind which
# a whole commune may sit, only when it tries what no commune does.
ACCOUNT_RATE_LIMITS = {
    "login": f"{ENV.signins_a_minute}/m/ip",
    "login_failed": f"{max(1, ENV.signins_a_minute // 5)}/m/ip,5/300s/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
MFA_ADAPTER = "binhyen.accounts.adapter.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not ENV.https
MFA_FORMS = {
    "login_webauthn": "binhyen.accounts.forms_passkeys.LoginForm",
    "authenticate_webauthn": "binhyen.accounts.forms_passkeys.AuthenticateForm",
    "reauthenticate_webauthn": "binhyen.accounts.forms_passkeys.ReauthenticateForm",
    "add_webauthn": "binhyen.accounts.forms_passkeys.AddForm",
    "edit_webauthn": "binhyen.accounts.forms_passkeys.EditForm",
}
MFA_TOTP_ISSUER = "Bình Yên"
REQUIRE_SECOND_FACTOR = (
    ENV.https if ENV.require_second_factor is None else ENV.require_second_factor
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Browser security
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
if ENV.https:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = ENV.hsts_seconds
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_DIR = ENV.data_dir or ENV.var_dir / "data"
ARCHIVE_DIR = ENV.archive_dir
EXPORT_ROWS_ALONE = ENV.export_rows_alone
CONTEST_DAYS = ENV.contest_days
DUTY_REST_HOURS = ENV.duty_rest_hours
DUTY_NIGHT_HOURS = ENV.duty_night_hours
DUTY_SILENCE_MINUTES = ENV.duty_silence_minutes
ROSTER_SECONDS = ENV.roster_seconds
HOLIDAYS_FILE = ENV.holidays or ENV.var_dir / "holidays.csv"
DOSSIERS_FILE = ENV.var_dir / "dossiers.yaml"
API_REQUESTS_A_MINUTE = ENV.api_requests_a_minute
API_STRANGERS_A_MINUTE = ENV.api_strangers_a_minute
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3_000  # a month of a commune's duties is ticked in one form
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

# Static files: hashed names, compressed, served by the product itself
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "static-root"
STATICFILES_DIRS = [("fonts", Path(fontpkg_be_vietnam_pro.ROOT) / "files")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
if not (ENV.collecting or (STATIC_ROOT / "staticfiles.json").exists()):
    # Before `collectstatic` has run (tests, a developer's server) files are served by name.
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    WHITENOISE_USE_FINDERS = True

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
FORMAT_MODULE_PATH = ["config.formats"]
TEST_RUNNER = "django.test.runner.DiscoverRunner"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
logging.captureWarnings(capture=True)
