"""The table of words is made from the dictionary's text alone, and the same text gives it again."""

from pathlib import Path
from random import Random

import pytest

from gongdao.adapters.screening import words_table
from gongdao.adapters.screening.tables import unpacked
from gongdao.domain.screening.words import Words

HEAD = "# CC-CEDICT\n#! date=2020-12-21T10:42:05Z\n"
ENTRIES = """\
笨蛋 笨蛋 [ben4 dan4] /fool/idiot/
傻瓜 傻瓜 [sha3 gua1] /idiots and fools/
白癡 白痴 [bai2 chi1] /(coll.) fools, see 傻瓜[sha3 gua1]/
蠢人 蠢人 [chun3 ren2] /fool/
呆子 呆子 [dai1 zi5] /fools/sb who is idiotic/
傻 傻 [sha3] /surname fool/foolishly/
桌子 桌子 [zhuo1 zi5] /table/
C盤 C盘 [C pan2] /fool/
一個大傻瓜 一个大傻瓜 [yi1 ge4 da4 sha3 gua1] /big fool/
白癡 白痴 [bai2 chi1] /idiot/
"""


def made(text: str) -> tuple[str, Words]:
    *head, packed = words_table.table(text).split(b"\n", 3)
    return b"\n".join(head).decode(), unpacked(packed)


def test_ten_lines_make_a_table() -> None:
    head, table = made(HEAD + ENTRIES)
    assert "CC-CEDICT (mdbg.net, CC BY-SA 4.0), release 2020-12-21T10:42:05Z" in head
    assert words_table.LICENCE in head
    words = ["傻", "白痴", "笨蛋", "蠢人", "傻瓜", "呆子", "桌子"]
    assert table.keys.tolist() == sorted(map(words_table.key, words))
    # "fool" is shared by five; "idiot" by three, so that it is no class; a surname says nothing.
    assert table.width == 1
    of = dict(
        zip(table.keys.tolist(), (table.starts[1:] - table.starts[:-1]).tolist(), strict=True)
    )
    none = {words_table.key(each) for each in ("桌子", "傻")}
    assert {each for each, many in of.items() if not many} == none


def test_the_same_entries_give_the_same_bytes_in_any_order_and_with_any_line_ends() -> None:
    lines = ENTRIES.splitlines()
    Random(1).shuffle(lines)
    again = (HEAD + "\n".join(lines)).replace("\n", "\r\n")
    assert words_table.table(again) == words_table.table(HEAD + ENTRIES)


def test_a_dictionary_without_a_date_is_said_to_have_none() -> None:
    assert "release of no date" in made(ENTRIES)[0]


@pytest.mark.parametrize("text", ["", HEAD, "<html>not found</html>", "笨蛋 /fool/"])
def test_what_is_no_dictionary_makes_no_table(text: str) -> None:
    with pytest.raises(ValueError, match="CC-CEDICT"):
        words_table.table(text)


@pytest.mark.parametrize("content", [None, b"\x1f\x8b\x08\x00", b"\xff\xfe"])
def test_what_cannot_be_read_is_named_and_nothing_is_written(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given, target = tmp_path / "cedict.txt", tmp_path / "words.bin"
    if content is not None:
        given.write_bytes(content)
    monkeypatch.setattr("sys.argv", ["words_table", str(given), str(target)])
    with pytest.raises(SystemExit, match="cannot be read"):
        words_table.main()
    assert not target.exists()


def test_the_file_that_is_named_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given, target = tmp_path / "cedict.txt", tmp_path / "words.bin"
    given.write_text(HEAD + ENTRIES, "utf-8")
    monkeypatch.setattr("sys.argv", ["words_table", str(given), str(target)])
    words_table.main()
    assert target.read_bytes() == words_table.table(HEAD + ENTRIES)
