"""A PostgreSQL address in the words of Django's `DATABASES`."""

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from gongdao.domain.kernel.errors import BadInput

PLANNED_AFTER = 5
"""A statement that comes so often on one connection is planned once for all, where it can be."""
_NAMED = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}

_NOTICING = {
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 35_000,
}
"""A server that vanished without a word is noticed within about 35 seconds."""
_NOTICED = (
    "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    " -c tcp_user_timeout=35000"
)
"""So does the server notice us: else what a vanished host had locked stays locked for hours."""


def django_database(url: str) -> dict[str, object]:
    """Write the entry of `DATABASES` for an address; what Django has no word for is an option."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as problem:
        sentence = "GONGDAO_DATABASE_URL is not an address: write postgresql://name@host/database."
        raise BadInput("config.invalid", sentence) from problem
    named = {_NAMED[key]: str(value) for key, value in parts.items() if key in _NAMED}
    options = {key: value for key, value in parts.items() if key not in _NAMED}
    if not str(named.get("HOST", "")).startswith("/"):  # over a network
        options = {"options": _NOTICED, **_NOTICING, **options}
    # Django sends its values within its statements; what does not may be planned once.
    options.setdefault("prepare_threshold", PLANNED_AFTER)
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": options}
