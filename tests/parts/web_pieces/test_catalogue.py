"""Chinese is complete: no entry empty, doubtful or uncompiled."""

import gettext
from pathlib import Path

from babel.messages.pofile import read_po

import gongdao.web

WORDS = Path(gongdao.web.__file__).parent / "locale" / "zh_Hans" / "LC_MESSAGES"


def test_every_msgid_has_its_chinese() -> None:
    with (WORDS / "django.po").open("rb") as file:
        entries = [entry for entry in read_po(file, locale="zh_Hans") if entry.id]

    said = {entry.id: "".join(entry.string or ()) for entry in entries}
    assert [msgid for msgid, words in said.items() if not words] == []
    assert [entry.id for entry in entries if entry.fuzzy] == []


def test_the_compiled_catalogue_is_in_step() -> None:
    with (WORDS / "django.po").open("rb") as file:
        written = {
            entry.id: entry.string
            for entry in read_po(file, locale="zh_Hans")
            if entry.id and isinstance(entry.id, str) and not entry.context and entry.string
        }
    with (WORDS / "django.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)

    assert {msgid: compiled.gettext(msgid) for msgid in written} == written


def test_no_chinese_words_of_ours_shout() -> None:
    text = (WORDS / "django.po").read_text(encoding="utf-8")

    assert "！" not in text
    assert "你" not in text.replace("您", "")
