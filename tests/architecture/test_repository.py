"""What is tracked works for everybody, on any machine, and nothing more is tracked."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARCHIVES = (
    ("pypi", "org"),
    ("pythonhosted", "org"),
    ("registry", "npmjs", "org"),
    ("conda", "anaconda", "org"),
    ("deb", "debian", "org"),
    ("archive", "ubuntu", "com"),
    ("unpkg", "com"),
    ("jsdelivr", "net"),
)
"""Hosts of package archives, in parts: this file must not name one in one piece either."""


def tracked() -> list[Path]:
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [ROOT / name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def test_no_tracked_file_names_a_package_archive() -> None:
    hosts = re.compile("|".join(re.escape(".".join(parts)) for parts in ARCHIVES))
    named = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in tracked()
        for found in [hosts.search(path.read_text("utf-8", errors="ignore"))]
        if found
    ]
    assert not named


def test_every_locked_requirement_has_its_hashes() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=\S)", lock.read_text("utf-8"))
        bare = [
            entry.split("\n")[0] for entry in entries if "==" in entry and "--hash=" not in entry
        ]
        assert not bare, lock.name


def test_what_is_installed_to_build_contains_what_runs() -> None:
    def pins(name: str) -> set[str]:
        text = (ROOT / "requirements" / name).read_text("utf-8")
        return set(re.findall(r"^[a-z0-9][^ ]*==[^ ;]+", text, re.MULTILINE))

    assert pins("run.txt") <= pins("dev.txt")


def test_nothing_large_is_tracked() -> None:
    large = [path.name for path in tracked() if path.stat().st_size > 1_500_000]
    assert not large


LICENCE = re.compile(r"\b(?:Apache-2\.0|MIT|0?BSD|ISC|CC0|CC BY(?:-[A-Z]{2})* \d\.\d)\b")
TABLES = "src/gongdao/adapters/screening"
OTHER_LICENCE = f"{TABLES}/words.bin"
ADDRESS = "https://creativecommons.org/licenses/by-sa/4.0/"


def heads() -> dict[str, str]:
    """What each table of data says of itself: its first lines, as far as they begin with a #."""
    found = {}
    for path in tracked():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("src/") and path.suffix in {".txt", ".bin", ".csv", ".tsv"}:
            lines = []
            for line in path.read_bytes().split(b"\n", 8):
                if not line.startswith(b"#"):
                    break
                lines.append(line.decode())
            found[name] = "\n".join(lines)
    return found


def noticed() -> dict[str, str]:
    """What NOTICE says of each file."""
    parts = (ROOT / "NOTICE").read_text("utf-8").split("\nFile      ")[1:]
    return {part.split("\n", 1)[0]: part for part in parts}


def test_each_table_whose_head_names_a_licence_is_in_notice_with_it() -> None:
    notices = noticed()
    licensed = {name: set(LICENCE.findall(head)) for name, head in heads().items()}
    assert {name for name, named in licensed.items() if named} == set(notices)
    for name, notice in notices.items():
        assert {each for each in licensed[name] if each not in notice} == set(), name


def test_every_packed_table_says_where_it_comes_from() -> None:
    bare = {name for name, head in heads().items() if name.endswith(".bin") and not head}
    assert bare == {f"{TABLES}/model.bin"}, "what the card beside it says"


def test_notice_names_the_release_that_the_table_of_words_was_made_of() -> None:
    release = re.search(r"release (\S+):", heads()[OTHER_LICENCE])
    assert release
    assert f"release {release[1]} " in noticed()[OTHER_LICENCE]


@pytest.mark.parametrize("name", ["NOTICE", "README.md", "README.en.md", f"{TABLES}/model-card.md"])
def test_nobody_overlooks_the_one_file_under_another_licence(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    said = {"words.bin", "CC-CEDICT", "CC BY-SA 4.0", ADDRESS, "Apache", "NOTICE"}
    assert {each for each in said if each not in text} == (
        {"NOTICE"} if name == "NOTICE" else set()
    )


def test_both_licences_are_shipped_with_what_is_installed() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["license-files"]) == {"LICENSE", "NOTICE"}
    assert project["license"] == "Apache-2.0 AND CC-BY-SA-4.0"
    assert ADDRESS in heads()[OTHER_LICENCE]
