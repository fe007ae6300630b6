"""What imports can't tell: that the domain asks for no time and opens no file, and that every
event says what personal data it holds.
"""

import ast
from pathlib import Path

import pytest

from gongdao.domain.kernel.events import Personal
from gongdao.storage import codec

DOMAIN = Path(__file__).resolve().parents[2] / "src" / "gongdao" / "domain"
ASKS = {"now", "today", "utcnow", "open", "input", "print", "read_text", "write_text", "uuid4"}
HANDED_IN = {"r", "records", "texts", "self"}
"""Names of the ports that are handed in: `r.texts.open(seal)` is no file."""


def called(source: str) -> list[str]:
    """Calls by which code asks the world for something by itself."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        match node.func:
            case ast.Name(id=name) if name in ASKS:
                found.append(name)
            case ast.Attribute(value=ast.Name(id=owner), attr=name) if name in ASKS:
                if owner not in HANDED_IN:
                    found.append(f"{owner}.{name}")
    return found


def test_the_domain_asks_for_nothing_by_itself() -> None:
    asking = {p.name: called(p.read_text("utf-8")) for p in DOMAIN.rglob("*.py")}
    assert {name: calls for name, calls in asking.items() if calls} == {}


@pytest.mark.parametrize(
    "line", ["datetime.now(UTC)", "date.today()", "open('x')", "print(1)", "path.read_text()"]
)
def test_the_test_above_would_see_it(line: str) -> None:
    assert called(f"def f() -> None:\n    {line}\n")


@pytest.mark.parametrize("kind", codec.KINDS)
def test_an_event_with_a_sealed_text_says_so(kind: str) -> None:
    event = codec.KINDS[kind]
    sealed = [name for name, hint in event.__annotations__.items() if holds_a_text(str(hint))]
    assert event.personal is Personal.SEALED_TEXT or not sealed


def holds_a_text(hint: str) -> bool:
    """Whether a field of that type points to a sealed text."""
    return any(name in hint for name in ("Sealed", "Letter", "Subject"))


def test_a_sealed_text_is_seen_whatever_it_lies_in() -> None:
    opened = codec.KINDS["case.opened"].__annotations__
    issued = codec.KINDS["notice.issued"].__annotations__
    assert [name for name, hint in opened.items() if holds_a_text(str(hint))] == ["subject"]
    assert [name for name, hint in issued.items() if holds_a_text(str(hint))] == ["zh", "en"]
