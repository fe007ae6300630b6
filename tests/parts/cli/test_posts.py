"""Files of posts as they come: read, or refused with a reason and a place."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdao.cli.posts import Post, pick, read_posts
from gongdao.domain.kernel.errors import BadInput

ROWS = 'id,label,TEXT\n1,1,"你这个人, 真是""没救""了"\n2,0,今天的面很好吃\n'


def lay(folder: Path, content: bytes | str, name: str = "posts.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_table_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    read = read_posts(lay(tmp_path, ROWS.encode(encoding)))

    assert [post.text for post in read.posts] == ['你这个人, 真是"没救"了', "今天的面很好吃"]
    assert [post.offensive for post in read.posts] == [True, False]
    assert read.columns == {"text": "TEXT", "label": "label"}
    assert read.unused == ("id",)
    assert read.encoding.lower() in {encoding, encoding.removesuffix("-sig")}


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_columns_are_found_by_their_names(tmp_path: Path, delimiter: str) -> None:
    table = "\n".join(
        delimiter.join(row) for row in (("标注", "账号", "正文"), ("违规", "甲", "笨"))
    )
    read = read_posts(lay(tmp_path, table))

    assert read.posts == (Post(2, "笨", offensive=True, account="甲"),)


def test_a_record_over_several_lines_keeps_where_it_begins(tmp_path: Path) -> None:
    read = read_posts(lay(tmp_path, 'text\n"one\ntwo"\nthree\n'))

    assert [(post.line, post.text) for post in read.posts] == [(2, "one\ntwo"), (4, "three")]


def test_json_lines_are_read_and_blank_ones_passed_over(tmp_path: Path) -> None:
    lines = ['{"content": "a\\u2028b", "label": 1}', "", '{"content": "\\ud800", "user": 7}']
    read = read_posts(lay(tmp_path, "\n".join(lines), "posts.jsonl"))

    assert [post.text for post in read.posts] == ["a\u2028b", "\ufffd"]
    assert [post.account for post in read.posts] == [None, "7"]
    assert read.form == "JSONL"


@pytest.mark.parametrize(
    ("code", "content", "name"),
    [
        ("posts.empty", "", "posts.csv"),
        ("posts.empty", "text\n", "posts.csv"),
        ("posts.empty", "\n\n", "posts.jsonl"),
        ("posts.no_text_column", "id,label\n1,0\n", "posts.csv"),
        ("posts.no_text_column", '{"label": 1}', "posts.jsonl"),
        ("posts.binary", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "posts.csv"),
        ("posts.binary", b"text\n\x01\x02\x03", "posts.csv"),
        ("posts.encoding", b"text\n\xff\xff\xff", "posts.csv"),
        ("posts.broken_csv", 'text\n"never closed\n', "posts.csv"),
        ("posts.broken_json", '[{"text": "x"}]', "posts.json"),
    ],
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, code: str, content: bytes | str, name: str
) -> None:
    with pytest.raises(BadInput) as said:
        read_posts(lay(tmp_path, content, name))

    assert said.value.code == code
    assert said.value.hint


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    lines = [json.dumps({"text": "a"}), '{"text": "b"', json.dumps({"text": "c"})]

    with pytest.raises(BadInput) as said:
        read_posts(lay(tmp_path, "\n".join(lines), "posts.jsonl"))

    assert said.value.facts["line"] == 2


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "nothing.csv", "posts.no_file"), (tmp_path, "posts.unreadable")):
        with pytest.raises(BadInput) as said:
            read_posts(path)
        assert said.value.code == code


@given(st.lists(st.sampled_from([True, False, None])), st.integers(1, 50))
def test_half_of_what_is_picked_is_offensive_as_far_as_there_is_enough(
    labels: list[bool | None], limit: int
) -> None:
    posts = [Post(line, "x", offensive) for line, offensive in enumerate(labels, start=2)]
    chosen = pick(posts, limit)
    bad, good = labels.count(True), labels.count(False)

    if bad + good:
        assert len(chosen) == min(limit, bad + good)
        assert all(post.offensive is not None for post in chosen)
        if min(bad, good) >= (limit + 1) // 2:
            assert sum(bool(post.offensive) for post in chosen) == (limit + 1) // 2
    else:
        assert chosen == posts[:limit]
    assert [post.line for post in chosen] == sorted({post.line for post in chosen})


@given(st.binary(max_size=400))
def test_no_file_at_all_breaks_the_reader(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    path = lay(tmp_path_factory.mktemp("any"), raw, "posts")
    with suppress(BadInput):
        assert read_posts(path).posts
