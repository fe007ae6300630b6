"""
What an operator may set: one typed place, read from the `GONGDAO_*` environment variables.

Nothing else reads them. `gongdao doctor` prints `Config.describe()`. A wrong value is a
`BadInput` with the code `config.invalid` that names the variable and says what would do.
"""

import ipaddress
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields, replace
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from gongdao.domain.kernel.errors import BadInput

CODE = "config.invalid"
MASKED = "••••••"
PREFIX = "GONGDAO_"
PRACTICE_FOLDER = "practice"
"""Below GONGDAO_DATA: invented cases never lie among real ones."""

Reader = Callable[[str, str], Any]
"""Turns a variable's name and raw text into its value, or raises `BadInput`."""


class Mode(StrEnum):
    """What an installation is for. Only production may be open to the world."""

    LOCAL = "local"
    PRACTICE = "practice"
    PRODUCTION = "production"


def _text(_name: str, raw: str) -> str:
    return raw


def _path(_name: str, raw: str) -> Path:
    return Path(raw).expanduser().absolute()


def _whole(least: int, most: int) -> Reader:
    def read(name: str, raw: str) -> int:
        if not (raw.isascii() and raw.isdigit() and least <= int(raw) <= most):
            sentence = "{name} must be a whole number from {least} to {most}."
            raise BadInput(CODE, sentence, name=name, least=least, most=most)
        return int(raw)

    return read


def _one_of(*allowed: str) -> Reader:
    def read(name: str, raw: str) -> str:
        if raw.lower() not in (word.lower() for word in allowed):
            sentence = "{name} must be one of: {allowed}."
            raise BadInput(CODE, sentence, name=name, allowed=", ".join(allowed))
        return next(word for word in allowed if word.lower() == raw.lower())

    return read


def _mode(name: str, raw: str) -> Mode:
    return Mode(_one_of(*Mode)(name, raw))


def _url(*schemes: str) -> Reader:
    def read(name: str, raw: str) -> str:
        if urlsplit(raw).scheme not in schemes:
            sentence = "{name} must be an address that begins with {schemes}."
            starts = " / ".join(f"{scheme}://" for scheme in schemes)
            raise BadInput(CODE, sentence, name=name, schemes=starts)
        return raw.rstrip("/")

    return read


def _origin(name: str, raw: str) -> str:
    if "+" in raw or any(letter.isspace() or not letter.isprintable() for letter in raw):
        raise BadInput(CODE, "{name} must be a name without blanks and plus signs.", name=name)
    return raw


def _of(read: Reader, meaning: str, *, secret: bool = False) -> dict[str, Any]:
    return {"read": read, "meaning": meaning, "secret": secret}


