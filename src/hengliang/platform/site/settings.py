"""Settings. What a deployment decides comes from the environment; nothing is started by importing this.

`DATABASE_URL` is always set by whoever starts the process (`hengliang serve`, the tests, an operator).
"""

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from hengliang.platform.core.pages.csp import CONTENT_SECURITY_POLICY
from hengliang.platform.site import logs
from hengliang.platform.site.home import home

__all__ = ["CONTENT_SECURITY_POLICY"]

HOME = home()
PACKAGE = Path(__file__).resolve().parent.parent
DEBUG = os.environ.get("HENGLIANG_DEBUG") == "1"
NORM_OVERLAYS = [Path(folder) for folder in os.environ.get("HENGLIANG_NORMS", "").split(os.pathsep) if folder]
NORMS_FOLDER = HOME / "norms"
# The region (GB/T 2260) whose authority decides on rules here; empty: any authority over a city or more.
AUTHORITY_REGION = os.environ.get("HENGLIANG_AUTHORITY", "")
TRAINING = os.environ.get("HENGLIANG_TRAINING") == "1"


def secret_key() -> str:
    """The key in `HENGLIANG_HOME/secret`, or a key for this process alone where no home was set up."""
    path = HOME / "secret"
    if path.is_file():
        return path.read_text().strip()
    return os.urandom(32).hex()


def database(url: str) -> dict[str, object]:
    """Django's connection settings from `postgresql://user:password@host:port/name?host=/socket`."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host") or parts.hostname or "",
        "PORT": str(parts.port or query.get("port") or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
    }


SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("HENGLIANG_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
PUBLIC_URL = os.environ.get("HENGLIANG_PUBLIC_URL", f"http://127.0.0.1:{os.environ.get('HENGLIANG_PORT', '8765')}")
# Proxies whose X-Forwarded-For is believed, by address or network: HENGLIANG_PROXIES=10.0.0.0/8,::1
TRUSTED_PROXIES = [one for one in os.environ.get("HENGLIANG_PROXIES", "").split(",") if one.strip()]
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
DATABASES = {"default": database(os.environ.get("DATABASE_URL", "postgresql:///hengliang"))}
# Attempts are counted for all web processes together, and over restarts.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "core_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What each process may compute anew.
    "process": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "parties.Account"

# The order is the order of the layers, lowest first.
APPS = (
    "core",
    "parties",
    "registry",
    "standards",
    "verification",
    "certificates",
    "supervision",
    "comparison",
    "plan",
    "exchange",
)
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "django_htmx",
    "csp",
    *(f"hengliang.platform.{app}" for app in APPS),
    "hengliang.platform.site",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "ninja",  # only for the files of its description page: from here, never from a foreign host
]
MIDDLEWARE = [
    "hengliang.platform.site.observe.ObserveMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "hengliang.platform.core.pages.privacy.NoStoreMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "hengliang.platform.parties.middleware.ActorMiddleware",
    "hengliang.platform.core.pages.errors.RefusalMiddleware",
    "hengliang.platform.site.addresses.PlainAddressMiddleware",
]
ROOT_URLCONF = "hengliang.platform.site.urls"
WSGI_APPLICATION = "hengliang.platform.site.wsgi.application"
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
                "hengliang.platform.core.pages.context.pages",
            ],
        },
    }
]

LOGGING = logs.settings()

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS: list[str] = []
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").is_file() and not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").is_file()
MEDIA_ROOT = HOME / "attachments"
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o640

AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "hengliang.platform.parties.adapters.InvitationOnlyAdapter"
# Accounts come by invitation, so nobody ties a second factor to an address that is another's.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {
    "activate_totp": "hengliang.platform.parties.second_factor.ActivateTOTPForm",
    "authenticate": "hengliang.platform.parties.second_factor.AuthenticateForm",
    "reauthenticate": "hengliang.platform.parties.second_factor.ReauthenticateForm",
}
# Ways out for notifications beside e-mail: group robots and an SMS gateway, each by its address.
CHANNELS = {
    "wecom": os.environ.get("HENGLIANG_WECOM_ROBOT", ""),
    "dingtalk": os.environ.get("HENGLIANG_DINGTALK_ROBOT", ""),
    "dingtalk_secret": os.environ.get("HENGLIANG_DINGTALK_SECRET", ""),
    "sms": os.environ.get("HENGLIANG_SMS_GATEWAY", ""),
    "sms_key": os.environ.get("HENGLIANG_SMS_KEY", ""),
}
# Networks beside the public ones to which events may be pushed: HENGLIANG_WEBHOOK_NETWORKS=10.1.0.0/16,127.0.0.0/8
WEBHOOK_NETWORKS = [one for one in os.environ.get("HENGLIANG_WEBHOOK_NETWORKS", "").split(",") if one.strip()]
# `smtp://user:password@host:587` (with STARTTLS) or `smtps://…:465`; without it no letter goes out, and none to a log.
SMTP = urlsplit(os.environ.get("HENGLIANG_SMTP", ""))
EMAIL_BACKEND = os.environ.get(
    "HENGLIANG_EMAIL_BACKEND",
    "django.core.mail.backends.smtp.EmailBackend" if SMTP.hostname else "hengliang.platform.core.mail.NoMail",
)
if "console" in EMAIL_BACKEND and not DEBUG:
    raise ImproperlyConfigured("Letters hold links that open accounts: none may go to the log. Set HENGLIANG_SMTP.")
EMAIL_HOST, EMAIL_PORT = SMTP.hostname or "", SMTP.port or (465 if SMTP.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(SMTP.username or ""), unquote(SMTP.password or "")
EMAIL_USE_SSL = SMTP.scheme == "smtps"
EMAIL_USE_TLS = SMTP.scheme == "smtp" and EMAIL_HOST not in ("localhost", "127.0.0.1")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("HENGLIANG_MAIL_FROM", f"hengliang@{urlsplit(PUBLIC_URL).hostname}")

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
# Where the product is reached by https, browsers keep to it (HENGLIANG_HSTS: for how many seconds; 0 for a trial).
SECURE_HSTS_SECONDS = int(os.environ.get("HENGLIANG_HSTS", "31536000")) if SESSION_COOKIE_SECURE else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
FORM_RENDERER = "hengliang.platform.core.pages.forms.KitRenderer"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "hengliang.platform.core.pages.bundle.VegaBundleFinder",
]
CSRF_FAILURE_VIEW = "hengliang.platform.core.pages.errors.csrf_failure"
PAGES_GALLERY = DEBUG
