"""Docs in step: what they name exists, and what can be written from the code is written from it."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from docs import write

from gongdao.storage import codec

ROOT = Path(__file__).resolve().parents[2]
READMES = (ROOT / "README.md", ROOT / "README.en.md")
PAGES = (*READMES, *sorted((ROOT / "docs").rglob("*.md")))
HAND_WRITTEN = [page for page in PAGES if "reference" not in page.parts]
LARGEST_PICTURE = 150 * 1024

LINK = re.compile(r'!?\[[^\]]*\]\(([^)\s]+)\)|<(?:img|source)[^>]*\bsrc(?:set)?="([^"]+)"')
SPAN = re.compile(r"`([^`\n]+)`")
FENCE = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
PLACES = ("src/", "tests/", "docs/", "bench/", "requirements/", "domain/", "web/", "storage/",
          "adapters/", "flows/", "packs/house/")  # fmt: skip
TO_BE_MADE = ("docs/decisions/NNNN",)


def name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def anchor(heading: str) -> str:
    """How a heading is linked to: small, without punctuation, with dashes."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower())
    return kept.replace(" ", "-")


def headings(text: str) -> list[str]:
    return re.findall(r"^(#+) .+$", FENCE.sub("", text), re.MULTILINE)


def tables(text: str) -> list[tuple[int, int]]:
    """The size of every table, in rows and columns."""
    found = re.findall(r"(?:^\|.*\|\n)+", FENCE.sub("", text), re.MULTILINE)
    return [(each.count("\n"), each.splitlines()[0].count("|")) for each in found]


@pytest.fixture(scope="module")
def reference() -> dict[str, str]:
    """What the reference would be if it were written now."""
    return write.pages()


def test_the_reference_is_what_the_code_says(reference: dict[str, str]) -> None:
    there = {page.name: page.read_text("utf-8") for page in write.FOLDER.glob("*.md")}
    assert sorted(there) == sorted(reference)
    behind = [name for name, text in reference.items() if there[name] != text]
    assert behind == [], "write it anew: ./dev docs"


def test_every_command_stands_in_the_reference() -> None:
    text = (write.FOLDER / "cli.md").read_text("utf-8")
    found = [name for name, _ in write.commands()]
    assert "gongdao packs compare" in found
    assert [each for each in found if f"## {each}\n" not in text] == []


def test_every_event_setting_and_refusal_stands_in_the_reference(
    reference: dict[str, str],
) -> None:
    assert "### case.opened" in reference["events.md"]
    assert all(f"### {kind}\n" in reference["events.md"] for kind in codec.KINDS)
    assert "`GONGDAO_PORT`" in reference["settings.md"]
    assert "`appeal.too_late`" in reference["refusals.md"]
    assert "申诉" in reference["refusals.md"], "the Chinese hints were not found"
    assert "| `strikes` | `int` |" in reference["packs.md"]


def named_commands(text: str) -> Iterator[str]:
    """Every `./dev …` and `gongdao …` that a page tells somebody to type."""
    fenced = [line for block in FENCE.findall(text) for line in block.splitlines()]
    for piece in [*SPAN.findall(text), *fenced]:
        for found in re.finditer(r"(?:^|[\s;&|(])(\./dev|gongdao) ([a-z][^#|;&]*)", piece):
            yield f"{found[1]} {found[2]}".strip()


def exists(command: str) -> bool:
    """Whether a command as typed begins with one that there is."""
    program, *words = command.split()
    if program == "./dev" and words[0] != "gongdao":
        usage = (ROOT / "dev").read_text("utf-8")
        if words[0] == "bench" and words[1:] and words[1].islower():
            return (ROOT / "bench" / f"{words[1]}.py").is_file()
        return f"\n  {words[0]} " in usage
    typed = " ".join(["gongdao", *(words[1:] if program == "./dev" else words)])
    known = {name for name, _ in write.commands()}
    groups = {" ".join(each.split()[:2]) for each in known}
    return typed in groups or any(f"{typed} ".startswith(f"{each} ") for each in known)


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=name)
def test_every_command_that_a_page_names_exists(page: Path) -> None:
    text = re.sub(r"[`…]", lambda m: "" if m[0] == "…" else m[0], page.read_text("utf-8"))
    assert [each for each in named_commands(text) if not exists(each)] == []


@pytest.mark.parametrize("command", ["./dev fly", "./dev bench nothing", "gongdao packs burn"])
def test_a_command_that_there_is_not_would_be_seen(command: str) -> None:
    assert list(named_commands(f"Type `{command}` now.")) == [command]
    assert not exists(command)


def links(page: Path) -> Iterator[str]:
    """Every link of a page that leads to a file of ours."""
    for found in LINK.findall(FENCE.sub("", page.read_text("utf-8"))):
        target = unquote(found[0] or found[1])
        if not re.match(r"[a-z]+:", target):
            yield target


def leads_somewhere(page: Path, link: str) -> bool:
    path, _, place = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not place:
        return target.exists()
    lines = re.findall(r"^#+ (.+)$", FENCE.sub("", target.read_text("utf-8")), re.MULTILINE)
    return place in map(anchor, lines)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_leads_somewhere(page: Path) -> None:
    assert [link for link in links(page) if not leads_somewhere(page, link)] == []


