"""
Posts out of a file that somebody else made: CSV or JSON lines, in UTF-8, UTF-16 or GB18030.

Columns are found by their names. Whatever cannot be read as posts is a `BadInput` that says where
and why; what a single post may not be is left to the rules of reporting.
"""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gongdao.domain.kernel.errors import BadInput, hint_noop

MOST_BYTES = 256 * 1024 * 1024
_LONGEST_FIELD = 10_000_000
_NAMES: Mapping[str, tuple[str, ...]] = {
    "text": (
        *("text", "content", "body", "post", "comment", "message", "sentence", "review", "tweet"),
        *("正文", "内容", "文本", "原文", "评论", "帖子", "发言", "微博", "消息"),
    ),
    "label": (
        *("label", "labels", "offensive", "toxic", "hate", "target", "class"),
        *("标签", "标注", "是否违规", "违规", "是否冒犯", "冒犯"),
    ),
    "account": (
        *("account", "author", "user", "username", "user_id", "userid", "sender"),
        *("账号", "帐号", "作者", "用户", "用户名", "发布者", "昵称"),
    ),
    "topic": ("topic", "主题", "话题"),
}
_YES = {"1", "1.0", "true", "yes", "y", "offensive", "toxic", "hate", "是", "违规", "冒犯"}
_NO = {"0", "0.0", "false", "no", "n", "normal", "neutral", "clean", "否", "正常", "不违规"}
_ENCODINGS = {"utf-8-sig": "UTF-8", "utf-16": "UTF-16", "gb18030": "GB18030"}
_SHOWN = 60
_LONE = re.compile("[\ud800-\udfff]")
"""Halves of a character, which JSON can name and nobody can write down."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post, as the file has it."""

    line: int
    """Where it begins in the file, from 1."""
    text: str
    offensive: bool | None = None
    """What the label says; None without a label, or with one that says neither."""
    account: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """What a file turned out to be."""

    name: str
    form: str
    """`CSV` or `JSONL`."""
    encoding: str
    columns: Mapping[str, str]
    """Which of its columns was taken for the text, label, account and topic."""
    unused: tuple[str, ...]
    posts: tuple[Post, ...]


def read_posts(path: Path) -> Source:
    """Read a file of posts; BadInput names what is wrong with it, and where."""
    text, encoding = _decoded(_bytes(path))
    if _looks_like_json(path, text):
        form, rows = "JSONL", list(_json_rows(text))
    else:
        form, rows = "CSV", list(_csv_rows(text))
    if not rows:
        raise BadInput("posts.empty", hint_noop("The file {name} holds no post."), name=path.name)
    names = list(dict.fromkeys(name for _, row in rows for name in row))
    columns = _recognised(names)
    if "text" not in columns:
        raise BadInput(
            "posts.no_text_column",
            hint_noop("Name the column with the words text, content or 正文. There are: {found}."),
            found=", ".join(repr(name) for name in names)[:400],
        )
    taken = set(columns.values())
    return Source(
        name=path.name,
        form=form,
        encoding=encoding,
        columns=columns,
        unused=tuple(name for name in names if name not in taken),
        posts=tuple(_post(line, row, columns) for line, row in rows),
    )


def pick(posts: Sequence[Post], limit: int) -> list[Post]:
    """The first posts of a file, half of them labelled offensive as far as there are so many."""
    if all(post.offensive is None for post in posts):
        return list(posts[:limit])
    bad = [post for post in posts if post.offensive]
    good = [post for post in posts if post.offensive is False]
    half = (limit + 1) // 2
    bad_wanted = max(half, limit - len(good))
    chosen = bad[:bad_wanted]
    chosen += good[: limit - len(chosen)]
    return sorted(chosen, key=lambda post: post.line)


def _bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise BadInput(
                "posts.too_large",
                hint_noop("{name} has {size} MB. Split it into files of at most {most} MB."),
                name=path.name,
                size=size // 1024**2,
                most=MOST_BYTES // 1024**2,
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise BadInput(
            "posts.no_file", hint_noop("There is no file {name}. Check the path."), name=str(path)
        ) from None
    except OSError as problem:
        raise BadInput(
            "posts.unreadable",
            hint_noop("{name} cannot be read: {why}."),
            name=str(path),
            why=problem.strerror or "unknown",
        ) from None


def _decoded(raw: bytes) -> tuple[str, str]:
    """The text and the encoding that it was in."""
    marked = raw.startswith((b"\xff\xfe", b"\xfe\xff"))
    if b"\x00" in raw and not marked:
        raise _binary()
    tried = ("utf-16",) if marked else ("utf-8-sig", "gb18030")
    for encoding in tried:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if any(_is_control(char) for char in text[:100_000]):
            raise _binary()
        return text, _ENCODINGS[encoding]
    raise BadInput(
        "posts.encoding",
        hint_noop("The file is neither UTF-8 nor GB18030. Save it as UTF-8 and try again."),
    )


def _is_control(char: str) -> bool:
    return char < " " and char not in "\t\r\n\x0b\x0c\x1a\x1b\x08"


def _binary() -> BadInput:
    return BadInput(
        "posts.binary", hint_noop("This is no text file. Give a CSV or JSONL file of posts.")
    )


def _looks_like_json(path: Path, text: str) -> bool:
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        return True
    return path.suffix.lower() not in {".csv", ".tsv"} and text.lstrip()[:1] in {"{", "["}


def _json_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    # Only real line ends count: a post may hold U+2028, which JSON need not escape.
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as problem:
            why = getattr(problem, "msg", "") or "too deeply nested"
            raise _broken_line(number, why, line) from None
        if not isinstance(row, dict):
            raise _broken_line(number, "not an object", line)
        yield number, row


def _broken_line(number: int, why: str, line: str) -> BadInput:
    return BadInput(
        "posts.broken_json",
        hint_noop("Line {line} is not one JSON object ({why}): {text}"),
        line=number,
        why=why,
        text=line.strip()[:_SHOWN],
    )


def _csv_rows(text: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    csv.field_size_limit(_LONGEST_FIELD)
    head = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(",\t;|", key=head.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    names: list[str] = []
    begins = 1
    try:
        for cells in reader:
            if not names:
                names = [cell.strip() for cell in cells] if any(c.strip() for c in cells) else []
            elif cells:
                yield begins, dict(zip(names, cells, strict=False))
            begins = reader.line_num + 1
    except csv.Error as problem:
        raise BadInput(
            "posts.broken_csv",
            hint_noop("The record that begins in line {line} is no CSV ({why}). Check its quotes."),
            line=begins,
            why=str(problem),
        ) from None


def _recognised(names: Sequence[str]) -> dict[str, str]:
    """Which column is which: the name that stands earliest in our list wins."""
    plain = {name.strip().casefold(): name for name in reversed(names)}
    found = {}
    for role, known in _NAMES.items():
        column = next((plain[name] for name in known if name in plain), None)
        if column is not None:
            found[role] = column
    return found


def _post(line: int, row: Mapping[str, Any], columns: Mapping[str, str]) -> Post:
    def cell(role: str) -> str:
        value = row.get(columns[role]) if role in columns else None
        return "" if value is None else _LONE.sub("\ufffd", str(value)).strip()

    return Post(
        line=line,
        text=cell("text"),
        offensive=_said(cell("label")),
        account=cell("account") or None,
        topic=cell("topic") or None,
    )


def _said(label: str) -> bool | None:
    word = label.casefold()
    return True if word in _YES else False if word in _NO else None