@dataclass(frozen=True, slots=True)
class Described:
    """One setting as `gongdao doctor` shows it: a secret's value is masked."""

    name: str
    value: str
    default: str
    meaning: str
    secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Every setting of an installation. The variable's name is `GONGDAO_` and the field's."""

    mode: Mode = field(
        default=Mode.LOCAL,
        metadata=_of(_mode, "What it is for: local, practice or production."),
    )
    host: str = field(
        default="127.0.0.1", metadata=_of(_text, "The address that the pages are served on.")
    )
    port: int = field(
        default=8000, metadata=_of(_whole(1, 65535), "The port that the pages are served on.")
    )
    public_url: str = field(
        default="",
        metadata=_of(
            _url("http", "https"), "How people reach the pages from outside; links use it."
        ),
    )
    data: Path = field(
        default=Path(".gongdao"), metadata=_of(_path, "Where files, keys and data lie.")
    )
    database_url: str = field(
        default="",
        repr=False,
        metadata=_of(
            _url("postgresql", "postgres"),
            "A PostgreSQL server of your own, version 15 or later; empty for the embedded one.",
            secret=True,
        ),
    )
    secret_key_file: Path | None = field(
        default=None,
        metadata=_of(_path, "A file with the key that signs sessions; made if not set."),
    )
    field_keys_file: Path | None = field(
        default=None,
        metadata=_of(
            _path, "A file with the Fernet keys for personal data, a line each, newest first."
        ),
    )
    smtp_url: str = field(
        default="",
        repr=False,
        metadata=_of(
            _url("smtp", "smtps", "smtp+starttls"),
            "The mail server, such as smtps://name:password@mail.example.org:465; "
            "empty prints mail to the log.",
            secret=True,
        ),
    )
    from_address: str = field(
        default="gongdao@localhost", metadata=_of(_text, "The sender of the mail that goes out.")
    )
    packs: Path | None = field(
        default=None, metadata=_of(_path, "Rule packs of your own; empty for those shipped.")
    )
    lexicon: Path | None = field(
        default=None,
        metadata=_of(_path, "A folder of lists of your own, read beside the shipped ones."),
    )
    calendar_overrides: Path | None = field(
        default=None,
        metadata=_of(
            _path, "Holidays and make-up working days that correct the published calendar."
        ),
    )
    reports_per_minute: int = field(
        default=30,
        metadata=_of(
            _whole(1, 1_000_000),
            "Reports accepted from one network address a minute without a proof of work.",
        ),
    )
    proven_reports_per_minute: int = field(
        default=300,
        metadata=_of(
            _whole(1, 1_000_000),
            "Reports a minute accepted from one network address beyond those, each with a proof.",
        ),
    )
    wrong_codes: int = field(
        default=10,
        metadata=_of(_whole(2, 1000), "Wrong codes after which a browser takes none for a while."),
    )
    wrong_codes_minutes: int = field(
        default=15, metadata=_of(_whole(1, 1440), "How many minutes that lasts.")
    )
    proof_bits: int = field(
        default=16,
        metadata=_of(
            _whole(1, 30), "Zero bits that a proof of work needs at first; each bit doubles it."
        ),
    )
    proof_bits_most: int = field(
        default=20,
        metadata=_of(
            _whole(1, 30), "Zero bits that it needs at most, after minutes with many reports."
        ),
    )
    files_url: str = field(
        default="",
        metadata=_of(
            _url("s3"),
            "Where exhibits lie: s3://bucket/prefix; empty for a folder below GONGDAO_DATA.",
        ),
    )
    s3_endpoint: str = field(
        default="",
        metadata=_of(
            _url("http", "https"), "The address of an S3-compatible store; empty for Amazon's."
        ),
    )
    s3_region: str = field(
        default="us-east-1",
        metadata=_of(_text, "The region of the bucket, where the store has any."),
    )
    s3_key_id: str = field(default="", metadata=_of(_text, "The access key of the store."))
    s3_secret: str = field(
        default="", repr=False, metadata=_of(_text, "The secret of that key.", secret=True)
    )
    clamd: str = field(
        default="",
        metadata=_of(
            _text, "ClamAV's daemon, host:port or a socket's path; empty: files are not scanned."
        ),
    )
    uploads_per_minute: int = field(
        default=30,
        metadata=_of(
            _whole(1, 1_000_000), "Files that one network address may begin to send in a minute."
        ),
    )
    web_workers: int = field(
        default=1, metadata=_of(_whole(1, 64), "Processes that serve the pages.")
    )
    log_origin: str = field(
        default="",
        metadata=_of(
            _origin,
            "The name of the public log, which never changes; empty for the pages' address "
            "without its scheme, and /log.",
        ),
    )
    log_witnesses: str = field(
        default="",
        metadata=_of(
            _text,
            "Keys of witnesses whose cosignatures are taken below the log's checkpoints, "
            "with blanks between them.",
        ),
    )
    tsa_url: str = field(
        default="",
        metadata=_of(_url("http", "https"), "A timestamp authority (RFC 3161); empty asks nobody."),
    )
    tsa_roots: Path | None = field(
        default=None,
        metadata=_of(_path, "A file with the root certificates (PEM) that it must lead to."),
    )
    tsa_minutes: int = field(
        default=60,
        metadata=_of(
            _whole(1, 10_080), "Minutes between timestamps of the log's newest checkpoint."
        ),
    )
    log_level: str = field(
        default="INFO",
        metadata=_of(_one_of("DEBUG", "INFO", "WARNING", "ERROR"), "How much the log says."),
    )
    lang: str = field(
        default="zh-hans",
        metadata=_of(_one_of("zh-hans", "en"), "The language for those who have not chosen one."),
    )

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> "Config":
        """Read the settings; an empty variable counts as not set."""
        known = _by_name(cls)
        given = {name: environ.get(variable(name), "").strip() for name in known}
        given["data"] = given["data"] or _shown(known["data"].default)
        read = {
            name: known[name].metadata["read"](variable(name), raw)
            for name, raw in given.items()
            if raw
        }
        config = cls(**read)
        if config.mode is Mode.PRACTICE:
            config = replace(config, data=config.data / PRACTICE_FOLDER)
        if config.mode is Mode.PRODUCTION and not config.public_url.startswith("https://"):
            sentence = "In production, {name} must be the https:// address that people use."
            raise BadInput(CODE, sentence, name=variable("public_url"))
        return config

    def describe(self) -> Iterator[Described]:
        """Each setting with its value, its default and its meaning; secrets masked."""
        for each in _by_name(type(self)).values():
            secret = bool(each.metadata["secret"])
            value = _shown(getattr(self, each.name))
            yield Described(
                variable(each.name),
                MASKED if secret and value else value,
                _shown(each.default),
                each.metadata["meaning"],
                secret,
            )

    @property
    def address(self) -> str:
        """Where the pages are: the public address, or that of this machine."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return self.public_url or f"http://{host}:{self.port}"

    @property
    def origin_of_log(self) -> str:
        """The name under which the public log signs."""
        return self.log_origin or f"{self.address.partition('://')[2]}/log"


def variable(name: str) -> str:
    """Name the environment variable of a field: `port` is `GONGDAO_PORT`."""
    return PREFIX + name.upper()


def local_only(config: Config) -> bool:
    """Whether nobody outside this machine can reach the pages, so easy sign-ins do no harm."""
    return config.mode is not Mode.PRODUCTION and not config.public_url and _loopback(config.host)


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _by_name(config: type[Config]) -> dict[str, Field[Any]]:
    return {each.name: each for each in fields(config)}


def _shown(value: object) -> str:
    return "" if value is None else str(value)
