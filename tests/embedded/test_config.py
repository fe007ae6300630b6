"""Settings are read from one place, say what is wrong, and keep their secrets."""

import stat
from pathlib import Path

import pytest

from gongdao.domain.kernel.errors import BadInput
from gongdao.site.config import MASKED, Config, Mode, local_only
from gongdao.site.database import PLANNED_AFTER, django_database
from gongdao.site.keys import keys


def test_nothing_set_is_an_installation_for_this_machine_alone() -> None:
    config = Config.read({})
    assert config.mode is Mode.LOCAL
    assert config.address == "http://127.0.0.1:8000"
    assert config.data.is_absolute()
    assert local_only(config)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GONGDAO_PORT", "80a"),
        ("GONGDAO_PORT", "65536"),
        ("GONGDAO_MODE", "live"),
        ("GONGDAO_DATABASE_URL", "mysql://db/x"),
        ("GONGDAO_PUBLIC_URL", "gongdao.example.org"),
        ("GONGDAO_LOG_LEVEL", "chatty"),
    ],
)
def test_a_wrong_value_names_its_variable(name: str, value: str) -> None:
    with pytest.raises(BadInput) as problem:
        Config.read({name: value})
    assert problem.value.code == "config.invalid"
    assert name in problem.value.hint


def test_production_needs_the_address_that_people_use() -> None:
    with pytest.raises(BadInput, match="GONGDAO_PUBLIC_URL"):
        Config.read({"GONGDAO_MODE": "production"})


@pytest.mark.parametrize(
    "setting",
    [
        {"GONGDAO_HOST": "0.0.0.0"},  # noqa: S104 - the point of the test
        {"GONGDAO_HOST": "::"},
        {"GONGDAO_HOST": "gongdao.example.org"},
        {"GONGDAO_PUBLIC_URL": "https://gongdao.example.org"},
        {"GONGDAO_MODE": "production", "GONGDAO_PUBLIC_URL": "https://gongdao.example.org"},
    ],
)
def test_what_others_can_reach_is_not_local(setting: dict[str, str]) -> None:
    assert not local_only(Config.read(setting))


def test_practice_lies_apart(tmp_path: Path) -> None:
    real = Config.read({"GONGDAO_DATA": str(tmp_path)})
    practice = Config.read({"GONGDAO_DATA": str(tmp_path), "GONGDAO_MODE": "practice"})
    assert real.data != practice.data


def test_secrets_are_never_shown() -> None:
    config = Config.read({"GONGDAO_SMTP_URL": "smtps://me:hunter2@mail.example.org:465"})
    shown = {each.name: each for each in config.describe()}
    assert shown["GONGDAO_SMTP_URL"].value == MASKED
    assert "hunter2" not in repr(list(config.describe())) + repr(config)
    assert all(each.meaning.endswith(".") for each in shown.values())


def test_keys_are_made_once_for_the_owner_alone(tmp_path: Path) -> None:
    config = Config.read({"GONGDAO_DATA": str(tmp_path)})
    first, second = keys(config), keys(config)
    assert (first.django, first.fields, first.digest) == (
        second.django,
        second.fields,
        second.digest,
    )
    files = list((tmp_path / "keys").iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(each.stat().st_mode) for each in files} == {0o600}
    assert first.django not in repr(first)


def test_a_broken_key_file_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "fields.key"
    broken.write_text("not a key\n", "utf-8")
    config = Config.read({"GONGDAO_DATA": str(tmp_path), "GONGDAO_FIELD_KEYS_FILE": str(broken)})
    with pytest.raises(BadInput, match=r"config\.key_unreadable"):
        keys(config)


def test_an_address_becomes_what_django_wants() -> None:
    entry = django_database("postgresql://g:p%40ss@db.example.org:5433/cases?sslmode=require")
    assert entry["HOST"] == "db.example.org"
    assert entry["PASSWORD"] == "p@ss"
    assert entry["PORT"] == "5433"
    options = entry["OPTIONS"]
    assert isinstance(options, dict)
    assert (options["sslmode"], options["keepalives_idle"]) == ("require", 20)
    assert "-c tcp_keepalives_idle=20" in options["options"]
    own = django_database("postgresql://g@db/cases?keepalives_idle=5&options=-c%20a%3D1")["OPTIONS"]
    assert isinstance(own, dict)
    assert (own["keepalives_idle"], own["options"]) == ("5", "-c a=1")
    over_a_socket = django_database("postgresql://g@/cases?host=/run/x")["OPTIONS"]
    assert over_a_socket == {"prepare_threshold": PLANNED_AFTER}
