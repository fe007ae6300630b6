"""A PostgreSQL address in the words of Django's `DATABASES`."""

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from gongdao.domain.kernel.errors import BadInput

_NAMED = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}


def django_database(url: str) -> dict[str, object]:
    """Write the entry of `DATABASES` for an address; what Django has no word for is an option."""
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as problem:
        sentence = "GONGDAO_DATABASE_URL is not an address: write postgresql://name@host/database."
        raise BadInput("config.invalid", sentence) from problem
    named = {_NAMED[key]: str(value) for key, value in parts.items() if key in _NAMED}
    options = {key: value for key, value in parts.items() if key not in _NAMED}
    return {"ENGINE": "django.db.backends.postgresql", **named, "OPTIONS": options}
