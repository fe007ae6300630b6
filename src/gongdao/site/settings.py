"""Django's settings, all of them derived from `Config`. Deny first, then allow."""

import os
from pathlib import Path

from csp.constants import NONE, SELF

from gongdao.adapters.mail import mailer
from gongdao.site.config import Config, Mode, local_only
from gongdao.site.database import django_database
from gongdao.site.keys import keys

CONFIG = Config.read(os.environ)
KEYS = keys(CONFIG)
HERE = Path(__file__).resolve().parents[1]

GONGDAO_MODE = CONFIG.mode.value
LOCAL_ONLY = local_only(CONFIG)
PRODUCTION = CONFIG.mode is Mode.PRODUCTION

SECRET_KEY = KEYS.django
DEBUG = False
ALLOWED_HOSTS = ["*"] if not PRODUCTION else [CONFIG.public_url.split("://")[1].split("/")[0]]
if LOCAL_ONLY:
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", "testserver"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "gongdao.storage",
    "gongdao.web",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "gongdao.web.protection.frozen.FrozenMiddleware",
    "gongdao.web.second_factor.SecondFactorMiddleware",
    "gongdao.web.public.devices.KnownDeviceMiddleware",
    "gongdao.web.refusals.RefusalMiddleware",
]

ROOT_URLCONF = "gongdao.site.urls"
ASGI_APPLICATION = "gongdao.site.asgi.application"
CSRF_FAILURE_VIEW = "gongdao.web.failures.csrf_failed"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "gongdao.web.context.surroundings",
            ],
        },
    },
]

FORM_RENDERER = "gongdao.web.widgets.Renderer"

DATABASES = {"default": django_database(CONFIG.database_url)}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}
"""Wrong passwords are counted in it. Of the usual three hundred entries a handful of networks that
guess at random addresses would push out the counts of the one account that they mean."""

AUTH_USER_MODEL = "storage.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]

ACCOUNT_ADAPTER = "gongdao.web.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "mandatory" if PRODUCTION else "optional"
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
"""One address, and at most one that waits to replace it: a second one would be a second door."""
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
"""Whoever reads the mailbox gets in, however often strangers guessed wrong meanwhile. A second
step is asked for all the same."""
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_FORMS = {
    "add_email": "gongdao.web.account_forms.AddEmail",
    "change_password": "gongdao.web.account_forms.ChangePassword",
    "login": "gongdao.web.account_forms.SignIn",
    "reset_password": "gongdao.web.account_forms.ResetPassword",
    "reset_password_from_key": "gongdao.web.account_forms.ResetPasswordKey",
    "set_password": "gongdao.web.account_forms.SetPassword",
    "signup": "gongdao.web.account_forms.SignUp",
}
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/mine/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
"""Whoever finds a browser open changes neither address nor password with it."""
MFA_ADAPTER = "gongdao.web.accounts.FactorAdapter"
MFA_FORMS = {
    "activate_totp": "gongdao.web.account_forms.SetUpApp",
    "authenticate": "gongdao.web.account_forms.SecondStep",
    "reauthenticate": "gongdao.web.account_forms.SecondStepAgain",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True
"""In production nobody signs in before their address is verified; elsewhere no mail may go out.
Without this nobody with a second factor could ever change their address."""
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_RECOVERY_CODE_DIGITS = 20
"""66 bits: what nobody guesses needs no limit on tries, which a stranger could use up."""
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION
"""Browsers themselves allow passkeys without https on `localhost` alone."""
MFA_TOTP_ISSUER = "公道 Gongdao"

LANGUAGE_CODE = CONFIG.lang
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "web" / "locale", HERE / "web" / "hints"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = CONFIG.data / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [CONFIG.public_url] if CONFIG.public_url else []
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if PRODUCTION:
    SECURE_SSL_REDIRECT = False  # the proxy in front does that; it alone speaks to us
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}

DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * 1024 * 1024  # two megabytes of text, pasted, are answered
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000  # as many boxes may be ticked in a long text

DEFAULT_FROM_EMAIL = CONFIG.from_address
_MAILER = mailer(CONFIG.smtp_url, CONFIG.from_address)
EMAIL_BACKEND = _MAILER.backend
EMAIL_HOST = _MAILER.options.get("host", "localhost")
EMAIL_PORT = _MAILER.options.get("port", 25)
EMAIL_HOST_USER = _MAILER.options.get("username", "")
EMAIL_HOST_PASSWORD = _MAILER.options.get("password", "")
EMAIL_USE_SSL = _MAILER.options.get("use_ssl", False)
EMAIL_USE_TLS = _MAILER.options.get("use_tls", False)
EMAIL_TIMEOUT = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": CONFIG.log_level},
    "loggers": {"django.request": {"level": "ERROR"}},
}
