"""What we keep of others' work is what it says, and nothing asks anybody else for anything."""

import base64
import hashlib
import re
import tomllib
from pathlib import Path
from typing import Any

import gongdao.adapters.packet_page
import gongdao.web

WEB = Path(gongdao.web.__file__).parent
KEPT = WEB / "static" / "web" / "vendored"
OURS = sorted((WEB / "static" / "web").glob("*.*"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
LISTED: list[dict[str, Any]] = tomllib.loads((WEB / "vendored.toml").read_text())["file"]


PAGE = Path(gongdao.adapters.packet_page.__file__).parent
OF_THE_PAGE: list[dict[str, Any]] = tomllib.loads((PAGE / "vendored.toml").read_text())["file"]


def _sha384(content: bytes) -> str:
    return "sha384-" + base64.b64encode(hashlib.sha384(content).digest()).decode()


def test_every_kept_file_is_listed_with_its_digest_and_its_licence() -> None:
    licences = {each["licence_file"] for each in LISTED}

    assert {path.name for path in KEPT.iterdir()} == {each["path"] for each in LISTED} | licences
    for each in LISTED:
        assert _sha384((KEPT / each["path"]).read_bytes()) == each["sha384"], each["path"]
        assert each["licence"] in {"MIT", "ISC", "0BSD"}
        assert each["version"]


def test_so_is_what_the_checking_page_keeps() -> None:
    for each in OF_THE_PAGE:
        assert _sha384((PAGE / each["path"]).read_bytes()) == each["sha384"], each["path"]
        assert each["licence"] == "MIT"
        assert "Permission is hereby granted" in (PAGE / each["licence_file"]).read_text()
    assert {path.stem for path in PAGE.glob("*.LICENSE.txt")} == {
        each["licence_file"].removesuffix(".txt") for each in OF_THE_PAGE
    }


def test_what_was_changed_says_so() -> None:
    for each in [*LISTED, *OF_THE_PAGE]:
        if each.get("upstream_sha384", each["sha384"]) != each["sha384"]:
            assert each["changed"]


def test_the_sprite_holds_the_icons_in_use_and_no_others() -> None:
    named = next(each["icons"] for each in LISTED if each["path"] == "icons.svg")
    drawn = re.findall(r'<symbol id="([^"]+)"', (KEPT / "icons.svg").read_text())
    used = {
        name for path in TEMPLATES for name in re.findall(r'{% icon "([^"]+)" %}', path.read_text())
    }

    assert sorted(drawn) == sorted(named)
    assert used <= set(drawn), used - set(drawn)
    assert set(drawn) <= used | SPARE, set(drawn) - used - SPARE


SPARE = {
    "arrow-right", "book-open", "calendar-clock", "chart-column", "file-text", "flag", "gavel",
    "scale", "send", "shield-check", "store", "user",
}  # fmt: skip
"""Kept for the pages that are being built; goes when they stand."""


def test_nothing_inline_stands_in_a_template() -> None:
    for path in TEMPLATES:
        text = path.read_text()
        assert not re.search(r"\sstyle=|<style|javascript:|\son[a-z]+=\"", text), path
        for script in re.findall(r"<script\b[^>]*>", text):
            assert "src=" in script or 'type="application/json"' in script, (path, script)


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in OURS:
        outside = re.findall(r"(?:url\(|@import|fetch\()\s*[\"']?(?:https?:)?//", path.read_text())
        assert not outside, path
    for path in TEMPLATES:
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", path.read_text()), path


def test_only_the_tokens_name_colours() -> None:
    for name in ("frame.css", "pieces.css", "desk.css"):
        text = (WEB / "static" / "web" / name).read_text()
        named = set(re.findall(r"#[0-9a-f]{3,8}\b", text))
        assert named <= {"#fff"}, (name, named)  # a QR code needs white around it
