"""Chinese is complete, for pages and for refusals: nothing empty, doubtful or uncompiled."""

import ast
import gettext
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import gongdao.web

WEB = Path(gongdao.web.__file__).parent
PAGES = WEB / "locale" / "zh_Hans" / "LC_MESSAGES"
HINTS = WEB / "hints" / "zh_Hans" / "LC_MESSAGES"


def entries(folder: Path) -> list[Message]:
    with (folder / "django.po").open("rb") as file:
        return [entry for entry in read_po(file, locale="zh_Hans") if entry.id]


def simple(folder: Path) -> dict[str, str]:
    """The entries of one form and no context, which is nearly all of them."""
    return {
        entry.id: entry.string
        for entry in entries(folder)
        if isinstance(entry.id, str) and isinstance(entry.string, str) and not entry.context
    }


@pytest.mark.parametrize("folder", [PAGES, HINTS], ids=["pages", "hints"])
def test_every_msgid_has_its_chinese(folder: Path) -> None:
    found = entries(folder)

    assert [entry.id for entry in found if not "".join(entry.string or ())] == []
    assert [entry.id for entry in found if entry.fuzzy] == []


@pytest.mark.parametrize("folder", [PAGES, HINTS], ids=["pages", "hints"])
def test_the_compiled_catalogue_is_in_step(folder: Path) -> None:
    written = {msgid: words for msgid, words in simple(folder).items() if words}
    with (folder / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert {msgid: compiled.gettext(msgid) for msgid in written} == written


@pytest.mark.parametrize("folder", [PAGES, HINTS], ids=["pages", "hints"])
def test_the_words_are_polite_and_do_not_shout(folder: Path) -> None:
    text = (folder / "django.po").read_text(encoding="utf-8")

    assert "！" not in text
    assert "你" not in text


def hints() -> set[str]:
    """Every sentence that the source marks with `hint_noop`."""
    return {
        call.args[0].value
        for path in WEB.parent.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "hint_noop"
        and isinstance(call.args[0], ast.Constant)
        and isinstance(call.args[0].value, str)
    }


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_every_hint_is_said_in_chinese_with_the_same_gaps() -> None:
    said = simple(HINTS)

    assert hints() - set(said) == set()
    assert [hint for hint, words in said.items() if gaps(hint) != gaps(words)] == []