def test_a_link_to_nowhere_would_be_seen() -> None:
    assert not leads_somewhere(READMES[0], "docs/nothing.md")
    assert not leads_somewhere(READMES[0], "docs/architecture.md#nowhere")
    assert leads_somewhere(READMES[0], "docs/architecture.md#the-house")


def places(text: str) -> Iterator[str]:
    """Every file or folder of ours that a page names in backticks."""
    for span in SPAN.findall(FENCE.sub("", text)):
        path = span.split(":")[0].split(" ")[0]
        plain = re.fullmatch(r"[\w./-]+", path) and path.startswith(PLACES)
        if plain and not path.startswith(TO_BE_MADE):
            yield path


def is_there(place: str) -> bool:
    source = ROOT / "src" / "gongdao"
    roots = (ROOT, source, source / "domain")
    return any((root / place).exists() for root in roots)


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=name)
def test_every_file_that_a_page_names_is_there(page: Path) -> None:
    text = page.read_text("utf-8")
    assert [each for each in places(text) if not is_there(each)] == []


@pytest.fixture(scope="module")
def tests() -> set[str]:
    """The name of every test, and of every module of tests."""
    modules = list((ROOT / "tests").rglob("test_*.py"))
    functions = re.findall(r"def (test_\w+)\(", "\n".join(m.read_text("utf-8") for m in modules))
    return {each.stem for each in modules} | set(functions)


@pytest.mark.parametrize("page", HAND_WRITTEN, ids=name)
def test_every_test_that_a_page_names_is_there(page: Path, tests: set[str]) -> None:
    named = set(re.findall(r"`(test_\w+)`", page.read_text("utf-8")))
    assert sorted(named - tests) == []


def test_what_the_page_says_the_database_refuses_stands_in_the_database() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    part = text.split("## What the database itself refuses")[1]
    refused = re.findall(r"\| `(\w+)` \|$", part, re.MULTILINE)
    storage = ROOT / "src" / "gongdao" / "storage"
    files = (*storage.glob("*models.py"), *storage.glob("*guards.py"))
    schema = "".join(each.read_text("utf-8") for each in files)
    assert len(refused) > 5
    named = r"(?:['\"]|index )({})\b"
    assert [each for each in refused if not re.search(named.format(each), schema)] == []
    triggers = set(re.findall(r"constraint = '(\w+)'", schema))
    assert sorted(triggers - set(re.findall(r"`(\w+)`", part))) == []


def test_the_page_names_every_part_of_the_domain() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    named = re.search(r'parts\["([^<]+)<br>', text)
    assert named is not None
    folders = {each.parent.name for each in (ROOT / "src/gongdao/domain").glob("*/__init__.py")}
    assert sorted(named[1].split(" · ")) == sorted(folders - {"flows", "policy", "kernel"})


DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize("record", DECISIONS, ids=name)
def test_a_decision_record_has_its_three_parts(record: Path) -> None:
    assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", record.name)
    text = record.read_text("utf-8")
    wanted = ["## Context", "## Decision", "## Consequences"]
    found = [line for line in text.splitlines() if line in wanted]
    assert found == wanted


def test_decision_records_are_numbered_without_a_gap() -> None:
    assert [int(each.name[:4]) for each in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_both_readmes_say_the_same() -> None:
    chinese, english = (page.read_text("utf-8") for page in READMES)
    assert len(headings(chinese)) > 5
    assert headings(chinese) == headings(english)
    assert len(tables(chinese)) > 2
    assert tables(chinese) == tables(english)
    assert len(FENCE.findall(chinese)) == len(FENCE.findall(english))
    shared = [sorted(link for link in links(page) if "README" not in link) for page in READMES]
    assert shared[0] == shared[1]
    assert "README.en.md" in links(READMES[0])
    assert "README.md" in links(READMES[1])


def test_every_row_of_the_catalogue_that_works_names_its_proof() -> None:
    for page in READMES:
        rows = re.findall(r"^\| ([A-G]\d) \|.*\|$", page.read_text("utf-8"), re.MULTILINE)
        assert rows == [
            *("A1", "A2", "A3", "A5", "A6", "A7", "A8", "A9"),
            *("B1", "B2", "B3", "B4", "B6", "B7", "B8"),
            *("C1", "C2", "C3", "C4", "C5", "C6", "C7", "C8", "C9"),
            *("D1", "D2", "D3", "D4", "D5", "D6", "D7"),
            *("E1", "E2", "E3", "E4", "E5", "F1", "F2", "F3", "F4", "F5", "F6", "G2"),
        ]


def test_pictures_are_small_and_shown() -> None:
    folder = ROOT / "docs" / "screens"
    shown = {(page.parent / link).resolve() for page in HAND_WRITTEN for link in links(page)}
    for picture in folder.glob("*.png"):
        assert picture.stat().st_size <= LARGEST_PICTURE, picture.name
        assert picture.resolve() in shown, f"nobody shows {picture.name}"
