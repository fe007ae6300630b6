"""What is tracked works for everybody, on any machine, and nothing more is tracked."""

import re
import subprocess
from pathlib import Path

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
